"""Importing a plan file: the structure of the plan, and what becomes of entries that are gone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.changes import Changes, FieldChange, field_changes
from store.comparing import Comparison, Pair, compare
from store.details import write_details
from store.history import write_history
from store.plan import Action, Kind, Plan
from store.recorded import RecordedPlan, entries_of, kept, plan_row
from store.rows import chunks, insert_all, take_turn, update_each
from store.tables import Decision, EntryRow, PlanRow

DECISIONS = ("due", "owners", "target", "title", "department")
"""The fields whose change is a decision, to be kept: what the plan had promised, and who had."""
REASON = "plan file import"


async def import_plan(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    now: datetime,
    by: str | None = None,
    reason: str | None = None,
) -> Changes:
    """Make the record say what the plan file says, and tell what that changed.

    Entries are matched by key, in any case of letters. Nothing reported or decided is lost: recorded updates and
    measurements stay, and entries that are gone from the file are archived, with all under them, until they return.
    The plan becomes the active one if the workspace has none. A second import of the same file changes nothing.

    `now` with its zone; `by` is who imports and `reason` why, for the decisions that this records.
    """
    await take_turn(session, workspace)
    comparison = compare(await _recorded(session, workspace, plan), plan, now)
    changes = comparison.changes
    row = await _write_head(session, workspace, comparison, now)
    identities = await _write_entries(session, row, comparison)
    await _archive(session, comparison, now)
    await write_details(session, row, comparison.pairs, identities)
    await write_history(session, row, comparison.pairs, identities, now)
    await _write_decisions(session, row, comparison.pairs, now, by, reason or REASON)
    return changes


async def compare_plan(session: AsyncSession, workspace: int, plan: Plan) -> Changes:
    """What importing the plan file now would change. Writes nothing."""
    return compare(await _recorded(session, workspace, plan), plan, datetime.now(UTC)).changes


async def _recorded(session: AsyncSession, workspace: int, plan: Plan) -> RecordedPlan | None:
    row = await plan_row(session, workspace, plan.about.key)
    return await entries_of(session, row, archived=True, history=True) if row else None


async def _write_head(session: AsyncSession, workspace: int, comparison: Comparison, now: datetime) -> PlanRow:
    head = _head(comparison.plan)
    if comparison.recorded is None:
        is_first = await plan_row(session, workspace, None) is None
        row = PlanRow(workspace_id=workspace, is_active=is_first, imported_at=now, **head)
        session.add(row)
        await session.flush()
        return row
    row = comparison.recorded.row
    growth = 0 if comparison.changes.is_empty else 1
    values = {**head, "imported_at": now, "version": row.version + growth}
    await session.exec(update(PlanRow).where(col(PlanRow.id) == row.id).values(values))
    return row


def _head(plan: Plan) -> dict[str, Any]:
    about = plan.about
    return {
        "key": about.key,
        "title": about.title,
        "organization": about.organization,
        "period_start": about.period.start if about.period else None,
        "period_end": about.period.end if about.period else None,
        "status": about.status.value,
        "timezone": about.timezone,
        "update_days": about.update_days,
        "vision": plan.vision.statement if plan.vision else None,
        "mission": plan.mission.statement if plan.mission else None,
    }


async def _write_entries(session: AsyncSession, plan: PlanRow, comparison: Comparison) -> dict[str, int]:
    """Write the file's entries; returns the ids of all of them by folded key."""
    recorded = comparison.recorded.entries if comparison.recorded else {}
    identities = {key: one.id for key, one in recorded.items()}
    for level in _levels(comparison.pairs):
        new = [pair for pair in level if pair.recorded is None]
        rows = [EntryRow(**_entry_values(pair, plan, identities)) for pair in new]
        session.add_all(rows)
        await session.flush()
        identities |= {row.folded_key: kept(row.id) for row in rows}
    changed = []
    for pair in comparison.pairs:
        values = _entry_values(pair, plan, identities)
        if pair.recorded and any(getattr(pair.recorded.row, name) != value for name, value in values.items()):
            changed.append({"id": pair.recorded.id, **values})
    await update_each(session, EntryRow, changed)
    return identities


def _levels(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Parents before children, so that a child can name its parent's id."""
    order = (Kind.VALUE, Kind.BACKGROUND, Kind.PRIORITY, Kind.OBJECTIVE, Kind.INDICATOR, Kind.ACTION)
    level: dict[Kind, list[Pair]] = defaultdict(list)
    for pair in pairs:
        level[pair.node.kind].append(pair)
    return [level[kind] for kind in order]


def _entry_values(pair: Pair, plan: PlanRow, identities: dict[str, int]) -> dict[str, Any]:
    entry = pair.node.entry
    return {
        "workspace_id": plan.workspace_id,
        "plan_id": plan.id,
        "kind": pair.node.kind.value,
        "key": entry.key,
        "folded_key": entry.key.casefold(),
        "parent_id": identities[pair.node.parent.casefold()] if pair.node.parent else None,
        "position": pair.position,
        "title": entry.title,
        "statement": entry.statement,
        "aliases": list(entry.aliases),
        "archived_at": None,
    }


async def _archive(session: AsyncSession, comparison: Comparison, now: datetime) -> None:
    for ids in chunks(one.id for one in comparison.gone):
        await session.exec(update(EntryRow).where(col(EntryRow.id).in_(ids)).values(archived_at=now))


async def _write_decisions(
    session: AsyncSession, plan: PlanRow, pairs: Sequence[Pair], now: datetime, by: str | None, reason: str
) -> None:
    decisions = [
        {
            "workspace_id": plan.workspace_id,
            "plan_id": plan.id,
            "entry_id": pair.recorded.id,
            "field": change.field,
            "old": change.old,
            "new": change.new,
            "reason": reason,
            "decided_by": by,
            "recorded_at": now,
        }
        for pair in pairs
        if pair.recorded
        for change in (*(one for one in pair.fields if one.field in DECISIONS), *_moved_milestones(pair))
    ]
    await insert_all(session, Decision, decisions)


def _moved_milestones(pair: Pair) -> tuple[FieldChange, ...]:
    """The milestones that stay and are due on other days, as one change; what is reported of them is no decision."""
    if not (isinstance(pair.node.entry, Action) and pair.recorded):
        return ()
    due = {row.title.casefold(): row.due for row in pair.recorded.milestones}
    steps = [one.model_copy(update={"done": False}) for one in pair.node.entry.milestones]
    moved = [one for one in steps if one.title.casefold() in due and due[one.title.casefold()] != one.due]
    before = tuple(one.model_copy(update={"due": due[one.title.casefold()]}) for one in moved)
    return field_changes({"milestones": before}, {"milestones": tuple(moved)})
