"""A digest goes out at its time, once, whatever happens."""

import pytest

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.digest_days import digests, later, subscribe
from tests.bot.running import load, open_workspace, planbot
from tests.waiting import until


@pytest.fixture
async def subscribed(carter: Person, plan_channel: Channel) -> Channel:
    """A channel that gets the digest every week at this time."""
    await subscribe(carter, plan_channel)
    return plan_channel


async def test_it_comes_once_a_week(slack: Workspace, subscribed: Channel) -> None:
    with later(days=7):
        await subscribed.shows("Weekly digest")
        await slack.rests()
    assert len(digests(subscribed)) == 1
    with later(days=14):
        await slack.rests(quiet=0.5)
    assert len(digests(subscribed)) == 2


async def test_after_an_outage_one_digest_covers_the_gap_and_says_that_it_is_late(
    slack: Workspace, carter: Person, subscribed: Channel
) -> None:
    with later(days=2):
        await carter.types("/progress A-12 70%: in the first week", channel=subscribed)
    slack.faults.down()
    with later(days=7, hours=1):
        await slack.rests(quiet=0.5)
        slack.faults.up()
    with later(days=7, hours=2):
        told = await subscribed.shows("Weekly digest")
        await slack.rests()
    assert len(digests(subscribed)) == 1
    assert "in the first week" in told.words
    assert "comes late" in told.words


async def test_slack_accepted_it_and_the_connection_broke(slack: Workspace, subscribed: Channel) -> None:
    slack.faults.drop("chat.postMessage")
    with later(days=7):
        await subscribed.shows("Weekly digest")
    with later(days=7, minutes=5):
        await slack.rests(quiet=0.5)
    assert len(digests(subscribed)) == 1


async def test_slack_refused_it_for_a_while(slack: Workspace, subscribed: Channel) -> None:
    slack.faults.http_error("chat.postMessage", status=500)
    with later(days=7):
        await slack.rests(quiet=0.3)
    assert digests(subscribed) == []
    with later(days=7, minutes=5):
        await subscribed.shows("Weekly digest")
        await slack.rests(quiet=0.3)
    assert len(digests(subscribed)) == 1


async def test_the_process_was_killed_between_posting_and_recording(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel)
            slack.faults.drop("chat.postMessage")
            with later(days=7):
                await channel.shows("Weekly digest")
        async with planbot(slack, sqlite_url):
            with later(days=7, minutes=5):
                await slack.rests(quiet=0.5)
    assert len(digests(channel)) == 1


async def test_what_a_killed_process_had_posted_is_not_told_again_after_days_without_planbot(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel)
            with later(days=2):
                await carter.types("/progress A-12 70%: in the first week", channel=channel)
            slack.faults.drop("chat.postMessage")
            with later(days=7):
                await channel.shows("in the first week")
        async with planbot(slack, sqlite_url):
            with later(days=14):
                await until(lambda: len(digests(channel)) == 2)
    assert "in the first week" not in digests(channel)[1].words


async def test_two_processes_deliver_it_once(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url), planbot(slack, sqlite_url):
            await subscribe(carter, channel)
            with later(days=7):
                await channel.shows("Weekly digest")
                await slack.rests(quiet=0.4)
    assert len(digests(channel)) == 1


async def test_an_archived_channel_pauses_its_digest_and_tells_its_maker_once(
    slack: Workspace, carter: Person, subscribed: Channel
) -> None:
    subscribed.archive(carter)
    with later(days=7):
        told = await carter.sees("could not be posted", channel=carter.dm)
    assert "archived" in told.text
    with later(days=14):
        await slack.rests(quiet=0.4)
    assert sum("could not be posted" in message.text for message in carter.messages(carter.dm)) == 1


async def test_a_posted_digest_is_found_again_among_many_messages(
    slack: Workspace, carter: Person, subscribed: Channel
) -> None:
    slack.faults.drop("chat.postMessage")
    with later(days=7):
        await subscribed.shows("Weekly digest")
        for number in range(450):
            carter.says(subscribed, f"message {number}")
    with later(days=7, minutes=5):
        await slack.rests(quiet=0.5)
    assert len(digests(subscribed)) == 1
    assert len(slack.calls("conversations.history")) == 3


async def test_a_digest_that_may_be_there_already_is_left_and_its_maker_told_once(
    slack: Workspace, carter: Person, subscribed: Channel
) -> None:
    slack.faults.http_error("chat.postMessage", 500)
    slack.faults.fail("conversations.history", "missing_scope", times=100)
    for minutes in (0, 4, 11, 24, 49, 98, 160, 222):
        with later(days=7, minutes=minutes):
            await slack.rests(quiet=0.2)
    assert digests(subscribed) == []
    assert sum("I was interrupted" in message.text for message in carter.messages(carter.dm)) == 1
