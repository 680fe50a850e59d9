"""A day as people write it ("as of 12 Nov", "yesterday", "3 days ago"), where it stands in what was typed."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from commands.progress.mistakes import DayInFuture, Offer, UnreadableDay
from commands.progress.statuses import is_closed

_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
_DAYS = tuple(name.casefold() for name in calendar.day_name)
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AS_OF = re.compile(r"(?:as\s*(?:of|off|fo)|effective|dated)\b\s*:?\s*", re.IGNORECASE)
"""After these, a day must come."""
_ON = re.compile(r"(?:as\s*(?:at|on)|on|since\s+the)\b\s*", re.IGNORECASE)
"""After these, one may."""
_NUMERIC = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\w-])")
_SHORT = re.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})(?![\w-])")
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<month>[^\W\d_]{3,10})\b\.?(?:,?\s+(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w%.])(?:,?\s+(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    r"(?:the\s+)?end\s+of\s+(?P<month>[^\W\d_]{3,10})\b\.?(?:,?\s+(?P<year>\d{4})\b)?", re.IGNORECASE
)
_AGO = re.compile(r"(?P<many>\d{1,3}|[a-z]{1,5})\s+(?P<unit>day|week)s?\s+ago\b", re.IGNORECASE)
_BEFORE_YESTERDAY = re.compile(r"(?:the\s+)?day\s+before\s+yesterday\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:(?:last|this|past)\s+)?(?P<name>[^\W\d_]{3,11})\b", re.IGNORECASE)
_UNREAD = re.compile(r"[^,;:\n]{1,40}?(?=[,;:\n]|$)|\S+")
_FROM_NOW = re.compile(r"(?:(?:in|for)\s+)?(?P<many>\d{1,3}|[a-z]{1,5})\s+(?P<unit>day|week|month)s?\b", re.IGNORECASE)
_NEXT_NAMED = re.compile(r"(?:(?:next|this|coming)\s+)?(?P<name>[^\W\d_]{3,11})\b", re.IGNORECASE)
_AROUND = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NEXT_MONTH_END = re.compile(
    r"(?:the\s+)?end\s+of\s+(?P<month>(?:(?:the|this)\s+)?[^\W\d_]{3,10})\b\.?(?:,?\s+(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)
_LONG_AGO = timedelta(days=180)
"""How far ahead a day without a year must be to be meant of last year."""
_LIKE = 5
"""Letters from which a slip in a month or a weekday is forgiven."""


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, and where it was read."""

    day: date
    end: int


def day_at(text: str, at: int, stop: int, today: date) -> DayRead | None:
    """The day that is said at `at`, `today` in the plan's zone.

    Raises UnreadableDay where one is announced ("as of") and cannot be read, and DayInFuture.
    """
    announced = _AS_OF.match(text, at)
    if announced:
        found = _read(text, announced.end(), today, with_year_left_out=True)
        if found is None:
            raise _unreadable(text, at, announced.end())
        return _not_later(found, text, at, today)
    return _unannounced(text, at, stop, today)


def day_ahead(text: str, today: date) -> date | None:
    """The day that a whole text names, today or later where it leaves that open; it may be past where it does not.

    `15 January`, `2027-01-15`, `end of March`, `tomorrow`, `next Friday`, `in 3 weeks`; None where it names none.
    """
    words = text.strip().rstrip(".").strip()
    ways: Sequence[Callable[[str, date], DayRead | None]] = (
        lambda said, on: _numeric(said, 0, on) or _short(said, 0, on),
        _in_some_time,
        _next_named,
        _next_in_calendar,
        _next_month_end,
    )
    found = (way(words, today) for way in ways)
    return next((one.day for one in found if one and one.end == len(words)), None)


def _in_some_time(text: str, today: date) -> DayRead | None:
    found = _FROM_NOW.match(text)
    many = found["many"].casefold() if found else ""
    number = int(many) if many.isdecimal() else _NUMBERS.index(many) + 1 if many in _NUMBERS else None
    if not found or number is None:
        return None
    unit = found["unit"].casefold()
    if unit != "month":
        return DayRead(today + timedelta(days=number * (7 if unit == "week" else 1)), found.end())
    years, month = divmod(today.month - 1 + number, 12)
    last = calendar.monthrange(today.year + years, month + 1)[1]
    return DayRead(date(today.year + years, month + 1, min(today.day, last)), found.end())


def _next_named(text: str, today: date) -> DayRead | None:
    found = _NEXT_NAMED.match(text)
    name = _meant(found["name"], ("yesterday", "today", "tomorrow", *_DAYS)) if found else None
    if not found or name is None:
        return None
    if name in _AROUND:
        return DayRead(today + timedelta(days=_AROUND[name]), found.end())
    ahead = (_DAYS.index(name) - today.weekday()) % 7 or 7
    return DayRead(today + timedelta(days=ahead), found.end())


def _next_in_calendar(text: str, today: date) -> DayRead | None:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        found = pattern.match(text)
        month = _month(found["month"]) if found else None
        if found and month:
            years = (int(found["year"]),) if found["year"] else (today.year, today.year + 1)
            days = [day for year in years if (day := _date(year, month, int(found["day"])))]
            day = next((one for one in days if one >= today), days[0] if found["year"] and days else None)
            return DayRead(day, found.end()) if day else None
    return None


