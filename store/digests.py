"""Digest subscriptions, when they are due, and the deliveries: who sends which, so that none is sent twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestDelivery, DigestSubscription
from store.recorded import kept
from store.rows import rows_of

PERIOD = timedelta(days=7)
"""What a subscription's first digest looks back on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """A weekly digest that a channel wants."""

    channel_id: str
    created_by: str
    created_at: datetime
    weekday: int
    """0 is Monday."""
    hour: int
    minute: int
    timezone: str
    """IANA name of the zone in which the weekday and the time are meant."""
    next_run_at: datetime
    scope_key: str = ""
    """The key of the priority it is about; empty: the whole plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(NewSubscription):
    """A channel's weekly digest on the record."""

    id: int
    workspace: int
    paused_at: datetime | None
    paused_reason: str | None

    @property
    def is_paused(self) -> bool:
        """Whether it is not sent for now."""
        return self.paused_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One digest of a subscription; it tells of the time from `covers_from` to before `period_due_at`."""

    id: int
    workspace: int
    subscription_id: int
    channel_id: str
    scope_key: str
    period_due_at: datetime
    """The run it is for."""
    covers_from: datetime
    claimed_at: datetime
    claimed_by: str
    posted_at: datetime | None
    message_ts: str | None
    attempts: int


async def subscribe(session: AsyncSession, workspace: int, new: NewSubscription) -> Subscription:
    """Subscribe a channel; one that has a digest with the same scope gets the new times, and is no longer paused."""
    existing = await _running(session, workspace, new)
    if existing is None:
        try:
            async with session.begin_nested():
                row = DigestSubscription(workspace_id=workspace, **_values(new))
                session.add(row)
        except IntegrityError:
            # Somebody else has subscribed the channel at the same moment.
            existing = await _running(session, workspace, new)
            if existing is None:
                raise
        else:
            return _subscription(row)
    values = {**_values(new), "paused_at": None, "paused_reason": None}
    await session.exec(update(DigestSubscription).where(col(DigestSubscription.id) == existing.id).values(values))
    return await _by_id(session, kept(existing.id))


async def subscriptions(session: AsyncSession, workspace: int, channel: str | None = None) -> list[Subscription]:
    """The workspace's subscriptions that have not ended, the oldest first; of one channel, or of all."""
    which = [col(DigestSubscription.workspace_id) == workspace, col(DigestSubscription.ended_at).is_(None)]
    if channel is not None:
        which.append(col(DigestSubscription.channel_id) == channel)
    rows = await rows_of(session, DigestSubscription, *which, order=[col(DigestSubscription.id)])
    return [_subscription(row) for row in rows]


async def end_subscription(session: AsyncSession, subscription_id: int, now: datetime) -> bool:
    """End a subscription; its deliveries stay on the record. False if it has ended already."""
    return await _change(session, subscription_id, ended_at=now)


async def pause(session: AsyncSession, subscription_id: int, reason: str, now: datetime) -> bool:
    """Send no more of it until somebody subscribes again. False if it has ended."""
    return await _change(session, subscription_id, paused_at=now, paused_reason=reason)


async def due(session: AsyncSession, now: datetime, limit: int = 100) -> list[Subscription]:
    """The subscriptions of every workspace whose run has come, the longest overdue first."""
    statement = (
        select(DigestSubscription)
        .where(
            col(DigestSubscription.next_run_at) <= now,
            col(DigestSubscription.ended_at).is_(None),
            col(DigestSubscription.paused_at).is_(None),
        )
        .order_by(col(DigestSubscription.next_run_at), col(DigestSubscription.id))
        .limit(limit)
    )
    return [_subscription(row) for row in (await session.exec(statement)).all()]


async def claim(
    session: AsyncSession,
    subscription_id: int,
    expected_next_run_at: datetime,
    next_run_at: datetime,
    by: str,
    now: datetime,
) -> Delivery | None:
    """Take the run of `expected_next_run_at` upon oneself; None if somebody else has it, or if it is paused or ended.

    The digest covers the time since the last run that was posted; a subscription's first, one week.
    """
    taken = await session.exec(
        update(DigestSubscription)
        .where(
            col(DigestSubscription.id) == subscription_id,
            col(DigestSubscription.next_run_at) == expected_next_run_at,
            col(DigestSubscription.ended_at).is_(None),
            col(DigestSubscription.paused_at).is_(None),
        )
        .values(next_run_at=next_run_at)
    )
    if taken.rowcount == 0:
        return None
    subscription = await _by_id(session, subscription_id)
    row = DigestDelivery(
        workspace_id=subscription.workspace,
        subscription_id=subscription_id,
        period_due_at=expected_next_run_at,
        covers_from=await _covered_until(session, subscription_id) or expected_next_run_at - PERIOD,
        claimed_at=now,
        claimed_by=by,
        channel_id=subscription.channel_id,
    )
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # The run was delivered before: somebody has set the subscription back to it since.
        return None
    return _delivery(row, subscription.scope_key)


async def unposted(session: AsyncSession, older_than: datetime) -> list[Delivery]:
    """Deliveries of every workspace that were claimed before a moment and not posted, the oldest first.

    Whoever claimed them may have crashed, before posting or after. Those of ended subscriptions are left out.
    """
    return await _deliveries(
        session,
        col(DigestDelivery.posted_at).is_(None),
        col(DigestDelivery.claimed_at) < older_than,
        col(DigestSubscription.ended_at).is_(None),
        order=col(DigestDelivery.claimed_at),
    )


