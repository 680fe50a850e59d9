"""Owners whom the plan names by e-mail address: looked up in the background, remembered, shown as people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.workspace import Person, Workspace
from store.addresses import known_addresses, remember_addresses
from store.database import Database
from store.workspaces import default
from tests.bot.running import load, open_workspace, planbot

ADDRESSES = ["d.fournier@example.org", "k.whitfield@example.org", "m.leclair@example.org", "r.sandhu@example.org"]


@asynccontextmanager
async def workspace_with_sandhu(url: str) -> AsyncIterator[tuple[Workspace, Person]]:
    """A workspace that Sandhu, whom the plan names by address, is in before the bot comes."""
    await load(url)
    async with open_workspace() as slack:
        yield slack, slack.member("Sandhu", user_id="U08SANDHU", email="R.Sandhu@example.org")
        assert slack.unknown_methods == ()


async def asked(slack: Workspace, times: int) -> list[str]:
    """The addresses that Slack was asked about, once there are so many."""
    await slack.next_call("users.lookupByEmail", after=times - 1)
    await slack.rests()
    return [str(call.arguments["email"]) for call in slack.calls("users.lookupByEmail")]


async def test_an_owner_named_by_address_is_shown_as_a_person(sqlite_url: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, _), planbot(slack, sqlite_url):
        assert sorted(await asked(slack, 4)) == ADDRESSES
        dana = slack.member("Dana")
        refused = await dana.types("/progress A-05 85%")
        assert "<@U08SANDHU>" in refused.text
        assert "r.sandhu" not in refused.text


async def test_each_address_is_asked_about_once_whatever_is_restarted(sqlite_url: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, _):
        async with planbot(slack, sqlite_url):
            await asked(slack, 4)
        async with planbot(slack, sqlite_url):
            assert len(await asked(slack, 4)) == 4


async def test_an_address_that_was_nobodys_is_asked_about_again_after_a_day(sqlite_url: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, _):
        await remember(sqlite_url, datetime.now(UTC) - timedelta(days=1, minutes=1))
        async with planbot(slack, sqlite_url):
            assert sorted(await asked(slack, 4)) == ADDRESSES
        assert await known(sqlite_url) == {"r.sandhu@example.org": "U08SANDHU"}


async def test_ownership_holds_although_slack_tells_no_address_of_the_person(sqlite_url: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, sandhu), planbot(slack, sqlite_url):
        await asked(slack, 4)
        slack.faults.fail("users.info", "user_not_found", times=None)
        told = await sandhu.types("/progress A-05 85% on track: mended")
        assert "at risk, 80 % → on track, 85 %" in told.text
        assert "Taken back" in (await sandhu.types("/progress undo")).text


@pytest.mark.parametrize("error", ["missing_scope", "internal_error", "invalid_auth"])
async def test_no_answer_about_addresses_keeps_nothing_from_working(sqlite_url: str, error: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, sandhu):
        slack.faults.fail("users.lookupByEmail", error, times=None)
        async with planbot(slack, sqlite_url):
            assert len(await asked(slack, 1)) == 1
            assert "85 %" in (await sandhu.types("/progress A-05 85%")).text
        assert await known(sqlite_url) == {}


async def test_slack_asking_to_wait_is_waited_for(sqlite_url: str) -> None:
    async with workspace_with_sandhu(sqlite_url) as (slack, _):
        slack.faults.rate_limit("users.lookupByEmail", times=1, retry_after=1)
        async with planbot(slack, sqlite_url):
            assert len(await asked(slack, 5)) == 5
        assert await known(sqlite_url) == {"r.sandhu@example.org": "U08SANDHU"}


async def remember(url: str, when: datetime) -> None:
    """As if Slack had known none of the addresses then."""
    database = Database.at(url)
    async with database.sessions.begin() as session:
        await remember_addresses(session, await default(session), [(one, None) for one in ADDRESSES], when)
    await database.close()


async def known(url: str) -> dict[str, str]:
    """Whose the addresses are, as the record has it."""
    database = Database.at(url)
    async with database.reading() as session:
        found = await known_addresses(session, await default(session))
    await database.close()
    return found
