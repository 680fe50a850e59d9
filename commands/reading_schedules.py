"""Reads a subscription from what was typed: how often, which day, at what time, in which zone, about what, for whom.

Its parts come in any order. Each is looked for and taken out of the line; what is left names the scope. What could be
taken for a part and was not is never read as a scope, so that no word of a line is passed over.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from commands.clocks import Clock, read_clock
from commands.line import TAKEN, WEEKDAY, Line
from commands.mistakes import UnreadableSchedule
from commands.schedule import LAST, Schedule
from commands.scopes import WHOLE_PLAN, Scope, names_of, read_scope
from commands.weekdays import mark_weekdays
from commands.zones import CALLED, SHORT, city_pattern, likely_zone, zone_called, zone_of_city, zone_with
from store.digest_tables import Every
from store.plan import Plan

_DAY = f"{WEEKDAY}+"
_MONTH = r"(?:every|each|per|an?|the|once a|once every|one)"
_OF_MONTH = re.compile(
    rf"\bmonthly\b|\b(?:of|in) (?:{_MONTH} )?months?\b|\b{_MONTH} month\b(?!s)|\b(?:once|one time) (?:a|per) month\b"
)
_FORTNIGHT = re.compile(
    r"\bbi-? ?weekly\b|\bfort?nightly\b|\b(?:every|each|once an?|per|an?) fort?night\b|\bfort?night\b"
    r"|\bevery (?:other|second|2nd|alternate) weeks?\b|\b(?:every|once every|once in) (?:two|2) weeks\b"
    r"|\balternate weeks\b"
    rf"|\b(?:every )?alternat(?:e|ing)(?= {_DAY})|\bevery other(?= {_DAY})"
)
_SECOND_WEEKDAY = re.compile(rf"\bevery (?:second|2nd)(?= {_DAY})")
_WEEK = re.compile(r"\bweekly\b|\b(?:every|each|once an?|per|an?) week\b(?!s)")
_NTHS = {
    **dict.fromkeys(("first", "1st"), 1),
    **dict.fromkeys(("second", "2nd"), 2),
    **dict.fromkeys(("third", "3rd"), 3),
    **dict.fromkeys(("fourth", "4th", "forth"), 4),
    **dict.fromkeys(("last", "final"), LAST),
}
_NTH = re.compile(rf"\b(?:(every|each) )?({'|'.join(_NTHS)})(?= {_DAY})")
_THIRD_OR_FOURTH = frozenset({3, 4})
_NEVER = re.compile(
    r"\b(?:daily|hourly|quarterly|yearly|annually|bi-?monthly|semi-?\w+ly|weekdays?|weekends?|tomorrow|today|tonight|now)\b"
    r"|\b(?:every|each) (?:other |second )?(?:day|morning|evening|hour|quarter|year|month|weekday)s?\b"
    r"|\bevery (?:\d+|one|two|three|four|five|six|eight|ten|third|fourth)\b(?: \w+)?"
    r"|\b(?:twice|three times|\d+ times)\b(?: an?)?(?: \w+)?|\b(?:fifth|5th)\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:weekly|fort?nightly|bi-?weekly|monthly|fort?night)\b"
)
"""What speaks of times at which no digest comes, or contradicts what was read before."""
_MENTIONS = re.compile(
    r"\b(?P<no>no|without|don't|dont|do not|never|not) (?:mention(?:s|ing)?|pings?|pinging|tags?|tagging)"
    r"(?: (?:of |to )?(?:the )?(?:owners?|anyone|anybody|people))?(?![\w-])"
    r"|@?\b(?:and |with |please )*(?:mention(?:s|ing)?|ping(?:ing)?|tag(?:ging)?) (?:of )?(?:the )?owners?(?![\w-])"
    r"|\bwith mentions\b|\bmentions on\b|\b(?P<off>mentions off)\b|\bmention everyone named\b"
)
_IANA = re.compile(r"(?<![\w/])[a-z]+(?:/[a-z0-9_+-]+)+(?![\w/])")
_IANA_SPACED = tuple(re.compile(rf"(?<![\w/])[a-z]+(?:/[a-z]+)+(?: [a-z]+){{{n}}}(?![\w/])") for n in (2, 1))
"""`America/New York`, where the zone's name has underscores."""
_TIME = r"(?: (?:standard |daylight |summer )?time)?"
_CALLED = re.compile(rf"(?<![\w/-])({'|'.join(sorted(CALLED - SHORT, key=len, reverse=True))}){_TIME}(?![\w/-])")
_SPOKEN = frozenset({"eastern", "central", "mountain", "pacific", "atlantic", "newfoundland"})
_SHORT = re.compile(rf"(?<![\w/-])({'|'.join(SHORT)}){_TIME}(?![\w/-])")
_QUOTED = re.compile(
    r"(?:\b(?P<before>department|dept\.?) )?[\"“”«]\s*(?P<name>[^\"“”«»]+?)\s*[\"“”»]"
    r"(?: (?P<after>department|dept\b\.?|team\b))?"
)

