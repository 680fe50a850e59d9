"""When a channel gets its digest: read from what was typed, and turned into the next moment."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.cron import CronTrigger
from rapidfuzz import fuzz, process

from commands.mistakes import UnreadableSchedule
from store.plan import Kind, Plan

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLER = frozenset({"weekly", "week", "every", "each", "on", "at", "in", "for", "the", "a", "digest", "and", "please"})
_CLOCK = re.compile(r"^(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?P<half>am|pm)?$")
SURE = 85
"""RapidFuzz score (0 to 100) from which words name a priority or an objective."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Once a week at a time of day in a zone, about the whole plan or one priority or objective."""

    weekday: int
    """0 is Monday."""
    hour: int
    minute: int
    timezone: str
    scope: str = ""
    """The key of a priority or objective; empty for the whole plan."""

    def next_after(self, moment: datetime) -> datetime:
        """The first moment of the schedule later than `moment`, in UTC, daylight saving included.

        A time that the clock skips is moved by the change of the clock, to the same instant that it would have been.
        """
        trigger = CronTrigger(
            day_of_week=self.weekday, hour=self.hour, minute=self.minute, timezone=ZoneInfo(self.timezone)
        )
        upcoming: datetime | None = moment.astimezone(ZoneInfo(self.timezone))
        while upcoming is not None:
            upcoming = trigger.get_next_fire_time(upcoming, upcoming)
            # An hour that the clock repeats has one digest, its first; the trigger would give both.
            if upcoming is not None and not upcoming.fold and upcoming.astimezone(UTC) > moment:
                return upcoming.astimezone(UTC)
        raise ValueError(f"{self} never comes")  # a weekly trigger without an end always has a next time


def read_schedule(text: str, plan: Plan, zone: str) -> Schedule:
    """The schedule that was typed, its parts in any order; `zone` and the whole plan where they are not named.

    Raises UnreadableSchedule, naming the words that were not understood or the parts that are missing.
    """
    weekday: int | None = None
    clock: tuple[int, int] | None = None
    rest: list[str] = []
    for word in _joined(text):
        if weekday is None and (day := _weekday(word)) is not None:
            weekday = day
        elif clock is None and (time := _clock(word)) is not None:
            clock = time
        elif (named := _zone(word)) is not None:
            zone = named
        elif word.casefold() not in _FILLER:
            rest.append(word)
    scope = read_scope(" ".join(rest), plan)
    missing = [part for part, value in (("day", weekday), ("time", clock)) if value is None]
    if weekday is None or clock is None:
        raise UnreadableSchedule(missing=tuple(missing))
    return Schedule(weekday, *clock, zone, scope)


def _joined(text: str) -> list[str]:
    """The words of `text`; "9 am" is one word."""
    return re.sub(r"(\d)\s+([ap]m)\b", r"\1\2", text.replace(",", " "), flags=re.IGNORECASE).split()


def _weekday(word: str) -> int | None:
    plain = word.casefold().rstrip("s.")
    if len(plain) < 3 or not plain.isalpha():
        return None
    return next((at for at, day in enumerate(DAYS) if day == plain or (day.startswith(plain) and len(plain) < 6)), None)


def _clock(word: str) -> tuple[int, int] | None:
    plain = {"noon": "12:00", "midnight": "0:00"}.get(word.casefold(), word.casefold())
    found = _CLOCK.match(plain)
    if not found or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _zone(word: str) -> str | None:
    if "/" not in word and word.upper() != "UTC":
        return None
    return next((zone for zone in available_timezones() if zone.casefold() == word.casefold()), None)


def read_scope(text: str, plan: Plan) -> str:
    """The key of the priority or objective that `text` names, by its key or most of its title.

    Empty for the whole plan. Raises UnreadableSchedule.
    """
    typed = " ".join(text.casefold().split())
    if typed in ("", "whole plan", "the whole plan", "plan", "everything", "all"):
        return ""
    if (node := plan.find(typed)) and node.kind in (Kind.PRIORITY, Kind.OBJECTIVE):
        return node.key
    names = {
        name.casefold(): node.key
        for kind in (Kind.OBJECTIVE, Kind.PRIORITY)
        for node in plan.of_kind(kind)
        for name in (node.key.replace("-", " "), node.entry.title, *node.entry.aliases)
    }
    found = process.extractOne(typed.replace("-", " "), list(names), scorer=fuzz.ratio, score_cutoff=SURE)
    if not found:
        raise UnreadableSchedule(unread=tuple(text.split()))
    return names[found[0]]
