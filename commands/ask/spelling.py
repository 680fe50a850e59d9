"""What a word that nobody knows may have meant: a slip of the keys, a word cut short, two words run together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from commands.ask.normalise import Word, stem
from commands.ask.vocabulary import Vocabulary

_ENDINGS = ("s", "ing", "ed", "er", "ers", "ly")
SHORTEST = 4
"""Letters a word needs before it may be read as another."""


@dataclass
class Speller:
    """Reads misspelt words as words of the plan, else of the vocabulary. Remembers what it has read."""

    vocabulary: Vocabulary
    lexicon: tuple[str, ...]
    _read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.vocabulary.known | frozenset(self.lexicon)

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self.lexicon)

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._known))

    @cached_property
    def _by_length(self) -> dict[tuple[int, str], list[str]]:
        """Words by their length and first letter."""
        sorted_in: dict[tuple[int, str], list[str]] = {}
        for word in dict.fromkeys((*self.lexicon, *sorted(self.vocabulary.known))):
            if len(word) >= SHORTEST and not word[0].isdigit():
                sorted_in.setdefault((len(word), word[0]), []).append(word)
        return sorted_in

    def read(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """`words` with the misspelt ones put right, one by one."""
        return tuple(replace(word, text=text, stem=stem(text)) for word in words for text in self.meant(word.text))

    def meant(self, word: str) -> tuple[str, ...]:
        """The word or words that `word` was meant to be; itself if it is known or like none."""
        if len(word) < SHORTEST or word[0].isdigit() or self._is_known(word):
            return (word,)
        if word not in self._read:
            if len(self._read) > 10_000:
                self._read.clear()
            self._read[word] = self._nearest(word) or self._split(word) or self._cut_short(word) or (word,)
        return self._read[word]

    def _is_known(self, word: str) -> bool:
        return word in self._known or (word.endswith(_ENDINGS) and stem(word) in self._known_stems)

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
        return (best[0],) if best else ()

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