async def reclaim(
    session: AsyncSession, delivery_id: int, expected_claimed_at: datetime, by: str, now: datetime
) -> bool:
    """Take over a delivery that was claimed and not posted; False if somebody else has, or if it is posted."""
    taken = await session.exec(
        update(DigestDelivery)
        .where(
            col(DigestDelivery.id) == delivery_id,
            col(DigestDelivery.claimed_at) == expected_claimed_at,
            col(DigestDelivery.posted_at).is_(None),
        )
        .values(claimed_at=now, claimed_by=by, attempts=col(DigestDelivery.attempts) + 1)
    )
    return taken.rowcount == 1


async def mark_posted(session: AsyncSession, delivery_id: int, channel: str, ts: str, now: datetime) -> bool:
    """Note that a delivery is in the channel as the message `ts`; False if that was noted before."""
    marked = await session.exec(
        update(DigestDelivery)
        .where(col(DigestDelivery.id) == delivery_id, col(DigestDelivery.posted_at).is_(None))
        .values(posted_at=now, channel_id=channel, message_ts=ts)
    )
    return marked.rowcount == 1


async def last_posted(session: AsyncSession, subscription_id: int) -> Delivery | None:
    """The subscription's last delivery that was posted."""
    found = await _deliveries(
        session,
        col(DigestDelivery.subscription_id) == subscription_id,
        col(DigestDelivery.posted_at).is_not(None),
        order=col(DigestDelivery.period_due_at).desc(),
        limit=1,
    )
    return found[0] if found else None


async def recent_deliveries(session: AsyncSession, workspace: int, limit: int = 20) -> list[Delivery]:
    """The workspace's deliveries, posted or not, the last claimed first."""
    of_workspace = col(DigestDelivery.workspace_id) == workspace
    return await _deliveries(session, of_workspace, order=col(DigestDelivery.claimed_at).desc(), limit=limit)


async def _running(session: AsyncSession, workspace: int, new: NewSubscription) -> DigestSubscription | None:
    statement = select(DigestSubscription).where(
        col(DigestSubscription.workspace_id) == workspace,
        col(DigestSubscription.channel_id) == new.channel_id,
        col(DigestSubscription.scope_key) == new.scope_key,
        col(DigestSubscription.ended_at).is_(None),
    )
    return (await session.exec(statement)).first()


async def _change(session: AsyncSession, subscription_id: int, **values: Any) -> bool:
    running = col(DigestSubscription.id) == subscription_id, col(DigestSubscription.ended_at).is_(None)
    changed = await session.exec(update(DigestSubscription).where(*running).values(**values))
    return changed.rowcount == 1


async def _by_id(session: AsyncSession, subscription_id: int) -> Subscription:
    return _subscription((await rows_of(session, DigestSubscription, col(DigestSubscription.id) == subscription_id))[0])


async def _covered_until(session: AsyncSession, subscription_id: int) -> datetime | None:
    """Up to when the channel was told: what was claimed and never posted told it nothing."""
    of_subscription = col(DigestDelivery.subscription_id) == subscription_id
    claimed = await rows_of(session, DigestDelivery, of_subscription, order=[col(DigestDelivery.period_due_at)])
    told = [one.period_due_at for one in claimed if one.posted_at]
    if told:
        return told[-1]
    return claimed[0].covers_from if claimed else None


async def _deliveries(session: AsyncSession, *conditions: Any, order: Any, limit: int | None = None) -> list[Delivery]:
    statement = (
        select(DigestDelivery, DigestSubscription)
        .join(DigestSubscription, col(DigestSubscription.id) == col(DigestDelivery.subscription_id))
        .where(*conditions)
        .order_by(order)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [_delivery(row, of.scope_key) for row, of in (await session.exec(statement)).all()]


def _values(new: NewSubscription) -> dict[str, Any]:
    return {
        "channel_id": new.channel_id,
        "created_by": new.created_by,
        "created_at": new.created_at,
        "weekday": new.weekday,
        "hour": new.hour,
        "minute": new.minute,
        "timezone": new.timezone,
        "scope_key": new.scope_key,
        "next_run_at": new.next_run_at,
    }


def _subscription(row: DigestSubscription) -> Subscription:
    return Subscription(
        id=kept(row.id),
        workspace=row.workspace_id,
        channel_id=row.channel_id,
        created_by=row.created_by,
        created_at=row.created_at,
        weekday=row.weekday,
        hour=row.hour,
        minute=row.minute,
        timezone=row.timezone,
        scope_key=row.scope_key,
        next_run_at=row.next_run_at,
        paused_at=row.paused_at,
        paused_reason=row.paused_reason,
    )


def _delivery(row: DigestDelivery, scope_key: str) -> Delivery:
    return Delivery(
        id=kept(row.id),
        workspace=row.workspace_id,
        subscription_id=row.subscription_id,
        channel_id=row.channel_id,
        scope_key=scope_key,
        period_due_at=row.period_due_at,
        covers_from=row.covers_from,
        claimed_at=row.claimed_at,
        claimed_by=row.claimed_by,
        posted_at=row.posted_at,
        message_ts=row.message_ts,
        attempts=row.attempts,
    )
