"""A plan made ready for questions: which word, root or concept stands in which entry, and how tellingly.

Built once for each version of a plan and then only read, so that any number of threads may share it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from commands.ask.normalise import Word, letters, root, words_of
from commands.ask.spelling import Speller
from commands.ask.vocabulary import CORE, LOOSE, SKIPPED, Phrase, Vocabulary, phrase_of, vocabulary
from store.plan import Entry, Kind, Node, Plan

TITLE, STATEMENT, NOTE = 1.0, 0.75, 0.4
"""How tellingly a word names an entry, by where the entry has it."""
AGAIN, MOST = 0.05, 1.25
"""What each further place adds, and what all come to at most."""
IN_PASSING = 0.85
"""What is left of that where an entry only has a word that people use for a concept, not one that plans use."""
ROOT = 0.88
"""What is left of that if only the root of the word is the same."""

_CODE = re.compile(r"^[A-Za-z]{0,8}[-_.]?\d+(?:[-_.]?\d+)*[A-Za-z]?$")
_SECTION_OF = {
    Kind.VISION: "vision", Kind.MISSION: "mission", Kind.VALUE: "values", Kind.PRIORITY: "priorities",
    Kind.OBJECTIVE: "objectives", Kind.ACTION: "actions", Kind.INDICATOR: "indicators", Kind.BACKGROUND: "background",
}  # fmt: skip
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Name:
    """A title, an alias or a key made of words, as stems with what each tells."""

    text: str
    plain: str
    """In lower case, without signs."""
    stems: Phrase
    weights: tuple[float, ...]
    by: str
    """`title`, `alias` or `key`."""

    @property
    def weight(self) -> float:
        """What the whole name tells."""
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry as something that can be asked about."""

    key: str
    kind: Kind
    entry: Entry
    parent: str | None
    names: tuple[Name, ...]
    has_figures: bool
    """Whether its statement has a number or a date."""


Postings = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Index:
    """All that understanding needs to know of a plan."""

    plan: Plan
    vocabulary: Vocabulary
    subjects: tuple[Subject, ...]
    stems: Postings
    """Stem → numbers of the subjects that have it, each with how tellingly."""
    roots: Postings
    concepts: Postings
    names: Mapping[Phrase, tuple[int, ...]]
    """Every name, as stems, → the subjects that bear it."""
    keys: Mapping[str, int]
    """Letters and digits of a key → its subject."""
    code_prefixes: frozenset[str]
    """What keys such as `A-01` begin with, in lower case."""
    titles: frozenset[Phrase]
    """The plan's own title and the parts of it: naming one is naming the plan."""
    own: frozenset[str]
    """Stems of the organisation's and the plan's name: they tell nothing inside it."""
    lexicon: tuple[str, ...]
    """The words of the plan as written, the commonest first: what a misspelt word is likely to have meant."""
    number: Mapping[str, int]
    """Key → its subject's place in `subjects`."""
    sections: frozenset[str]
    """The sections that the plan has something in."""
    longest: int
    """Words of the longest name or phrase."""
    speller: Speller
    """Reads misspelt words."""

    @classmethod
    def build(cls, plan: Plan) -> Self:
        """The index of `plan`. It depends on nothing else, so equal plans have equal indexes."""
        known = vocabulary()
        nodes = tuple(plan.walk())
        subjects = tuple(_subject(node, known) for node in nodes)
        counts: Counter[str] = Counter()
        postings = [_Gathered(), _Gathered(), _Gathered()]
        for number, node in enumerate(nodes):
            for place, text in _texts(node):
                words = words_of(text)
                counts.update(word.text for word in words)
                _gather(number, place, words, known, *postings)
        names = _names(subjects)
        lexicon = tuple(word for word, _ in counts.most_common())
        return cls(
            plan=plan,
            vocabulary=known,
            subjects=subjects,
            stems=postings[0].frozen(),
            roots=postings[1].frozen(),
            concepts=postings[2].frozen(),
            names=names,
            keys={spelt: number for number, one in enumerate(subjects) for spelt in spellings(one.key)},
            titles=_titles(plan),
            number={subject.key: number for number, subject in enumerate(subjects)},
            sections=frozenset(_SECTION_OF[subject.kind] for subject in subjects) | {"plan"},
            code_prefixes=frozenset(
                prefix for subject in subjects if _CODE.match(subject.key) and (prefix := _prefix(subject.key))
            ),
            own=frozenset(phrase_of(f"{plan.about.organization} {plan.about.title}")),
            lexicon=lexicon,
            speller=Speller(known, lexicon, tuple(tuple(name.plain.split()) for one in subjects for name in one.names)),
            longest=max(known.longest, *map(len, names), 1),
        )

    def rarity(self, having: float) -> float:
        """How much it tells that `having` of the entries have something: 1 for one entry, near 0 for all."""
        total = len(self.subjects) + 1
        return math.log(total / max(having, 1.0)) / math.log(total) if total > 1 else 1.0

    def has_heard(self, word: str) -> bool:
        """Whether the plan or the vocabulary has the word; of numbers, any."""
        return word[0].isdigit() or self.speller.is_known(word)

    def weight(self, stemmed: str) -> float:
        """What a word tells about a subject of this plan, 0 to 1."""
        usual = _number_weight(stemmed) if stemmed[:1].isdigit() else self.vocabulary.weight(stemmed)
        return min(usual, 0.1) if stemmed in self.own else usual


