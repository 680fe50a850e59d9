"""Lists short enough for a phone: what does not fit is counted, with how to see it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.wording.voice import Passage, Role

Thing = TypeVar("Thing")

LISTED = 30
"""Lines shown of a list of titles."""
DETAILED = 12
"""Lines shown of a list with details."""
MORE = "Ask about one priority or objective to see its own."


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a list, worded only as far as they are shown, with what stands over them."""

    heading: str | None
    count: int
    line: Callable[[int], str]
    """The line at a place, counted from 0."""


def part(heading: str | None, things: Sequence[Thing], line: Callable[[Thing], str]) -> Part:
    """A line for each of the things."""
    return Part(heading, len(things), lambda at: line(things[at]))


def listing(parts: Iterable[Part], *, most: int, more: str) -> tuple[Passage, ...]:
    """The parts' first `most` lines, and how many more there are; `more` says how to see them."""
    shown, left, hidden = [], most, 0
    for one in parts:
        fitting = min(one.count, left)
        hidden += one.count - fitting
        left -= fitting
        if fitting:
            heading = (one.heading,) if one.heading else ()
            shown.append(Passage(Role.LIST, (*heading, *(f"• {one.line(at)}" for at in range(fitting)))))
    if hidden:
        shown.append(Passage(Role.BODY, (f"… and {hidden:,} more. {more}",)))
    return tuple(shown)
