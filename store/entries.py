"""Finding an entry of the active plan, to write about it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoActivePlan, NoSuchEntry
from store.plan import Kind
from store.recorded import kept
from store.tables import EntryRow, PlanRow


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the active plan."""

    id: int
    key: str
    title: str
    zone: ZoneInfo
    """The plan's."""


async def active_entry(session: AsyncSession, workspace: int, key: str, kind: Kind) -> Found:
    """The active plan's entry of that kind with the key, in any case of letters; archived ones are not found.

    Raises NoActivePlan or NoSuchEntry.
    """
    active = col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active)
    plan = (await session.exec(select(PlanRow).where(*active))).first()
    if plan is None:
        raise NoActivePlan
    wanted = select(EntryRow).where(
        col(EntryRow.plan_id) == plan.id,
        col(EntryRow.folded_key) == key.strip().casefold(),
        col(EntryRow.kind) == kind.value,
        col(EntryRow.archived_at).is_(None),
    )
    entry = (await session.exec(wanted)).first()
    if entry is None:
        raise NoSuchEntry(key)
    return Found(kept(entry.id), entry.key, entry.title, ZoneInfo(plan.timezone))
