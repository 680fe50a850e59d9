"""The deliveries of digests: who sends which, so that none is sent twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestDelivery, DigestSubscription
from store.recorded import kept
from store.subscriptions import Subscription, advance, by_id


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
    parts: int = 0
    """How many messages its thread holds in all."""
    parts_posted: int = 0
    counts: Mapping[str, int] | None = None
    """How many actions stood how when it was posted, or last amended."""
    named: tuple[str, ...] = ()
    """The keys of the entries that it names."""
    fingerprint: str | None = None
    """Of what the messages show; None while they are being amended."""
    amended_at: datetime | None = None
    """When a late update was last looked at."""
    told_at: datetime | None = None
    """When the subscription's maker was told that it could not be posted, or may be there already."""


async def claim(
    session: AsyncSession,
    subscription_id: int,
    expected_next_run_at: datetime,
    next_run_at: datetime,
    by: str,
    now: datetime,
    *,
    run: datetime | None = None,
) -> Delivery | None:
    """Take what is due upon oneself; None if somebody else has it, or if the subscription is paused or ended.

    That is the run of `expected_next_run_at`, or a later one, `run`, that came due meanwhile. The digest covers the
    time since the last run that was posted; a subscription's first, one such interval before its first run.
    """
    if not await advance(session, subscription_id, expected_next_run_at, next_run_at):
        return None
    subscription = await by_id(session, subscription_id)
    first = subscription.first_covers_from(expected_next_run_at)
    return await _insert(session, subscription, run or expected_next_run_at, first, by, now)


async def claim_past(
    session: AsyncSession, subscription: Subscription, run: datetime, by: str, now: datetime
) -> Delivery | None:
    """Take upon oneself a run that nobody claimed when it was due; None if somebody else has by now.

    When the subscription is next due stays as it is.
    """
    return await _insert(session, subscription, run, subscription.first_covers_from(run), by, now)


async def _insert(
    session: AsyncSession, subscription: Subscription, run: datetime, first: datetime, by: str, now: datetime
) -> Delivery | None:
    row = DigestDelivery(
        workspace_id=subscription.workspace,
        subscription_id=subscription.id,
        period_due_at=run,
        covers_from=await _covered_until(session, subscription.id, run) or first,
        claimed_at=now,
        claimed_by=by,
        channel_id=subscription.channel_id,
    )
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # The run was claimed before: somebody has set the subscription back to it since, or was quicker.
        return None
    return _delivery(row, subscription.scope_key)


