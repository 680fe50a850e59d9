"""Which runs a subscription has around a day, and which of them is meant by a day or a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from commands.schedule import Schedule
from store.digest_tables import Every
from store.subscriptions import Subscription

_DAY = timedelta(days=1)
_SPAN = timedelta(days=75)
"""Longer than it takes from any run to the next but one."""
_YEARS = range(2000, 2200)


@dataclass(eq=False)
class NoSuchRun(Exception):
    """The subscription has no run on that day, or at that time."""

    before: datetime
    """Its last run before it, in UTC."""
    after: datetime
    """Its first run after it, in UTC."""


@dataclass(eq=False)
class RunToCome(Exception):
    """The run has not come yet."""

    run: datetime
    """In UTC."""


class UnreadablePeriod(Exception):
    """What was typed is neither a day nor a time."""


def period_typed(typed: str, timezone: str) -> date | datetime:
    """A day as `2026-11-23`, or a moment (in UTC) as `2026-11-23T09:00`, meant in the zone unless it says which.

    Raises UnreadablePeriod.
    """
    words = typed.strip()
    try:
        period = date.fromisoformat(words) if len(words) <= len("2026-11-23") else datetime.fromisoformat(words)
    except ValueError:
        raise UnreadablePeriod(words) from None
    if period.year not in _YEARS:
        raise UnreadablePeriod(words)
    if not isinstance(period, datetime):
        return period
    return (period if period.tzinfo else period.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)


def runs_on(schedule: Schedule, day: date) -> tuple[datetime, ...]:
    """The runs of a day in the schedule's zone, in UTC: that of the day itself, else those that a skipped time moved.

    Mostly there is one or none.
    """
    around = list(takewhile(lambda one: one <= day, schedule.days(day - _DAY)))
    if day in around:
        return (schedule.at(day),)
    return tuple(run for run in map(schedule.at, around) if _day_of(run, schedule) == day)


def nearest_runs(schedule: Schedule, period: date | datetime) -> tuple[datetime, datetime]:
    """The last run before a moment, or before a day's time of the schedule, and the first after it, in UTC."""
    moment = period if isinstance(period, datetime) else schedule.at(period)
    first = _day_of(moment - _SPAN, schedule)
    return next((before, after) for before, after in pairwise(map(schedule.at, schedule.days(first))) if after > moment)


def run_meant(
    subscription: Subscription, delivered: Iterable[datetime], period: date | datetime, now: datetime
) -> datetime:
    """The run of a day in the subscription's zone, or of an exact moment, in UTC.

    `delivered` are the runs that its ledger has: the schedule may have been another when they came. Raises NoSuchRun,
    and RunToCome where the run is later than `now`.
    """
    schedule, known = counted(subscription), [*delivered, subscription.next_run_at]
    run = _run_at(schedule, known, period) if isinstance(period, datetime) else _run_on(schedule, known, period, now)
    if run is None:
        raise NoSuchRun(*nearest_runs(schedule, period))
    if run > now:
        raise RunToCome(run)
    return run


def counted(subscription: Subscription) -> Schedule:
    """A subscription's schedule; its fortnights are counted from its next run where nothing else is on the record."""
    schedule = Schedule.of(subscription)
    if schedule.every is not Every.FORTNIGHT or schedule.anchor:
        return schedule
    return replace(schedule, anchor=_day_of(subscription.next_run_at, schedule))


def _run_at(schedule: Schedule, known: Collection[datetime], moment: datetime) -> datetime | None:
    of_day = runs_on(schedule, _day_of(moment, schedule))
    return next((run for run in (*known, *of_day) if run == moment), None)


def _run_on(schedule: Schedule, known: Collection[datetime], day: date, now: datetime) -> datetime | None:
    """What is on the record of that day goes before what the schedule says; of several runs, the last that has come."""
    of_day = [run for run in known if _day_of(run, schedule) == day] or runs_on(schedule, day)
    come = [run for run in of_day if run <= now]
    return max(come or of_day, default=None)


def _day_of(moment: datetime, schedule: Schedule) -> date:
    return moment.astimezone(ZoneInfo(schedule.timezone)).date()
