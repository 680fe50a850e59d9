"""Who is reminded of what, and when: decided from the plan, the digests to come and what people wish. Facts only.

The same rules, in the words of those who use them, are in docs/reminders.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from commands.progress.finding import Reportable
from commands.scopes import is_of_department
from commands.standing import is_at_risk, is_stale
from commands.workdays import (
    is_working_time,
    opening,
    working_day_from,
    working_days_before,
)
from store.plan import Action, Indicator, Kind, Plan, PlanStatus
from store.reminder_wishes import Wish
from store.subscriptions import Subscription

APART = timedelta(days=7)
"""Between the days of two reminders to one person."""
WORKING_DAYS_AHEAD = 2
"""How long before the digest that names somebody's entries they are reminded."""
SOON, NEXT = timedelta(days=14), timedelta(days=3)
"""How long before its due day an update of an action is wanted, and once more."""
OVERDUE_AGAIN = timedelta(days=14)
"""How often an update of an overdue action is wanted."""
ASKED_FOR = timedelta(days=7)
"""For how long after the day for which somebody asked to be reminded that is made up for."""
FIRST_WEEK = timedelta(days=7)
"""How long after planbot began nobody is reminded whom no digest names: first, channels are to be subscribed."""
JUST_SAID = timedelta(days=5)
"""Who reported so short a time before a digest knows what it will say."""
FARTHEST = timedelta(days=16)
"""How far away a digest may be whose owners are to be reminded: two working days, and holidays between."""
NEEDS_NOTICE = 2
"""Reminders in a row that are not answered before the administrators see it."""


class Reason(StrEnum):
    """Why an entry is listed; the first matter most."""

    OVERDUE = "overdue"
    NEXT = "due-in-3-days"
    SOON = "due-in-14-days"
    SILENT = "silent"
    NAMED = "named"
    """No update is due, but the digest will say that it is at risk, off track or overdue."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A digest that comes."""

    at: datetime
    channel: str
    scope: str
    """The key of what it is about; empty: the whole plan."""
    subscription: int
    department: str = ""
    """The department whose actions it is about; empty: all."""
    mentions: bool = False
    """Whether it mentions the owners whom it names."""


@dataclass(frozen=True, slots=True)
class Due:
    """An entry of which an update is due, or that a digest will name."""

    entry: Reportable
    reason: Reason
    coming: Coming | None
    """The first digest that is about it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of indicators besides their latest measurement."""

    rhythms: Mapping[str, timedelta] = field(default_factory=dict)
    """By key, how long it usually takes from one measurement to the next."""
    unchanged: Mapping[str, date] = field(default_factory=dict)
    """By key, the last day on which an owner said that there is nothing new."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an update by one person, and the digest ahead of which they are to be reminded."""

    person: str
    """The user id."""
    due: tuple[Due, ...]
    coming: Coming | None
    """None where no digest is about any of it."""


def comings(subscriptions: Iterable[Subscription], now: datetime) -> tuple[Coming, ...]:
    """The digests to come, the next first; those of paused subscriptions do not."""
    running = (one for one in subscriptions if not one.is_paused and one.next_run_at > now)
    found = [
        Coming(one.next_run_at, one.channel_id, one.scope_key, one.id, one.department, one.mentions_owners)
        for one in running
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.subscription)))


def waiting(
    plan: Plan,
    ahead: Sequence[Coming],
    now: datetime,
    *,
    addresses: Mapping[str, str],
    disowned: Set[tuple[str, str]] = frozenset(),
    heard: Heard | None = None,
) -> tuple[Waiting, ...]:
    """Who has entries of which an update is due, or that a digest will name; nobody, unless the plan is adopted.

    Entries are judged on the day of the first digest that will name one of them, all of a person's on one day.
    `addresses`: by e-mail address in lower case, the user id; an owner whose address is nobody's is left out.
    `disowned`: key and user id of what owners say is no longer theirs.
    """
    if plan.about.status is not PlanStatus.ADOPTED:
        return ()
    owned: dict[str, list[tuple[Reportable, Coming | None]]] = defaultdict(list)
    for entry in _reportable(plan):
        coming = next((one for one in ahead if _is_about(one, entry, plan)), None)
        for person in _persons(entry, addresses):
            if (entry.key, person) not in disowned:
                owned[person].append((entry, coming))
    found = [_waiting(person, mine, plan, now, heard or Heard()) for person, mine in owned.items()]
    return tuple(one for one in found if one)


def _waiting(
    person: str, mine: Sequence[tuple[Reportable, Coming | None]], plan: Plan, now: datetime, heard: Heard
) -> Waiting | None:
    distinct = sorted({one for _, one in mine if one}, key=lambda one: (one.at, one.subscription))
    for coming in distinct:
        due = _due(mine, _day(plan, coming.at), plan, heard, _day(plan, now))
        if any(one.coming == coming for one in due):
            return Waiting(person, due, coming)
    today = _day(plan, now)
    due = _due([(entry, coming) for entry, coming in mine if coming is None], today, plan, heard, today)
    return Waiting(person, due, None) if due else None