def _next_month_end(text: str, today: date) -> DayRead | None:
    found = _NEXT_MONTH_END.match(text)
    if not found:
        return None
    name = found["month"].casefold()
    month = {"month": today.month, "year": 12}.get(name.removeprefix("the ").removeprefix("this ")) or _month(name)
    if month is None:
        return None
    year = int(found["year"]) if found["year"] else today.year + (month < today.month)
    day = _date(year, month, calendar.monthrange(year, month)[1]) if 1 <= year < date.max.year else None
    return DayRead(day, found.end()) if day else None


def _unannounced(text: str, at: int, stop: int, today: date) -> DayRead | None:
    """Without "as of", a day is one only where nothing follows it: "today we met" is none."""
    preposition = _ON.match(text, at)
    start = preposition.end() if preposition else at
    found = _read(text, start, today, with_year_left_out=bool(preposition))
    if found is None or not is_closed(text, found.end, stop):
        return None
    return _not_later(found, text, at, today)


def _not_later(found: DayRead, text: str, at: int, today: date) -> DayRead:
    if found.day > today:
        raise DayInFuture(found.day, _of_today(text, at, found.end))
    return found


def _unreadable(text: str, at: int, start: int) -> UnreadableDay:
    words = _UNREAD.match(text, start)
    end = words.end() if words else start
    return UnreadableDay(text[start:end].strip(), _of_today(text, at, end))


def _of_today(text: str, start: int, end: int) -> tuple[Offer, ...]:
    return (Offer(f"{text[:start].rstrip()} {text[end:].lstrip()}".strip(), is_today=True),)


def _read(text: str, at: int, today: date, *, with_year_left_out: bool) -> DayRead | None:
    ways: Sequence[Callable[[str, int, date], DayRead | None]] = (
        _numeric,
        _short,
        _ago,
        _relative,
        *((_calendar, _month_end) if with_year_left_out else ()),
    )
    return next((found for way in ways if (found := way(text, at, today))), None)


def _numeric(text: str, at: int, _today: date) -> DayRead | None:
    found = _NUMERIC.match(text, at)
    day = _date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    return DayRead(day, found.end()) if found and day else None


def _short(text: str, at: int, _today: date) -> DayRead | None:
    """`31/10/2026`, `10/31/2026`, `31.10.2026`; of `5/6/2026` nobody can tell which is the month."""
    found = _SHORT.match(text, at)
    if not found:
        return None
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    days = {_date(year, second, first), _date(year, first, second)} - {None}
    day = days.pop() if len(days) == 1 else None
    return DayRead(day, found.end()) if day else None


def _ago(text: str, at: int, today: date) -> DayRead | None:
    found = _AGO.match(text, at)
    if not found:
        return None
    many = found["many"].casefold()
    number = int(many) if many.isdecimal() else _NUMBERS.index(many) + 1 if many in _NUMBERS else None
    if number is None:
        return None
    days = number * (7 if found["unit"].casefold() == "week" else 1)
    return DayRead(today - timedelta(days=days), found.end())


def _relative(text: str, at: int, today: date) -> DayRead | None:
    before = _BEFORE_YESTERDAY.match(text, at)
    if before:
        return DayRead(today - timedelta(days=2), before.end())
    found = _NAMED.match(text, at)
    name = _meant(found["name"], ("today", "now", "yesterday", *_DAYS)) if found else None
    if not found or name is None:
        return None
    if name in ("today", "now"):
        return DayRead(today, found.end())
    if name == "yesterday":
        return DayRead(today - timedelta(days=1), found.end())
    is_last = found[0].casefold().startswith("last")
    back = (today.weekday() - _DAYS.index(name)) % 7 or (7 if is_last else 0)
    return DayRead(today - timedelta(days=back), found.end())


def _calendar(text: str, at: int, today: date) -> DayRead | None:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        found = pattern.match(text, at)
        month = _month(found["month"]) if found else None
        if found and month:
            day = _near(found["year"], month, int(found["day"]), today)
            return DayRead(day, found.end()) if day else None
    return None


def _month_end(text: str, at: int, today: date) -> DayRead | None:
    found = _MONTH_END.match(text, at)
    month = _month(found["month"]) if found else None
    if not found or month is None:
        return None
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    day = _date(year, month, calendar.monthrange(year, month)[1]) if 1 <= year < date.max.year else None
    return DayRead(day, found.end()) if day else None


def _near(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day in its year; without one, in this year, or in the last where that is more than half a year ahead."""
    if year:
        return _date(int(year), month, day)
    this_year, last_year = _date(today.year, month, day), _date(today.year - 1, month, day)
    is_last = this_year is None or this_year - today > _LONG_AGO
    return last_year if is_last else this_year


def _month(typed: str) -> int | None:
    wanted = typed.casefold()
    short = {name[:3]: name for name in _MONTHS} | {"sept": "september"}
    name = short.get(wanted) or _meant(wanted, _MONTHS)
    return _MONTHS.index(name) + 1 if name else None


def _meant(typed: str, names: Sequence[str]) -> str | None:
    """The name that was typed, with a slip where it is long enough; None where none or more than one is as near."""
    wanted = typed.casefold()
    if wanted in names:
        return wanted
    near = [name for name in names if len(name) >= _LIKE <= len(wanted) and OSA.distance(wanted, name) == 1]
    return near[0] if len(near) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
