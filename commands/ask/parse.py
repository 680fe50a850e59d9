"""A question read against a plan: which of its words name entries, ask for a facet, name a section, or say more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.ask.facets import Cue, cues_in
from commands.ask.index import Index
from commands.ask.normalise import Word, words_of
from commands.ask.spelling import Speller
from commands.ask.vocabulary import SKIPPED, Phrase

PHRASE_WEIGHT = 0.9
"""What a phrase of several words tells at least, however common each of them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry's name that stands in the question word for word."""

    places: frozenset[int]
    stems: Phrase
    subjects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """Words of the question that met the vocabulary: a concept, a section or a topic no plan holds."""

    what: str
    places: frozenset[int]
    sure: float
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, word by word."""

    question: str
    words: tuple[Word, ...]
    weights: tuple[float, ...]
    """What each word tells about a subject: 0 for filler and for the words of cues."""
    claims: tuple[Claim, ...]
    cues: tuple[Cue, ...]
    sections: tuple[Met, ...]
    concepts: tuple[Met, ...]
    outside: tuple[Met, ...]

    @property
    def content(self) -> float:
        """What all of the question tells about a subject."""
        return sum(self.weights)

    def text(self, places: frozenset[int] | set[int]) -> str:
        """The words at those places."""
        return " ".join(self.words[place].text for place in sorted(places))


def read(question: str, index: Index, speller: Speller) -> Reading:
    """`question` as words with their parts in it."""
    words = speller.read(words_of(question, index.vocabulary.short_forms))
    return read_words(question, words, index)


def read_words(question: str, words: tuple[Word, ...], index: Index) -> Reading:
    """Words that are put right already, with their parts in the question."""
    claims = _claims(words, index)
    claimed = frozenset().union(*(claim.places for claim in claims))
    cues = cues_in(_masked(words, claims))
    cued = frozenset().union(*(cue.words for cue in cues))
    sections = _met(words, index, index.vocabulary.sections, claimed)
    concepts = _met(words, index, index.vocabulary.concepts, frozenset())
    outside = _met(words, index, index.vocabulary.outside, claimed)
    weights = [
        index.weight(word.stem) if place in claimed or place not in cued else 0.0 for place, word in enumerate(words)
    ]
    for place in frozenset().union(*(met.places for met in sections if met.sure >= 1.0)) - claimed:
        weights[place] = 0.0
    for claim in claims:
        _at_least(weights, claim.places, PHRASE_WEIGHT)
    for met in (*concepts, *outside):
        if len(met.places) > 1 and not met.places <= cued:
            _at_least(weights, met.places, PHRASE_WEIGHT * met.sure)
    return Reading(question, words, tuple(weights), claims, cues, sections, concepts, outside)


def _at_least(weights: list[float], places: frozenset[int], least: float) -> None:
    """Raise the weights at `places` evenly until they come to `least`."""
    short = least - sum(weights[place] for place in places)
    if short > 0:
        for place in places:
            weights[place] += short / len(places)


def _kept(words: Sequence[Word]) -> list[tuple[int, str]]:
    return [(place, word.stem) for place, word in enumerate(words) if word.text not in SKIPPED]


def _claims(words: Sequence[Word], index: Index) -> tuple[Claim, ...]:
    """Names in the question, the longest first; a word belongs to one name only."""
    row = _kept(words)
    found: list[Claim] = []
    taken: set[int] = set()
    for length in range(min(index.longest, len(row)), 0, -1):
        for start in range(len(row) - length + 1):
            stems = tuple(stem for _, stem in row[start : start + length])
            if stems in index.names and not any(place in taken for place, _ in row[start : start + length]):
                places = frozenset(place for place, _ in row[start : start + length])
                taken.update(places)
                found.append(Claim(places, stems, index.names[stems]))
    return tuple(found)


def _masked(words: Sequence[Word], claims: Sequence[Claim]) -> list[str]:
    masked = [word.text for word in words]
    for claim in claims:
        for place in claim.places:
            masked[place] = "@"
    return masked


def _met(
    words: Sequence[Word],
    index: Index,
    phrases: Mapping[Phrase, tuple[tuple[str, float], ...]],
    claimed: frozenset[int],
) -> tuple[Met, ...]:
    """Every phrase of `phrases` among the words that no name of an entry claims, longer ones first."""
    row = [(place, stem) for place, stem in _kept(words) if place not in claimed]
    found: list[Met] = []
    for length in range(min(index.vocabulary.longest, len(row)), 0, -1):
        for start in range(len(row) - length + 1):
            part = row[start : start + length]
            for name, sure in phrases.get(tuple(stem for _, stem in part), ()):
                places = frozenset(place for place, _ in part)
                found.append(Met(name, places, sure, " ".join(words[place].text for place, _ in part)))
    return tuple(found)
