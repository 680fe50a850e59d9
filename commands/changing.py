"""Administrators change what the plan promised: which entry is meant, the form as filled in, and the decisions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.ask.index import Index
from commands.gaps import entries_like
from commands.mistakes import EntryGone, InvalidFields, MemberMistake
from commands.progress.finding import Names, words_of
from commands.progress.values import value_at
from store.amending import Amended, Facts, amend, promised
from store.changes import Fact, in_words
from store.decisions import decisions_between
from store.errors import ChangedMeanwhile, NoSuchEntry
from store.plan import Action, Figure, Indicator, Kind, Milestone, Nature, Node, Plan

FIELDS = ("title", "owners", "due", "department", "milestones", "target")
"""What can be changed, in the order in which it is shown."""
MOST_OFFERED = 8
CHANGEABLE = (Kind.ACTION, Kind.INDICATOR, Kind.OBJECTIVE, Kind.PRIORITY, Kind.VALUE, Kind.BACKGROUND)


@dataclass(frozen=True, slots=True)
class FilledChange:
    """The form of an entry as it was handed in; empty where it has no such field, or nothing in it."""

    title: str
    reason: str
    owners: tuple[str, ...] = ()
    """User ids."""
    addresses: tuple[str, ...] = ()
    """The owners who cannot be chosen among Slack's people, as the plan names them, as far as they stay."""
    due: str = ""
    """As `2026-11-12`."""
    department: str = ""
    milestones: tuple[str | None, ...] = ()
    """The days of the first milestones, in the plan's order; None where there is none."""
    value: str = ""
    """The target's."""
    value_day: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an entry is to be."""

    facts: Facts
    reason: str


@dataclass(eq=False)
class ChangeOvertaken(MemberMistake):
    """Somebody else changed the entry after the form was opened."""

    key: str


def meant(typed: str, plan: Plan, index: Index) -> tuple[Node, ...]:
    """The entries that may be meant by what was typed: the one that is sure, or the likely ones, or none."""
    found = plan.find(typed)
    if found and found.kind in CHANGEABLE:
        return (found,)
    words = words_of(typed)
    titled = [
        node
        for node in plan.walk()
        if node.kind in CHANGEABLE and words in {words_of(name) for name in (node.entry.title, *node.entry.aliases)}
    ]
    if words and len(titled) == 1:
        return (titled[0],)
    entries = [node.entry for node in (*plan.of_kind(Kind.ACTION), *plan.of_kind(Kind.INDICATOR))]
    names = Names([one for one in entries if isinstance(one, Action | Indicator)])
    sure = names.by_key(typed) or names.by_whole_name(words)
    if sure:
        return (plan.nodes[sure.key],)
    likely = names.meant(names.ranked(words)) if words else []
    if likely:
        return tuple(plan.nodes[one.key] for one in likely[:MOST_OFFERED])
    try:
        return tuple(node for node in entries_like(typed, index) if node.kind in CHANGEABLE)[:MOST_OFFERED]
    except InvalidFields:
        return ()


def node_with(key: str, plan: Plan) -> Node:
    """The entry with that key. Raises EntryGone."""
    found = plan.find(key)
    if found is None or found.kind not in CHANGEABLE:
        raise EntryGone
    return found


async def facts_now(session: AsyncSession, workspace: int, key: str) -> Facts:
    """What the record says of what can be changed. Raises EntryGone."""
    try:
        return await promised(session, workspace, key)
    except NoSuchEntry as gone:
        raise EntryGone from gone


def marks(facts: Facts) -> dict[str, str]:
    """By field, a few letters that tell one value from another: a form cannot carry the values themselves."""
    return {name: hashlib.sha256(str(in_words(value)).encode()).hexdigest()[:10] for name, value in facts.items()}


def holds(facts: Facts, wanted: Wanted) -> bool:
    """Whether all that is wanted is so already."""
    return marks(facts) == marks(wanted.facts)


def changed_since(facts: Facts, seen: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that are no longer as the form showed them, by its marks."""
    now = marks(facts)
    return tuple(name for name in FIELDS if name in now and now[name] != seen.get(name))


def merged(facts: Facts, wanted: Facts, seen: Mapping[str, str]) -> Facts:
    """What is to be filled in anew: what the administrator had changed, and for the rest what holds now."""
    touched = marks(wanted)
    return {name: wanted[name] if touched[name] != seen.get(name) else facts[name] for name in facts}