async def unposted(session: AsyncSession, older_than: datetime, due_since: datetime) -> list[Delivery]:
    """Deliveries of every workspace that were claimed before a moment and not posted, the oldest first.

    Whoever claimed them may have crashed, before posting or after. Those of ended subscriptions, and of runs before
    `due_since`, are left out.
    """
    return await deliveries_where(
        session,
        col(DigestDelivery.posted_at).is_(None),
        col(DigestDelivery.period_due_at) >= due_since,
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


async def mark_told(session: AsyncSession, delivery_id: int, now: datetime) -> None:
    """Note that the subscription's maker was told why a delivery is not there."""
    await session.exec(update(DigestDelivery).where(col(DigestDelivery.id) == delivery_id).values(told_at=now))


async def reopen(session: AsyncSession, posted: Delivery, by: str, now: datetime) -> bool:
    """Have a delivery that was posted posted once more, by oneself; False if somebody else is at it.

    Until that is done its `message_ts` stays the first one's.
    """
    reopened = await session.exec(
        update(DigestDelivery)
        .where(
            col(DigestDelivery.id) == posted.id,
            col(DigestDelivery.claimed_at) == posted.claimed_at,
            col(DigestDelivery.posted_at) == posted.posted_at,
        )
        .values(
            claimed_at=now,
            claimed_by=by,
            posted_at=None,
            parts=0,
            parts_posted=0,
            attempts=col(DigestDelivery.attempts) + 1,
        )
    )
    return reopened.rowcount == 1


async def restore(session: AsyncSession, posted: Delivery) -> None:
    """Note that a delivery that was reopened was not posted once more: it is as it was."""
    await session.exec(
        update(DigestDelivery)
        .where(
            col(DigestDelivery.id) == posted.id,
            col(DigestDelivery.claimed_at) == posted.claimed_at,
            col(DigestDelivery.posted_at).is_(None),
        )
        .values(posted_at=posted.posted_at, parts=posted.parts, parts_posted=posted.parts_posted)
    )


async def let_go(session: AsyncSession, held: Delivery, claimed_at: datetime) -> None:
    """Note that a claim was given back, by letting it be as old as if it had been made at `claimed_at`."""
    await session.exec(
        update(DigestDelivery)
        .where(
            col(DigestDelivery.id) == held.id,
            col(DigestDelivery.claimed_at) == held.claimed_at,
            col(DigestDelivery.posted_at).is_(None),
        )
        .values(claimed_at=claimed_at)
    )


async def delivery_of(session: AsyncSession, subscription_id: int, run: datetime) -> Delivery | None:
    """The delivery of a subscription's run."""
    found = await deliveries_where(
        session,
        col(DigestDelivery.subscription_id) == subscription_id,
        col(DigestDelivery.period_due_at) == run,
        order=None,
    )
    return found[0] if found else None


async def last_posted(session: AsyncSession, subscription_id: int) -> Delivery | None:
    """The subscription's last delivery that was posted; also one that is to be posted once more, and is not yet."""
    found = await deliveries_where(
        session,
        col(DigestDelivery.subscription_id) == subscription_id,
        col(DigestDelivery.message_ts).is_not(None),
        order=col(DigestDelivery.period_due_at).desc(),
        limit=1,
    )
    return found[0] if found else None


async def unmarked(session: AsyncSession, subscription_id: int, due_before: datetime) -> list[Delivery]:
    """The subscription's deliveries of runs before a moment that nobody noted as posted, the last run first.

    Those since its last that was noted: the next digest tells of their time, too.
    """
    last = await last_posted(session, subscription_id)
    return await deliveries_where(
        session,
        col(DigestDelivery.subscription_id) == subscription_id,
        col(DigestDelivery.period_due_at) < due_before,
        *([col(DigestDelivery.period_due_at) > last.period_due_at] if last else []),
        order=col(DigestDelivery.period_due_at).desc(),
    )


async def follow_on(session: AsyncSession, delivery_id: int, run: datetime) -> None:
    """Let a delivery that is not posted tell of the time since an earlier run."""
    await session.exec(
        update(DigestDelivery)
        .where(col(DigestDelivery.id) == delivery_id, col(DigestDelivery.posted_at).is_(None))
        .values(covers_from=run)
    )


async def _covered_until(session: AsyncSession, subscription_id: int, run: datetime) -> datetime | None:
    """Up to when the channel was told before a run: what was claimed and never posted told it nothing."""
    before = col(DigestDelivery.subscription_id) == subscription_id, col(DigestDelivery.period_due_at) < run
    statement = select(DigestDelivery).where(*before).order_by(col(DigestDelivery.period_due_at))
    first = (await session.exec(statement.limit(1))).first()
    posted = col(DigestDelivery.message_ts).is_not(None)
    last = await session.exec(select(func.max(col(DigestDelivery.period_due_at))).where(*before, posted))
    return last.one() or (first.covers_from if first else None)


async def deliveries_where(
    session: AsyncSession, *conditions: Any, order: Any, limit: int | None = None
) -> list[Delivery]:
    """The deliveries that meet the conditions, in that order. For `store/` alone."""
    statement = (
        select(DigestDelivery, DigestSubscription)
        .join(DigestSubscription, col(DigestSubscription.id) == col(DigestDelivery.subscription_id))
        .where(*conditions)
        .order_by(order)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [_delivery(row, of.scope_key) for row, of in (await session.exec(statement)).all()]


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
        parts=row.parts,
        parts_posted=row.parts_posted,
        counts=row.counts,
        named=tuple(row.named or ()),
        fingerprint=row.fingerprint,
        amended_at=row.amended_at,
        told_at=row.told_at,
    )
