"""Comparing a plan file with the record, entry by entry. Writes nothing."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from store import loading
from store.changes import PLAN, Change, Changes, Fact, FieldChange, field_changes
from store.plan import Action, Entry, Indicator, Kind, Measurement, Node, Plan
from store.reconciling import Brought, brought_by, milestones_after, new_measurements
from store.recorded import RecordedEntry, RecordedPlan


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of the file beside the one on the record with its key, and what the file changes there."""

    node: Node
    position: int
    """Its place in the file among the entries of its kind under its parent, from 0."""
    recorded: RecordedEntry | None
    fields: tuple[FieldChange, ...] = ()
    brought: Brought | None = None
    """For an action."""
    measurements: tuple[Measurement, ...] = ()
    """For an indicator: those that are new."""

    @property
    def is_restored(self) -> bool:
        """Whether the entry had been archived."""
        return self.recorded is not None and self.recorded.is_archived

    @property
    def change(self) -> Change:
        """What is told of it."""
        return Change(self.node.key, self.node.kind.value, self.node.entry.title, self.fields)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan file beside the record."""

    plan: Plan
    recorded: RecordedPlan | None
    pairs: tuple[Pair, ...]
    """Every entry of the file, parents before children."""
    gone: tuple[RecordedEntry, ...]
    """What is on the record and not in the file."""
    head: tuple[FieldChange, ...] = ()

    @property
    def changes(self) -> Changes:
        """All that the file changes; the plan itself comes first where it is new or its head differs."""
        itself = Change(self.plan.about.key, PLAN, self.plan.about.title, self.head)
        added = [itself] if self.recorded is None else []
        changed = [itself] if self.head else []
        kept = [pair for pair in self.pairs if pair.recorded and not pair.is_restored]
        return Changes(
            added=(*added, *(pair.change for pair in self.pairs if pair.recorded is None)),
            changed=(*changed, *(pair.change for pair in kept if pair.fields)),
            archived=tuple(Change(one.row.key, one.row.kind, one.row.title) for one in self.gone),
            restored=tuple(pair.change for pair in self.pairs if pair.is_restored),
        )


def compare(recorded: RecordedPlan | None, plan: Plan, now: datetime) -> Comparison:
    """`plan` beside what is recorded of it, archived entries and history included."""
    places = _places(plan)
    entries = recorded.entries if recorded else {}
    moved = _moved(places, entries)
    pairs = tuple(_pair(place, entries.get(place.key), moved.get(place.key), plan.about.zone, now) for place in places)
    in_file = {place.key for place in places}
    gone = [one for key, one in entries.items() if key not in in_file and not one.is_archived]
    gone.sort(key=lambda one: _path(one, entries))
    head = field_changes(_head(as_recorded(recorded)), _head(plan)) if recorded else ()
    return Comparison(plan, recorded, pairs, tuple(gone), head)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry is in the file; keys are folded."""

    key: str
    parent: str | None
    position: int
    node: Node


def _places(plan: Plan) -> list[_Place]:
    count: dict[tuple[str | None, Kind], int] = defaultdict(int)
    places = []
    for node in plan.walk():
        # The vision and the mission are columns of the plan.
        if node.kind in (Kind.VISION, Kind.MISSION):
            continue
        parent = node.parent.casefold() if node.parent else None
        places.append(_Place(node.key.casefold(), parent, count[parent, node.kind], node))
        count[parent, node.kind] += 1
    return places


def _path(entry: RecordedEntry, entries: dict[str, RecordedEntry]) -> tuple[tuple[int, int], ...]:
    """Its place in the recorded plan's order, parents before children."""
    above = _path(entries[entry.parent], entries) if entry.parent else ()
    return (*above, (list(Kind).index(Kind(entry.row.kind)), entry.row.position))


def _moved(places: Sequence[_Place], entries: dict[str, RecordedEntry]) -> dict[str, FieldChange]:
    """The entries that changed places with others under the same parent: as few as explain the new order."""
    siblings: dict[tuple[str | None, str], list[_Place]] = defaultdict(list)
    for place in places:
        recorded = entries.get(place.key)
        if recorded and not recorded.is_archived and _is_under_the_same(place, recorded):
            siblings[place.parent, place.node.kind.value].append(place)
    moved = {}
    for group in siblings.values():
        old = [entries[place.key].row.position for place in group]
        kept = _longest_rising(old)
        for place, position in zip(group, old, strict=True):
            if position not in kept:
                moved[place.key] = FieldChange("position", str(position + 1), str(place.position + 1))
    return moved