_SAID_BESIDES = """
a about an and at by can could digest digests every each for from get give i in just like me need of on once our
please post posted send sent sharp starting subscribe summary than that the then this to us want we with would you
channel here run set up new a.m p.m time o'clock oclock
"""
_FILLER = frozenset(_SAID_BESIDES.split())
"""Words that say nothing of when or what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    schedule: Schedule
    mentions: bool | None = None
    """Whether owners are to be mentioned; None where nothing was said of it."""
    unclear_zone: str = ""
    """What was typed of a zone that may be several, so that the plan's was taken."""


@dataclass(slots=True)
class _Parts:
    """What was read of a line so far."""

    every: Every | None = None
    nth: int | None = None
    weekday: int | None = None
    clock: Clock | None = None
    zone: str = ""
    scope: Scope = WHOLE_PLAN
    mentions: bool | None = None
    unclear_zone: str = ""
    has_scope: bool = field(default=False)

    def schedule(self, zone: str) -> Schedule:
        """With Monday at nine where something is missing: an example that works."""
        hour, minute = (self.clock.hour, self.clock.minute) if self.clock else (9, 0)
        return Schedule(
            weekday=self.weekday or 0,
            hour=hour,
            minute=minute,
            timezone=self.zone or zone,
            scope=self.scope.key,
            department=self.scope.department,
            every=self.every or Every.WEEK,
            nth=self.nth or 1,
        )


def read_schedule(text: str, plan: Plan, zone: str) -> Asked:
    """What was typed; in `zone`, every week and of the whole plan where nothing else is said.

    Raises UnreadableSchedule, naming the words that were not understood or the parts that are missing, with lines
    that can be typed instead.
    """
    line, parts = Line(text), _Parts()
    try:
        _take_scope(line, parts, plan)
        _take_mentions(line, parts)
        _take_zone(line, parts, plan, zone)
        parts.weekday = mark_weekdays(line)
        parts.clock = read_clock(line)
        _take_rhythm(line, parts)
        _take_late_zone(line, parts, zone)
        _take_rest(line, parts, plan)
        missing = [part for part, value in (("day", parts.weekday), ("time", parts.clock)) if value is None]
        if missing:
            raise UnreadableSchedule(missing=tuple(missing))
    except UnreadableSchedule as mistake:
        mistake.lines = mistake.lines or _lines(mistake, parts, zone)
        raise
    return Asked(parts.schedule(zone), parts.mentions, parts.unclear_zone)


def _lines(mistake: UnreadableSchedule, parts: _Parts, zone: str) -> tuple[str, ...]:
    example = parts.schedule(zone)
    if mistake.is_unclear_hour and parts.clock is None:
        hour = int(re.findall(r"\d+", mistake.likely)[0])
        return tuple(replace(example, hour=one, minute=0).line() for one in (hour, hour + 12))
    if mistake.likely and zone_with(mistake.likely):
        return (replace(example, timezone=mistake.likely).line(),)
    if mistake.likely:
        return (f"{example.line()} {mistake.likely}",)
    return (example.line(),)


def _take_scope(line: Line, parts: _Parts, plan: Plan) -> None:
    """A scope in quotes, or one that is named in full: its words are then no times, whatever they are."""
    if quoted := line.take(_QUOTED):
        says = bool(quoted["before"] or quoted["after"])
        parts.scope, parts.has_scope = read_scope(quoted["name"], plan, is_department=says), True
        return
    names = sorted({(name, scope) for name, scope in names_of(plan)}, key=lambda one: -len(one[0]))
    for name, scope in names:
        lowered = " ".join(name.casefold().split())
        if len(lowered) < 2 or lowered not in line.words or _is_about_time(lowered):
            continue
        around = r"(?:\b(?:department|dept\.?) (?:of )?)?", r"(?: (?:department|dept|team)\b)?"
        if line.take(re.compile(rf"{around[0]}(?<![\w/-]){re.escape(lowered)}(?![\w/-]){around[1]}")):
            parts.scope, parts.has_scope = scope, True
            return


def _is_about_time(name: str) -> bool:
    """Whether a name is made of nothing but words for times, which then are times."""
    line = Line(name)
    parts = _Parts()
    try:
        line.take(_CALLED)
        mark_weekdays(line)
        read_clock(line)
        _take_rhythm(line, parts)
    except UnreadableSchedule:
        return True
    left = [word for segment in line.segments() for word in segment.split() if word.casefold() not in _FILLER]
    return not left or bool(re.fullmatch(r"[\d\s]+", " ".join(left))) or bool(_NEVER.fullmatch(" ".join(left)))


