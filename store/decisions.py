"""Decisions: what the plan had promised and no longer does, by when it was changed. Append-only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.recorded import kept
from store.tables import Decision, EntryRow, PlanRow


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A change to a due date, an owner, a target or a title; the values as a plan file would write them."""

    id: int
    key: str
    """The entry's."""
    title: str
    """The entry's, now."""
    field: str
    old: str | None
    new: str | None
    reason: str | None
    decided_by: str | None
    recorded_at: datetime


async def decisions_between(
    session: AsyncSession, workspace: int, start: datetime | None = None, end: datetime | None = None
) -> list[RecordedDecision]:
    """The decisions on the active plan recorded from `start` to before `end`, the first recorded first.

    Without a start, from the first on; without an end, to the last.
    """
    since = [col(Decision.recorded_at) >= start] if start else []
    until = [col(Decision.recorded_at) < end] if end else []
    return await _decisions(session, workspace, *since, *until, order=col(Decision.id))


async def last_decisions(session: AsyncSession, workspace: int, limit: int, skipped: int = 0) -> list[RecordedDecision]:
    """At most `limit` decisions on the active plan, the last recorded first, without the first `skipped` of them."""
    return await _decisions(session, workspace, order=col(Decision.id).desc(), limit=limit, skipped=skipped)


async def decisions_with(session: AsyncSession, workspace: int, ids: Collection[int]) -> list[RecordedDecision]:
    """The decisions on the active plan with those ids, the first recorded first."""
    return await _decisions(session, workspace, col(Decision.id).in_(ids), order=col(Decision.id))


async def decisions_in_force(
    session: AsyncSession, workspace: int, plan_key: str
) -> dict[tuple[str, str], RecordedDecision]:
    """By an entry's key in lower case and a field, what was last decided of it, of the plan with the key."""
    of_plan = col(PlanRow.key) == plan_key.strip().casefold()
    found = await _decisions(session, workspace, is_of=of_plan, order=col(Decision.id))
    return {(one.key.casefold(), one.field): one for one in found}


async def _decisions(
    session: AsyncSession,
    workspace: int,
    *conditions: Any,
    order: Any,
    is_of: Any = None,
    limit: int | None = None,
    skipped: int = 0,
) -> list[RecordedDecision]:
    statement = (
        select(Decision, EntryRow)
        .join(EntryRow, col(EntryRow.id) == col(Decision.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(Decision.plan_id))
        .where(col(Decision.workspace_id) == workspace, col(PlanRow.is_active) if is_of is None else is_of)
        .where(*conditions)
        .order_by(order)
        .limit(limit)
        .offset(skipped or None)
    )
    return [_decision(row, entry) for row, entry in (await session.exec(statement)).all()]


def _decision(row: Decision, entry: EntryRow) -> RecordedDecision:
    return RecordedDecision(
        id=kept(row.id),
        key=entry.key,
        title=entry.title,
        field=row.field,
        old=row.old,
        new=row.new,
        reason=row.reason,
        decided_by=row.decided_by,
        recorded_at=row.recorded_at,
    )
