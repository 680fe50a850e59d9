"""Digest subscriptions: which channels want a digest of what, and when each is next due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestSubscription, Every
from store.recorded import kept
from store.rows import rows_of

CHANGED = (
    "weekday",
    "hour",
    "minute",
    "timezone",
    "next_run_at",
    "scope_key",
    "department",
    "every",
    "nth",
    "anchor",
    "mentions_owners",
)
"""What a subscription that is made anew, or changed, takes from the wanted one; its channel and its maker stay."""
PAUSED_BY_HAND = "by_hand"
"""Why a subscription rests that its maker or an administrator paused; the other reasons are Slack's, or the plan's."""
PAUSED_WITHOUT_SCOPE = "scope_gone"
"""Why a subscription is paused whose priority, objective or department the plan no longer has."""
_DAYS = {Every.WEEK: 7, Every.FORTNIGHT: 14}


class AlreadySubscribed(Exception):
    """The channel has another digest about the same, as often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """A digest that a channel wants, weekly unless said."""

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
    department: str = ""
    """The department whose actions it is about; empty: all."""
    every: Every = Every.WEEK
    nth: int = 1
    """Of a monthly one, which of the month's weekdays: 1 to 4, or -1 for the last."""
    anchor: date | None = None
    """Of a fortnightly one, the day of one of its runs in its zone, from which the weeks are counted."""
    mentions_owners: bool = False
    """Whether the owners it names are mentioned, so that Slack tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(NewSubscription):
    """A channel's digest on the record."""

    id: int
    workspace: int
    paused_at: datetime | None
    paused_reason: str | None
    ended_at: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether it is not sent for now."""
        return self.paused_at is not None

    def first_covers_from(self, run: datetime) -> datetime:
        """Since when its first digest tells, in UTC: a week, a fortnight or a month before its run.

        By the clock on the wall of its zone; where the month before has no such day, since its last one.
        """
        local = run.astimezone(ZoneInfo(self.timezone))
        if days := _DAYS.get(self.every):
            return (local - timedelta(days=days)).astimezone(UTC)
        year, month = (local.year, local.month - 1) if local.month > 1 else (local.year - 1, 12)
        day = min(local.day, monthrange(year, month)[1])
        return local.replace(year=year, month=month, day=day).astimezone(UTC)


async def subscribe(session: AsyncSession, workspace: int, new: NewSubscription) -> Subscription:
    """Subscribe a channel; a digest of it about the same, as often, gets the new time, and is no longer paused."""
    existing = await _running(session, workspace, new)
    if existing is None:
        try:
            async with session.begin_nested():
                made = {name: getattr(new, name) for name in ("channel_id", "created_by", "created_at")}
                row = DigestSubscription(workspace_id=workspace, **made, **_changed(new))
                session.add(row)
        except IntegrityError:
            # Somebody else has subscribed the channel at the same moment.
            existing = await _running(session, workspace, new)
            if existing is None:
                raise
        else:
            return _subscription(row)
    values = {**_changed(new), "paused_at": None, "paused_reason": None}
    await _change(session, kept(existing.id), **values)
    return await by_id(session, kept(existing.id))


async def subscriptions(
    session: AsyncSession, workspace: int, channel: str | None = None, *, with_ended: bool = False
) -> list[Subscription]:
    """The workspace's subscriptions, without those that have ended, the oldest first; of one channel, or of all."""
    which = [col(DigestSubscription.workspace_id) == workspace]
    if not with_ended:
        which.append(col(DigestSubscription.ended_at).is_(None))
    if channel is not None:
        which.append(col(DigestSubscription.channel_id) == channel)
    rows = await rows_of(session, DigestSubscription, *which, order=[col(DigestSubscription.id)])
    return [_subscription(row) for row in rows]


async def running(session: AsyncSession, workspace: int, subscription_id: int) -> Subscription | None:
    """A subscription that has not ended, paused or not; nobody else changes it until this transaction ends."""
    statement = _not_ended(workspace, subscription_id).with_for_update()
    row = (await session.exec(statement.execution_options(populate_existing=True))).first()
    return _subscription(row) if row else None


async def looked_at(session: AsyncSession, workspace: int, subscription_id: int) -> Subscription | None:
    """As `running`, for who changes nothing: others may meanwhile."""
    row = (await session.exec(_not_ended(workspace, subscription_id))).first()
    return _subscription(row) if row else None


