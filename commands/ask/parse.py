"""A question taken apart: which of its words name entries, ask for a facet, name a section, or say something more."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commands.ask.facets import Cue, Frame, cues_in, frame_of
from commands.ask.index import Index, spellings
from commands.ask.normalise import Word, clean, letters, root, words_of
from commands.ask.turns import Turns, turns_of
from commands.ask.vocabulary import LOOSE, SKIPPED, Phrase

PHRASE_WEIGHT = 0.9
"""What a phrase of several words tells at least, however common each of them."""

_CODE_LIKE = re.compile(r"(?<![\w'])(?:([a-z]{2,8})[-_. #]?|([a-z])[-_.]?|#)?(\d{1,6}(?:[-_.]\d{1,4})*[a-z]?)(?![\w%])")
_KEY_MARK = "0key"


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry's name or key that stands in the question word for word."""

    places: frozenset[int]
    subjects: tuple[int, ...]
    by_key: bool = False


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
    alone: tuple[float, ...]
    """What each word tells about a subject by itself: 0 for filler and for the words of cues."""
    weights: tuple[float, ...]
    """The same with the phrases it stands in: "the right thing" tells more than its words."""
    claims: tuple[Claim, ...]
    cues: tuple[Cue, ...]
    sections: tuple[Met, ...]
    concepts: tuple[Met, ...]
    outside: tuple[Met, ...]
    frame: Frame
    turns: Turns
    stems: frozenset[str]
    roots: frozenset[str]
    unknown_key: bool
    """Whether it names a key of the plan's sort that the plan does not have."""

    @property
    def content(self) -> float:
        """What all of the question tells about a subject."""
        return sum(self.weights)

    @property
    def rest(self) -> str:
        """The words that are left for a subject, filler between them too."""
        told = [place for place, weight in enumerate(self.weights) if weight > 0]
        return " ".join(word.text for word in self.words[told[0] : told[-1] + 1]) if told else ""


def read(question: str, index: Index) -> Reading:
    """`question` taken apart as a question about the plan of `index`."""
    text, known, unknown = _keys(clean(question), index)
    words = index.speller.read(words_of(text, index.vocabulary.short_forms))
    claims = (*_key_claims(words, known), *_claims(words, index))
    claimed = frozenset().union(*(claim.places for claim in claims))
    masked = ["@" if place in claimed else word.text for place, word in enumerate(words)]
    cues = cues_in(masked)
    cued = frozenset().union(*(cue.words for cue in cues)) - claimed
    sections = (*_met(words, index, index.vocabulary.sections, claimed), *_plan_titles(words, index, claimed))
    concepts = (
        *_met(words, index, index.vocabulary.concepts, frozenset()),
        *_met(words, index, index.vocabulary.concepts, frozenset(), skipped=LOOSE, least=2),
    )
    outside = _met(words, index, index.vocabulary.outside, claimed | cued)
    named = frozenset().union(*(met.places for met in sections if met.sure >= 1.0)) - claimed
    silent = cued | named
    weights = [0.0 if place in silent else index.weight(word.stem) for place, word in enumerate(words)]
    alone = tuple(weights)
    for claim in claims:
        _at_least(weights, claim.places, PHRASE_WEIGHT)
    for met in (*concepts, *outside):
        if len(met.places) > 1 and len(met.places - silent) > len(met.places & silent):
            _at_least(weights, met.places - silent, PHRASE_WEIGHT * met.sure)
    stems = frozenset(word.stem for word in words)
    return Reading(
        question=question,
        words=words,
        alone=alone,
        weights=tuple(weights),
        claims=claims,
        cues=cues,
        sections=sections,
        concepts=concepts,
        outside=outside,
        frame=frame_of(masked),
        turns=turns_of(words),
        stems=stems,
        roots=frozenset(map(root, stems)),
        unknown_key=unknown,
    )


