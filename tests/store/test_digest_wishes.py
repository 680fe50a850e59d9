"""What people wish of the digests of all channels."""

import asyncio

from store.database import Database
from store.digest_wishes import is_muted, muted, set_muted


async def wish(database: Database, workspace: int, *, is_muted: bool) -> None:
    """Dana mutes digests, or no longer."""
    async with database.sessions.begin() as session:
        await set_muted(session, workspace, "U03DANA", is_muted=is_muted)


async def test_the_last_wish_holds(database: Database, workspace: int) -> None:
    for wished in (True, False, True):
        await wish(database, workspace, is_muted=wished)
        async with database.reading() as session:
            assert await is_muted(session, workspace, "U03DANA") is wished
            assert not await is_muted(session, workspace, "U02CARTER")
            assert await muted(session, workspace, {"U02CARTER"}) == frozenset()


async def test_two_presses_at_once_are_one_wish(database: Database, workspace: int) -> None:
    await asyncio.gather(*(wish(database, workspace, is_muted=True) for _ in range(8)))
    async with database.reading() as session:
        assert await muted(session, workspace) == {"U03DANA"}
