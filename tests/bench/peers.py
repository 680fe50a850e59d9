"""What planbot is measured beside: the usual ways to find an entry for a question, each a ranking and no more.

What can be asked about is the same for all of them: every entry of the plan, and its sections by their names.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process, utils

from store.plan import SECTIONS, Plan

FIRST = 3
"""How many of a ranking are looked at."""
K1, B = 1.5, 0.75
"""BM25's usual parameters: how soon a word said again stops counting, and how much long texts are discounted."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class Ranked(NamedTuple):
    """A subject and how well it fits, on the ranking's own scale."""

    subject: str
    score: float


class Peer(Protocol):
    """A way to rank what can be asked about."""

    @property
    def name(self) -> str:
        """What it is called in a table."""

    def ranking(self, question: str) -> Sequence[Ranked]:
        """The `FIRST` subjects that fit best, best first; fewer where no more fit at all."""


def peers_of(plan: Plan) -> tuple[Peer, ...]:
    """Every peer, ready for questions about `plan`. WRatio is there twice: its better use is not the usual one."""
    parts = _parts(plan)
    whole = {subject: (" ".join(texts),) for subject, texts in parts.items()}
    titles = {subject: texts[:1] for subject, texts in parts.items()}
    return (
        Fuzzy("WRatio, entries whole", fuzz.WRatio, whole),
        Fuzzy("WRatio, best of an entry", fuzz.WRatio, parts),
        Fuzzy("token_set_ratio, titles", fuzz.token_set_ratio, titles),
        BM25("BM25, entries whole", {subject: text for subject, (text,) in whole.items()}),
    )


class Fuzzy:
    """One of RapidFuzz's scorers over texts, the best of a subject's counting; case and signs are folded first."""

    def __init__(self, name: str, scorer: Callable[..., float], texts: Mapping[str, Sequence[str]]) -> None:
        self.name = name
        self._scorer = scorer
        pairs = [(subject, utils.default_process(text)) for subject, several in texts.items() for text in several]
        self._subjects = [subject for subject, _ in pairs]
        self._texts = [text for _, text in pairs]
        self._looked_at = FIRST * max(map(len, texts.values()), default=1)

    def ranking(self, question: str) -> Sequence[Ranked]:
        """By the scorer, 0 to 100."""
        asked = utils.default_process(question)
        best: dict[str, float] = {}
        for _, score, at in process.extract(asked, self._texts, scorer=self._scorer, limit=self._looked_at):
            best.setdefault(self._subjects[at], score)
        return [Ranked(subject, score) for subject, score in best.items()][:FIRST]


class BM25:
    """Okapi BM25 over a text for each subject: words as written in lower case, no stems, no stop words.

    After Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with 1 added inside
    the logarithm of a word's rarity, as Lucene does, so that no word counts against a text.
    """

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        self.name = name
        self._subjects = tuple(texts)
        said = [Counter(_words(text)) for text in texts.values()]
        usual = sum(counts.total() for counts in said) / max(len(said), 1)
        gathered: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(said):
            length = 1 - B + B * counts.total() / usual
            for word, times in counts.items():
                gathered[word].append((number, times * (K1 + 1) / (times + K1 * length)))
        self._postings = {word: (self._rarity(len(having)), having) for word, having in gathered.items()}

    def _rarity(self, having: int) -> float:
        return math.log(1 + (len(self._subjects) - having + 0.5) / (having + 0.5))

    def ranking(self, question: str) -> Sequence[Ranked]:
        """By the sum over the question's words, from 0 upwards; a subject without any of them is left out."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word in _words(question):
            rarity, having = self._postings.get(word, (0.0, ()))
            for number, share in having:
                scores[number] += rarity * share
        best = heapq.nlargest(FIRST, scores.items(), key=lambda item: item[1])
        return [Ranked(self._subjects[number], score) for number, score in best]


def _parts(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Subject → its title, its aliases and its statement."""
    entries = {node.key: node.entry for node in plan.walk()}
    parts = {key: (one.title, *one.aliases, *filter(None, (one.statement,))) for key, one in entries.items()}
    return parts | {section: (section,) for section in SECTIONS}


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(text.lower())
