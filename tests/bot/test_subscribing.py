"""A channel subscribes to its digest."""

from datetime import UTC, datetime

import pytest

from bot.console.workspace import Channel, Person
from store.database import Database
from store.handled import first_time
from store.workspaces import default
from tests.bot.running import load, open_workspace, planbot
from tests.bot.subscriptions import left, listed, subscribe
from tests.bot.test_holding import is_nothing_held, left_behind


async def test_a_subscription_is_confirmed_and_introduced(carter: Person, plan_channel: Channel) -> None:
    answer = await carter.types("/digest weekly monday 09:00 America/Toronto", channel=plan_channel)
    introduced = await plan_channel.shows("set up a digest")
    assert "<@U02CARTER>" in introduced.text
    assert "every Monday at 09:00 (America/Toronto)" in introduced.text
    assert answer.message is not None


async def test_without_a_zone_it_is_the_plans(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest weekly friday 4pm", channel=plan_channel)
    assert "every Friday at 16:00 (America/Winnipeg)" in (await plan_channel.shows("set up a digest")).text


async def test_a_priority_may_be_its_scope(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest weekly monday 09:00 safer streets", channel=plan_channel)
    assert "Safer Streets and Homes" in (await plan_channel.shows("set up a digest")).text


async def test_what_was_not_understood_is_named(carter: Person, plan_channel: Channel) -> None:
    assert "Mars/Base" in (await carter.types("/digest weekly monday 09:00 Mars/Base", channel=plan_channel)).text
    assert "at what time" in (await carter.types("/digest weekly monday", channel=plan_channel)).text


async def test_everyday_words_subscribe_at_other_intervals(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest every other tuesday at 10", channel=plan_channel)
    await plan_channel.shows("every other Tuesday at 10:00 (America/Winnipeg)")
    await carter.types("/digest last friday of every month 3pm eastern calm our roads", channel=plan_channel)
    introduced = await plan_channel.shows("on the last Friday of every month at 15:00 (America/Toronto)")
    assert "Calm Our Roads" in introduced.text


async def test_a_department_may_be_its_scope(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest mondays 9am for the trafic department", channel=plan_channel)
    assert "the department Traffic" in (await plan_channel.shows("set up a digest")).text


async def test_an_hour_that_may_be_two_is_asked_about(carter: Person, plan_channel: Channel) -> None:
    answer = await carter.types("/digest fridays at 4", channel=plan_channel)
    assert "morning or in the afternoon" in answer.text
    assert "/digest weekly friday 16:00" in answer.text
    assert "no digest" in (await carter.types("/digest", channel=plan_channel)).text


async def test_words_for_several_zones_are_told_to_be_the_plans(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest monday 9am IST mention owners", channel=plan_channel)
    done = await carter.sees("Done: this channel", channel=plan_channel)
    assert "“IST” may be several zones" in done.text
    assert "are mentioned" in done.text


async def test_the_same_again_changes_when_it_comes_and_is_not_introduced_again(
    carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly friday 16:00")
    assert "every Friday at 16:00" in (await listed(carter, plan_channel)).text
    assert len([one for one in plan_channel.messages if "set up a digest" in one.text]) == 1


async def test_the_same_again_lets_one_that_was_paused_go_on(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    assert "Paused" in (await carter.types("/digest pause", channel=plan_channel)).text
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    assert "next on" in (await listed(carter, plan_channel)).text


async def test_it_is_stopped_and_not_stopped_again(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    assert "Stopped" in (await carter.types("/digest off", channel=plan_channel)).text
    assert "no digest" in (await listed(carter, plan_channel)).text
    assert "nothing to stop" in (await carter.types("/digest off", channel=plan_channel)).text


async def test_owners_are_mentioned_or_not_as_was_last_said(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00 mention owners", "weekly tuesday 09:00")
    assert "mentions owners" in (await listed(carter, plan_channel)).text
    await subscribe(carter, plan_channel, "weekly tuesday 09:00 without mentions")
    assert "mentions owners" not in (await listed(carter, plan_channel)).text


@pytest.mark.parametrize("was_told", [True, False], ids=["it was told already", "it was not told yet"])
async def test_a_channel_is_told_once_although_the_process_died_in_between(sqlite_url: str, was_told: bool) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        received_at = datetime.now(UTC)
        async with planbot(slack, sqlite_url):
            if not was_told:
                slack.faults.http_error("chat.postMessage", 500)
            await subscribe(carter, channel, "weekly monday 09:00")
        await noted(sqlite_url, "digest:1.2.3")  # as the process did that died before it confirmed
        await left_behind(sqlite_url, left("weekly monday 09:00", channel), received_at=received_at)
        async with planbot(slack, sqlite_url):
            await carter.sees("Done: ", channel=carter.dm)
            assert await is_nothing_held(sqlite_url)
        assert len([one for one in channel.messages if "set up a digest" in one.text]) == 1


async def noted(database_url: str, key: str) -> None:
    """Note a delivery as handled."""
    database = Database.at(database_url)
    async with database.sessions.begin() as session:
        assert await first_time(session, await default(session), key, datetime.now(UTC))
    await database.close()
