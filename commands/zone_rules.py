"""A zone's rules change: runs that were computed by the old ones are set right.

Governments change their clocks at short notice. What the record holds is the instant that the rules of its day gave;
under the rules of now, the same time on the wall of the same day may be another instant.
"""

from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from commands.schedule import Schedule
from store.subscriptions import Subscription

MOST_CHANGED = timedelta(hours=26)
"""No zone has moved its clock by more: Samoa changed the side of the date line, by 24 hours.

It is less than half a week, so that two runs are never taken for each other.
"""
_STEP = timedelta(minutes=15)
"""Zones are a number of quarters of an hour from UTC; a run that is off by anything else was set by hand."""
_DAYS_AROUND = timedelta(days=2)


def mended_next_run(subscription: Subscription, now: datetime) -> datetime | None:
    """When the subscription's next run is under the zone rules of now, in UTC; None where that is when it is kept for.

    A run that is due already, or of a subscription that is paused, is left alone. The run stays that of the same day:
    none is left out, and none comes twice. It may turn out to be due by now. Raises ZoneInfoNotFoundError where this
    machine knows no such zone.
    """
    kept = subscription.next_run_at
    if kept <= now or subscription.is_paused:
        return None
    run = _run_meant(subscription)
    return None if run == kept else run


def run_after(subscription: Subscription, now: datetime) -> datetime:
    """The run to come when the one that is due by `now` is taken up, in UTC.

    Where the rules changed after that one came due, the same run may seem to come once more, later on its day: that is
    passed over. Raises ZoneInfoNotFoundError where this machine knows no such zone.
    """
    schedule, due = Schedule.of(subscription), _run_meant(subscription)
    upcoming = schedule.next_after(now)
    return schedule.next_after(upcoming) if upcoming == due else upcoming


def _run_meant(subscription: Subscription) -> datetime:
    """What the run on the record is under the rules of now; that run itself, where the schedule has none like it."""
    schedule, kept = Schedule.of(subscription), subscription.next_run_at
    day = kept.astimezone(ZoneInfo(subscription.timezone)).date()
    around = takewhile(lambda one: one <= day + _DAYS_AROUND, schedule.days(day - _DAYS_AROUND))
    runs = [run for run in map(schedule.at, around) if _is_by_other_rules(run, kept)]
    return min(runs, key=lambda run: abs(run - kept), default=kept)


def _is_by_other_rules(run: datetime, kept: datetime) -> bool:
    return abs(run - kept) <= MOST_CHANGED and not (run - kept) % _STEP
