"""Which digests a channel gets is arranged: subscribed, changed, paused, resumed, stopped; and who may do that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import NotSubscribed, NotYours, ScopeGone, SubscribedAlready, SubscriptionGone
from commands.reading_schedules import Asked
from commands.schedule import Schedule
from commands.scopes import Scope, has_scope, read_scope
from store import subscriptions as store
from store.plan import Plan
from store.subscriptions import PAUSED_BY_HAND, PAUSED_WITHOUT_SCOPE, AlreadySubscribed, NewSubscription, Subscription

_ALL = frozenset({"all", "all of them", "everything", "both", "every one"})


class Deed(StrEnum):
    """What can be done with a digest that a channel gets."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A channel's subscription as it is kept now."""

    subscription: Subscription
    is_new: bool
    """Whether the channel had none about the same, as often."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with some of a channel's digests."""

    deed: Deed
    done: tuple[Subscription, ...] = ()
    """As they are now; those that were so already are among them."""
    others: tuple[Subscription, ...] = ()
    """Those that somebody else made, which were left alone."""


def may_change(subscription: Subscription, member: Member) -> None:
    """Its maker changes a subscription, and administrators do. Raises NotYours."""
    if member.id != subscription.created_by and not member.is_administrator:
        raise NotYours(subscription.created_by)


async def subscribe(
    session: AsyncSession, workspace: int, asked: Asked, *, channel: str, by: Member, now: datetime
) -> Subscribed:
    """Subscribe a channel, or change when its subscription about the same, as often, comes; it is paused no longer.

    A fortnightly one is counted from its first run after `now`. Raises NotYours if somebody else made the one that
    would change and `by` is no administrator.
    """
    known = await same_as(session, workspace, asked.schedule, channel)
    before = await store.running(session, workspace, known.id) if known else None
    if before:
        may_change(before, by)
    wanted = _wanted(asked, before, channel=channel, by=by, now=now)
    made = await store.subscribe(session, workspace, wanted)
    may_change(made, by)  # somebody else may have been faster
    return Subscribed(made, is_new=before is None)


async def same_as(session: AsyncSession, workspace: int, schedule: Schedule, channel: str) -> Subscription | None:
    """The channel's subscription about the same, as often."""
    same = (schedule.scope, schedule.department, schedule.every)
    known = await store.subscriptions(session, workspace, channel)
    return next((one for one in known if (one.scope_key, one.department, one.every) == same), None)


async def change(
    session: AsyncSession, workspace: int, subscription: int, asked: Asked, *, by: Member, now: datetime
) -> Subscription:
    """Let a subscription be about something else, or come at other times; its deliveries remain its own.

    One that is paused stays so, unless that was because the plan had lost what it was about. Raises SubscriptionGone,
    NotYours, and SubscribedAlready where the channel has that digest, as often, besides this one.
    """
    before = await _theirs(session, workspace, subscription, by)
    wanted = _wanted(asked, before, channel=before.channel_id, by=by, now=now)
    try:
        kept = await store.change(session, before.id, wanted)
    except AlreadySubscribed as taken:
        raise SubscribedAlready from taken
    return await _resumed(session, kept, now) if kept.paused_reason == PAUSED_WITHOUT_SCOPE else kept


async def do(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    deed: Deed,
    which: Sequence[int],
    *,
    by: Member,
    now: datetime,
) -> Done:
    """Pause, resume or stop subscriptions, by id; what is so already stays so.

    Of several, those that somebody else made are left alone. Raises NotYours where all of them are somebody else's,
    SubscriptionGone where none is left, and ScopeGone where one is to be resumed that is about nothing any more.
    """
    found = [await store.running(session, workspace, one) for one in which]
    there = [one for one in found if one]
    if not there:
        raise SubscriptionGone
    own = [one for one in there if by.is_administrator or by.id == one.created_by]
    if not own:
        raise NotYours(there[0].created_by)
    done = [await _do(session, plan, deed, one, now) for one in own]
    return Done(deed, tuple(done), tuple(one for one in there if one not in own))


async def _do(session: AsyncSession, plan: Plan, deed: Deed, one: Subscription, now: datetime) -> Subscription:
    if deed is Deed.STOP:
        await store.end_subscription(session, one.id, now)
        return one
    if deed is Deed.PAUSE and not one.is_paused:
        await store.pause(session, one.id, PAUSED_BY_HAND, now)
    elif deed is Deed.RESUME and one.is_paused:
        if not has_scope(plan, Scope(one.scope_key, one.department)):
            raise ScopeGone(one.scope_key or one.department)
        return await _resumed(session, one, now)
    return await store.by_id(session, one.id)


async def _resumed(session: AsyncSession, one: Subscription, now: datetime) -> Subscription:
    schedule = Schedule.of(one).begun(now)
    await store.resume(session, one.id, schedule.next_after(now), schedule.anchor)
    return await store.by_id(session, one.id)


async def named(
    session: AsyncSession, workspace: int, plan: Plan, *, channel: str, typed: str, deed: str
) -> tuple[Subscription, ...]:
    """The channel's subscriptions about what was typed, or all of them; at least one.

    Raises NotSubscribed, for what is to be done with them (`deed`), and UnreadableSchedule for unknown words.
    """
    found = await store.subscriptions(session, workspace, channel)
    if typed.strip() and " ".join(typed.split()).casefold() not in _ALL:
        scope = read_scope(typed, plan)
        found = [one for one in found if is_about(one, scope)]
    if not found:
        raise NotSubscribed(deed)
    return tuple(found)


def is_all(typed: str) -> bool:
    """Whether every one of them is meant, without asking which."""
    return " ".join(typed.split()).casefold() in _ALL


def is_about(subscription: Subscription, scope: Scope) -> bool:
    """Whether a subscription is about that."""
    return (subscription.scope_key, subscription.department) == (scope.key, scope.department)


async def _theirs(session: AsyncSession, workspace: int, subscription: int, by: Member) -> Subscription:
    found = await store.running(session, workspace, subscription)
    if found is None:
        raise SubscriptionGone
    may_change(found, by)
    return found


def _wanted(asked: Asked, before: Subscription | None, *, channel: str, by: Member, now: datetime) -> NewSubscription:
    """What is to be kept. A run that is due, and not begun yet, is not lost where the times stay the same."""
    schedule = replace(asked.schedule, anchor=asked.schedule.anchor or _anchor(before)).begun(now)
    is_same = before is not None and not before.is_paused and _times(Schedule.of(before)) == _times(schedule)
    mentions = asked.mentions if asked.mentions is not None else bool(before and before.mentions_owners)
    return NewSubscription(
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
        next_run_at=before.next_run_at if before and is_same else schedule.next_after(now),
    )


def _anchor(before: Subscription | None) -> date | None:
    """From when its fortnights are counted: whoever asks for the same again does not move it by a week."""
    return before.anchor if before else None


def _times(schedule: Schedule) -> Schedule:
    return replace(schedule, scope="", department="")
