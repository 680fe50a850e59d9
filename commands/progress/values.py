"""A measured value where it stands in what was typed: "53.1", "1,250", "7.5 minutes", "62 %"."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from commands.progress.finding import words_of
from store.plan import Indicator

_NUMBER = re.compile(
    r"(?P<sign>[+\-−–])?\s?(?P<money>[$€£¥]\s?)?"
    r"(?P<number>\d{1,3}(?:(?:,|[ \u00a0\u202f])\d{3}(?!\d))+(?:\.\d+)?|\d{1,15}(?:[.,]\d{1,6})?)"
    r"(?P<times>\s?(?:k|thousand|million|mn|billion|bn))?(?![^\W_])(?![.,]\d)",
    re.IGNORECASE,
)
_TIMES = {"k": 1e3, "thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_THOUSANDS = re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?")
_PERCENT = re.compile(r"\s*(?:[%％]|(?:percent|per\s+cent|pct)\b)", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]|dollar|euro|pound|cad|usd|eur|gbp", re.IGNORECASE)
_UNIT_WORD = re.compile(r"(?:(?<=\d),(?=\d)|\s*)(?:/|per\b|a\b|for\s+every\b|of\b)?\s*(?P<word>[^\W_]+)", re.IGNORECASE)
_SMALL = frozenset(["per", "a", "of", "for", "every", "the", "in", "each"])
_SHORT_FORMS = {"min": "minutes", "mins": "minutes", "hr": "hours", "hrs": "hours", "sec": "seconds", "yr": "year"}


@dataclass(frozen=True, slots=True)
class ValueRead:
    """A number, and where it and its unit end."""

    value: float
    end: int


def value_at(text: str, at: int, stop: int, indicator: Indicator) -> ValueRead | None:
    """The number that stands at `at`, with the indicator's unit or a piece of it behind it.

    None where there is no number, or one of something else than the indicator is counted in.
    """
    found = _NUMBER.match(text, at, stop)
    if not found:
        return None
    percent = _PERCENT.match(text, found.end())
    if percent:
        return ValueRead(_number(found), percent.end()) if _is_percent(indicator) else None
    if found["money"] and not _MONEY.search(indicator.unit or ""):
        return None
    return ValueRead(_number(found), _unit_end(text, found.end(), stop, indicator))


def _number(found: re.Match[str]) -> float:
    digits = found["number"]
    plain = re.sub(r"[, \u00a0\u202f]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    times = _TIMES[found["times"].strip().casefold()] if found["times"] else 1.0
    # In decimal, then rounded: 1.1 thousand is 1100 and not 1100.0000000000002.
    return round(float(plain) * times * (-1 if found["sign"] in ("-", "−", "–") else 1), 9)


def _is_percent(indicator: Indicator) -> bool:
    return any(word.startswith("percent") or word == "cent" for word in words_of(indicator.unit or "")) or "%" in (
        indicator.unit or ""
    )


def _unit_end(text: str, at: int, stop: int, indicator: Indicator) -> int:
    """Where the words behind the number that are the unit's, misspelt too, end."""
    unit = words_of(indicator.unit or "")
    end = at
    while unit:
        found = _UNIT_WORD.match(text, end, stop)
        word = found["word"].casefold() if found else ""
        meant = _SHORT_FORMS.get(word, word)
        if not found or not (
            any(_is_like(meant, one) for one in unit) or (end > at and word in _SMALL and word in unit)
        ):
            break
        end = found.end()
    return end


def _is_like(word: str, other: str) -> bool:
    if word in _SMALL or any(char.isdigit() for char in word + other):
        return word == other and word not in _SMALL
    return OSA.distance(word, other, score_cutoff=1) <= 1 and len(word) >= min(3, len(other))
