"""Changing what the plan had promised: an entry's title, owners, due date, department or target, each as a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.changes import Fact, FieldChange, field_changes
from store.decisions import RecordedDecision, decisions_with
from store.details import figure_columns
from store.errors import ChangedMeanwhile, NoActivePlan, NoSuchEntry
from store.loading import figure
from store.plan import Figure, Kind, Milestone
from store.recorded import kept, let_version_grow, plan_row
from store.rows import insert_all, rows_of, take_turn
from store.tables import ActionRow, Decision, EntryRow, IndicatorRow, MilestoneRow, OwnerRow

Facts = dict[str, Fact]
"""What may be changed of an entry, by field: `title`; `owners`; of an action `due`, `department`, `milestones` (their
days, none of them done); of an indicator `target`. Owners are as the plan file names them."""


@dataclass(frozen=True, slots=True)
class Amended:
    """An entry that was changed."""

    key: str
    title: str
    """What it is called now."""
    before: Facts
    after: Facts
    decisions: tuple[RecordedDecision, ...]


async def promised(session: AsyncSession, workspace: int, key: str) -> Facts:
    """What the active plan's entry with `key` says now of what may be changed. Raises NoActivePlan or NoSuchEntry."""
    entry = await _entry(session, workspace, key)
    return await _facts(session, entry)


async def amend(
    session: AsyncSession,
    workspace: int,
    key: str,
    *,
    seen: Facts,
    wanted: Facts,
    reason: str,
    by: str,
    now: datetime,
) -> Amended:
    """Change an entry from what was `seen` to what is `wanted`; each field that differs is a decision of its own.

    The plan's version grows, so that every process reads the plan again. Raises NoActivePlan, NoSuchEntry, and
    ChangedMeanwhile where a field that is to change is no longer as it was seen; nothing is written then.
    """
    await take_turn(session, workspace)
    entry = await _entry(session, workspace, key)
    before = await _facts(session, entry)
    asked = {name for name, value in wanted.items() if name in before and value != seen.get(name)}
    changed = {name: wanted[name] for name in asked if wanted[name] != before[name]}
    meanwhile = {name for name in changed if before[name] != seen.get(name)}
    if meanwhile:
        raise ChangedMeanwhile(entry.key, tuple(sorted(meanwhile)))
    after = {**before, **changed}
    if changed:
        await _write(session, entry, changed)
    changes = field_changes(*_differing({name: before[name] for name in changed}, changed))
    decisions = await _decide(session, entry, changes, reason, by, now) if changes else ()
    title = after["title"]
    return Amended(entry.key, str(title), before, after, decisions)


async def _entry(session: AsyncSession, workspace: int, key: str) -> EntryRow:
    plan = await plan_row(session, workspace, None)
    if plan is None:
        raise NoActivePlan
    same = col(EntryRow.plan_id) == plan.id, col(EntryRow.folded_key) == key.strip().casefold()
    found = await rows_of(session, EntryRow, *same, col(EntryRow.archived_at).is_(None))
    if not found:
        raise NoSuchEntry(key)
    return found[0]


async def _facts(session: AsyncSession, entry: EntryRow) -> Facts:
    facts: Facts = {"title": entry.title}
    if entry.kind in (Kind.ACTION, Kind.INDICATOR):
        of_entry = col(OwnerRow.entry_id) == entry.id
        owners = await rows_of(session, OwnerRow, of_entry, order=[col(OwnerRow.position)])
        facts["owners"] = tuple(one.ref for one in owners)
    if entry.kind == Kind.ACTION:
        (action,) = await rows_of(session, ActionRow, col(ActionRow.entry_id) == entry.id)
        facts |= {"due": action.due, "department": action.department}
        of_entry = col(MilestoneRow.entry_id) == entry.id
        steps = await rows_of(session, MilestoneRow, of_entry, order=[col(MilestoneRow.position)])
        if steps:
            facts["milestones"] = tuple(Milestone(title=one.title, due=one.due) for one in steps)
    if entry.kind == Kind.INDICATOR:
        (row,) = await rows_of(session, IndicatorRow, col(IndicatorRow.entry_id) == entry.id)
        facts["target"] = figure(row.target_number, row.target_text, row.target_date)
    return facts


def _differing(before: Facts, after: Facts) -> tuple[Facts, Facts]:
    """Both sides with only those milestones that differ: the others have no part in the decision."""
    old, new = before.get("milestones"), after.get("milestones")
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return before, after
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    olds, news = (tuple(cast("Milestone", pair[side]) for pair in pairs) for side in (0, 1))
    return {**before, "milestones": olds}, {**after, "milestones": news}


async def _write(session: AsyncSession, entry: EntryRow, changed: Mapping[str, Fact]) -> None:
    if "title" in changed:
        await session.exec(update(EntryRow).where(col(EntryRow.id) == entry.id).values(title=changed["title"]))
    of_action = {name: changed[name] for name in ("due", "department") if name in changed}
    if of_action:
        await session.exec(update(ActionRow).where(col(ActionRow.entry_id) == entry.id).values(of_action))
    if "target" in changed:
        target = changed["target"]
        values = figure_columns("target", target if isinstance(target, Figure) else None)
        await session.exec(update(IndicatorRow).where(col(IndicatorRow.entry_id) == entry.id).values(values))
    for place, step in enumerate(cast("tuple[Milestone, ...]", changed.get("milestones", ()))):
        at = col(MilestoneRow.entry_id) == entry.id, col(MilestoneRow.position) == place
        await session.exec(update(MilestoneRow).where(*at).values(due=step.due))
    if "owners" in changed:
        owners = changed["owners"]
        await session.exec(delete(OwnerRow).where(col(OwnerRow.entry_id) == entry.id))
        rows = [
            {"entry_id": entry.id, "position": place, "workspace_id": entry.workspace_id, "ref": ref}
            for place, ref in enumerate(owners if isinstance(owners, tuple) else ())
        ]
        await insert_all(session, OwnerRow, rows)


async def _decide(
    session: AsyncSession, entry: EntryRow, changes: Sequence[FieldChange], reason: str, by: str, now: datetime
) -> tuple[RecordedDecision, ...]:
    rows = [
        Decision(
            workspace_id=entry.workspace_id,
            plan_id=entry.plan_id,
            entry_id=kept(entry.id),
            field=change.field,
            old=change.old,
            new=change.new,
            reason=reason,
            decided_by=by,
            recorded_at=now,
        )
        for change in changes
    ]
    session.add_all(rows)
    await session.flush()
    await let_version_grow(session, entry.plan_id)
    return tuple(await decisions_with(session, entry.workspace_id, [kept(row.id) for row in rows]))
