"""What a word that nobody knows may have meant: a slip of the keys, a word cut short, two words run together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from commands.ask.normalise import Word, stem
from commands.ask.vocabulary import Vocabulary

_ENDINGS = ("s", "es", "ing", "ed", "er", "ers", "ly")
SHORTEST = 4
"""Letters a word needs before it may be read as another."""


@dataclass
class Speller:
    """Reads misspelt words as words of the plan, else of the vocabulary. Remembers what it has read."""

    vocabulary: Vocabulary
    lexicon: tuple[str, ...]
    names: tuple[tuple[str, ...], ...] = ()
    """The words of the plan's names as written."""
    _read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.vocabulary.known | frozenset(self.lexicon)

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self.lexicon)

    @cached_property
    def _joined(self) -> dict[str, tuple[str, ...]]:
        """Two words that stand side by side in a name, written as one: `townhall`."""
        pairs = (name[at : at + 2] for name in self.names for at in range(len(name) - 1))
        return {"".join(pair): pair for pair in pairs if len("".join(pair)) > SHORTEST}

    @cached_property
    def _by_length(self) -> dict[tuple[int, str], list[str]]:
        """Words by their length and first letter."""
        sorted_in: dict[tuple[int, str], list[str]] = {}
        for word in dict.fromkeys((*self.lexicon, *sorted(self.vocabulary.known), *self._joined)):
            if len(word) >= SHORTEST and not word[0].isdigit():
                sorted_in.setdefault((len(word), word[0]), []).append(word)
        return sorted_in

    def read(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """`words` with the misspelt ones put right, one by one."""
        return tuple(replace(word, text=text, stem=stem(text)) for word in words for text in self.meant(word.text))

    def meant(self, word: str) -> tuple[str, ...]:
        """The word or words that `word` was meant to be; itself if it is known or like none."""
        if len(word) < SHORTEST or word[0].isdigit() or self.is_known(word):
            return (word,)
        if word not in self._read:
            if len(self._read) > 10_000:
                self._read.clear()
            self._read[word] = self._nearest(word) or self._split(word) or self._cut_short(word) or (word,)
        return self._read[word]

    def is_known(self, word: str) -> bool:
        """Whether the plan or the vocabulary has the word, in some form."""
        return word in self._known or any(
            base in self._known
            for ending in _ENDINGS
            if word.endswith(ending) and len(word) - len(ending) >= 3
            for base in _bases(word.removesuffix(ending))
        )

    def _nearest(self, word: str) -> tuple[str, ...]:
        """The nearest known word within one slip (two in a long word), beginning alike."""
        slips = 1 if len(word) < 8 else 2
        around = [
            near
            for length in range(len(word) - slips, len(word) + slips + 1)
            for first in dict.fromkeys(word[:2])
            for near in self._by_length.get((length, first), ())
        ]
        found = process.extract(word, around, scorer=OSA.distance, score_cutoff=slips, limit=8)
        best = min(found, key=lambda one: (one[1], self._uncommon(one[0])), default=None)
        return self._joined.get(best[0], (best[0],)) if best else ()

    def _uncommon(self, word: str) -> tuple[bool, float, str]:
        """The plan's own words first, then the commoner English ones."""
        return (word not in self._own, self.vocabulary.weight(stem(word)), word)

    def _split(self, word: str) -> tuple[str, ...]:
        """Two known words run together."""
        for cut in range(4, len(word) - 3):
            if word[:cut] in self._known and word[cut:] in self._known:
                return (word[:cut], word[cut:])
        return ()

    def _cut_short(self, word: str) -> tuple[str, ...]:
        """The plan's own word that begins so, if there is but one family of them."""
        begun = [whole for whole in self.lexicon if Prefix.similarity(word, whole) == len(word)]
        return (min(begun, key=len),) if begun and len({stem(whole)[: len(word) + 3] for whole in begun}) == 1 else ()


def _bases(cut: str) -> tuple[str, ...]:
    """The words that `cut` may be with an ending taken off: `planned` comes of `plan`, `notified` of `notify`."""
    doubled = cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] else cut
    return (cut, f"{cut}e", doubled, f"{cut[:-1]}y" if cut.endswith("i") else cut)
