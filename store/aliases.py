"""Names of entries that administrators added beside the plan file's: they outlast every import of the file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoActivePlan, NoSuchEntry
from store.question_tables import LearnedAlias
from store.recorded import kept, let_version_grow, plan_row
from store.rows import rows_of, take_turn
from store.tables import EntryRow, PlanRow


@dataclass(frozen=True, slots=True)
class Learned:
    """An alias that was added."""

    id: int
    key: str
    """The entry's."""
    alias: str


def fold(alias: str) -> str:
    """An alias without regard to case and space."""
    return " ".join(alias.casefold().split())


async def learn_alias(
    session: AsyncSession, workspace: int, key: str, alias: str, *, by: str | None, now: datetime
) -> Learned | None:
    """Let an entry of the active plan be called `alias`, too; None where it is called so already.

    `by` is the user id of who added it. The plan's version grows, so that every process reads the plan again. Raises
    NoActivePlan or NoSuchEntry.
    """
    await take_turn(session, workspace)
    plan = await plan_row(session, workspace, None)
    if plan is None:
        raise NoActivePlan
    entry = await _entry(session, plan, key)
    written = " ".join(alias.split())
    known = await rows_of(session, LearnedAlias, col(LearnedAlias.entry_id) == entry.id, _in_force())
    if fold(written) in {fold(name) for name in (entry.title, *entry.aliases, *(one.alias for one in known))}:
        return None
    row = LearnedAlias(
        workspace_id=workspace,
        plan_id=kept(plan.id),
        entry_id=kept(entry.id),
        alias=written,
        folded=fold(written),
        added_by=by,
        added_at=now,
    )
    session.add(row)
    await session.flush()
    await let_version_grow(session, kept(plan.id))
    return Learned(kept(row.id), entry.key, written)


async def unlearn_alias(session: AsyncSession, workspace: int, identity: int, now: datetime) -> Learned | None:
    """Take a learnt alias back; None where that was done before, or there is none.

    Where the file of an export has brought it back as an alias of the file's, it goes too.
    """
    await take_turn(session, workspace)
    found = await rows_of(
        session,
        LearnedAlias,
        col(LearnedAlias.id) == identity,
        col(LearnedAlias.workspace_id) == workspace,
        _in_force(),
    )
    if not found:
        return None
    learned = found[0]
    (entry,) = await rows_of(session, EntryRow, col(EntryRow.id) == learned.entry_id)
    left = [name for name in entry.aliases if fold(name) != learned.folded]
    await session.exec(update(LearnedAlias).where(col(LearnedAlias.id) == identity).values(removed_at=now))
    await session.exec(update(EntryRow).where(col(EntryRow.id) == learned.entry_id).values(aliases=left))
    await let_version_grow(session, learned.plan_id)
    return Learned(identity, entry.key, learned.alias)


async def _entry(session: AsyncSession, plan: PlanRow, key: str) -> EntryRow:
    wanted = select(EntryRow).where(
        col(EntryRow.plan_id) == plan.id,
        col(EntryRow.folded_key) == key.strip().casefold(),
        col(EntryRow.archived_at).is_(None),
    )
    entry = (await session.exec(wanted)).first()
    if entry is None:
        raise NoSuchEntry(key)
    return entry


def _in_force() -> object:
    return col(LearnedAlias.removed_at).is_(None)
