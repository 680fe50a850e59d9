"""How well each entry fits a question that was taken apart."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz

from commands.ask.index import ROOT, Index, Subject
from commands.ask.normalise import root
from commands.ask.parse import Reading
from commands.ask.question import Evidence, Facet
from store.plan import Kind

CONCEPT = 0.85
"""What meeting through the vocabulary is worth beside meeting word for word."""
LOOKED_AT = 16
"""How many of the best entries are looked at closely."""
SAME_NAME = 84.0
"""RapidFuzz's ratio from which what is asked is a misspelt name."""


class Reach(NamedTuple):
    """How a word of the question met an entry."""

    weight: float
    """What the word tells, met in this way."""
    strength: float
    telling: float
    """How few other entries it met."""
    by: str

    @property
    def worth(self) -> float:
        """What it adds to the entry's score."""
        return self.weight * self.strength * self.telling


Reached = dict[int, dict[int, Reach]]
"""Place of a word → number of a subject → how it met it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant."""

    number: int
    subject: Subject
    score: float
    """The order of candidates: what was met, weighed by how tellingly."""
    met: float
    """The words that were met, as a sum of weights."""
    direct: float
    """What of that was met word for word, not through the vocabulary."""
    covered: float
    """0 to 1: which part of what the question tells was met."""
    titled: float
    """0 to 1: which part of its title, an alias or its key stands in the question."""
    telling: float
    """0 to 1: how few other entries share the most telling word that was met."""
    claimed: bool
    """Whether a name of it stands in the question, at most slightly misspelt."""
    phrase: float
    """How surely a phrase of several words met it, 0 where none did."""
    places: frozenset[int]
    """The words of the question that met it."""
    direct_places: frozenset[int]


def rank(reading: Reading, index: Index) -> tuple[Candidate, ...]:
    """The entries that share something with the question, best first."""
    best = _reached(reading, index)
    totals: dict[int, float] = defaultdict(float)
    for reached in best.values():
        for number, one in reached.items():
            totals[number] += one.worth
    claimed = {number for claim in reading.claims for number in claim.subjects}
    near = nlargest(LOOKED_AT, totals.items(), key=lambda item: (item[1], -item[0]))
    numbers = {number for number, _ in near} | claimed
    found = [_candidate(number, totals.get(number, 0.0), best, reading, index, number in claimed) for number in numbers]
    return tuple(sorted(found, key=lambda one: (-one.score, one.number)))


def _reached(reading: Reading, index: Index) -> Reached:
    best: Reached = defaultdict(dict)

    def reach(place: int, weight: float, postings: tuple[tuple[int, float], ...], worth: float, by: str) -> None:
        if not postings or weight <= 0:
            return
        telling = 0.3 + 0.7 * index.rarity(len(postings))
        row = best[place]
        for number, strength in postings:
            known = row.get(number)
            if known is None or weight * strength * worth * telling > known.worth:
                row[number] = Reach(weight, strength * worth, telling, by)

    for place, word in enumerate(reading.words):
        reach(place, reading.alone[place], index.stems.get(word.stem, ()), 1.0, "word")
        reach(place, reading.alone[place], index.roots.get(root(word.stem), ()), ROOT, "root")
    for met in reading.concepts:
        weights = reading.alone if len(met.places) == 1 else reading.weights
        for place in met.places:
            reach(
                place, weights[place], index.concepts.get(met.what, ()), CONCEPT * met.sure, f"vocabulary: {met.what}"
            )
    for claim in reading.claims:
        for place in claim.places:
            for number in claim.subjects:
                best[place][number] = Reach(reading.weights[place], 1.0, 1.0, "name")
    return best


