"""Decisions in words: what the plan had promised, what it says now, why, by whom."""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.wording.dates import day
from bot.wording.voice import Voice, joined, one_line
from store.decisions import RecordedDecision

FIELDS = {
    "title": "title",
    "owners": "owners",
    "due": "due date",
    "department": "department",
    "milestones": "milestone dates",
    "target": "target",
}
_USER = re.compile(r"[UW](?=[A-Z0-9]*\d)[A-Z0-9]{2,}")
_FIGURE = re.compile(r"(?P<value>.*) \((?P<day>\d{4}-\d{2}-\d{2})\)", re.DOTALL)
_NONE = {"due": "no date", "owners": "nobody", "title": "nothing", "department": "none", "target": "none"}


def decision_line(one: RecordedDecision, voice: Voice, zone: ZoneInfo) -> str:
    """`23 November 2026: A-12 Move all evidence · due date: 31 January 2027 → 30 June (by @Kim)`, in `zone`."""
    named = voice.strong(voice.plain(one_line(f"{one.key} {one.title}", 200)))
    return f"{day(one.recorded_at.astimezone(zone).date())}: {named} · {change_words(one, voice)}{_by(one, voice)}"


def change_words(one: RecordedDecision, voice: Voice) -> str:
    """`due date: 31 January 2027 → 30 June 2027`."""
    old, new = (value_words(one.field, value, voice) for value in (one.old, one.new))
    return f"{FIELDS.get(one.field, one.field)}: {old} → {new}"


def value_words(field: str, value: str | None, voice: Voice) -> str:
    """A value as the record keeps it, in words."""
    if value is None:
        return _NONE.get(field, "nothing")
    if field == "owners":
        return joined(person_words(one, voice) for one in value.split(", "))
    if field == "due":
        return day(date.fromisoformat(value))
    found = _FIGURE.fullmatch(value) if field == "target" else None
    if found:
        return f"{voice.plain(one_line(found['value'], 240))} by {day(date.fromisoformat(found['day']))}"
    return f"“{voice.plain(one_line(value, 240))}”"


def person_words(person: str, voice: Voice) -> str:
    """A person by user id or address; a name that was typed at the command line, as it is."""
    return voice.person(person) if _USER.fullmatch(person) or "@" in person else voice.plain(person)


def decided_sentences(made: Sequence[RecordedDecision], voice: Voice, *, is_owner_told: bool) -> tuple[str, ...]:
    """For who decided: what was changed and that it is kept."""
    kept = "It is kept as a decision" if len(made) == 1 else f"They are kept as {len(made)} decisions"
    told = ", and the owners have been told." if is_owner_told else "."
    return (*(_ended(f"Changed the {change_words(one, voice)}") for one in made), f"{kept}{told}")


def told_sentences(
    made: Sequence[RecordedDecision], by: str, voice: Voice, *, owns: bool, owned: bool
) -> tuple[str, ...]:
    """For an owner: what somebody changed, and whether the entry is theirs from now on, or no longer."""
    named = voice.strong(voice.plain(one_line(f"{made[0].key} {made[0].title}", 200)))
    by_whom = voice.person(by)
    if owns and not owned:
        return (f"{by_whom} made you an owner of {named}.", *_others(made, voice))
    if owned and not owns:
        return (f"{by_whom} changed who owns {named}: you no longer do.",)
    return (f"{by_whom} changed {named}.", *(_ended(f"The {change_words(one, voice)}") for one in made))


def _others(made: Sequence[RecordedDecision], voice: Voice) -> tuple[str, ...]:
    return tuple(_ended(f"Also changed: {change_words(one, voice)}") for one in made if one.field != "owners")


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _by(one: RecordedDecision, voice: Voice) -> str:
    return f" (by {person_words(one.decided_by, voice)})" if one.decided_by else ""