def _at_least(weights: list[float], places: frozenset[int], least: float) -> None:
    """Raise the weights at `places` evenly until they come to `least`."""
    short = least - sum(weights[place] for place in places)
    if short > 0:
        for place in places:
            weights[place] += short / len(places)


def _keys(text: str, index: Index) -> tuple[str, dict[str, int], bool]:
    """`text` with the keys in it marked, the subject of each mark, and whether it has a key of no entry."""
    marks: dict[str, int] = {}
    unknown = False

    def mark(found: re.Match[str]) -> str:
        nonlocal unknown
        prefix, number = found[1] or found[2] or "", found[3]
        for typed, kept in ((found[0], ""), (number, prefix)):
            for spelt in spellings(typed):
                if spelt in index.keys and (not spelt.isdigit() or not typed.isdigit()):
                    marks[f"{_KEY_MARK}{index.keys[spelt]}"] = index.keys[spelt]
                    return f"{kept} {_KEY_MARK}{index.keys[spelt]} "
        unknown = unknown or (letters(prefix) in index.code_prefixes and " " not in found[0])
        return found[0]

    return _CODE_LIKE.sub(mark, text), marks, unknown


def _key_claims(words: Sequence[Word], marks: Mapping[str, int]) -> Iterable[Claim]:
    return (
        Claim(frozenset({place}), (marks[word.text],), by_key=True)
        for place, word in enumerate(words)
        if word.text in marks
    )


def _kept(words: Sequence[Word], skipped: frozenset[str] = SKIPPED) -> list[tuple[int, str]]:
    return [(place, word.stem) for place, word in enumerate(words) if word.text not in skipped]


def _spans(row: Sequence[tuple[int, str]], longest: int) -> Iterable[tuple[frozenset[int], Phrase]]:
    """Every run of up to `longest` words with its places, the longer ones first."""
    for length in range(min(longest, len(row)), 0, -1):
        for start in range(len(row) - length + 1):
            part = row[start : start + length]
            yield frozenset(place for place, _ in part), tuple(stem for _, stem in part)


def _claims(words: Sequence[Word], index: Index) -> tuple[Claim, ...]:
    """Names in the question, the longest first; a word belongs to one name only."""
    found: list[Claim] = []
    taken: set[int] = set()
    for places, stems in _spans(_kept(words), index.longest):
        if stems in index.names and not places & taken and _is_name(words, places, stems, index):
            whole = frozenset(range(min(places), max(places) + 1))
            taken |= whole
            found.append(Claim(whole, index.names[stems]))
    return tuple(found)


def _is_name(words: Sequence[Word], places: frozenset[int], stems: Phrase, index: Index) -> bool:
    """Whether a name is meant: of a single everyday word only the very same form is ("belongs" is not "Belonging")."""
    if len(stems) > 1 or index.vocabulary.weight(stems[0]) > 0:
        return True
    said = words[min(places)].text
    return any(name.plain == said for number in index.names[stems] for name in index.subjects[number].names)


def _plan_titles(words: Sequence[Word], index: Index, claimed: frozenset[int]) -> Iterable[Met]:
    row = [(place, stem) for place, stem in _kept(words) if place not in claimed]
    longest = max(map(len, index.titles), default=0)
    for places, stems in _spans(row, longest):
        if stems in index.titles:
            yield Met("plan", places, 1.0, " ".join(stems))


def _met(
    words: Sequence[Word],
    index: Index,
    phrases: Mapping[Phrase, tuple[tuple[str, float], ...]],
    claimed: frozenset[int],
    skipped: frozenset[str] = SKIPPED,
    least: int = 1,
) -> tuple[Met, ...]:
    """Every phrase of at least `least` words among the words that are not claimed, longer ones first."""
    row = [(place, stem) for place, stem in _kept(words, skipped) if place not in claimed]
    return tuple(
        Met(name, places, sure, " ".join(words[place].text for place in sorted(places)))
        for places, stems in _spans(row, index.vocabulary.longest)
        if len(stems) >= least and stems in phrases
        for name, sure in phrases[stems]
    )
