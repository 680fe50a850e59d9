"""A channel's digest subscriptions: made, shown before they are due, ended."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.digest import Digest
from commands.digest_reading import Wanted, read_digest
from commands.member import Member
from commands.mistakes import NotSubscribed, NotYours
from commands.reading_schedules import Asked
from commands.scopes import WHOLE_PLAN, Scope, read_scope
from store.digests import last_posted
from store.plan import Plan
from store.subscriptions import NewSubscription, Subscription, end_subscription, subscriptions
from store.subscriptions import subscribe as keep_subscription

FIRST_PERIOD = timedelta(days=7)
"""What a preview covers where nothing is subscribed."""


async def subscribe(
    session: AsyncSession, workspace: int, asked: Asked, *, channel: str, by: Member, now: datetime
) -> Subscription:
    """Subscribe a channel, or change when its subscription about the same, as often, comes.

    A fortnightly one is counted from its first run after `now`. Raises NotYours if somebody else made the one that
    would change and `by` is no administrator.
    """
    schedule = asked.schedule.begun(now)
    same = (schedule.scope, schedule.department, schedule.every)
    known = await subscriptions(session, workspace, channel)
    before = next((one for one in known if (one.scope_key, one.department, one.every) == same), None)
    if before:
        _may_change(before, by)
    mentions = asked.mentions if asked.mentions is not None else bool(before and before.mentions_owners)
    wanted = NewSubscription(
        channel_id=channel,
        created_by=by.id,
        created_at=now,
        weekday=schedule.weekday,
        hour=schedule.hour,
        minute=schedule.minute,
        timezone=schedule.timezone,
        scope_key=schedule.scope,
        department=schedule.department,
        every=schedule.every,
        nth=schedule.nth,
        anchor=schedule.anchor,
        mentions_owners=mentions,
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
        found = [one for one in found if _is_about(one, scope)]
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


def _is_about(subscription: Subscription, scope: Scope) -> bool:
    return (subscription.scope_key, subscription.department) == (scope.key, scope.department)


async def preview(
    session: AsyncSession, workspace: int, plan: Plan, *, channel: str, typed: str, now: datetime
) -> Digest:
    """The digest as it would be now: of the scope that was typed, else of the channel's subscription, else of all."""
    known = await subscriptions(session, workspace, channel)
    first = Scope(known[0].scope_key, known[0].department) if known else WHOLE_PLAN
    scope = read_scope(typed, plan) if typed.strip() else first
    of_scope = next((one for one in known if _is_about(one, scope)), None)
    since = await _since(session, of_scope, now) if of_scope else now - FIRST_PERIOD
    return await digest_of(
        session,
        workspace,
        plan,
        scope=scope.key,
        department=scope.department,
        since=since,
        until=now,
        now=now,
        subscription=of_scope,
    )


async def foretold(session: AsyncSession, workspace: int, plan: Plan, coming: Subscription) -> Digest:
    """The next digest of a subscription, as it will be if nothing more is reported until then. Raises ScopeGone."""
    at = coming.next_run_at
    return await digest_of(
        session,
        workspace,
        plan,
        scope=coming.scope_key,
        department=coming.department,
        since=await _since(session, coming, at),
        until=at,
        now=at,
        subscription=coming,
    )


async def as_of_now(
    session: AsyncSession, workspace: int, plan: Plan, of: Subscription, now: datetime, *, keeps_words: bool = True
) -> Digest:
    """The digest of a subscription as it would be now. Raises ScopeGone."""
    since = await _since(session, of, now)
    wanted = Wanted(since, now, now, of.scope_key, of.department, subscription=of, keeps_words=keeps_words)
    return await read_digest(session, workspace, plan, wanted)


async def _since(session: AsyncSession, subscription: Subscription, until: datetime) -> datetime:
    """From when a digest up to `until` tells: since the last that was posted, else one interval."""
    last = await last_posted(session, subscription.id)
    return last.period_due_at if last else subscription.first_covers_from(until)


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
