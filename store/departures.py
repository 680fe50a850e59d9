"""People who were deactivated in Slack while they owned something: noticed once, told once, settled at some time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.responsibility_tables import Departure
from store.rows import insert_all, rows_of, take_turn


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody who has left, and is not settled yet."""

    user_id: str
    email: str | None
    name: str | None
    """As Slack showed it last."""
    noticed_at: datetime
    is_told: bool
    """Whether the administrators were told."""


async def notice(
    session: AsyncSession, workspace: int, user: str, *, email: str | None, name: str | None, now: datetime
) -> Departed:
    """Note that somebody has left; what is noted already stays as it is, unless it was settled since."""
    await take_turn(session, workspace)
    same = col(Departure.workspace_id) == workspace, col(Departure.user_id) == user
    values = {"email": email, "name": name, "noticed_at": now, "told_at": None, "settled_at": None}
    found = await rows_of(session, Departure, *same)
    if not found:
        await insert_all(session, Departure, [{"workspace_id": workspace, "user_id": user, **values}])
    elif found[0].settled_at is not None:
        await session.exec(update(Departure).where(*same).values(**values))
    else:
        return _departed(found[0])
    return Departed(user, email, name, now, is_told=False)


async def departures(session: AsyncSession, workspace: int) -> list[Departed]:
    """Those who have left and are not settled, the first noticed first."""
    of_workspace = col(Departure.workspace_id) == workspace, col(Departure.settled_at).is_(None)
    order = [col(Departure.noticed_at), col(Departure.user_id)]
    return [_departed(row) for row in await rows_of(session, Departure, *of_workspace, order=order)]


async def gone_people(session: AsyncSession, workspace: int) -> dict[str, str]:
    """By user id, what those are called who have left and are not settled."""
    return {one.user_id: one.name or one.email or one.user_id for one in await departures(session, workspace)}


async def note_told(session: AsyncSession, workspace: int, user: str, now: datetime) -> None:
    """Note that the administrators were told that somebody has left."""
    same = col(Departure.workspace_id) == workspace, col(Departure.user_id) == user
    await session.exec(update(Departure).where(*same).values(told_at=now))


async def settle(session: AsyncSession, workspace: int, user: str, now: datetime) -> bool:
    """Note that nothing is left to do: they are active again, or own nothing any more. Whether that is news."""
    same = col(Departure.workspace_id) == workspace, col(Departure.user_id) == user
    settled = await session.exec(
        update(Departure).where(*same, col(Departure.settled_at).is_(None)).values(settled_at=now)
    )
    return settled.rowcount > 0


def _departed(row: Departure) -> Departed:
    return Departed(row.user_id, row.email, row.name, row.noticed_at, row.told_at is not None)
