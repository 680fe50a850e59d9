"""What people wish of the digests of all channels."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestWish
from store.rows import insert_all, rows_of, update_each


async def set_muted(session: AsyncSession, workspace: int, person: str, *, is_muted: bool) -> None:
    """Note whether digests name the person without mentioning them."""
    values = {"workspace_id": workspace, "person": person, "is_muted": is_muted}
    if not await rows_of(session, DigestWish, *_of(workspace), col(DigestWish.person) == person):
        try:
            async with session.begin_nested():
                await insert_all(session, DigestWish, [values])
        except IntegrityError:  # a second press, at another replica, was quicker
            pass
        else:
            return
    await update_each(session, DigestWish, [values])


async def is_muted(session: AsyncSession, workspace: int, person: str) -> bool:
    """Whether digests name the person without mentioning them."""
    return person in await muted(session, workspace, {person})


async def muted(session: AsyncSession, workspace: int, among: Collection[str] | None = None) -> frozenset[str]:
    """Who does not want to be mentioned by digests; of those named, or of all."""
    which = [*_of(workspace), col(DigestWish.is_muted)]
    if among is not None:
        which.append(col(DigestWish.person).in_(among))
    return frozenset((await session.exec(select(DigestWish.person).where(*which))).all())


def _of(workspace: int) -> tuple[Any]:
    return (col(DigestWish.workspace_id) == workspace,)
