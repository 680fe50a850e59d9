"""How a question is put, whatever it is about: its turns of phrase, weighed by what they mostly ask for.

"What do we stand for" asks for the values, "who do I call about" for something that no plan holds, "which one says
that" for an entry. The weights (`vocabulary/turns.tsv`) are fitted on questions about plans in general by
`tests/questions/fit.py`; they know no plan.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from commands.ask.normalise import Word
from commands.ask.vocabulary import lines
from store.plan import Kind

LONGEST = 3
"""Words of the longest turn of phrase."""
OUTSIDE = "out"
"""The sort of questions that no plan answers."""
ALWAYS = "*"
"""What weighs in every question."""
NUMBER = "0"
_KINDS = {
    Kind.VALUE: "in.value", Kind.INDICATOR: "in.indicator", Kind.ACTION: "in.action", Kind.PRIORITY: "in.goal",
    Kind.OBJECTIVE: "in.goal", Kind.BACKGROUND: "in.made",
}  # fmt: skip
CERTAIN = 6.0

Weights = Mapping[str, Mapping[str, float]]
"""Turn of phrase → sort of question → weight."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How a question is put."""

    outside: float
    """How much it is put like one for something that no plan holds: log odds."""
    section: str
    """The section and facet that it is put like most: `values.list`, `vision`."""
    section_sure: float
    """How likely that is, 0 to 1."""
    kinds: Mapping[Kind, float]
    """How likely an entry of the kind is asked about, 0 to 1."""


def turns_of(words: Sequence[Word]) -> Turns:
    """How the question with these words (misspelt ones put right) is put."""
    sums = scores(tokens(words), weights())
    sections = {sort: said for sort, said in sums.items() if sort != OUTSIDE and not sort.startswith("in.")}
    best = max(sections, key=lambda sort: sections[sort])
    return Turns(
        outside=max(-CERTAIN, min(CERTAIN, sums[OUTSIDE])),
        section=best,
        section_sure=_likely(sections[best]),
        kinds={kind: _likely(sums[sort]) for kind, sort in _KINDS.items()},
    )


def tokens(words: Iterable[Word]) -> tuple[str, ...]:
    """What turns of phrase are made of: the stems, numbers alike, with marks where the question begins and ends."""
    return ("<", *(NUMBER if word.text[0].isdigit() else word.stem for word in words), ">")


def phrases(row: Sequence[str]) -> Iterator[str]:
    """Every run of up to three tokens."""
    for length in range(1, LONGEST + 1):
        for start in range(len(row) - length + 1):
            yield " ".join(row[start : start + length])


def scores(row: Sequence[str], known: Weights) -> dict[str, float]:
    """For each sort of question the log odds that tokens are one of that sort."""
    sums = dict(known[ALWAYS])
    met = [known[phrase] for phrase in dict.fromkeys(phrases(row)) if phrase in known]
    share = 1.0 / math.sqrt(len(met) or 1)
    for each in met:
        for sort, weight in each.items():
            sums[sort] += weight * share
    return sums


def heaviest(words: Sequence[Word], most: int = 4) -> tuple[tuple[str, str, float], ...]:
    """The turns of phrase that weigh most for the section that the question is put like, and for what no plan holds.

    Each with the sort of question it speaks for (or against, where the weight is negative) and that weight.
    """
    known = weights()
    best = turns_of(words).section
    met = [phrase for phrase in dict.fromkeys(phrases(tokens(words))) if phrase in known]
    share = 1.0 / math.sqrt(len(met) or 1)
    found = [
        (phrase, sort, round(known[phrase][sort] * share, 3))
        for phrase in met
        for sort in (OUTSIDE, best)
        if sort in known[phrase]
    ]
    return tuple(sorted(found, key=lambda one: -abs(one[2]))[:most])


@cache
def weights() -> Weights:
    """The weights that are shipped."""
    found: dict[str, dict[str, float]] = {}
    for line in lines("turns.tsv"):
        phrase, *each = line.split("\t")
        pairs = (one.rpartition(" ") for one in each)
        found[phrase] = {sort: float(weight) for sort, _, weight in pairs}
    return found


def _likely(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
