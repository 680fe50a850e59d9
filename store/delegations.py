"""Who may report on an action or an indicator for its owners, and until when. A delegation that has ended stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.entries import Found, active_entry
from store.plan import Kind
from store.recorded import kept
from store.responsibility_tables import Delegation
from store.rows import take_turn
from store.tables import EntryRow, PlanRow


@dataclass(frozen=True, slots=True)
class Delegated:
    """A delegation on an entry of the active plan."""

    id: int
    key: str
    """The entry's."""
    title: str
    """The entry's."""
    delegate: str
    """A Slack user id."""
    granted_by: str
    granted_at: datetime
    until: date | None
    """The last day, in the plan's zone; None: until it is ended."""


async def grant(
    session: AsyncSession,
    workspace: int,
    key: str,
    kind: Kind,
    delegate: str,
    *,
    by: str,
    until: date | None,
    now: datetime,
) -> Delegated:
    """Let somebody report on an entry; a delegation of theirs that ran is ended by the new one.

    Asked again with the same last day, it changes nothing. Raises NoActivePlan or NoSuchEntry.
    """
    await take_turn(session, workspace)
    entry = await active_entry(session, workspace, key, kind)
    running = await _rows(session, col(Delegation.entry_id) == entry.id, col(Delegation.delegate) == delegate)
    for row, _, _ in running:
        if row.until == until and row.granted_by == by:
            return _delegated(row, entry)
        await _end(session, kept(row.id), by, now)
    row = Delegation(
        workspace_id=workspace, entry_id=entry.id, delegate=delegate, granted_by=by, granted_at=now, until=until
    )
    session.add(row)
    await session.flush()
    return _delegated(row, entry)


async def end(session: AsyncSession, workspace: int, identity: int, *, by: str, now: datetime) -> Delegated | None:
    """End a delegation; None where it had ended, or there is none."""
    await take_turn(session, workspace)
    of_workspace = col(Delegation.workspace_id) == workspace, col(Delegation.id) == identity
    for row, entry, _ in await _rows(session, *of_workspace):
        await _end(session, identity, by, now)
        return _delegated(row, entry)
    return None


async def delegation_with(session: AsyncSession, workspace: int, identity: int) -> Delegated | None:
    """The delegation that is not ended yet and has the id."""
    of_workspace = col(Delegation.workspace_id) == workspace, col(Delegation.id) == identity
    found = [_delegated(row, entry) for row, entry, _ in await _rows(session, *of_workspace)]
    return found[0] if found else None


async def delegations_of(session: AsyncSession, workspace: int, keys: Sequence[str], now: datetime) -> list[Delegated]:
    """Those that hold now on entries of the active plan with these keys, the first granted first."""
    wanted = [key.casefold() for key in keys]
    return await _holding(session, workspace, now, col(EntryRow.folded_key).in_(wanted))


async def delegated_to(session: AsyncSession, workspace: int, user: str, now: datetime) -> list[Delegated]:
    """Those that hold now for one person, on entries of the active plan."""
    return await _holding(session, workspace, now, col(Delegation.delegate) == user)


async def _holding(session: AsyncSession, workspace: int, now: datetime, *conditions: Any) -> list[Delegated]:
    rows = await _rows(
        session,
        col(Delegation.workspace_id) == workspace,
        col(PlanRow.is_active),
        col(EntryRow.archived_at).is_(None),
        *conditions,
    )
    return [
        _delegated(row, entry)
        for row, entry, plan in rows
        if row.until is None or now.astimezone(ZoneInfo(plan.timezone)).date() <= row.until
    ]


async def _rows(session: AsyncSession, *conditions: Any) -> list[tuple[Delegation, EntryRow, PlanRow]]:
    statement = (
        select(Delegation, EntryRow, PlanRow)
        .join(EntryRow, col(EntryRow.id) == col(Delegation.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
        .where(col(Delegation.ended_at).is_(None), *conditions)
        .order_by(col(Delegation.id))
    )
    return list((await session.exec(statement)).all())


async def _end(session: AsyncSession, identity: int, by: str, now: datetime) -> None:
    ended = update(Delegation).where(col(Delegation.id) == identity).values(ended_at=now, ended_by=by)
    await session.exec(ended)


def _delegated(row: Delegation, entry: EntryRow | Found) -> Delegated:
    return Delegated(kept(row.id), entry.key, entry.title, row.delegate, row.granted_by, row.granted_at, row.until)
