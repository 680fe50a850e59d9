"""How well each entry fits a question that was taken apart."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
VOCABULARY = "vocabulary"
MANY = 1500
"""Entries from which a word meets so many that it finds no new ones."""
LEAST_TELLING = 0.2
LOOKED_AT = 16
"""How many of the best entries are looked at closely."""
SAME_NAME = 84.0
"""RapidFuzz's ratio from which what is asked is a misspelt name."""


class Way(NamedTuple):
    """How a word of the question may meet entries: word for word, by its root, by a concept, in a name."""

    place: int
    weight: float
    """What the word tells, met in this way."""
    having: Mapping[int, float]
    """The entries it meets, each with how strongly."""
    worth: float
    telling: float
    """How few entries it meets."""
    by: str


class Reach(NamedTuple):
    """How a word of the question met one entry."""

    weight: float
    strength: float
    telling: float
    by: str

    @property
    def worth(self) -> float:
        """What it adds to the entry's score."""
        return self.weight * self.strength * self.telling


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
    ways = _ways(reading, index)
    totals = _totals(ways)
    claimed = {number for claim in reading.claims for number in claim.subjects}
    near = nlargest(LOOKED_AT, totals.items(), key=lambda item: (item[1], -item[0]))
    numbers = {number for number, _ in near} | claimed
    found = [_candidate(number, totals.get(number, 0.0), ways, reading, index, number in claimed) for number in numbers]
    return tuple(sorted(found, key=lambda one: (-one.score, one.number)))


def _ways(reading: Reading, index: Index) -> tuple[Way, ...]:
    """All ways in which words of the question meet entries, those that meet few first."""
    found: list[Way] = []

    def add(place: int, weight: float, having: Mapping[int, float] | None, worth: float, by: str) -> None:
        if having and weight > 0:
            found.append(
                Way(
                    place,
                    weight,
                    having,
                    worth,
                    LEAST_TELLING + (1.0 - LEAST_TELLING) * index.rarity(_breadth(having)),
                    by,
                )
            )

    for place, word in enumerate(reading.words):
        add(place, reading.alone[place], index.stems.get(word.stem), 1.0, "word")
        add(place, reading.alone[place], index.roots.get(root(word.stem)), ROOT, "root")
    for met in reading.concepts:
        weights = reading.alone if len(met.places) == 1 else reading.weights
        for place in met.places:
            add(place, weights[place], index.concepts.get(met.what), CONCEPT * met.sure, f"{VOCABULARY}: {met.what}")
    for claim in reading.claims:
        named = dict.fromkeys(claim.subjects, 1.0)
        found.extend(Way(place, reading.weights[place], named, 1.0, 1.0, "name") for place in claim.places)
    return tuple(sorted(found, key=lambda way: len(way.having)))


def _breadth(having: Mapping[int, float]) -> float:
    """How many entries are met; of few, those that are met weakly count less."""
    return sum(having.values()) if len(having) <= MANY else len(having)


def _totals(ways: Sequence[Way]) -> dict[int, float]:
    """The score of every entry that is met: of each word of the question, the best way counts."""
    rows: dict[int, dict[int, float]] = defaultdict(dict)
    met: set[int] = set()
    for way in ways:
        row = rows[way.place]
        factor = way.weight * way.worth * way.telling
        for number, strength in _candidates_of(way, met):
            worth = factor * strength
            if worth > row.get(number, 0.0):
                row[number] = worth
        if len(way.having) <= MANY or not met:
            met |= way.having.keys()
    totals: dict[int, float] = defaultdict(float)
    for row in rows.values():
        for number, worth in row.items():
            totals[number] += worth
    return totals


def _candidates_of(way: Way, met: set[int]) -> Iterable[tuple[int, float]]:
    """What the way meets; if that is very much, only what rarer words have met before."""
    if len(way.having) <= MANY or not met:
        return way.having.items()
    return [(number, way.having[number]) for number in way.having.keys() & met]


def _reached(number: int, ways: Sequence[Way]) -> dict[int, Reach]:
    """How each word of the question met the entry best."""
    best: dict[int, Reach] = {}
    for place, weight, having, worth, telling, by in ways:
        strength = having.get(number)
        if strength is not None:
            reach = Reach(weight, strength * worth, telling, by)
            known = best.get(place)
            if known is None or reach.worth > known.worth:
                best[place] = reach
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
RARELY, PUT_LIKE = 0.02, 0.1
"""How likely each kind is at least by how the question is put, and how much that says of which entry is meant."""
KIND_OF = {
    "values": Kind.VALUE, "priorities": Kind.PRIORITY, "objectives": Kind.OBJECTIVE, "actions": Kind.ACTION,
    "indicators": Kind.INDICATOR, "vision": Kind.VISION, "mission": Kind.MISSION, "background": Kind.BACKGROUND,
}  # fmt: skip


_BELOW = {
    Kind.PRIORITY: frozenset((Kind.OBJECTIVE, Kind.ACTION, Kind.INDICATOR)),
    Kind.OBJECTIVE: frozenset((Kind.ACTION, Kind.INDICATOR)),
}


def kinds_named(reading: Reading, kind: Kind) -> frozenset[Kind]:
    """The kinds of entries that the question names, if that says which kind is meant rather than `kind`.

    "Which priority is it in" and "the objectives under it" do not.
    """
    if any(cue.facet is Facet.PARENT for cue in reading.cues):
        return frozenset()
    named = {KIND_OF[met.what] for met in reading.sections if met.sure >= 1.0 and met.what in KIND_OF}
    return frozenset(named - _BELOW.get(kind, frozenset()))


def _kind_factor(reading: Reading, kind: Kind) -> float:
    """How well an entry of this kind fits the kind that is named and the facet that is asked."""
    asked = {cue.facet for cue in reading.cues}
    named = kinds_named(reading, kind)
    factor = _PRIOR.get(kind, 1.0)
    if named:
        factor *= 1.15 if kind in named else 0.85
    if kind is Kind.INDICATOR and _MEASURED & asked:
        factor *= 1.4
    if kind in (Kind.ACTION, Kind.INDICATOR) and _DONE & asked:
        factor *= 1.2
    return factor * math.pow(max(reading.turns.kinds.get(kind, 0.0), RARELY), PUT_LIKE)


def _candidate(
    number: int, total: float, ways: Sequence[Way], reading: Reading, index: Index, claimed: bool
) -> Candidate:
    subject = index.subjects[number]
    reached = _reached(number, ways)
    direct = {place: one for place, one in reached.items() if not one.by.startswith(VOCABULARY)}
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


def evidence(reading: Reading, index: Index, candidates: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Which words met which of the candidates, by what, with scores: best candidate first."""
    ways = _ways(reading, index)
    return tuple(
        Evidence(one.subject.key, reading.words[place].text, one.subject.entry.title, reach.by, round(reach.worth, 3))
        for one in candidates
        for place, reach in sorted(_reached(one.number, ways).items())
    )
