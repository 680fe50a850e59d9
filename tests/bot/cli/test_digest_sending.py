"""`planbot digest send`: the digest of one run, sent by hand and once."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from typer.testing import Result

from bot.console.workspace import SeenMessage, Workspace
from tests.bot.cli.digesting import MONDAY, TUESDAY, claimed, planbot, subscribed
from tests.bot.running import load, open_workspace
from tests.bot.running import planbot as at_work
from tests.bot.test_serving import environment, output_of

pytestmark = pytest.mark.usefixtures("on_tuesday")


class Sender:
    """`planbot digest send`, beside a Slack workspace that this event loop serves."""

    def __init__(self, slack: Workspace, url: str) -> None:
        self.slack, self.url = slack, url
        self.carter = slack.member("Carter", user_id="U02CARTER")
        self.channel = slack.channel("#plan", members=[self.carter])

    async def subscribed(self, **changed: Any) -> int:
        """The channel's subscription."""
        return await asyncio.to_thread(subscribed, self.url, self.channel.id, **changed)

    async def types(self, *arguments: object) -> Result:
        """What the command prints and ends with."""
        settings = {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
        }
        return await asyncio.to_thread(planbot, self.url, *arguments, **settings)

    async def sends(self, number: int, period: str = "2026-11-23", *more: str) -> Result:
        """The digest of a run, sent."""
        return await self.types("send", number, "--period", period, *more)

    async def ledger(self) -> list[dict[str, Any]]:
        """What the history tells."""
        told: list[dict[str, Any]] = json.loads((await self.types("history", "--json")).stdout)
        return told

    @property
    def digests(self) -> list[SeenMessage]:
        """The digests that the channel got, without their threads."""
        return [one for one in self.channel.messages if one.by_app and one.thread_ts in (None, one.ts)]


@pytest.fixture
async def sender(sqlite_url: str) -> AsyncIterator[Sender]:
    """An operator's terminal, a workspace and a channel."""
    await load(sqlite_url)
    async with open_workspace() as slack:
        yield Sender(slack, sqlite_url)
        assert slack.unknown_methods == ()


async def test_a_run_that_was_missed_is_sent_and_noted(sender: Sender) -> None:
    number = await sender.subscribed()
    sent = await sender.sends(number)
    assert (sent.exit_code, sent.stderr) == (0, "")
    (message,) = sender.digests
    assert sent.stdout.startswith(
        "Sent: the digest of Mon 2026-11-23 09:00 America/Toronto (2026-11-23 14:00 UTC) "
        f"is in {sender.channel.id} as message {message.ts}; it covers the time since Mon 2026-11-16 09:00."
    )
    (one,) = await sender.ledger()
    assert (one["run"], one["message_ts"]) == ("2026-11-23T14:00:00+00:00", message.ts)
    replies = [one for one in sender.channel.messages if one.thread_ts == message.ts != one.ts]
    assert one["thread"] == one["thread_posted"] == len(replies)


async def test_a_second_time_is_refused_with_when_and_where(sender: Sender) -> None:
    number = await sender.subscribed()
    await sender.sends(number)
    refused = await sender.sends(number, "2026-11-23T09:00")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "was posted on Tue 2026-11-24 07:0" in refused.stderr
    assert sender.channel.id in refused.stderr
    assert "--again" in refused.stderr
    assert len(sender.digests) == 1


async def test_again_sends_a_second_one(sender: Sender) -> None:
    number = await sender.subscribed()
    await sender.sends(number)
    sent = await sender.sends(number, "2026-11-23", "--again")
    assert sent.exit_code == 0
    assert len(sender.digests) == 2
    (one,) = await sender.ledger()
    assert one["message_ts"] == sender.digests[-1].ts


async def test_again_that_comes_to_nothing_leaves_the_first_one_as_it_was(sender: Sender) -> None:
    number = await sender.subscribed()
    await sender.sends(number)
    before = await sender.ledger()
    sender.channel.archive(sender.carter)
    refused = await sender.sends(number, "2026-11-23", "--again")
    assert "the channel is archived" in refused.stderr
    (one,) = await sender.ledger()
    kept = ("message_ts", "posted_at", "state", "thread", "thread_posted")
    assert [one[name] for name in kept] == [before[0][name] for name in kept]
    assert "was posted on Tue" in (await sender.sends(number)).stderr


async def test_what_is_overdue_is_sent_once_though_the_bot_starts_meanwhile(sender: Sender) -> None:
    number = await sender.subscribed(next_run_at=MONDAY)
    async with at_work(sender.slack, sender.url):
        result = await sender.sends(number)
        await sender.slack.rests(quiet=0.3)
    assert len(sender.digests) == 1
    assert "Sent:" in result.stdout or "nothing was sent" in result.stderr
    assert len(await sender.ledger()) == 1


