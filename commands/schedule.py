"""When a channel gets its digest, and of what: a schedule, turned into the next moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from store.digest_tables import Every
from store.subscriptions import Subscription

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
"""Which of a month's weekdays; a fifth does not come every month."""
LAST = -1
_OFTEN = {Every.WEEK: "weekly", Every.FORTNIGHT: "fortnightly", Every.MONTH: "monthly"}
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", LAST: "last"}
_NOON = time(12)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every week, fortnight or month at a time of day in a zone, about the whole plan or a part of it."""

    weekday: int
    """0 is Monday."""
    hour: int
    minute: int
    timezone: str
    scope: str = ""
    """The key of a priority or objective; empty for the whole plan."""
    department: str = ""
    """The department whose actions it is about; empty for all."""
    every: Every = Every.WEEK
    nth: int = 1
    """Of a monthly one, which of the month's weekdays: 1 to 4, or -1 for the last."""
    anchor: date | None = None
    """Of a fortnightly one, the day of one of its runs, from which the weeks are counted; None: not settled yet."""

    @classmethod
    def of(cls, kept: Subscription) -> Self:
        """A subscription's."""
        return cls(
            weekday=kept.weekday,
            hour=kept.hour,
            minute=kept.minute,
            timezone=kept.timezone,
            scope=kept.scope_key,
            department=kept.department,
            every=kept.every,
            nth=kept.nth,
            anchor=kept.anchor,
        )

    def next_after(self, moment: datetime) -> datetime:
        """The first moment of the schedule later than `moment`, in UTC, by the clock on the wall of its zone.

        A time that the clock skips is moved by the change of the clock, to the same instant that it would have been;
        a time that comes twice brings one digest, at the first.
        """
        return self.at(_day_after(self, moment))

    def latest(self, first: datetime, now: datetime) -> datetime:
        """Of the runs from `first` on, the last one that has come by `now`; `first` itself where none has since."""
        run = first
        while (following := self.next_after(run)) <= now:
            run = following
        return run

    def begun(self, now: datetime) -> Self:
        """The same schedule, a fortnightly one counted from its first run after `now`, unless it is counted already."""
        if self.every is not Every.FORTNIGHT:
            return replace(self, anchor=None)
        kept = self.anchor if self.anchor and self.anchor.weekday() == self.weekday else None
        return replace(self, anchor=kept or _day_after(replace(self, every=Every.WEEK), now))

    def line(self) -> str:
        """What to type for it, such as `weekly monday 09:00 America/Toronto core-assets`."""
        which = f"{NTH[self.nth]} " if self.every is Every.MONTH else ""
        about = self.scope or (f'department "{self.department}"' if self.department else "")
        clock = f"{self.hour:02}:{self.minute:02}"
        return f"{_OFTEN[self.every]} {which}{DAYS[self.weekday]} {clock} {self.timezone} {about}".rstrip()

    def at(self, day: date) -> datetime:
        """The moment of its time on a day, in UTC."""
        return datetime.combine(day, time(self.hour, self.minute), ZoneInfo(self.timezone)).astimezone(UTC)

    def days(self, first: date) -> Iterator[date]:
        """The schedule's days from `first` on."""
        trigger, moment = _trigger(self), datetime.combine(first, _NOON, UTC)
        while moment:
            moment = trigger.get_next_fire_time(None, moment)
            if moment and not self._is_between(moment.date()):
                yield moment.date()
            moment = moment and moment + _DAY

    def _is_between(self, day: date) -> bool:
        """Whether a day lies halfway between two of a fortnightly schedule's."""
        anchor = self.anchor if self.every is Every.FORTNIGHT else None
        return anchor is not None and (day - anchor).days // 7 % 2 == 1


@cache
def _trigger_for(weekday: int, nth: int | None) -> CronTrigger:
    """Fires at noon in UTC, where no clock is changed: the calendar is the library's, the time of day is not."""
    name = DAYS[weekday][:3]
    if nth is None:
        return CronTrigger(day_of_week=name, hour=_NOON.hour, timezone=UTC)
    return CronTrigger(day=f"{_ORDINALS[nth]} {name}", hour=_NOON.hour, timezone=UTC)


def _trigger(schedule: Schedule) -> CronTrigger:
    return _trigger_for(schedule.weekday, schedule.nth if schedule.every is Every.MONTH else None)


def _day_after(schedule: Schedule, moment: datetime) -> date:
    """The schedule's first day whose run is later than `moment`."""
    today = moment.astimezone(ZoneInfo(schedule.timezone)).date()
    # A skipped time may come out on the day after its own, so the search begins a day early.
    return next(day for day in schedule.days(today - _DAY) if schedule.at(day) > moment)
