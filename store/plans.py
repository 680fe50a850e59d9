"""A workspace's plans: importing, comparing, loading, listing, and which one is active."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoSuchPlan
from store.importing import compare_plan, import_plan
from store.loading import load_plan
from store.plan import PlanStatus
from store.responsibility_tables import KnownAddress
from store.rows import rows_of, take_turn
from store.tables import MeasurementRow, PlanRow, ProgressUpdate

__all__ = ["ListedPlan", "PlanStamp", "activate", "compare_plan", "import_plan", "list_plans", "load_plan", "stamp"]


@dataclass(frozen=True, slots=True)
class PlanStamp:
    """What tells whether the active plan, or anything reported in its workspace, has changed: compare two of them."""

    plan_id: int
    key: str
    version: int
    last_update_id: int
    """0 for none yet."""
    last_measurement_id: int
    addresses_at: datetime | None = None
    """When Slack was last asked whose an owner's address is."""

    def differs_by_reports(self, now: "PlanStamp") -> bool:
        """Whether nothing but what was reported since lies between this stamp and that of now."""
        later = replace(self, last_update_id=now.last_update_id, last_measurement_id=now.last_measurement_id)
        return later == now


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan in the workspace's list."""

    key: str
    title: str
    organization: str
    status: PlanStatus
    period_start: date | None
    period_end: date | None
    is_active: bool
    version: int
    """Grows, from 1, with each import that changes something and with each alias that is learnt or taken back."""
    imported_at: datetime


def _last(table: type[ProgressUpdate] | type[MeasurementRow], workspace: int) -> ScalarSelect[int | None]:
    return select(func.max(table.id)).where(col(table.workspace_id) == workspace).scalar_subquery()


async def stamp(session: AsyncSession, workspace: int) -> PlanStamp | None:
    """The active plan's stamp, in one query; None without an active plan."""
    update_id = _last(ProgressUpdate, workspace)
    measurement_id = _last(MeasurementRow, workspace)
    asked_at = select(func.max(KnownAddress.asked_at)).where(col(KnownAddress.workspace_id) == workspace)
    active = col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active)
    row = (
        await session.exec(select(PlanRow, update_id, measurement_id, asked_at.scalar_subquery()).where(*active))
    ).first()
    if row is None:
        return None
    plan, last_update, last_measurement, addresses_at = row
    return PlanStamp(plan.id or 0, plan.key, plan.version, last_update or 0, last_measurement or 0, addresses_at)


async def list_plans(session: AsyncSession, workspace: int) -> list[ListedPlan]:
    """The workspace's plans by key."""
    rows = await rows_of(session, PlanRow, col(PlanRow.workspace_id) == workspace, order=[col(PlanRow.key)])
    return [
        ListedPlan(
            row.key,
            row.title,
            row.organization,
            PlanStatus(row.status),
            row.period_start,
            row.period_end,
            row.is_active,
            row.version,
            row.imported_at,
        )
        for row in rows
    ]


async def activate(session: AsyncSession, workspace: int, key: str) -> None:
    """Make the plan with the key the workspace's active one. Raises NoSuchPlan."""
    await take_turn(session, workspace)
    plans = await list_plans(session, workspace)
    wanted = key.strip().casefold()
    if wanted not in [one.key for one in plans]:
        raise NoSuchPlan(key, [one.key for one in plans])
    of_workspace = col(PlanRow.workspace_id) == workspace
    # One after the other: at no moment may two be active.
    await session.exec(update(PlanRow).where(of_workspace, col(PlanRow.is_active)).values(is_active=False))
    await session.exec(update(PlanRow).where(of_workspace, col(PlanRow.key) == wanted).values(is_active=True))
