"""Deliveries from Slack that were handled and left no other trace: each is handled once."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.rows import insert_all
from store.tables import HandledDelivery


async def first_time(session: AsyncSession, workspace: int, key: str, now: datetime) -> bool:
    """Whether the delivery is new; notes it down if so.

    Of several transactions that ask at once, one is told yes; the others are told no once that one is committed.
    """
    try:
        async with session.begin_nested():
            await insert_all(session, HandledDelivery, [{"workspace_id": workspace, "key": key, "at": now}])
    except IntegrityError:
        return False
    return True


async def was_handled(session: AsyncSession, workspace: int, key: str) -> bool:
    """Whether the delivery was noted down."""
    wanted = col(HandledDelivery.workspace_id) == workspace, col(HandledDelivery.key) == key
    return (await session.exec(select(HandledDelivery.key).where(*wanted))).first() is not None


async def forget(session: AsyncSession, workspace: int, key: str) -> None:
    """Forget one delivery, which came to nothing and may be handled again."""
    of_workspace = col(HandledDelivery.workspace_id) == workspace
    await session.exec(delete(HandledDelivery).where(of_workspace, col(HandledDelivery.key) == key))


async def forget_older(session: AsyncSession, than: datetime) -> int:
    """Forget the deliveries noted before a moment; returns how many."""
    forgotten = await session.exec(delete(HandledDelivery).where(col(HandledDelivery.at) < than))
    return forgotten.rowcount
