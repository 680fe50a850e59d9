"""A percentage where it stands in what was typed: "60%", "60 percent", "+10%", "60" behind the action."""

import re
from dataclasses import dataclass

from commands.progress.mistakes import PercentOutOfRange
from commands.progress.statuses import is_closed, status_at

_SIGN = r"(?P<sign>[+\-−–](?=\d)|plus\s+|up\s+(?:by\s+)?|minus\s+|down\s+(?:by\s+)?)?"
_PERCENT = re.compile(
    r"(?:from\s+\d{1,3}\s*%?\s+to\s+)?" + _SIGN + r"(?P<number>\d{1,9}(?:[.,]\d+)?)\s*"
    r"(?:[%％]|(?:percent|per\s+cent|pct|precent|procent|persent|percnt|perecnt)\b)",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\s+(?:done|finished|completed?)\b", re.IGNORECASE)
"""`60% done` is a percentage and no status; `100% done` is both."""
_BARE = re.compile(_SIGN + r"(?P<number>\d{1,4})(?![\w.,]*\d|\w)", re.IGNORECASE)
_TAKES_AWAY = ("-", "−", "–", "minus", "down")
ALL = 100


@dataclass(frozen=True, slots=True)
class PercentRead:
    """A percentage, or points to be added or (below 0) taken, and where that was read."""

    percent: int
    is_step: bool
    end: int


def percent_at(text: str, at: int, stop: int) -> PercentRead | None:
    """The percentage that stands at `at`. Raises PercentOutOfRange for one that is not a whole number up to 100."""
    found = _PERCENT.match(text, at)
    if not found:
        return None
    read = _read(found)
    of_it = _OF_IT.match(text, found.end())
    is_whole = read.percent == ALL and not read.is_step
    if of_it and not is_whole and is_closed(text, of_it.end(), stop):
        return PercentRead(read.percent, read.is_step, of_it.end())
    return read


def bare_percent_at(text: str, at: int, stop: int) -> PercentRead | None:
    """A number that lost its sign: nothing follows it, or a status does. Raises as `percent_at`."""
    found = _BARE.match(text, at)
    if not found:
        return None
    rest = len(text) - len(text[found.end() :].lstrip(" ,"))
    if is_closed(text, found.end(), stop) or status_at(text, rest, stop):
        return _read(found)
    return None


def next_percent(text: str, at: int, stop: int) -> int | None:
    """Where the next percentage begins."""
    found = _PERCENT.search(text, at, stop)
    return found.start() if found else None


def _read(found: re.Match[str]) -> PercentRead:
    sign = (found["sign"] or "").split(" ")[0].casefold()
    if not found["number"].isdecimal() or not found["number"].isascii() or int(found["number"]) > ALL:
        raise PercentOutOfRange(found[0].strip())
    number = int(found["number"])
    return PercentRead(-number if sign in _TAKES_AWAY else number, bool(sign), found.end())
