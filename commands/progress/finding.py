"""Which action or indicator is meant: its key, loosely written, or a piece of a name of it, even misspelt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from store.plan import Action, Entry, Indicator

Reportable = Action | Indicator
"""What progress is reported on."""

SURE = 80
"""Likeness (0 to 100) from which a piece of a name names an entry."""
SURE_OF_OWN = 74
"""The same among the entries that the member reports on."""
CLEAR = 8
"""Points by which the best entry must lead the next one, else both may be meant."""
NEAR = 45
"""Likeness from which an entry is worth offering to a member whose words named none."""
ALIKE = 70
"""Likeness of two words from which one may be the other, misspelt."""
OFFERED = 5

_SMALL = frozenset(
    (
        *("a", "an", "the", "of", "for", "on", "in", "at", "to", "and", "or", "our", "my", "your", "this"),
        *("that", "with", "by", "from", "is", "project", "thing", "item"),
    )
)
"""Words that name nothing; left out unless the name has them too."""
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_INITIALS = 3
_SHORTEST_CUT = 4
_CUT_SHORT = 92.0
"""Likeness of a word to one that it begins."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and how well it fits."""

    entry: Reportable
    likeness: float


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without signs."""
    return tuple(_WORD.findall(text.casefold()))


def plain_key(key: str) -> str:
    """A key without what people leave out: case, signs, zeros before a number (`A-01`, `a1` and `A 1` are one)."""
    letters_and_numbers = re.findall(r"[^\W\d_]+|\d+", key.casefold())
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in letters_and_numbers)


class Names:
    """Everything by which actions and indicators may be named."""

    def __init__(self, entries: Sequence[Reportable], own: frozenset[str] = frozenset()) -> None:
        self.entries = entries
        self._own = own
        self._names = [(entry, words_of(name)) for entry in entries for name in _names_of(entry)]
        self._vocabulary = sorted({word for _, words in self._names for word in words})
        self._likeness: dict[str, dict[str, float]] = {}

    def by_key(self, typed: str) -> Reportable | None:
        """The entry whose key was typed, however loosely; None if none or more than one fits."""
        wanted = typed.casefold().strip("#()[]")
        exact = [entry for entry in self.entries if entry.key.casefold() == wanted]
        plain = plain_key(wanted)
        loose = exact or [entry for entry in self.entries if plain and plain_key(entry.key) == plain]
        return loose[0] if len(loose) == 1 else None

    def by_whole_name(self, words: Sequence[str]) -> Reportable | None:
        """The entry of which `words` are the whole title, an alias or the initials; None if that fits no single one."""
        wanted = tuple(words)
        found = {entry.key: entry for entry, name in self._names if name and name == wanted}
        if not found and len(wanted) == 1 and len(wanted[0]) >= _SHORTEST_INITIALS:
            found = {entry.key: entry for entry, name in self._names if _initials(name) == wanted[0]}
        return self._single(list(found.values()))

    @property
    def longest(self) -> int:
        """The words of the longest name."""
        return max((len(name) for _, name in self._names), default=0)

    def ranked(self, words: Sequence[str]) -> list[Match]:
        """The entries by how well `words` fit one of their names, the best first; without those that do not."""
        best: dict[str, Match] = {}
        for entry, name in self._names:
            likeness = self._fit(words, name)
            if likeness and (entry.key not in best or best[entry.key].likeness < likeness):
                best[entry.key] = Match(entry, likeness)
        return sorted(best.values(), key=lambda match: -match.likeness)

    def meant(self, ranked: Sequence[Match]) -> list[Reportable]:
        """The entries that may be meant: one where it is sure, several where it is not, none where no name is like it.

        The member's own go before others that fit hardly better.
        """
        top = ranked[0].likeness if ranked else 0.0
        own = [match for match in ranked if match.entry.key in self._own and match.likeness >= SURE_OF_OWN]
        own = [match for match in own if match.likeness > max(top - 2 * CLEAR, own[0].likeness - CLEAR)]
        if own:
            return [match.entry for match in own]
        return [match.entry for match in ranked if match.likeness >= SURE and match.likeness > top - CLEAR]

    def near(self, ranked: Sequence[Match]) -> list[Reportable]:
        """The entries worth offering."""
        return [match.entry for match in ranked if match.likeness >= NEAR][:OFFERED]

    def has_word(self, entry: Entry, typed: str) -> bool:
        """Whether a typed word is one of the entry's names' words, perhaps misspelt, or too small to tell."""
        words = words_of(typed)
        names = [name for one, name in self._names if one.key == entry.key]
        return all(
            word in _SMALL or any(self._like(word, other) >= ALIKE for name in names for other in name)
            for word in words
        )

    @staticmethod
    def is_small(typed: str) -> bool:
        """Whether the words name nothing by themselves."""
        return all(word in _SMALL for word in words_of(typed))

    def _single(self, found: list[Reportable]) -> Reportable | None:
        mine = [entry for entry in found if entry.key in self._own]
        return (mine or found)[0] if len(mine) == 1 or len(found) == 1 else None

    def _fit(self, words: Sequence[str], name: Sequence[str]) -> float:
        """How well every typed word is found among the name's words, 0 to 100, the longer words counting more."""
        # The best partner of each word: a piece of a title is a subset of it, so what the title has besides is no flaw.
        met = [
            (len(word), max((self._like(word, other) for other in name), default=0.0))
            for word in words
            if word not in _SMALL or word in name
        ]
        if not met:
            return 0.0
        score = sum(size * likeness for size, likeness in met) / sum(size for size, _ in met)
        # A whole name, typed as it is, leads over one that merely contains it.
        return 0.97 * score + 0.03 * fuzz.ratio(" ".join(words), " ".join(name))

    def _like(self, word: str, other: str) -> float:
        if word not in self._likeness:
            found = process.extract(word, self._vocabulary, scorer=fuzz.ratio, limit=None, score_cutoff=30)
            self._likeness[word] = {known: score for known, score, _ in found}
        if word != other and any(char.isdigit() for char in word + other):
            return 0.0
        cut_short = _CUT_SHORT if len(word) >= _SHORTEST_CUT and other.startswith(word) else 0.0
        return max(self._likeness[word].get(other, 0.0), 100.0 if word == other else cut_short)


def _names_of(entry: Reportable) -> tuple[str, ...]:
    """Title, aliases, and the key where it is words ("encounter-experiences") and no number ("A-01")."""
    is_words = not any(char.isdigit() for char in entry.key)
    return (entry.title, *entry.aliases, *((entry.key,) if is_words else ()))


def _initials(name: Iterable[str]) -> str:
    return "".join(word[0] for word in name if word not in _SMALL)
