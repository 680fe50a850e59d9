"""A channel's digest subscriptions: made, shown before they are due, ended."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.digest import Digest
from commands.digest_reading import Wanted, read_digest
from commands.member import Member
from commands.mistakes import NotSubscribed, NotYours
from commands.schedule import Schedule, read_scope
from store.digests import last_posted
from store.plan import Plan
from store.subscriptions import NewSubscription, Subscription, end_subscription, subscriptions
from store.subscriptions import subscribe as keep_subscription

FIRST_PERIOD = timedelta(days=7)
"""What the first digest of a subscription covers."""


async def subscribe(
    session: AsyncSession, workspace: int, schedule: Schedule, *, channel: str, by: Member, now: datetime
) -> Subscription:
    """Subscribe a channel, or change when its subscription of the same scope comes.

    Raises NotYours if somebody else made that one and `by` is no administrator.
    """
    for known in await subscriptions(session, workspace, channel):
        if known.scope_key == schedule.scope:
            _may_change(known, by)
    wanted = NewSubscription(
        channel_id=channel,
        created_by=by.id,
        created_at=now,
        weekday=schedule.weekday,
        hour=schedule.hour,
        minute=schedule.minute,
        timezone=schedule.timezone,
        scope_key=schedule.scope,
        next_run_at=schedule.next_after(now),
    )
    return await keep_subscription(session, workspace, wanted)


async def stop(
    session: AsyncSession, workspace: int, plan: Plan, *, channel: str, typed: str, by: Member, now: datetime
) -> tuple[Subscription, ...]:
    """End the channel's subscription of the scope that was typed, or all of them; those that were ended.

    Raises NotSubscribed if there is none, NotYours if somebody else made one, UnreadableSchedule for unknown words.
    """
    found = await subscriptions(session, workspace, channel)
    if typed.strip():
        scope = read_scope(typed, plan)
        found = [one for one in found if one.scope_key == scope]
    if not found:
        raise NotSubscribed
    for one in found:
        _may_change(one, by)
    for one in found:
        await end_subscription(session, one.id, now)
    return tuple(found)


def _may_change(subscription: Subscription, member: Member) -> None:
    if member.id != subscription.created_by and not member.is_administrator:
        raise NotYours(subscription.created_by)


async def preview(
    session: AsyncSession, workspace: int, plan: Plan, *, channel: str, typed: str, now: datetime
) -> Digest:
    """The digest as it would be now: of the scope that was typed, else of the channel's subscription, else of all."""
    known = await subscriptions(session, workspace, channel)
    scope = read_scope(typed, plan) if typed.strip() else next((one.scope_key for one in known), "")
    of_scope = next((one for one in known if one.scope_key == scope), None)
    last = await last_posted(session, of_scope.id) if of_scope else None
    since = last.period_due_at if last else now - FIRST_PERIOD
    return await digest_of(
        session, workspace, plan, scope=scope, since=since, until=now, now=now, subscription=of_scope
    )


async def foretold(session: AsyncSession, workspace: int, plan: Plan, coming: Subscription) -> Digest:
    """The next digest of a subscription, as it will be if nothing more is reported until then. Raises ScopeGone."""
    last = await last_posted(session, coming.id)
    at = coming.next_run_at
    since = last.period_due_at if last else at - FIRST_PERIOD
    return await digest_of(
        session,
        workspace,
        plan,
        scope=coming.scope_key,
        since=since,
        until=at,
        now=at,
        department=coming.department,
        subscription=coming,
    )


async def digest_of(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    *,
    scope: str,
    since: datetime,
    until: datetime,
    now: datetime,
    department: str = "",
    subscription: Subscription | None = None,
) -> Digest:
    """The digest of what was recorded from `since` up to `until`. Raises ScopeGone."""
    wanted = Wanted(since, until, now, scope=scope, department=department, subscription=subscription)
    return await read_digest(session, workspace, plan, wanted)