def _due(
    mine: Sequence[tuple[Reportable, Coming | None]], on: date, plan: Plan, heard: Heard, today: date
) -> tuple[Due, ...]:
    found = [
        Due(entry, reason, coming)
        for entry, coming in mine
        if (reason := reason_to_ask(entry, on, plan, heard) or _reason_to_tell(entry, coming, on, today))
    ]
    order = list(Reason)
    return tuple(sorted(found, key=lambda one: order.index(one.reason)))


def reason_to_ask(entry: Reportable, on: date, plan: Plan, heard: Heard | None = None) -> Reason | None:
    """Why an update of the entry is due on a day of the plan's zone; None if it is not, or if the entry is closed."""
    if isinstance(entry, Action):
        return _of_action(entry, on, plan.about.update_interval)
    return _of_indicator(entry, on, plan.about.update_interval, heard or Heard())


def _reason_to_tell(entry: Reportable, coming: Coming | None, on: date, today: date) -> Reason | None:
    """Whoever is named reads the line before the others do; not who has just said it."""
    if coming is None or not isinstance(entry, Action) or not (is_at_risk(entry) or entry.is_overdue(on)):
        return None
    heard = entry.latest.date if entry.latest else date.min
    return Reason.NAMED if heard < min(on - JUST_SAID, today) else None


def _of_action(action: Action, on: date, interval: timedelta) -> Reason | None:
    if action.standing.is_closed:
        return None
    heard = action.latest.date if action.latest else date.min
    if action.due and action.due < on:
        return Reason.OVERDUE if heard <= action.due or heard < on - OVERDUE_AGAIN else None
    for ahead, reason in ((NEXT, Reason.NEXT), (SOON, Reason.SOON)):
        if action.due and action.due - ahead <= on:
            if heard < action.due - ahead:
                return reason
            break
    return Reason.SILENT if is_stale(action, on, interval) else None


def _of_indicator(indicator: Indicator, on: date, interval: timedelta, heard: Heard) -> Reason | None:
    """An indicator that is measured once a year is not asked for every month."""
    measured = indicator.latest.date if indicator.latest else date.min
    said = heard.unchanged.get(indicator.key, date.min)
    if measured == date.min or on - measured > max(interval, heard.rhythms.get(indicator.key, interval)):
        return Reason.SILENT if said == date.min or on - said > interval else None
    return None


def is_time(
    one: Waiting,
    *,
    now: datetime,
    zone: ZoneInfo,
    wish: Wish,
    last: date | None,
    holidays: Set[date],
    began: datetime,
) -> bool:
    """Whether the person is to be reminded now. `zone` is theirs, `last` the day of their last reminder.

    `began` is when planbot began to work here.
    """
    today = now.astimezone(zone).date()
    if wish.is_off or not is_working_time(now, zone, holidays):
        return False
    if is_asked_for(wish, today):
        return last is None or last < today
    if max(wish.comes_on or date.min, wish.rests_until or date.min) > today:
        return False
    if last is not None and today - last < APART:
        return False
    if one.coming:
        return _ahead_of(one.coming, zone, holidays) <= now < one.coming.at
    return now - began >= FIRST_WEEK and today in _first_days(today, holidays)


def is_asked_for(wish: Wish, today: date) -> bool:
    """Whether the person asked for a reminder today, or on a day before that had none."""
    return wish.comes_on is not None and wish.comes_on <= today <= wish.comes_on + ASKED_FOR


def _ahead_of(coming: Coming, zone: ZoneInfo, holidays: Set[date]) -> datetime:
    day = coming.at.astimezone(zone).date()
    return opening(working_days_before(day, WORKING_DAYS_AHEAD, holidays), zone)


def _first_days(today: date, holidays: Set[date]) -> tuple[date, ...]:
    """The first working day of the week, and the next one for what could not be sent on it."""
    first = working_day_from(today - timedelta(days=today.weekday()), holidays)
    return first, working_day_from(first + timedelta(days=1), holidays)


def may_be_near(one: Waiting, now: datetime) -> bool:
    """Whether it may be time somewhere on earth; else nobody's zone needs to be asked for."""
    return one.coming is None or one.coming.at - now < FARTHEST


def persons_among(owners: Iterable[str], addresses: Mapping[str, str]) -> tuple[str, ...]:
    """The user ids of owners, each once; those whose address is nobody's are left out."""
    found = (addresses.get(owner.casefold()) if "@" in owner else owner for owner in owners)
    return tuple(dict.fromkeys(one for one in found if one))


def _persons(entry: Reportable, addresses: Mapping[str, str]) -> tuple[str, ...]:
    return persons_among(entry.owners, addresses)


def _reportable(plan: Plan) -> Iterable[Reportable]:
    for kind in (Kind.ACTION, Kind.INDICATOR):
        for node in plan.of_kind(kind):
            if isinstance(node.entry, Action | Indicator):
                yield node.entry


def _is_about(coming: Coming, entry: Reportable, plan: Plan) -> bool:
    if coming.department:
        return isinstance(entry, Action) and is_of_department(entry, coming.department)
    return not coming.scope or any(coming.scope.casefold() == over.key.casefold() for over in plan.above(entry.key))


def _day(plan: Plan, moment: datetime) -> date:
    return moment.astimezone(plan.about.zone).date()