_PRIOR = {
    Kind.INDICATOR: 0.85,
    Kind.ACTION: 0.95,
    Kind.PRIORITY: 0.95,
    Kind.VISION: 0.8,
    Kind.MISSION: 0.8,
    Kind.VALUE: 0.9,
}
"""How readily an entry of a kind is meant where nothing says which kind: mostly objectives are."""
_MEASURED = frozenset((Facet.TARGET, Facet.COUNT))
_DONE = frozenset((Facet.OWNER, Facet.DUE, Facet.STATUS))
KIND_OF = {
    "values": Kind.VALUE, "priorities": Kind.PRIORITY, "objectives": Kind.OBJECTIVE, "actions": Kind.ACTION,
    "indicators": Kind.INDICATOR, "vision": Kind.VISION, "mission": Kind.MISSION, "background": Kind.BACKGROUND,
}  # fmt: skip


def _kind_factor(reading: Reading, kind: Kind) -> float:
    """How well an entry of this kind fits the kind that is named and the facet that is asked."""
    asked = {cue.facet for cue in reading.cues}
    named = {KIND_OF.get(met.what) for met in reading.sections if met.sure >= 1.0} - {None}
    factor = _PRIOR.get(kind, 1.0)
    if named and Facet.PARENT not in asked:
        factor *= 1.15 if kind in named else 0.85
    if kind is Kind.INDICATOR and _MEASURED & asked:
        factor *= 1.4
    if kind in (Kind.ACTION, Kind.INDICATOR) and _DONE & asked:
        factor *= 1.2
    return factor


def _candidate(number: int, total: float, best: Reached, reading: Reading, index: Index, claimed: bool) -> Candidate:
    subject = index.subjects[number]
    reached = {place: row[number] for place, row in best.items() if number in row}
    direct = {place: one for place, one in reached.items() if not one.by.startswith("vocabulary")}
    met = sum(one.weight * one.strength for one in reached.values())
    titled = _titled(subject, reading)
    spelt = claimed or _misspelt(subject, reading)
    covered = 1.0 if spelt and not claimed else min(met / reading.content, 1.0) if reading.content else 0.0
    return Candidate(
        number=number,
        subject=subject,
        score=(total * (1 + 0.5 * titled) + 0.3 * titled) * _kind_factor(reading, subject.kind)
        + (0.6 if spelt else 0.0),
        met=met,
        direct=sum(one.weight * one.strength for one in direct.values()),
        covered=covered,
        titled=max(titled, 0.95) if spelt else titled,
        telling=max((one.telling for one in reached.values() if one.weight >= 0.2), default=0.0),
        claimed=spelt,
        phrase=_phrase(reading, reached),
        places=frozenset(range(len(reading.words)))
        if spelt and not claimed
        else frozenset(place for place, one in reached.items() if one.weight >= reading.weights[place] * 0.5),
        direct_places=frozenset(direct),
    )


def _phrase(reading: Reading, reached: Mapping[int, Reach]) -> float:
    return max(
        (
            met.sure * reached[place].strength
            for met in reading.concepts
            if len(met.places) > 1
            for place in met.places
            if place in reached and reached[place].by.endswith(f": {met.what}")
        ),
        default=0.0,
    )


def _misspelt(subject: Subject, reading: Reading) -> bool:
    """Whether what the question says beside its cues is a name of the entry, slightly misspelt."""
    return bool(reading.rest) and any(
        fuzz.ratio(reading.rest, name.plain, score_cutoff=SAME_NAME) for name in subject.names if len(name.plain) > 3
    )


def _titled(subject: Subject, reading: Reading) -> float:
    """The part of one of its names that stands in the question."""
    stems = reading.stems
    roots = reading.roots
    parts = (
        sum(
            weight * (1.0 if stem in stems else 0.9 if root(stem) in roots else 0.0)
            for stem, weight in zip(name.stems, name.weights, strict=True)
        )
        / name.weight
        for name in subject.names
        if name.weight
    )
    return max(parts, default=0.0)


def evidence(reading: Reading, index: Index, candidates: tuple[Candidate, ...]) -> tuple[Evidence, ...]:
    """Which words met which of the candidates, by what, with scores: best candidate first."""
    best = _reached(reading, index)
    return tuple(
        Evidence(
            one.subject.key,
            reading.words[place].text,
            one.subject.entry.title,
            reached[one.number].by,
            round(reached[one.number].worth, 3),
        )
        for one in candidates
        for place, reached in sorted(best.items())
        if one.number in reached
    )