async def change(session: AsyncSession, subscription_id: int, wanted: NewSubscription) -> Subscription:
    """Let a subscription be about something else, or come at other times; its deliveries remain its own.

    Raises AlreadySubscribed where the channel has that digest, as often, besides this one.
    """
    try:
        async with session.begin_nested():
            await _change(session, subscription_id, **_changed(wanted))
    except IntegrityError as taken:
        raise AlreadySubscribed from taken
    return await by_id(session, subscription_id)


async def end_subscription(session: AsyncSession, subscription_id: int, now: datetime) -> bool:
    """End a subscription; its deliveries stay on the record. False if it has ended already."""
    return await _change(session, subscription_id, ended_at=now)


async def pause(session: AsyncSession, subscription_id: int, reason: str, now: datetime) -> bool:
    """Send no more of it until it is resumed or subscribed again. False if it has ended."""
    return await _change(session, subscription_id, paused_at=now, paused_reason=reason)


async def resume(session: AsyncSession, subscription_id: int, next_run_at: datetime, anchor: date | None) -> bool:
    """Send it again, from `next_run_at` on. False if it has ended."""
    again = {"paused_at": None, "paused_reason": None, "next_run_at": next_run_at, "anchor": anchor}
    return await _change(session, subscription_id, **again)


async def due(session: AsyncSession, workspace: int, now: datetime, limit: int = 100) -> list[Subscription]:
    """The workspace's subscriptions whose run has come, the longest overdue first."""
    statement = (
        select(DigestSubscription)
        .where(
            col(DigestSubscription.workspace_id) == workspace,
            col(DigestSubscription.next_run_at) <= now,
            col(DigestSubscription.ended_at).is_(None),
            col(DigestSubscription.paused_at).is_(None),
        )
        .order_by(col(DigestSubscription.next_run_at), col(DigestSubscription.id))
        .limit(limit)
    )
    return [_subscription(row) for row in (await session.exec(statement)).all()]


async def advance(session: AsyncSession, subscription_id: int, expected: datetime, next_run_at: datetime) -> bool:
    """Set a subscription to its next run; False if somebody else has, or if it is paused or ended."""
    taken = await session.exec(
        update(DigestSubscription)
        .where(
            col(DigestSubscription.id) == subscription_id,
            col(DigestSubscription.next_run_at) == expected,
            col(DigestSubscription.ended_at).is_(None),
            col(DigestSubscription.paused_at).is_(None),
        )
        .values(next_run_at=next_run_at)
    )
    return taken.rowcount == 1


async def by_id(session: AsyncSession, subscription_id: int) -> Subscription:
    """A subscription, ended or not."""
    return _subscription((await rows_of(session, DigestSubscription, col(DigestSubscription.id) == subscription_id))[0])


async def _running(session: AsyncSession, workspace: int, new: NewSubscription) -> DigestSubscription | None:
    statement = select(DigestSubscription).where(
        col(DigestSubscription.workspace_id) == workspace,
        col(DigestSubscription.channel_id) == new.channel_id,
        col(DigestSubscription.scope_key) == new.scope_key,
        col(DigestSubscription.department) == new.department,
        col(DigestSubscription.every) == new.every,
        col(DigestSubscription.ended_at).is_(None),
    )
    return (await session.exec(statement)).first()


def _not_ended(workspace: int, subscription_id: int) -> Any:
    return select(DigestSubscription).where(
        col(DigestSubscription.workspace_id) == workspace,
        col(DigestSubscription.id) == subscription_id,
        col(DigestSubscription.ended_at).is_(None),
    )


async def _change(session: AsyncSession, subscription_id: int, **values: Any) -> bool:
    not_ended = col(DigestSubscription.id) == subscription_id, col(DigestSubscription.ended_at).is_(None)
    changed = await session.exec(update(DigestSubscription).where(*not_ended).values(**values))
    return changed.rowcount == 1


def _changed(wanted: NewSubscription) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in CHANGED}


def _subscription(row: DigestSubscription) -> Subscription:
    return Subscription(
        id=kept(row.id),
        workspace=row.workspace_id,
        channel_id=row.channel_id,
        created_by=row.created_by,
        created_at=row.created_at,
        **{name: getattr(row, name) for name in CHANGED if name != "every"},
        every=Every(row.every),
        paused_at=row.paused_at,
        paused_reason=row.paused_reason,
        ended_at=row.ended_at,
    )