def read_change(
    node: Node,
    facts: Facts,
    filled: FilledChange,
    people: Mapping[str, str],
    *,
    seen: Mapping[str, str],
    strangers: Sequence[str] = (),
) -> Wanted:
    """What the fields ask for.

    `people`: whose the known addresses are; `seen`: the marks of what the form showed; `strangers`: who cannot own
    anything.

    Raises InvalidFields, naming each field that cannot be right.
    """
    wrong: dict[str, str] = {}
    wanted: Facts = {"title": _text(filled.title, facts["title"])}
    if not wanted["title"]:
        wrong["title"] = "missing"
    if "owners" in facts:
        wanted["owners"] = _owners(facts["owners"], filled, people)
        if set(strangers) & set(filled.owners):
            wrong["owners"] = "no owner"
    if "due" in facts:
        wanted |= {"due": _day(filled.due), "department": _text(filled.department, facts["department"]) or None}
        start = node.entry.start if isinstance(node.entry, Action) else None
        if start and filled.due and date.fromisoformat(filled.due) < start:
            wrong["due"] = "before start"
    if isinstance(facts.get("milestones"), tuple):
        wanted["milestones"] = _milestones(cast("tuple[Milestone, ...]", facts["milestones"]), filled)
    if "target" in facts and isinstance(node.entry, Indicator):
        try:
            wanted["target"] = _target(node.entry, filled)
        except InvalidFields as mistake:
            wrong |= mistake.fields
    if not filled.reason.strip():
        wrong["reason"] = "no reason"
    if not wrong and all(mark == seen.get(name) for name, mark in marks(wanted).items()):
        wrong["reason"] = "no change"
    if wrong:
        raise InvalidFields(wrong)
    return Wanted(wanted, filled.reason.strip())


def _text(typed: str, now: Fact) -> str:
    """What was typed, on one line; what is there now, where that is the same but for space."""
    line, known = " ".join(typed.split()), str(now or "")
    return known if line == " ".join(known.split()) else line


def _owners(owners: Fact, filled: FilledChange, people: Mapping[str, str]) -> tuple[str, ...]:
    """Those who stay, as the plan file names them and in its order, then the new ones."""
    refs = owners if isinstance(owners, tuple) else ()
    named = {str(ref): people.get(str(ref).casefold(), str(ref)) for ref in refs}
    kept = tuple(ref for ref, user in named.items() if user in filled.owners or ref in filled.addresses)
    new = tuple(user for user in filled.owners if user not in named.values())
    return (*kept, *dict.fromkeys(new))


def _milestones(steps: tuple[Milestone, ...], filled: FilledChange) -> tuple[Milestone, ...]:
    """The milestones with the days that were filled in; those that no field is for stay as they are."""
    days = filled.milestones[: len(steps)]
    moved = (step.model_copy(update={"due": _day(day or "")}) for step, day in zip(steps, days, strict=False))
    return (*moved, *steps[len(days) :])


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None


def _target(indicator: Indicator, filled: FilledChange) -> Figure | None:
    typed = filled.value.strip()
    if not typed and not filled.value_day:
        return None
    if not typed:
        raise InvalidFields({"value": "target without value"})
    if indicator.nature is Nature.QUALITATIVE:
        value: float | str | None = typed
    else:
        read = value_at(typed, 0, len(typed), indicator)
        value = read.value if read and read.end == len(typed) else None
    if value is None:
        raise InvalidFields({"value": "no number"})
    if not filled.value_day:
        raise InvalidFields({"value_day": "target without day"})
    return Figure(value=value, date=date.fromisoformat(filled.value_day))


async def change(
    session: AsyncSession, workspace: int, key: str, *, seen: Facts, wanted: Wanted, by: str, now: datetime
) -> Amended:
    """Keep what was decided; where the same form comes again, what it decided is told again.

    Raises EntryGone, or ChangeOvertaken where another was faster; nothing is written then.
    """
    try:
        made = await amend(
            session, workspace, key, seen=seen, wanted=wanted.facts, reason=wanted.reason, by=by, now=now
        )
        if made.decisions:
            return made
        of_entry = (one for one in await decisions_between(session, workspace, now) if one.key == made.key)
        before = tuple(one for one in of_entry if (one.recorded_at, one.decided_by) == (now, by))
        if not before:
            raise ChangeOvertaken(key)
        return replace(made, decisions=before)
    except NoSuchEntry as gone:
        raise EntryGone from gone
    except ChangedMeanwhile as overtaken:
        raise ChangeOvertaken(overtaken.key) from overtaken
