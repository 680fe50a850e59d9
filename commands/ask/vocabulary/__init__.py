"""What words mean to the people who ask: concepts, common English words, short forms, topics no plan holds.

All of it is data, in the text files beside this module, written from general knowledge; none of it knows a plan.

- `concepts-*.txt`: one concept a line, `name: phrase; phrase; ... | phrase; ...`. Before the bar stands what plans
  of public bodies call it, after it what people say. Whatever names the concept in a question meets whatever names
  it in an entry. A `~` before a phrase makes it a mere hint. The same name may come again and adds to the concept.
- `english.txt`: `weight: words`. How much a word of everyday English tells about a subject, 0 (nothing) to 1; a word
  that is not there tells all (1).
- `sections.txt`: the same for the sections of a plan.
- `outside.txt`: the same for topics that a strategic plan does not hold.
- `short-forms.txt`: `short = written out`.
- `cues.txt`: what asks for which facet, see `facets.py`.
- `endings.txt`: words whose stem or root the rules of `normalise` would get wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commands.ask.normalise import stem, words_of

_WRITTEN = re.compile(r"(?<!\\)\b[a-z]{4,}\b(?![\\\[(?*+])")

FOLDER = Path(__file__).parent

SKIPPED = frozenset(
    (
        *("the", "a", "an", "our", "my", "your", "their", "his", "her", "its", "this", "that", "these", "those"),
        *("and", "of", "some", "any", "more", "all", "very", "so", "really"),
    )
)
"""Words that may stand inside a phrase or be missing from it."""

LOOSE = SKIPPED | frozenset(
    (
        *("to", "in", "on", "at", "for", "with", "from", "by", "into", "about", "as", "is", "are", "was", "were", "be"),
        *("been", "being", "am", "do", "does", "did", "doing", "has", "have", "had", "having", "will", "would", "can"),
        *("could", "should", "may", "might", "must", "i", "me", "we", "us", "you", "they", "them", "he", "she", "it"),
        *("who", "what", "which", "when", "where", "how", "just", "too", "also", "even", "get", "gets", "got"),
        *("getting", "let", "lets"),
    )
)
"""Words that may also be missing if two others are left: "scared of going out" meets "scared to go out"."""

CORE, EVERYDAY, HINT = 1.0, 0.9, 0.5
"""How surely a phrase names its concept: what plans call it, what people say, a mere hint."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The data, read once."""

    concepts: Mapping[Phrase, tuple[tuple[str, float], ...]]
    """Stems of a phrase → the concepts it names, each with how surely."""
    weights: Mapping[str, float]
    """Stem of a common word → what it tells, 0 to 1."""
    outside: Mapping[Phrase, tuple[tuple[str, float], ...]]
    """Stems of a phrase that asks for what no plan holds → its topic."""
    sections: Mapping[Phrase, tuple[tuple[str, float], ...]]
    """Stems of a phrase → the sections of a plan that it names (1.0) or hints at (less)."""
    short_forms: Mapping[str, str]
    known: frozenset[str]
    """Every word of the vocabulary as written: what a misspelt word may have meant."""
    longest: int
    """Words of the longest phrase."""
    reach: Mapping[str, int]
    """The first stem of a concept's phrase → the words of the longest that begins so."""

    def weight(self, stemmed: str) -> float:
        """What the word tells about a subject, 0 to 1."""
        return self.weights.get(stemmed, 1.0)


def phrase_of(text: str) -> Phrase:
    """The stems of `text` without the words that may be missing."""
    return tuple(word.stem for word in words_of(text) if word.text not in SKIPPED)


def _reach(concepts: Iterable[Phrase]) -> dict[str, int]:
    reach: dict[str, int] = {}
    for phrase in concepts:
        if len(phrase) > reach.get(phrase[0], 0):
            reach[phrase[0]] = len(phrase)
    return reach


def _ways_of(text: str, weights: Mapping[str, float] | None) -> tuple[Phrase, ...]:
    """The ways in which the phrase `text` may be met: as it stands, and looser where enough of it is left.

    `weights` are those of English words; without them nothing is met loosely.
    """
    plain = text.replace("'", "").replace("-", " ").replace("well being", "wellbeing").split()
    strict = tuple(stem(word) for word in plain if word not in SKIPPED)
    loose = tuple(stem(word) for word in plain if word not in LOOSE)
    telling = weights is not None and any(weights.get(one, 1.0) > 0 for one in loose)
    return (strict, loose) if telling and len(loose) >= 2 and loose != strict else (strict,)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that is shipped."""
    short_forms = _short_forms()
    weights, words = _weights()
    concepts = _phrases("concepts-*.txt", words, weights)
    sections = _phrases("sections.txt", words)
    outside = _phrases("outside.txt", words)
    words.update(word for phrase in short_forms.values() for word in phrase.split())
    words.update(word for line in lines("cues.txt") for word in _WRITTEN.findall(line.partition(": ")[2]))
    longest = max(map(len, (*concepts, *outside, *sections)), default=1)
    return Vocabulary(concepts, weights, outside, sections, short_forms, frozenset(words), longest, _reach(concepts))


def lines(name: str) -> Iterator[str]:
    """The lines of the data files of that name (a glob), without comments."""
    for path in sorted(FOLDER.glob(name)):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def _short_forms() -> dict[str, str]:
    pairs = (line.partition("=") for line in lines("short-forms.txt"))
    return {short.strip(): written.strip() for short, _, written in pairs}


def _weights() -> tuple[dict[str, float], set[str]]:
    weights: dict[str, float] = {}
    words: set[str] = set()
    for line in lines("english.txt"):
        weight, _, listed = line.partition(":")
        for word in listed.split():
            words.add(word)
            weights.setdefault(stem(word), float(weight))
    return weights, words


def _phrases(
    files: str, words: set[str], weights: Mapping[str, float] | None = None
) -> dict[Phrase, tuple[tuple[str, float], ...]]:
    """The phrases of such files, each with the names it stands for; their words are added to `words`.

    With the `weights` of English words, phrases are also met loosely.
    """
    named: dict[Phrase, dict[str, float]] = {}
    for line in lines(files):
        name, _, phrases = line.partition(":")
        core, _, everyday = phrases.partition("|")
        for strength, listed in ((CORE, core), (EVERYDAY, everyday)):
            for written in listed.split(";"):
                plain = written.strip(" ~")
                sure = HINT if written.lstrip().startswith("~") else strength
                words.update(plain.split())
                for phrase in filter(None, _ways_of(plain, weights)):
                    met = named.setdefault(phrase, {})
                    met[name] = max(sure, met.get(name, 0.0))
    return {phrase: tuple(met.items()) for phrase, met in named.items()}
