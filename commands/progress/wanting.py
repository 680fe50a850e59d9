"""What a typed line wants to see or to mend instead of reporting: an entry's history, the last report on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from rapidfuzz.distance import OSA

from commands.member import Member
from commands.progress.finding import Reportable
from commands.progress.mistakes import SeveralEntries, UnknownEntry, Unread
from commands.progress.recording import named_in
from store.plan import Plan

_BEHIND = re.compile(r"(?P<rest>.+?)[\s:,]+(?P<word>[^\W\d_]{6,12})(?:[\s,]+(?:page\s+)?(?P<page>\d{1,5}))?", re.DOTALL)
_BEFORE = re.compile(
    r"(?P<word>[^\W\d_]{6,12})[\s:,]+(?:(?:of|for)\s+)?(?P<rest>.+?)(?:[\s,]+page\s+(?P<page>\d{1,5}))?", re.DOTALL
)
_AROUND = " \t\n,;:.#()[]-–—"


class Look(StrEnum):
    """What is wanted of an entry."""

    HISTORY = "history"
    CORRECT = "correct"


_WORDS = {"history": Look.HISTORY, "correct": Look.CORRECT, "correction": Look.CORRECT}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry, and what is wanted of it."""

    look: Look
    entry: Reportable
    page: int = 1


def wanted_of(text: str, plan: Plan, member: Member, now: datetime) -> Wanted | None:
    """What a line wants that is no report; None for one that is.

    Beside the word there must be nothing but what names an entry: "60%: a part of our history" is a report. Raises
    UnknownEntry and SeveralEntries, whose offers want the same of another entry.
    """
    for look, rest, page in _candidates(text.strip()):
        try:
            named = named_in(rest, plan, member, now)
        except (UnknownEntry, SeveralEntries) as unread:
            if unread.typed.strip(_AROUND) == rest.strip(_AROUND):
                unread.offers = tuple(replace(one, text=f"{one.text} {look.value}") for one in unread.offers)
                raise
        except Unread:
            continue
        else:
            if named and rest[named.start : named.end].strip(_AROUND) == rest.strip(_AROUND):
                return Wanted(look, named.entry, page)
    return None


def _candidates(text: str) -> Iterator[tuple[Look, str, int]]:
    for pattern in (_BEHIND, _BEFORE):
        found = pattern.fullmatch(text)
        look = _meant(found["word"]) if found else None
        if found and look and (look is Look.HISTORY or not found["page"]):
            yield look, found["rest"], int(found["page"] or 1)


def _meant(typed: str) -> Look | None:
    word = typed.casefold()
    return next((look for known, look in _WORDS.items() if OSA.distance(word, known, score_cutoff=1) <= 1), None)
