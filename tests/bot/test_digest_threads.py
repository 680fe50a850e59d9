"""What has no room in a digest's first message stands in its thread, each message once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.workspace import Channel, Person, SeenMessage, Workspace
from tests.bot.digest_days import OWNER, digests, later, subscribe, thread_of, wide_plan
from tests.bot.running import load, open_workspace, planbot

ACTIONS = 150
"""So many that the thread has several messages."""


@pytest.fixture
async def slack(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Workspace]:
    await load(sqlite_url, wide_plan(tmp_path, ACTIONS))
    async with open_workspace() as workspace, planbot(workspace, sqlite_url):
        yield workspace
        assert workspace.unknown_methods == ()


@pytest.fixture
async def subscribed(carter: Person, plan_channel: Channel) -> Channel:
    await subscribe(carter, plan_channel)
    return plan_channel


async def the_whole(channel: Channel) -> tuple[SeenMessage, list[SeenMessage]]:
    """The one digest and its thread, when the thread has the last action in it."""
    await channel.shows(f"A-{ACTIONS:03}", within=20)
    (digest,) = digests(channel)
    return digest, thread_of(channel, digest)


def keys_in(messages: list[SeenMessage]) -> list[str]:
    """The keys of the actions that the messages tell of, in order."""
    return [word.strip("*:") for one in messages for word in one.words.split() if word.startswith(("A-", "*A-"))]


async def test_the_first_message_is_a_summary_and_the_thread_has_the_rest(
    slack: Workspace, subscribed: Channel
) -> None:
    with later(days=7):
        digest, thread = await the_whole(subscribed)
        await slack.rests(quiet=0.5)
    assert "in the thread" in digest.words
    listed = [key for key in keys_in([digest, *thread]) if key[2:].isdigit()]
    assert sorted(set(listed)) == [f"A-{number:03}" for number in range(1, ACTIONS + 1)]
    assert len(thread) > 1
    assert len(thread) == len({one.text for one in thread})


async def test_a_message_of_the_thread_that_slack_took_before_the_connection_broke_is_not_posted_again(
    slack: Workspace, subscribed: Channel
) -> None:
    with later(days=7):
        await subscribed.shows("Weekly digest")
        slack.faults.drop("chat.postMessage")
        await slack.rests(quiet=0.5)
    with later(days=7, minutes=5):
        _, thread = await the_whole(subscribed)
        await slack.rests(quiet=0.5)
    assert len(thread) == len({one.text for one in thread})


async def test_a_process_killed_in_the_thread_is_followed_by_one_that_finishes_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    await load(sqlite_url, wide_plan(tmp_path, ACTIONS))
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id=OWNER)
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel)
            with later(days=7):
                await channel.shows("Weekly digest")
                slack.faults.slow("chat.postMessage", 30)  # the process ends before it has the answer
                await slack.rests(quiet=0.4)
        slack.faults.clear()
        (digest,) = digests(channel)
        assert len(thread_of(channel, digest)) < 2
        async with planbot(slack, sqlite_url):
            with later(days=7, minutes=5):
                _, thread = await the_whole(channel)
                await slack.rests(quiet=0.5)
    assert len(thread) == len({one.text for one in thread})


async def test_a_thread_that_cannot_be_read_is_left_alone_until_it_can(slack: Workspace, subscribed: Channel) -> None:
    with later(days=7):
        await subscribed.shows("Weekly digest")
        slack.faults.http_error("chat.postMessage")
        slack.faults.fail("conversations.replies", "missing_scope")
        await slack.rests(quiet=0.5)
    with later(days=7, minutes=5):
        await slack.rests(quiet=0.5)
        (digest,) = digests(subscribed)
        assert thread_of(subscribed, digest) == []
    with later(days=7, minutes=15):
        _, thread = await the_whole(subscribed)
    assert len(thread) > 1
