"""Slack workspaces that have a record."""

from datetime import UTC, datetime

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoSuchWorkspace, SeveralWorkspaces
from store.recorded import kept
from store.rows import rows_of
from store.tables import Workspace

_LOCK = 0x7465616D
"""The number of the advisory lock under which PostgreSQL's workspaces are made."""


async def bind(session: AsyncSession, team_id: str, name: str) -> int:
    """The id of the workspace of a Slack team, made if there is none.

    A record that was begun at the command line, before the bot had connected to any team, becomes the team's, if it is
    the only such one.
    """
    await _take_turn(session)
    row = await _of_team(session, team_id) or await _without_team(session)
    if row is None:
        row = Workspace(name=name, created_at=datetime.now(UTC))
        session.add(row)
    row.team_id = team_id
    row.name = name
    await session.flush()
    return kept(row.id)


async def default(session: AsyncSession) -> int:
    """The only workspace's id; a workspace without a team is made if there is none.

    Raises SeveralWorkspaces if there are more.
    """
    rows = await rows_of(session, Workspace)
    if not rows:
        await _take_turn(session)
        rows = await rows_of(session, Workspace)
    if not rows:
        row = Workspace(name="", created_at=datetime.now(UTC))
        session.add(row)
        await session.flush()
        rows = [row]
    if len(rows) > 1:
        raise SeveralWorkspaces(sorted(row.team_id for row in rows if row.team_id))
    return kept(rows[0].id)


async def begun_at(session: AsyncSession, workspace: int) -> datetime:
    """When the workspace's record was begun."""
    row = (await rows_of(session, Workspace, col(Workspace.id) == workspace))[0]
    return row.created_at


async def charts_refused_at(session: AsyncSession, workspace: int) -> datetime | None:
    """When the workspace's Slack last refused a message for its charts; None where it never did, or takes them now."""
    row = (await rows_of(session, Workspace, col(Workspace.id) == workspace))[0]
    return row.charts_refused_at


async def note_charts(session: AsyncSession, workspace: int, refused_at: datetime | None) -> None:
    """Note that the workspace's Slack refused charts at a moment; None: that it takes them."""
    await session.exec(update(Workspace).where(col(Workspace.id) == workspace).values(charts_refused_at=refused_at))


async def named(session: AsyncSession, team_id: str) -> int:
    """The id of a Slack team's workspace. Raises NoSuchWorkspace."""
    rows = await rows_of(session, Workspace, col(Workspace.team_id).is_not(None))
    for row in rows:
        if row.team_id == team_id:
            return kept(row.id)
    raise NoSuchWorkspace(team_id, sorted(row.team_id for row in rows if row.team_id))


async def _take_turn(session: AsyncSession) -> None:
    """Keep others from making a workspace meanwhile; SQLite's transactions take turns by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(_LOCK)))


async def _of_team(session: AsyncSession, team_id: str) -> Workspace | None:
    return (await session.exec(select(Workspace).where(col(Workspace.team_id) == team_id))).first()


async def _without_team(session: AsyncSession) -> Workspace | None:
    found = (await session.exec(select(Workspace).where(col(Workspace.team_id).is_(None)))).all()
    return found[0] if len(found) == 1 else None