def _take_mentions(line: Line, parts: _Parts) -> None:
    if said := line.take(_MENTIONS):
        parts.mentions = not (said["no"] or said["off"])


def _take_zone(line: Line, parts: _Parts, plan: Plan, home: str) -> None:
    """A zone by its IANA name, by what its clock is called, or by a city that names one."""
    for spaced in filter(None, map(line.find, _IANA_SPACED)):
        if zone := zone_with(spaced[0].replace(" ", "_")):
            line.blank(spaced)
            parts.zone = zone
            return
    if named := line.take(_IANA):
        zone = zone_with(named[0])
        if zone is None:
            raise UnreadableSchedule(unread=(line.raw(named),), likely=likely_zone(named[0]) or "")
        parts.zone = zone
        return
    called = line.find(_CALLED)
    if called and (called[1] not in _SPOKEN or called[0] != called[1]):
        line.blank(called)
        _settle(called[1], line.raw(called), parts, home)
        return
    taken = {word for name, _ in names_of(plan) for word in re.split(r"[\s-]+", name.casefold())}
    city = line.find(city_pattern())
    if city and not taken & set(city[0].split()):
        line.blank(city)
        line.take(re.compile(rf"(?<={TAKEN}) time\b"))
        parts.zone = zone_of_city(city[0]) or ""


def _take_late_zone(line: Line, parts: _Parts, home: str) -> None:
    """`4pm eastern`, `9:00 ET`: words that may be other words stand behind a time, or are in capitals."""
    if parts.zone or parts.unclear_zone:
        return
    short, spoken = line.find(_SHORT), line.find(_CALLED)
    found = next(
        (one for one in (short, spoken) if one and (_is_behind_time(line, one) or _is_capital(line, one))), None
    )
    if found:
        line.blank(found)
        _settle(found[1], line.raw(found), parts, home)


def _is_behind_time(line: Line, found: re.Match[str]) -> bool:
    return line.words[: found.start()].rstrip().endswith((TAKEN, WEEKDAY))


def _is_capital(line: Line, found: re.Match[str]) -> bool:
    return found[1] in SHORT and (line.raw(found).isupper() or found[0] != found[1])


def _settle(called: str, typed: str, parts: _Parts, home: str) -> None:
    zone = zone_called(called, home)
    parts.zone = zone or home
    parts.unclear_zone = "" if zone else typed


def _take_rhythm(line: Line, parts: _Parts) -> None:
    month, fortnight = line.take(_OF_MONTH), line.take(_FORTNIGHT)
    if not month and not fortnight:
        fortnight = line.take(_SECOND_WEEKDAY)
    week = line.take(_WEEK)
    nth = line.find(_NTH)
    if nth and not (month or fortnight) and nth[1] and _NTHS[nth[2]] in _THIRD_OR_FOURTH:
        parts.every, parts.nth = Every.MONTH, _NTHS[nth[2]]
        raise UnreadableSchedule(unread=(line.raw(nth),))  # every third Friday: of the month, or every three weeks?
    if nth:
        line.blank(nth)
        parts.nth = _NTHS[nth[2]]
    said = [one for one in (month or nth, fortnight, week) if one]
    if len(said) > 1:
        raise UnreadableSchedule(unread=tuple(line.raw(one) for one in sorted(said, key=lambda one: one.start())))
    rhythms: tuple[tuple[Any, Every], ...] = ((month or nth, Every.MONTH), (fortnight, Every.FORTNIGHT))
    parts.every = next((every for one, every in rhythms if one), Every.WEEK)


def _take_rest(line: Line, parts: _Parts, plan: Plan) -> None:
    """What is left names the scope, unless it could be a time that was not understood."""
    if odd := line.find(_NEVER):
        raise UnreadableSchedule(unread=(line.raw(odd),))
    line.unmark()
    left = " ".join(_trimmed(segment) for segment in line.segments() if _trimmed(segment))
    if left in ("", "it"):  # "send it every friday"; IT in capitals may be a department
        return
    if line.has_time(left) or parts.has_scope:
        raise UnreadableSchedule(unread=tuple(left.split()))
    parts.scope = read_scope(left, plan)


def _trimmed(segment: str) -> str:
    words = segment.split()
    while words and words[0].casefold().strip(".") in _FILLER:
        words.pop(0)
    while words and words[-1].casefold().strip(".") in _FILLER:
        words.pop()
    return " ".join(words)