async def test_what_another_process_is_at_is_refused(sender: Sender) -> None:
    number = await sender.subscribed(next_run_at=MONDAY)
    await asyncio.to_thread(claimed, sender.url, number, MONDAY, TUESDAY)
    refused = await sender.sends(number)
    assert refused.exit_code == 1
    assert "A process (plan-1:7) has been at it since 07:00:00 America/Toronto" in refused.stderr
    assert sender.digests == []


async def test_of_two_processes_that_send_it_at_once_one_does(sender: Sender, tmp_path: Path) -> None:
    number = await sender.subscribed()
    settings = environment(sender.slack, sender.url, tmp_path)
    typed = ("digest", "send", str(number), "--period", "2025-01-06")
    ended = await asyncio.gather(*(output_of(settings, tmp_path, *typed) for _ in range(2)))
    (sent, said), (refused, why) = sorted(ended)
    assert (sent, refused) == (0, 1), ended
    assert "Sent: the digest of Mon 2025-01-06 09:00" in said
    assert "nothing was sent" in why
    assert len(sender.digests) == 1


async def test_it_says_nothing_of_what_only_the_log_is_about(sender: Sender, tmp_path: Path) -> None:
    number = await sender.subscribed()
    typed = ("digest", "send", str(number), "--period", "2025-01-06")
    _, said = await output_of(environment(sender.slack, sender.url, tmp_path), tmp_path, *typed)
    assert [line.partition(":")[0] for line in said.splitlines()] == ["Sent"]


@pytest.mark.parametrize(
    ("period", "told"),
    [
        pytest.param(
            "2026-11-20",
            "has no run then (2026-11-20); the nearest ones are Mon 2026-11-16 09:00 America/Toronto (2026-11-16 "
            "14:00 UTC) and Mon 2026-11-23 09:00 America/Toronto (2026-11-23 14:00 UTC).",
            id="no run",
        ),
        pytest.param("2026-11-23T10:00", "has no run then", id="another time"),
        pytest.param("2026-11-30", "has not come yet: it is on Mon 2026-11-30 09:00", id="to come"),
        pytest.param("monday", "monday is neither a day nor a time", id="no day"),
    ],
)
async def test_what_is_no_run_is_refused(sender: Sender, period: str, told: str) -> None:
    refused = await sender.sends(await sender.subscribed(), period)
    assert (refused.exit_code, sender.digests) == (1, [])
    assert told in refused.stderr


async def test_what_nobody_subscribed_is_refused(sender: Sender) -> None:
    refused = await sender.sends(4)
    assert (refused.exit_code, "There is no subscription 4" in refused.stderr) == (1, True)


async def test_a_channel_that_takes_nothing_is_told_and_nothing_counts_as_sent(sender: Sender) -> None:
    number = await sender.subscribed()
    sender.channel.archive(sender.carter)
    refused = await sender.sends(number)
    assert refused.exit_code == 1
    assert "the channel is archived" in refused.stderr
    assert (await sender.ledger())[0]["posted_at"] is None


async def test_once_the_channel_takes_it_again_it_is_sent_without_waiting(sender: Sender) -> None:
    number = await sender.subscribed()
    sender.channel.archive(sender.carter)
    await sender.sends(number)
    sender.channel.unarchive(sender.carter)
    sent = await sender.sends(number)
    assert (sent.exit_code, len(sender.digests)) == (0, 1), sent.stderr


async def test_a_private_channel_without_the_bot_says_how_to_invite_it(sender: Sender) -> None:
    sender.channel = sender.slack.channel("#board", members=[sender.carter], private=True, with_app=False)
    refused = await sender.sends(await sender.subscribed())
    assert refused.exit_code == 1
    assert "/invite @planbot" in refused.stderr


async def test_when_slack_does_not_say_whether_it_is_there_it_is_looked_for(sender: Sender) -> None:
    number = await sender.subscribed()
    sender.slack.faults.drop("chat.postMessage")
    refused = await sender.sends(number)
    assert refused.exit_code == 1
    assert "it is looked for before it is posted" in refused.stderr
    with time_machine.travel(TUESDAY + timedelta(minutes=4)):
        sent = await sender.sends(number)
    assert (sent.exit_code, sent.stderr) == (0, "")
    assert len(sender.digests) == 1


async def test_a_scope_that_the_plan_no_longer_has_is_told(sender: Sender) -> None:
    refused = await sender.sends(await sender.subscribed(scope_key="gone-since"))
    assert refused.exit_code == 1
    assert "The plan no longer has gone-since" in refused.stderr


def test_without_a_token_it_says_which(riverbend_url: str) -> None:
    refused = planbot(riverbend_url, "send", 1, "--period", "2026-11-23")
    assert refused.exit_code == 1
    assert "SLACK_BOT_TOKEN is missing" in refused.stderr
