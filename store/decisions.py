"""Decisions: what the plan had promised and no longer does, by when it was changed. Append-only."""

from dataclasses import dataclass
from datetime import datetime

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
    session: AsyncSession, workspace: int, start: datetime, end: datetime
) -> list[RecordedDecision]:
    """The decisions on the active plan recorded from `start` to before `end`, the first recorded first."""
    statement = (
        select(Decision, EntryRow)
        .join(EntryRow, col(EntryRow.id) == col(Decision.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(Decision.plan_id))
        .where(
            col(Decision.workspace_id) == workspace,
            col(Decision.recorded_at) >= start,
            col(Decision.recorded_at) < end,
            col(PlanRow.is_active),
        )
        .order_by(col(Decision.id))
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
