"""Days and spans of time as people say them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def day(when: date) -> str:
    """`31 October 2026`."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def brief_day(when: date) -> str:
    """`31 Oct 2026`."""
    return f"{when.day} {_MONTHS[when.month - 1][:3]} {when.year}"


def moment(when: datetime, zone: ZoneInfo) -> str:
    """`31 October 2026 at 09:00`, on the clock of a zone."""
    local = when.astimezone(zone)
    return f"{day(local.date())} at {local:%H:%M}"


def length(time: timedelta) -> str:
    """`4 seconds`, `20 minutes`, `3 hours`, `9 days`, `3 weeks`."""
    if time < _MINUTE:
        return _counted(int(time.total_seconds()), "second")
    if time < 2 * _HOUR:
        return _counted(round(time / _MINUTE), "minute")
    return _counted(round(time / _HOUR), "hour") if time < 2 * _DAY else span(round(time / _DAY))


def span(days: int) -> str:
    """A number of days (0 or more) in the unit people would use: `9 days`, `3 weeks`, `5 months`, `2 years`."""
    for size, unit, until in ((1, "day", 14), (7, "week", 62), (30.44, "month", 730)):
        if days < until:
            return _counted(round(days / size), unit)
    return _counted(round(days / 365.25), "year")


def from_today(when: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, `in 9 days`, `3 weeks ago`."""
    days = (when - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {span(days)}" if days > 0 else f"{span(-days)} ago"


def dated(when: date, today: date) -> str:
    """`31 October 2026, 3 weeks ago`."""
    return f"{day(when)}, {from_today(when, today)}"


def due(when: date, today: date, *, overdue: bool) -> str:
    """`due 31 October 2026, in 9 days`; `was due 31 October 2026, 3 weeks overdue`."""
    if overdue:
        return f"was due {day(when)}, {span((today - when).days)} overdue"
    return f"due {dated(when, today)}"


def period(start: date, end: date) -> str:
    """Whole years as `2023–2026`, other days as `1 April 2023 to 31 March 2026`."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{day(start)} to {day(end)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
