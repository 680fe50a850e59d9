"""What people handed in and Slack has the ack for, kept until its work is done; see `Intake`.

A row is told by the delivery's key. Whoever is at a delivery holds its row until a moment, and says so again before
that has come; when it has passed, anybody may claim the row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.responsibility_tables import Intake
from store.rows import chunks, rows_of


@dataclass(frozen=True, slots=True)
class Handed:
    """A delivery that a person expects something of."""

    key: str
    """What identifies the delivery; the workspace has one row of it."""
    kind: str
    payload: Mapping[str, Any]
    received_at: datetime
    attempts: int = 1
    """How often a process began its work and did not come back to it, this time included."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A delivery that nobody holds any more."""

    handed: Handed
    held_until: datetime


async def take_in(
    session: AsyncSession, workspace: int, deliveries: Sequence[Handed], *, by: str, until: datetime
) -> None:
    """Keep the deliveries, held by the process `by`; one whose key is there already stays as it is."""
    rows = [
        {
            "workspace_id": workspace,
            "key": one.key,
            "kind": one.kind,
            "payload": one.payload,
            "received_at": one.received_at,
            "held_by": by,
            "held_until": until,
            "attempts": one.attempts,
        }
        for one in deliveries
    ]
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.exec(insert(Intake).on_conflict_do_nothing(), params=rows)


async def let_go(session: AsyncSession, workspace: int, keys: Collection[str]) -> None:
    """Forget deliveries whose work is done."""
    for some in chunks(keys):
        await session.exec(delete(Intake).where(*_these(workspace, some)))


async def hold_on(session: AsyncSession, workspace: int, keys: Collection[str], *, by: str, until: datetime) -> None:
    """Hold deliveries for longer, those of them that the process `by` still holds."""
    for some in chunks(keys):
        held = *_these(workspace, some), col(Intake.held_by) == by
        await session.exec(update(Intake).where(*held).values(held_until=until))


async def put_back(session: AsyncSession, workspace: int, key: str, *, by: str, until: datetime) -> None:
    """Leave a delivery that the process `by` holds to whoever looks for overdue ones after `until`.

    That it was put back in order takes the attempt off its count.
    """
    held = *_these(workspace, [key]), col(Intake.held_by) == by
    await session.exec(update(Intake).where(*held).values(held_until=until, attempts=col(Intake.attempts) - 1))


async def free(session: AsyncSession, workspace: int, now: datetime, *, but: str, up_to: int) -> None:
    """Let nobody hold anything any more, but the process `but`: for one that knows that it is the only one.

    What was tried more than `up_to` times stays held as long as it is.
    """
    others = (
        col(Intake.workspace_id) == workspace,
        col(Intake.held_by) != but,
        col(Intake.held_until) > now,
        col(Intake.attempts) <= up_to,
    )
    await session.exec(update(Intake).where(*others).values(held_until=now))


async def overdue(session: AsyncSession, workspace: int, now: datetime, limit: int) -> list[Overdue]:
    """Deliveries that nobody holds any more: those tried least first, of these those received first."""
    left = col(Intake.workspace_id) == workspace, col(Intake.held_until) <= now
    order = [col(Intake.attempts), col(Intake.received_at), col(Intake.id)]
    rows = await rows_of(session, Intake, *left, order=order, limit=limit)
    return [
        Overdue(Handed(row.key, row.kind, row.payload, row.received_at, row.attempts), row.held_until) for row in rows
    ]


async def claim(session: AsyncSession, workspace: int, one: Overdue, *, by: str, until: datetime) -> Handed | None:
    """Hold an overdue delivery, for one attempt more; None where somebody else was faster, or it is done."""
    unchanged = *_these(workspace, [one.handed.key]), col(Intake.held_until) == one.held_until
    attempts = one.handed.attempts + 1
    claimed = await session.exec(
        update(Intake).where(*unchanged).values(held_by=by, held_until=until, attempts=attempts)
    )
    handed = one.handed
    return Handed(handed.key, handed.kind, handed.payload, handed.received_at, attempts) if claimed.rowcount else None


async def is_waiting(session: AsyncSession, workspace: int, since: datetime, until: datetime) -> bool:
    """Whether the work of something that was received from a moment up to another is not done yet."""
    received = col(Intake.received_at) >= since, col(Intake.received_at) < until
    return bool(await rows_of(session, Intake, col(Intake.workspace_id) == workspace, *received, limit=1))


def _these(workspace: int, keys: Collection[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Intake.workspace_id) == workspace, col(Intake.key).in_(keys)
