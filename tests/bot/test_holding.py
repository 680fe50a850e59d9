"""What was handed in is kept and confirmed, or the person is told that it was not: whatever is in trouble meanwhile."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.console.workspace import Faults, Person, SeenMessage, Workspace
from store.database import Database
from store.intake import Handed, take_in
from store.workspaces import default
from tests.bench.owners import OWNERS, action_of, fill, owner
from tests.bot.running import load, open_workspace, planbot
from tests.bot.test_serving import environment, process


async def is_nothing_held(database_url: str, within: float = 5.0) -> bool:
    """Whether the intake comes to be empty."""
    database, loop = Database.at(database_url), asyncio.get_running_loop()
    try:
        deadline = loop.time() + within
        while held := await _held(database):
            if loop.time() > deadline:
                break
            await asyncio.sleep(0.02)
        return not held
    finally:
        await database.close()


async def times_on_record(database_url: str, note: str) -> int:
    """How often a note is on the record."""
    return len(await notes_on_record(database_url, note))


async def notes_on_record(database_url: str, like: str) -> list[str]:
    """The notes of that pattern on the record, sorted."""
    database = Database.at(database_url)
    try:
        async with database.reading() as session:
            notes = text("SELECT note FROM progress_update WHERE note LIKE :like ORDER BY note")
            return list((await (await session.connection()).execute(notes, {"like": like})).scalars())
    finally:
        await database.close()


async def _held(database: Database) -> int:
    async with database.reading() as session:
        counted = await (await session.connection()).execute(text("SELECT count(*) FROM intake"))
        return int(counted.scalar_one())


@asynccontextmanager
async def locked(sqlite_url: str) -> AsyncIterator[sqlite3.Connection]:
    """The file, in which nobody else can write until the block ends."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)) as connection:
        while not connection.in_transaction:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:  # planbot, in the same event loop, is just writing
                await asyncio.sleep(0.01)
        yield connection


def receipt_of(note: str) -> Callable[[SeenMessage], bool]:
    """Whether a message is the receipt of an update with that note."""
    return lambda message: "Undo" in message.buttons and note in message.text


async def test_while_another_process_writes_the_ack_says_that_it_is_not_kept_yet(
    carter: Person, sqlite_url: str
) -> None:
    async with locked(sqlite_url):
        told = await carter.types("/progress A-12 71%: while it is locked")
        assert told.failure is None
        assert "not kept yet" in told.text
        assert "/progress A-12 71%: while it is locked" in told.words
    await carter.sees(receipt_of("while it is locked"), within=15)
    assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "while it is locked") == 1


async def test_a_form_handed_in_while_another_process_writes_is_confirmed_afterwards(
    carter: Person, sqlite_url: str
) -> None:
    form = (await carter.types("/progress A-12")).view
    assert form
    async with locked(sqlite_url):
        assert (await carter.submits(form, {"Percent complete": "72", "Note": "by the form"})).closed
        assert "not kept yet" in (await carter.sees("by the form", within=10)).text
    await carter.sees(receipt_of("by the form"), within=15)
    assert await times_on_record(sqlite_url, "by the form") == 1


async def test_an_update_that_cannot_be_written_at_all_is_tried_again_until_it_can(
    carter: Person, sqlite_url: str
) -> None:
    async with locked(sqlite_url) as other:
        other.execute("ALTER TABLE milestone_report RENAME TO lost")
        other.execute("COMMIT")
    assert "not kept yet" in (await carter.types("/progress A-12 73%: against all odds")).text
    async with locked(sqlite_url) as other:
        other.execute("ALTER TABLE lost RENAME TO milestone_report")
        other.execute("COMMIT")
    await carter.sees(receipt_of("against all odds"), within=15)
    assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "against all odds") == 1


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(lambda faults: faults.rate_limit("response_url", retry_after=1), id="429"),
        pytest.param(lambda faults: faults.http_error("response_url", 500), id="500"),
        pytest.param(lambda faults: faults.http_error("*", 500, times=3), id="500 for everything"),
        pytest.param(lambda faults: faults.drop("response_url"), id="no answer"),
        pytest.param(lambda faults: faults.http_error("response_url", 404), id="too late for the response URL"),
    ],
)
async def test_slack_in_trouble_delays_the_receipt_and_no_more(
    slack: Workspace, carter: Person, sqlite_url: str, trouble: Callable[[Faults], None]
) -> None:
    await carter.types("/progress mine")  # who that is, is known
    trouble(slack.faults)
    await carter.types("/progress A-12 74%: through the storm", within=None)
    await carter.sees(receipt_of("through the storm"), within=10)
    assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "through the storm") == 1


@pytest.mark.parametrize("delivered", ["/progress", "view_submission", "block_actions"])
async def test_what_is_delivered_twice_is_kept_once(
    slack: Workspace, carter: Person, sqlite_url: str, delivered: str
) -> None:
    slack.faults.deliver_twice(name=delivered)
    match delivered:
        case "view_submission":
            form = (await carter.types("/progress A-12")).view
            assert form
            await carter.submits(form, {"Percent complete": "75", "Note": "told twice"})
        case "block_actions":
            unsure = await carter.types("/progress A-12 40%: told twice")
            assert unsure.message
            await carter.clicks(unsure.message, action_id="progress:decide:save")
        case _:
            await carter.types("/progress A-12 75%: told twice")
    await carter.sees(receipt_of("told twice"))
    await slack.rests()
    assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "told twice") == 1