class _Gathered(defaultdict[str, dict[int, float]]):
    """Postings in the making: the most telling place counts, the others add a little."""

    def __init__(self) -> None:
        super().__init__(dict)

    def add(self, what: str, number: int, place: float) -> None:
        met = self[what]
        known = met.get(number, 0.0)
        first, again = max(known, place), min(known, place)
        met[number] = max(first, min(first + again * AGAIN, MOST))

    def frozen(self) -> dict[str, dict[int, float]]:
        return dict(self)


def _texts(node: Node) -> Iterable[tuple[float, str]]:
    yield TITLE, node.entry.title
    if not _CODE.match(node.key):
        yield TITLE * 0.9, node.key.replace("-", " ").replace("_", " ").replace(".", " ")
    yield from ((TITLE, alias) for alias in node.entry.aliases)
    if node.entry.statement:
        yield STATEMENT, node.entry.statement
    milestones = getattr(node.entry, "milestones", ())
    yield from ((NOTE, milestone.title) for milestone in milestones)
    for detail in (getattr(node.entry, "department", None), getattr(node.entry, "unit", None)):
        if detail:
            yield NOTE, detail


def _gather(
    number: int,
    place: float,
    words: tuple[Word, ...],
    known: Vocabulary,
    stems: _Gathered,
    roots: _Gathered,
    concepts: _Gathered,
) -> None:
    for word in words:
        stems.add(word.stem, number, place)
        roots.add(root(word.stem), number, place)
    for skipped, least in ((SKIPPED, 1), (LOOSE, 2)):
        row = [word.stem for word in words if word.text not in skipped]
        for start, first in enumerate(row):
            for end in range(start + least, min(start + known.reach.get(first, 0), len(row)) + 1):
                for concept, sure in known.concepts.get(tuple(row[start:end]), ()):
                    concepts.add(concept, number, place * (1.0 if sure >= CORE else sure * IN_PASSING))


def _subject(node: Node, known: Vocabulary) -> Subject:
    entry = node.entry
    spoken = [("title", entry.title), *(("alias", alias) for alias in entry.aliases)]
    if not _CODE.match(node.key):
        spoken.append(("key", node.key.replace("-", " ").replace("_", " ").replace(".", " ")))
    names = tuple(dict.fromkeys(_name(by, text, known) for by, text in spoken))
    figures = any(letter.isdigit() for letter in entry.statement or "")
    return Subject(node.key, node.kind, entry, node.parent, names, figures)


def _name(by: str, text: str, known: Vocabulary) -> Name:
    stems = phrase_of(text) or tuple(word.stem for word in words_of(text))
    plain = " ".join(word.text for word in words_of(text))
    return Name(text, plain, stems, tuple(max(known.weight(stem), 0.15) for stem in stems), by)


def _names(subjects: tuple[Subject, ...]) -> dict[Phrase, tuple[int, ...]]:
    bearing: dict[Phrase, dict[int, None]] = defaultdict(dict)
    for number, subject in enumerate(subjects):
        for name in subject.names:
            if name.stems:
                bearing[name.stems][number] = None
            short = _initials(name.text)
            if short and name.by != "key" and short not in vocabulary().known:
                bearing[(short,)][number] = None
    return {stems: tuple(numbers) for stems, numbers in bearing.items()}


def _initials(text: str) -> str:
    words = [word.text for word in words_of(text) if word.text not in SKIPPED]
    return "".join(word[0] for word in words) if 3 <= len(words) <= 6 else ""


def spellings(key: str) -> tuple[str, ...]:
    """How a key that is a code may be typed: `A-01` as a01 or a1. A key made of words has only its own letters."""
    return tuple(dict.fromkeys((letters(key), letters(_LEADING_ZEROS.sub("", key)))))


def _titles(plan: Plan) -> frozenset[Phrase]:
    whole = plan.about.title
    organisation = phrase_of(plan.about.organization)
    parts = (phrase_of(part) for part in (whole, *re.split(r"[:,–—(]| - ", whole)))
    return frozenset(part for part in parts if part and part != organisation)


def _prefix(code: str) -> str:
    return letters(code).rstrip("abcdefghijklmnopqrstuvwxyz" if code[-1].isalpha() else "").rstrip("0123456789")


def _number_weight(number: str) -> float:
    """What a number tells: little if it is small or a year, since people count and date all kinds of things."""
    if not number.isdigit():
        return 0.7
    return 0.2 if len(number) <= 2 else 0.3 if number[:2] in ("19", "20") and len(number) == 4 else 0.8