def _is_under_the_same(place: _Place, recorded: RecordedEntry) -> bool:
    return recorded.parent == place.parent and recorded.row.kind == place.node.kind


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """A longest rising subsequence of distinct numbers (patience sorting)."""
    tops: list[int] = []
    under: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        under[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    rising: set[int] = set()
    number_or_none = tops[-1] if tops else None
    while number_or_none is not None:
        rising.add(number_or_none)
        number_or_none = under[number_or_none]
    return rising


def _pair(
    place: _Place, recorded: RecordedEntry | None, moved: FieldChange | None, zone: ZoneInfo, now: datetime
) -> Pair:
    entry = place.node.entry
    brought = brought_by(entry, recorded, zone, now) if isinstance(entry, Action) else None
    measured = tuple(new_measurements(entry, recorded)) if isinstance(entry, Indicator) else ()
    fields: list[FieldChange] = []
    if recorded:
        file_facts = _facts(entry, place.node.kind, place.parent)
        if isinstance(entry, Action):
            file_facts["milestones"] = milestones_after(entry, recorded)
        fields += field_changes(*_without_learned(recorded, _facts_on_record(recorded, zone), file_facts))
        fields += [moved] if moved else []
        fields += _reported(brought, recorded) if brought else []
        fields += _more("measurements", len(recorded.measurements), len(measured))
    return Pair(place.node, place.position, recorded, tuple(fields), brought, measured)


def _reported(brought: Brought, recorded: RecordedEntry) -> Iterable[FieldChange]:
    before: dict[str, Fact] = {"status": brought.before.status, "percent": brought.before.percent}
    after: dict[str, Fact] = {"status": brought.after.status, "percent": brought.after.percent}
    return (*field_changes(before, after), *_more("updates", len(recorded.updates), len(brought.updates)))


def _more(name: str, old: int, new: int) -> list[FieldChange]:
    return [FieldChange(name, str(old), str(old + new))] if new else []


def _without_learned(recorded: RecordedEntry, *sides: dict[str, Fact]) -> Iterable[dict[str, Fact]]:
    """Both sides without the aliases that administrators added: whether a file has them too is no change."""
    learned = {alias.casefold() for alias in recorded.learned}
    for facts in sides:
        aliases = cast("tuple[str, ...]", facts["aliases"])
        yield {**facts, "aliases": tuple(alias for alias in aliases if alias.casefold() not in learned)}


def _facts_on_record(recorded: RecordedEntry, zone: ZoneInfo) -> dict[str, Fact]:
    bare = replace(recorded, updates=(), measurements=())
    kind = Kind(recorded.row.kind)
    entry = Entry(**loading.common(bare))
    if kind is Kind.ACTION:
        entry = loading.action(bare, zone, history=False)
    if kind is Kind.INDICATOR:
        entry = loading.indicator(bare)
    return _facts(entry, kind, recorded.parent)


def _facts(entry: Entry, kind: Kind, parent: str | None) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "key": entry.key,
        "kind": kind,
        "parent": parent,
        "title": entry.title,
        "statement": entry.statement,
        "aliases": entry.aliases,
    }
    if isinstance(entry, Action | Indicator):
        facts["owners"] = entry.owners
    if isinstance(entry, Indicator):
        facts |= {name: getattr(entry, name) for name in ("nature", "unit", "better", "baseline", "target")}
    if isinstance(entry, Action):
        facts |= {name: getattr(entry, name) for name in ("department", "start", "due", "milestones")}
    return facts


def as_recorded(recorded: RecordedPlan) -> Plan:
    """The recorded plan's head, vision and mission, without its entries."""
    return loading.as_plan(RecordedPlan(recorded.row), history=False)


def _head(plan: Plan) -> dict[str, Fact]:
    about = plan.about
    return {
        "title": about.title,
        "organization": about.organization,
        "period": about.period,
        "status": about.status,
        "timezone": about.timezone,
        "update_days": about.update_days,
        "vision": plan.vision.statement if plan.vision else None,
        "mission": plan.mission.statement if plan.mission else None,
    }
