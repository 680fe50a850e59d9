"""What about its subject a question asks, told by the words around the subject.

Every cue (`vocabulary/cues.txt`) is a pattern over the question's words in lower case, short forms written out, misspellings put right, a
name of an entry that the question has word for word replaced by `@`. Where a pattern has groups, only their words
belong to the cue; the others stay with the subject.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from commands.ask.question import Facet
from commands.ask.vocabulary import lines

_STANDING_FOR = {
    "{BE}": r"(?:is|are|was|were|be|been|being|am)",
    "{AUX}": r"(?:is|are|was|were|do|does|did|will|would|should|must|has|have|can|shall|need)",
    "{WHICH}": r"(?:which|what|whose)",
    "{ABOVE}": r"(?:strategic )?(?:priority|priorities|objective|objectives|goals?|pillars?|themes?|directions?|section|part"
    r"|area|focus area|chapter|heading|bucket|category|values?|place|piece|group|outcome)",
    "{ABOUT}": r"(?: (?:about|on|for|with|of|at|in|by|regarding))?",
    "{IT}": r"(?:@(?: @)*|it|that|this|that one|this one)",
}
"""What recurs in the patterns of `cues.txt`."""


@cache
def _patterns() -> tuple[tuple[Facet, re.Pattern[str]], ...]:
    """The patterns by facet. Those without groups are tried together, since that is faster."""
    plain: dict[Facet, list[str]] = {}
    grouped: list[tuple[Facet, re.Pattern[str]]] = []
    for line in lines("cues.txt"):
        facet, _, pattern = line.partition(": ")
        for name, written in _STANDING_FOR.items():
            pattern = pattern.replace(name, written)
        compiled = re.compile(rf"(?<!\S)(?:{pattern})(?!\w)")
        if compiled.groups:
            grouped.append((Facet(facet), compiled))
        else:
            plain.setdefault(Facet(facet), []).append(pattern)
    together = ((facet, re.compile(rf"(?<!\S)(?:{'|'.join(all_)})(?!\w)")) for facet, all_ in plain.items())
    return (*together, *grouped)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a question that ask for a facet."""

    facet: Facet
    words: frozenset[int]
    """Their places among the words of the question."""
    text: str
    at: int
    """The place of the first of them."""


def cues_in(words: Sequence[str]) -> tuple[Cue, ...]:
    """Every cue among the words of a question, by where it stands."""
    text = " ".join(words)
    starts = _starts(words)
    found = [cue for facet, pattern in _patterns() for cue in _matches(facet, pattern, text, starts)]
    return tuple(sorted(found, key=lambda cue: (cue.at, -len(cue.words))))


def _starts(words: Sequence[str]) -> list[int]:
    at, starts = 0, []
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _matches(facet: Facet, pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterable[Cue]:
    for match in pattern.finditer(text):
        spans = [match.span(group) for group in range(1, (pattern.groups or 0) + 1) if match.group(group)]
        spans = spans or [match.span()]
        inside = frozenset(
            place for place, start in enumerate(starts) if any(first <= start < last for first, last in spans)
        )
        if inside:
            yield Cue(facet, inside, match.group().strip(), min(inside))
