"""Which posted digests are to be amended, and by whom."""

import asyncio
from datetime import timedelta

import pytest

from store.database import Database
from store.digest_showing import Shown, amendable, note_shown, take_amendment
from store.digests import Delivery, claim, mark_posted
from store.plan import Status
from store.progress_updates import NewUpdate
from store.subscriptions import NewSubscription, subscribe
from store.tables import Via
from store.updates import record_update
from tests.store.conftest import NOW

RUN = NOW - timedelta(hours=2)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def posted(database: Database, workspace: int) -> Delivery:
    """A digest that names A-12, posted two hours ago."""
    wanted = NewSubscription(
        channel_id="C1",
        created_by="U1",
        created_at=RUN - DAY,
        weekday=0,
        hour=9,
        minute=0,
        timezone="UTC",
        next_run_at=RUN,
    )
    async with database.sessions.begin() as session:
        made = await subscribe(session, workspace, wanted)
        claimed = await claim(session, made.id, RUN, RUN + 7 * DAY, "one", RUN)
        assert claimed is not None
        await mark_posted(session, claimed.id, "C1", "1.0", RUN)
        await note_shown(session, claimed.id, Shown(0, {}, ("A-12",), "as posted"))
    return claimed


async def reported(database: Database, workspace: int, key: str) -> None:
    """An owner reports now, after the digest."""
    said = NewUpdate(
        author="U02CARTER", as_of=NOW.date(), recorded_at=NOW, via=Via.COMMAND, status=Status.AT_RISK, percent=70
    )
    async with database.sessions.begin() as session:
        await record_update(session, workspace, key, said)


async def found(database: Database, workspace: int, after: timedelta = MINUTE) -> list[Delivery]:
    """What is to be amended, a while after the report."""
    async with database.reading() as session:
        return await amendable(session, workspace, posted_since=NOW + after - DAY, now=NOW + after)


@pytest.mark.usefixtures("imported")
async def test_it_is_amended_for_a_day_where_it_names_what_was_reported_on(
    database: Database, workspace: int, posted: Delivery
) -> None:
    assert await found(database, workspace) == []
    await reported(database, workspace, "A-01")
    assert await found(database, workspace) == []
    await reported(database, workspace, "A-12")
    assert [one.id for one in await found(database, workspace)] == [posted.id]
    assert await found(database, workspace, after=DAY) == []


@pytest.mark.usefixtures("imported")
async def test_one_amends_it_and_takes_it_up_again_only_where_that_was_broken_off(
    database: Database, workspace: int, posted: Delivery
) -> None:
    await reported(database, workspace, "A-12")
    (late,) = await found(database, workspace)

    async def takes() -> bool:
        async with database.sessions.begin() as session:
            return await take_amendment(session, late, now=NOW + MINUTE, not_since=NOW)

    assert sorted(await asyncio.gather(takes(), takes(), takes())) == [False, False, True]
    assert [one.fingerprint for one in await found(database, workspace)] == [None]
    async with database.sessions.begin() as session:
        await note_shown(session, posted.id, Shown(0, {}, ("A-12",), "amended"))
    assert await found(database, workspace) == []
