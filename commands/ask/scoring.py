"""How well each entry fits a reading of a question."""

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest

from commands.ask.index import ROOT, Index, Subject
from commands.ask.normalise import root
from commands.ask.parse import Reading
from commands.ask.question import Evidence

CONCEPT = 0.85
"""What meeting through the vocabulary is worth beside meeting word for word."""
LOOKED_AT = 12
"""How many of the best entries are looked at closely."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant."""

    number: int
    subject: Subject
    score: float
    """The order of candidates: what was met, weighed by how tellingly."""
    met: float
    """The telling words that were met, as a sum of weights."""
    covered: float
    """0 to 1: which part of what the question tells was met."""
    titled: float
    """0 to 1: which part of its title, an alias or its key stands in the question."""
    claimed: bool
    """Whether a name of it stands in the question word for word."""


def rank(reading: Reading, index: Index) -> tuple[Candidate, ...]:
    """The entries that share something with the question, best first."""
    best = _reached(reading, index)
    totals: dict[int, float] = defaultdict(float)
    for place, reached in best.items():
        for number, (strength, telling, _) in reached.items():
            totals[number] += reading.weights[place] * strength * telling
    claimed = {number for claim in reading.claims for number in claim.subjects}
    near = nlargest(LOOKED_AT, totals.items(), key=lambda item: (item[1], -item[0]))
    numbers = {number for number, _ in near} | claimed
    found = [_candidate(number, totals.get(number, 0.0), best, reading, index, number in claimed) for number in numbers]
    return tuple(sorted(found, key=lambda one: (-one.score, one.number)))


Reached = dict[int, dict[int, tuple[float, float, str]]]
"""Place of a word → subject → how strongly it met it, how much that tells, and by what."""


def _reached(reading: Reading, index: Index) -> Reached:
    best: Reached = defaultdict(dict)

    def reach(place: int, postings: tuple[tuple[int, float], ...], worth: float, by: str) -> None:
        telling = 0.3 + 0.7 * index.rarity(len(postings))
        row = best[place]
        for number, strength in postings:
            value = strength * worth
            if value * telling > row.get(number, (0.0, 0.0, ""))[0] * row.get(number, (0.0, 0.0, ""))[1]:
                row[number] = (value, telling, by)

    for place, word in enumerate(reading.words):
        if reading.weights[place] > 0:
            reach(place, index.stems.get(word.stem, ()), 1.0, "word")
            reach(place, index.roots.get(root(word.stem), ()), ROOT, "root")
    for met in reading.concepts:
        for place in met.places:
            if reading.weights[place] > 0:
                reach(place, index.concepts.get(met.what, ()), CONCEPT * met.sure, f"vocabulary: {met.what}")
    return best


def _candidate(number: int, total: float, best: Reached, reading: Reading, index: Index, claimed: bool) -> Candidate:
    subject = index.subjects[number]
    met = sum(reading.weights[place] * reached[number][0] for place, reached in best.items() if number in reached)
    titled = _titled(subject, reading)
    covered = min(met / reading.content, 1.0) if reading.content else 0.0
    score = total * (1 + 0.5 * titled) + (0.5 if claimed else 0.0) + 0.3 * titled
    return Candidate(number, subject, score, met, covered, titled, claimed)


def _titled(subject: Subject, reading: Reading) -> float:
    """The part of one of its names that stands in the question."""
    stems = {word.stem for word in reading.words}
    roots = {root(stem) for stem in stems}
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
        Evidence(one.subject.key, reading.words[place].text, one.subject.entry.title, by, round(strength * telling, 3))
        for one in candidates
        for place, reached in best.items()
        if one.number in reached
        for strength, telling, by in (reached[one.number],)
    )
