"""Working days and working hours on a person's own clock: Monday to Friday, nine to five, without the holidays."""

from collections.abc import Set
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(9)
CLOSES = time(17)
_SATURDAY = 5
_DAY = timedelta(days=1)
_MOST_HOLIDAYS = 60
"""In a row: a list that names every day is not to be searched through for ever."""


def is_working_day(day: date, holidays: Set[date]) -> bool:
    """Whether the day is neither on a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def is_working_time(moment: datetime, zone: ZoneInfo, holidays: Set[date]) -> bool:
    """Whether people work then, in their zone."""
    local = moment.astimezone(zone)
    return is_working_day(local.date(), holidays) and OPENS <= local.time() < CLOSES


def working_day_from(day: date, holidays: Set[date]) -> date:
    """The first working day that is not before `day`."""
    return _counted(day, 0, _DAY, holidays)


def working_days_before(day: date, count: int, holidays: Set[date]) -> date:
    """The working day from which `count` working days pass until `day`, counting itself and not `day`."""
    return _counted(day, count, -_DAY, holidays)


def opening(day: date, zone: ZoneInfo) -> datetime:
    """When people begin to work on a day, in their zone."""
    return datetime.combine(day, OPENS, zone)


def _counted(day: date, count: int, step: timedelta, holidays: Set[date]) -> date:
    found = day
    for _ in range(_MOST_HOLIDAYS + 2 * count):
        if count == 0 and is_working_day(found, holidays):
            return found
        found += step
        count -= bool(count) and is_working_day(found, holidays)
    return found
