"""Weekdays in a typed line: in full, cut short, in the plural; misspelt, where no other one can be meant."""

import re

from commands.line import Line, letters_apart
from commands.mistakes import UnreadableSchedule
from commands.schedule import DAYS

_WORD = re.compile(r"[a-z]{3,}(?:'s)?")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_LONG = 9
"""Letters from which two may be wrong."""
_LEAST = 6
"""Letters from which one may be."""


def mark_weekdays(line: Line) -> int | None:
    """The weekday that the line names (0 is Monday), marked in it; None where it names none.

    Raises UnreadableSchedule where it names two.
    """
    words = list(_WORD.finditer(line.words))
    found = [(word, day) for word in words if (day := weekday(word[0])) is not None]
    found = found or [(word, day) for word in words if (day := misspelt_weekday(word[0])) is not None]
    for word, _ in found:
        line.mark(word.start(), word.end())
    days = {day for _, day in found}
    if len(days) > 1:
        raise UnreadableSchedule(unread=tuple(line.raw(word) for word, _ in found))
    return days.pop() if days else None


def weekday(word: str) -> int | None:
    """The weekday that a word in lower case is, if it is spelt rightly: `mon`, `mondays`, `thurs`."""
    plain = word.removesuffix("'s")
    plain = plain if plain in _SHORT else plain.removesuffix("s") if len(plain) > 5 else plain
    if plain in _SHORT:
        return _SHORT[plain]
    is_begun = len(plain) in (3, 4, 5)
    return next((at for at, day in enumerate(DAYS) if plain == day or (is_begun and day.startswith(plain))), None)


def misspelt_weekday(word: str) -> int | None:
    """The only weekday that is nearly what was typed."""
    plain = word.removesuffix("'s")
    plain = plain.removesuffix("s") if plain.endswith("ys") else plain
    if len(plain) < _LEAST - 1:
        return None
    apart = sorted((letters_apart(plain, day), at) for at, day in enumerate(DAYS))
    (best, at), (next_best, _) = apart[:2]
    most = 2 if len(DAYS[at]) >= _LONG else 1
    return at if best <= most and next_best > best else None
