"""A time of day in a typed line: `09:00`, `4 pm`, `at 10`, `half past nine`, `noon`, `friday afternoon at 4`."""

import re
from dataclasses import dataclass

from commands.line import WEEKDAY, Line
from commands.mistakes import UnreadableSchedule

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELT = {name: at for at, name in enumerate(_NUMBERS, start=1)}
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(_SPELT)})"
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_OCLOCK = r"(?: ?(?:o'?clock|hrs|hours|hrs?|h)\b)?"
_EXACT = (
    re.compile(
        rf"(?<![\w:./-])(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?![\d:])(?: ?{_HALF})?(?: ?(?:hrs|hours)\b)?"
    ),
    re.compile(rf"(?<![\w:./-])(?P<past>half past|quarter past|quarter to) {_HOUR}\b(?: ?{_HALF})?"),
    re.compile(rf"(?<![\w:./-]){_HOUR} ?(?:o'?clock )?{_HALF}"),
    re.compile(r"(?<![\w:./-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:hrs|hours|h)\b"),
    re.compile(r"(?<=\bat )(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?![\w:.])"),
    re.compile(r"(?<![\w:./-])(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w:./-])"),
    re.compile(r"\b(?:12 )?(?P<word>noon|midday|mid-day|midnight)\b"),
)
_LOOSE = (
    re.compile(rf"(?:\bat|@|\baround|\bby) ?{_HOUR}(?![\w:./-]){_OCLOCK}"),
    re.compile(rf"(?<![\w:./-]){_HOUR} ?(?:o'?clock|h|hrs)\b"),
    re.compile(rf"(?<={WEEKDAY}) (?P<hour>\d{{1,2}})(?![\w:./-])"),
)
_PART_OF_DAY = re.compile(r"\b(?:(?:in|on|during) (?:the )?)?(?P<part>morning|afternoon|evening|night)s?\b")
_SMALL_HOURS = range(1, 7)
"""What people call these without more may be in the morning or in the afternoon."""
_MIDDAY = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0


def read_clock(line: Line) -> Clock | None:
    """The time of day that the line names, taken out of it; None where it names none.

    Raises UnreadableSchedule for a time that no day has, and for an hour that may be two.
    """
    for pattern in (*_EXACT, *_LOOSE):
        found = line.find(pattern)
        if found:
            line.blank(found)
            part = line.take(_PART_OF_DAY)
            return _clock(found, part["part"] if part else "", line, is_loose=pattern in _LOOSE)
    return None


def _clock(found: re.Match[str], part: str, line: Line, *, is_loose: bool) -> Clock:
    given = found.groupdict()
    if given.get("word"):
        return Clock(0 if given["word"] == "midnight" else _MIDDAY)
    hour = _SPELT.get(given["hour"]) or int(given["hour"])
    past = given.get("past")
    minute = {"half past": 30, "quarter past": 15, "quarter to": 45}.get(past or "", int(given.get("minute") or 0))
    half = given.get("half")
    unread = UnreadableSchedule(unread=(line.raw(found),))
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= _MIDDAY):
        raise unread
    is_spoken = is_loose or past is not None
    if is_spoken and not half and not part and hour in _SMALL_HOURS:
        unread.is_unclear_hour, unread.likely = True, str(hour)
        raise unread
    hour = _in_half(hour, half, part, unread)
    return Clock((hour - 1) % 24 if past == "quarter to" else hour, minute)


def _in_half(hour: int, half: str | None, part: str, unread: UnreadableSchedule) -> int:
    """The hour of 24; the part of the day decides where neither am nor pm is said, and must not contradict them."""
    by_part = {"morning": "a", "afternoon": "p", "evening": "p", "night": "p"}.get(part)
    if hour > _MIDDAY or (hour == 0 and not half):
        if by_part == "a" and hour > _MIDDAY:
            raise unread
        return hour
    if half and by_part and half != by_part:
        raise unread
    meant = half or by_part
    if meant is None:
        return hour
    return hour % _MIDDAY + (_MIDDAY if meant == "p" else 0)
