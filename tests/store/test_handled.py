"""Deliveries that leave no other trace are handled once."""

import asyncio
from datetime import timedelta

from store import handled
from store.database import Database
from tests.store.conftest import NOW


async def test_of_ten_deliveries_of_one_event_at_once_one_is_the_first(database: Database, workspace: int) -> None:
    async def delivered() -> bool:
        async with database.sessions.begin() as session:
            return await handled.first_time(session, workspace, "Ev1", NOW)

    assert sorted(await asyncio.gather(*(delivered() for _ in range(10)))) == [False] * 9 + [True]


async def test_after_a_repeat_the_transaction_goes_on(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        assert await handled.first_time(session, workspace, "Ev1", NOW)
        assert not await handled.first_time(session, workspace, "Ev1", NOW)
        assert await handled.first_time(session, workspace, "Ev2", NOW)


async def test_what_is_forgotten_is_new_again(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        await handled.first_time(session, workspace, "Ev1", NOW)
        await handled.first_time(session, workspace, "Ev2", NOW + timedelta(hours=1))
        assert await handled.forget_older(session, NOW + timedelta(minutes=1)) == 1
        assert await handled.first_time(session, workspace, "Ev1", NOW)
        assert not await handled.first_time(session, workspace, "Ev2", NOW)
