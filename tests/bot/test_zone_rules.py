"""The runs of digests are set right when planbot starts with other rules of time zones than they were computed by."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from store.database import Database
from store.subscriptions import Subscription, advance, subscriptions
from store.workspaces import default
from tests.bot.running import load, open_workspace, planbot
from tests.bot.subscriptions import listed, subscribe


async def kept(database_url: str) -> Subscription:
    """The only subscription on the record."""
    database = Database.at(database_url)
    try:
        async with database.reading() as session:
            (found,) = await subscriptions(session, await default(session))
        return found
    finally:
        await database.close()


async def moved(database_url: str, by: timedelta) -> datetime:
    """Put the next run where other rules would have put it; when it was."""
    was, database = await kept(database_url), Database.at(database_url)
    try:
        async with database.sessions.begin() as session:
            assert await advance(session, was.id, was.next_run_at, was.next_run_at + by)
        return was.next_run_at
    finally:
        await database.close()


@pytest.mark.parametrize("hours", [1, -1, 24, -24], ids=["later", "earlier", "a day later", "a day earlier"])
async def test_a_run_of_other_rules_is_set_right_and_told_in_the_log(
    database_url: str, hours: int, caplog: pytest.LogCaptureFixture
) -> None:
    await load(database_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, database_url):
            await subscribe(carter, channel, f"weekly {datetime.now().astimezone() + timedelta(days=3):%A} 09:00 UTC")
            before = await listed(carter, channel)
        run = await moved(database_url, timedelta(hours=hours))
        with caplog.at_level(logging.WARNING, logger="bot.zone_rules"):
            async with planbot(slack, database_url):
                assert (await listed(carter, channel)).text == before.text
        assert (await kept(database_url)).next_run_at == run
    assert "run moved by its zone's rules" in caplog.messages


async def test_a_run_that_came_due_by_other_rules_does_not_come_again_the_same_day(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel, f"weekly {datetime.now(UTC):%A %H:%M} UTC")
        run = await moved(sqlite_url, -timedelta(hours=2))
        with time_machine.travel(run - timedelta(hours=1)):
            async with planbot(slack, sqlite_url):
                await channel.shows("Weekly digest")
                await slack.rests()
        assert (await kept(sqlite_url)).next_run_at == run + timedelta(weeks=1)
