"""Lists short enough for a phone: what does not fit is counted, with how to see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.wording.voice import Passage, Role

LISTED = 30
"""Lines shown of a list of titles."""
DETAILED = 12
"""Lines shown of a list with details."""
MORE = "Ask about one priority or objective to see its own."


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a list, with what stands over them."""

    heading: str | None
    lines: Sequence[str]


def listing(parts: Iterable[Part], *, most: int, more: str) -> tuple[Passage, ...]:
    """The parts' first `most` lines, and how many more there are; `more` says how to see them."""
    shown, left, hidden = [], most, 0
    for part in parts:
        lines = part.lines[:left]
        hidden += len(part.lines) - len(lines)
        left -= len(lines)
        if lines:
            heading = (part.heading,) if part.heading else ()
            shown.append(Passage(Role.LIST, heading + tuple(f"• {line}" for line in lines)))
    if hidden:
        shown.append(Passage(Role.BODY, (f"… and {hidden:,} more. {more}",)))
    return tuple(shown)
