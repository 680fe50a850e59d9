"""What about its subject a question asks, told by the words around the subject.

Every cue (`vocabulary/cues.txt`) is a pattern over the question's words: in lower case, short forms written out,
misspellings put right, each word of an entry's name as `@`. The words in a gap of a pattern stay with the subject.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from commands.ask.question import Facet
from commands.ask.vocabulary import lines

GAP = " ... "

_STANDING_FOR = {
    "{AUX}": r"(?:is|are|was|were|do|does|did|will|would|should|must|has|have|can|shall|need)",
    "{WHICH}": r"(?:which|what|whose)",
    "{ABOVE}": r"(?:strategic )?(?:priority|priorities|objective|goal|pillar|theme|direction|section|part|area"
    r"|focus area|chapter|heading|bucket|category|value|place|piece|group|outcome)",
    "{ABOUT}": r"(?: (?:about|on|for|with|of|at|in|by|regarding))?",
    "{OWN}": r"(?:owners?|own|owning|owns|leads?|leading|leader|runs?|running|in charge|responsible|accountable"
    r"|handling|doing|managing|looking after|heading|head|driving|behind|working|assigned|taking care|contact"
    r"|point person|champion|sponsor|steering|holding|on the hook|on it|on top|coordinating|overseeing|tasked"
    r"|delivering|reporting|measuring|tracking|supposed)",
    "{N}": r"(?:few|couple|couple of|two|three|four|six|2|3|4|6|30|60|90|several)",
}
"""What recurs in the patterns of `cues.txt`."""


@cache
def patterns(file: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a data file, each with the name before it. Those without a gap are tried as one: faster."""
    plain: dict[str, list[str]] = {}
    gapped: list[tuple[str, str]] = []
    for line in lines(file):
        name, _, pattern = line.partition(": ")
        for short, written in _STANDING_FOR.items():
            pattern = pattern.replace(short, written)
        if GAP in pattern:
            first, _, last = pattern.partition(GAP)
            gapped.append((name, rf"({first}) (?:.{{0,90}}? )??({last})"))
        else:
            plain.setdefault(name, []).append(pattern)
    every = (*((name, "|".join(alternatives)) for name, alternatives in plain.items()), *gapped)
    return tuple((name, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")) for name, pattern in every)


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
    found = [cue for facet, pattern in patterns("cues.txt") for cue in _matches(Facet(facet), pattern, text, starts)]
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


@dataclass(frozen=True, slots=True)
class Frame:
    """How a question is put, whatever it is about."""

    ours: int
    """Turns of phrase that ask what the organisation plans ("do we say anything about ...")."""
    other: int
    """Turns of phrase that ask for something else ("how do i ...", "what time ...")."""


def frame_of(words: Sequence[str]) -> Frame:
    """How the question with these words is put."""
    text = " ".join(words)
    counts = {name: len(pattern.findall(text)) for name, pattern in patterns("frames.txt")}
    return Frame(counts["ours"], counts["else"])
