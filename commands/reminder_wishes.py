"""What people ask of their reminders: read from what they typed or chose, and kept."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from commands.mistakes import MemberMistake
from commands.progress.days import day_ahead
from commands.workdays import working_day_from
from store.reminder_wishes import Wish

MOST_AHEAD = timedelta(days=366)
WORD = "reminders"
"""What the line after the progress command begins with."""


@dataclass(eq=False)
class UnreadableWish(MemberMistake):
    """What is asked of the reminders could not be made out."""

    typed: str


@dataclass(eq=False)
class NoDayAhead(MemberMistake):
    """A day that is not to come, or too far away, for the next reminder."""

    day: date
    most: date
    """The last day that can be chosen."""


def is_about_reminders(words: str) -> bool:
    """Whether a line after the progress command is about the person's reminders."""
    first, _, rest = words.strip().casefold().partition(" ")
    return first == WORD or (first == "reminder" and rest.split()[:1] != [] and rest.split()[0] in _FIRST)


def read_wish(words: str, today: date) -> Wish | None:
    """What a line asks for, `today` in the person's zone; None where it only asks how things are.

    Raises UnreadableWish and NoDayAhead.
    """
    said = words.strip().casefold().partition(" ")[2].strip()
    if not said:
        return None
    if said in _OFF:
        return Wish(is_off=True)
    if said in _ON:
        return Wish()
    first, _, rest = said.partition(" ")
    day = day_ahead(rest.strip(), today) if first in _UNTIL else None
    if day is None:
        raise UnreadableWish(words.strip())
    return Wish(rests_until=_ahead(day, today))


def wish_for(day: date, today: date, holidays: Set[date]) -> Wish:
    """That the next reminder comes on a day, or on the working day after it. Raises NoDayAhead."""
    return Wish(comes_on=working_day_from(_ahead(day, today), holidays))


def _ahead(day: date, today: date) -> date:
    if not today < day <= today + MOST_AHEAD:
        raise NoDayAhead(day, today + MOST_AHEAD)
    return day


_OFF = frozenset({"off", "stop", "none", "never", "pause"})
_ON = frozenset({"on", "start", "resume", "again"})
_UNTIL = frozenset({"until", "till", "after", "from"})
_FIRST = _OFF | _ON | _UNTIL
