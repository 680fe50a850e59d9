"""How well each entry fits a question that was taken apart."""

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz

from commands.ask.index import ROOT, Index, Subject
from commands.ask.normalise import root
from commands.ask.parse import Reading
from commands.ask.question import Evidence

CONCEPT = 0.85
"""What meeting through the vocabulary is worth beside meeting word for word."""
LOOKED_AT = 16
"""How many of the best entries are looked at closely."""
SAME_NAME = 84.0
"""RapidFuzz's ratio from which what is asked is a misspelt name."""


class Reach(NamedTuple):
    """How a word of the question met an entry."""

    strength: float
    telling: float
    """How few other entries it met."""
    by: str


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
    places: frozenset[int]
    """The words of the question that met it."""
    direct_places: frozenset[int]


def rank(reading: Reading, index: Index) -> tuple[Candidate, ...]:
    """The entries that share something with the question, best first."""
    best = _reached(reading, index)
    totals: dict[int, float] = defaultdict(float)
    for place, reached in best.items():
        weight = reading.weights[place]
        for number, (strength, telling, _) in reached.items():
            totals[number] += weight * strength * telling
    claimed = {number for claim in reading.claims for number in claim.subjects}
    near = nlargest(LOOKED_AT, totals.items(), key=lambda item: (item[1], -item[0]))
    numbers = {number for number, _ in near} | claimed
    found = [_candidate(number, totals.get(number, 0.0), best, reading, index, number in claimed) for number in numbers]
    return tuple(sorted(found, key=lambda one: (-one.score, one.number)))


def _reached(reading: Reading, index: Index) -> Reached:
    best: Reached = defaultdict(dict)

    def reach(place: int, postings: tuple[tuple[int, float], ...], worth: float, by: str) -> None:
        if not postings:
            return
        telling = 0.3 + 0.7 * index.rarity(len(postings))
        row = best[place]
        for number, strength in postings:
            known = row.get(number)
            if known is None or strength * worth * telling > known.strength * known.telling:
                row[number] = Reach(strength * worth, telling, by)

    for place, word in enumerate(reading.words):
        if reading.weights[place] > 0:
            reach(place, index.stems.get(word.stem, ()), 1.0, "word")
            reach(place, index.roots.get(root(word.stem), ()), ROOT, "root")
    for met in reading.concepts:
        for place in met.places:
            if reading.weights[place] > 0:
                reach(place, index.concepts.get(met.what, ()), CONCEPT * met.sure, f"vocabulary: {met.what}")
    for claim in reading.claims:
        for place in claim.places:
            best[place].update({number: Reach(1.0, 1.0, "name") for number in claim.subjects})
    return best


def _candidate(number: int, total: float, best: Reached, reading: Reading, index: Index, claimed: bool) -> Candidate:
    subject = index.subjects[number]
    weights = reading.weights
    reached = {place: row[number] for place, row in best.items() if number in row}
    direct = {place: one for place, one in reached.items() if not one.by.startswith("vocabulary")}
    met = sum(weights[place] * one.strength for place, one in reached.items())
    titled = _titled(subject, reading)
    spelt = claimed or _misspelt(subject, reading)
    covered = 1.0 if spelt and not claimed else min(met / reading.content, 1.0) if reading.content else 0.0
    return Candidate(
        number=number,
        subject=subject,
        score=total * (1 + 0.5 * titled) + (0.6 if spelt else 0.0) + 0.3 * titled,
        met=met,
        direct=sum(weights[place] * one.strength for place, one in direct.items()),
        covered=covered,
        titled=max(titled, 0.95) if spelt else titled,
        telling=max((one.telling for place, one in reached.items() if weights[place] >= 0.2), default=0.0),
        claimed=spelt,
        places=frozenset(range(len(weights))) if spelt and not claimed else frozenset(reached),
        direct_places=frozenset(direct),
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
            round(reading.weights[place] * reached[one.number].strength * reached[one.number].telling, 3),
        )
        for one in candidates
        for place, reached in sorted(best.items())
        if one.number in reached and reading.weights[place] > 0
    )
