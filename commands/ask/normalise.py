"""From what somebody typed to words that can be compared: chat markup off, short forms written out, endings cut.

The same is done to a plan's wording, the vocabulary and a question, so that all three meet in one form.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MAX_QUESTION = 600
"""Characters of a question that are read; the rest of a longer one is left out."""

_MARKUP = re.compile(r"<[@#!][^>]*>|<(?:https?|mailto)[^>]*>|https?://\S+|:[a-z0-9_+-]*[a-z_+][a-z0-9_+-]*:")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_CLAUSE_END = re.compile(r"[.?!;:,\n]+(?=\s|$)|\.{2,}|\s[-–—]\s|[()]|[^\x00-\x7f]+")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_COMPOUND = re.compile(r"\bwell[ -]being\b")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str
    """As typed, in lower case, with a short form written out."""
    stem: str
    """Without the endings of number and tense."""
    clause: int = 0
    """Which sentence or clause of the text it stands in, from 0."""


def clean(text: str) -> str:
    """`text` in lower case without mentions, links, emoji names and accents; never longer than `MAX_QUESTION`."""
    plain = html.unescape(text[: MAX_QUESTION * 2]).translate(_APOSTROPHES).lower()
    plain = _MARKUP.sub(" ", plain)
    folded = _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", _without_accents(plain))
    folded = _COMPOUND.sub("wellbeing", folded).replace("per cent", "percent").replace("%", " percent ")
    return _THOUSANDS.sub("", folded).replace("&", " and ")[:MAX_QUESTION]


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def words_of(text: str, short_forms: Mapping[str, str] | None = None) -> tuple[Word, ...]:
    """The words of `text` in order, each of `short_forms` written out."""
    found: list[Word] = []
    for number, clause in enumerate(_CLAUSE_END.split(clean(text))):
        for typed in _WORD.findall(clause):
            written = (short_forms or {}).get(typed) or (short_forms or {}).get(typed.replace("'", ""))
            found.extend(Word(word, stem(word), number) for word in (written or _without_possessive(typed)).split())
    return tuple(found)


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}


def _table(kind: str) -> dict[str, str]:
    """Each word of `vocabulary/endings.txt` → what it is to be cut to, of one kind: `stem` or `root`."""
    lines = (Path(__file__).parent / "vocabulary" / "endings.txt").read_text(encoding="utf-8").splitlines()
    named = (line.removeprefix(f"{kind} ").partition(":") for line in lines if line.startswith(f"{kind} "))
    return {word: name for name, _, words in named for word in words.split()}


_IRREGULAR = _table("stem")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`word` without the endings of number and tense: `policies`, `policy`; `patrolling`, `patrol`."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word[0].isdigit():
        return word
    return _bare(_without_tense(_without_plural(word)))


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SHORT_WITHOUT_E = re.compile(r"^[^aeiou]{1,2}[aeiou][^aeiouwxy]$")


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= 3 and _VOWEL.search(left):
            if _DOUBLED.search(left):
                return _DOUBLED.sub(r"\1", left)
            return left + "e" if _SHORT_WITHOUT_E.match(left) and len(left) == 3 else left
    return word


def _bare(word: str) -> str:
    """Without the last e of a longer word: of a short one it would leave another word, `car` of `care`."""
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


_ENDINGS = (
    "ization", "isation", "iveness", "fulness", "ousness", "ability", "ibility", "ational", "ation", "ition",
    "ement", "ment", "ness", "ance", "anc", "ence", "enc", "ship", "ward", "wis", "hood",
    "iti", "ism", "ist", "ivi", "iv", "ion", "ou", "ous", "ful", "abl", "ibl", "ant", "ent", "ical", "ial", "al",
    "ic", "eer", "ier", "er", "or", "li", "iz", "is", "ifi", "at", "ur", "ari", "ori", "i",
)  # fmt: skip
_ROOTS = _table("root")


@lru_cache(maxsize=65536)
def root(stemmed: str) -> str:
    """What words of one family share: `collaborate`, `collaboration` and `collaborative` have one root."""
    if stemmed in _ROOTS:
        return _ROOTS[stemmed]
    for _ in range(2):
        for ending in _ENDINGS:
            left = stemmed.removesuffix(ending)
            if left != stemmed and len(left) >= 4 and _VOWEL.search(left):
                stemmed = _ROOTS.get(left, left)
                break
        else:
            break
    return stemmed


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text`."""
    return tuple(word.stem for word in words_of(text))


def letters(text: Iterable[str]) -> str:
    """Letters and digits of `text` in lower case: how keys are compared."""
    return "".join(one for one in "".join(text).casefold() if one.isalnum())
