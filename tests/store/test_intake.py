"""What was handed in, on the record: held, left, claimed by one of several, forgotten."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from store.database import Database
from store.intake import Handed, Overdue, claim, free, hold_on, let_go, overdue, put_back, take_in
from tests.store.conftest import NOW

SOON, LATER = NOW + timedelta(seconds=15), NOW + timedelta(minutes=5)


def handed(key: str = "command:1", **values: object) -> Handed:
    """A command."""
    told: dict[str, object] = {"kind": "command", "payload": {"text": "A-12 60%"}, "received_at": NOW}
    return Handed(key, **told | values)  # type: ignore[arg-type] # the fields vary


async def take(database: Database, workspace: int, *deliveries: Handed) -> None:
    """Hold deliveries until SOON, as process `one`."""
    async with database.sessions.begin() as session:
        await take_in(session, workspace, deliveries, by="one", until=SOON)


async def left(database: Database, workspace: int, now: object = LATER) -> list[Overdue]:
    """What nobody holds at a moment."""
    async with database.reading() as session:
        return await overdue(session, workspace, now, 20)  # type: ignore[arg-type] # a moment


async def test_what_is_held_is_left_alone_until_the_hold_is_over(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    assert await left(database, workspace, NOW) == []
    assert await left(database, workspace, SOON) == [Overdue(handed(), SOON)]


async def test_the_same_delivery_is_taken_in_once(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    await take(database, workspace, handed(payload={"text": "again"}), handed("command:2"))
    assert [one.handed.payload["text"] for one in await left(database, workspace)] == ["A-12 60%"] * 2


async def test_whoever_is_at_it_holds_on(database: Database, workspace: int) -> None:
    await take(database, workspace, handed(), handed("command:2"))
    async with database.sessions.begin() as session:
        await hold_on(session, workspace, ["command:1"], by="one", until=LATER)
        await hold_on(session, workspace, ["command:2"], by="another", until=LATER)
    assert [one.handed.key for one in await left(database, workspace, SOON)] == ["command:2"]


async def test_of_several_who_claim_it_one_gets_it(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    (found,) = await left(database, workspace)

    async def claims(who: str) -> Handed | None:
        async with database.sessions.begin() as session:
            return await claim(session, workspace, found, by=who, until=LATER)

    claimed = [one for one in await asyncio.gather(*(claims(f"process {n}") for n in range(5))) if one]
    assert claimed == [handed(attempts=2)]
    assert await left(database, workspace, SOON) == []


async def test_what_is_put_back_in_order_costs_no_attempt(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    async with database.sessions.begin() as session:
        await put_back(session, workspace, "command:1", by="one", until=LATER)
    assert await left(database, workspace, SOON) == []
    assert [one.handed.attempts for one in await left(database, workspace, LATER)] == [0]


async def test_what_another_process_has_taken_over_cannot_be_put_back(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    async with database.sessions.begin() as session:
        await put_back(session, workspace, "command:1", by="another", until=LATER)
    assert await left(database, workspace, SOON) == [Overdue(handed(), SOON)]


async def test_a_process_that_is_the_only_one_frees_what_others_held(database: Database, workspace: int) -> None:
    await take(database, workspace, handed())
    for who, found in (("one", []), ("the next one", [Overdue(handed(), NOW)])):
        async with database.sessions.begin() as session:
            await free(session, workspace, NOW, but=who, up_to=10)
        assert await left(database, workspace, NOW) == found


async def test_what_many_processes_ended_with_stays_held_and_comes_last(database: Database, workspace: int) -> None:
    await take(database, workspace, replace(handed(), attempts=11), handed("command:2"))
    async with database.sessions.begin() as session:
        await free(session, workspace, NOW, but="the next one", up_to=10)
    assert [one.handed.key for one in await left(database, workspace, NOW)] == ["command:2"]
    assert [one.handed.key for one in await left(database, workspace, LATER)] == ["command:2", "command:1"]


async def test_what_is_done_is_forgotten(database: Database, workspace: int) -> None:
    await take(database, workspace, handed(), handed("command:2"))
    async with database.sessions.begin() as session:
        await let_go(session, workspace, {"command:1"})
    assert [one.handed.key for one in await left(database, workspace)] == ["command:2"]


async def test_what_no_database_likes_to_keep_is_kept(database: Database, workspace: int) -> None:
    text = "\x00 half a \ud83d face, all of it 🙂, שלום"
    await take(database, workspace, handed(payload={"text": text}))
    assert [one.handed.payload for one in await left(database, workspace)] == [{"text": text}]