@pytest.fixture
async def owners(database_url: str) -> AsyncIterator[list[Person]]:
    """Twenty owners of two actions each, on SQLite and on PostgreSQL."""
    database = Database.at(database_url)
    await fill(database, updates=40)
    await database.close()
    async with open_workspace() as slack, planbot(slack, database_url):
        yield [slack.member(f"Owner {number}", user_id=owner(number)) for number in range(OWNERS)]


async def test_twenty_owners_at_once_lose_nothing(owners: list[Person], database_url: str) -> None:
    notes = [[f"owner {at} reports {time}" for time in (1, 2)] for at in range(OWNERS)]

    async def reports(person: Person, at: int) -> None:
        for note in notes[at]:
            assert (await person.types(f"/progress {action_of(at)} 60%: {note}", within=None)).failure is None
        for note in notes[at]:
            await person.sees(receipt_of(note), within=60)

    await asyncio.gather(*(reports(person, at) for at, person in enumerate(owners)))
    assert await is_nothing_held(database_url)
    assert await notes_on_record(database_url, "owner %") == sorted(note for each in notes for note in each)


async def left_behind(database_url: str, payload: dict[str, Any], **values: Any) -> None:
    """Put on the record what a process that is gone had in hand."""
    told = {"key": "command:1.2.3", "kind": "command", "payload": payload, "received_at": datetime.now(UTC), **values}
    database = Database.at(database_url)
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await take_in(session, workspace, [Handed(**told)], by="gone", until=datetime.now(UTC))
    await database.close()


def typed(words: str) -> dict[str, Any]:
    """A command of Carter's, whose response URL nobody has kept."""
    return {
        "command": "/progress", "text": words, "user_id": "U02CARTER", "channel_id": "D1", "team_id": "T00000001",
        "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/gone",
    }  # fmt: skip


async def test_what_was_left_behind_is_kept_and_confirmed_by_direct_message(sqlite_url: str) -> None:
    await load(sqlite_url)
    await left_behind(sqlite_url, typed("A-12 76%: left behind"))
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            told = await carter.sees(receipt_of("left behind"))
            assert (told.channel, told.ephemeral) == (carter.dm.id, False)
            assert await is_nothing_held(sqlite_url)


async def test_an_update_counts_from_when_it_was_sent(sqlite_url: str) -> None:
    await load(sqlite_url)
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            await carter.types("/progress A-12 88%: sent later")
        await left_behind(sqlite_url, typed("A-12 95%: sent before"), received_at=an_hour_ago)
        async with planbot(slack, sqlite_url):
            await carter.sees(receipt_of("sent before"))
            assert "88 %" in (await carter.types("/plan status of A-12")).text


LONG_AGO = datetime.now(UTC) - timedelta(days=2)


async def test_what_is_given_up_is_told_with_what_was_typed(sqlite_url: str) -> None:
    await load(sqlite_url)
    await left_behind(sqlite_url, typed("A-12 78%: never mind"), received_at=LONG_AGO)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            told = await carter.sees("never mind")
            assert "was *not* kept" in told.text
            assert "/progress A-12 78%: never mind" in told.words
            assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "never mind") == 0


async def test_what_many_processes_ended_with_is_kept_all_the_same(sqlite_url: str) -> None:
    await load(sqlite_url)
    await left_behind(sqlite_url, typed("A-12 78%: at last"), attempts=30)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            await carter.sees(receipt_of("at last"))
    assert await times_on_record(sqlite_url, "at last") == 1


async def test_what_is_given_up_is_gone_although_its_person_has_left(sqlite_url: str) -> None:
    await load(sqlite_url)
    await left_behind(sqlite_url, typed("A-12 78%: never mind"), received_at=LONG_AGO)
    async with open_workspace() as slack:
        slack.faults.fail("chat.postMessage", "user_not_found", times=None)
        async with planbot(slack, sqlite_url):
            await slack.next_call("chat.postMessage")
            assert await is_nothing_held(sqlite_url)


async def test_a_form_that_is_wrong_by_now_is_given_back_to_the_person(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            form = (await carter.types("/progress A-12")).view
            assert form
            await carter.submits(form, {"Percent complete": "79", "Note": "handed in"})
            submission = next(one.payload for one in slack.deliveries if one.name == "view_submission")
            await carter.sees(receipt_of("handed in"))
        wrong = submission | {"trigger_id": "9.9.9", "view": submission["view"] | {"id": "V0999"}}
        for element in wrong["view"]["state"]["values"].values():
            if "percent" in element:
                element["percent"]["value"] = "much"
        await left_behind(sqlite_url, wrong, kind="form", key="form:9.9.9")
        async with planbot(slack, sqlite_url):
            told = await carter.sees("was *not* kept", channel=carter.dm)
            assert "0 to 100" in told.text
            assert "much" in told.words
            assert await is_nothing_held(sqlite_url)


async def test_told_to_stop_before_it_could_confirm_it_does_so_after_the_restart(
    sqlite_url: str, tmp_path: Path
) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        settings = environment(slack, sqlite_url, tmp_path)
        async with process(settings, tmp_path) as running:
            await slack.connected(within=20)
            slack.faults.http_error("response_url", 500, times=None)
            slack.faults.http_error("chat.postMessage", 500, times=None)
            await carter.types("/progress A-12 80%: not confirmed in time", within=None)
            await slack.next_call("chat.postMessage")
            running.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(running.wait(), 15) == 0
        slack.faults.clear()
        slack.faults.http_error("response_url", 404, times=None)
        async with process(settings, tmp_path):
            told = await carter.sees(receipt_of("not confirmed in time"), within=20)
            assert told.channel == carter.dm.id
            assert await is_nothing_held(sqlite_url)
    assert await times_on_record(sqlite_url, "not confirmed in time") == 1
