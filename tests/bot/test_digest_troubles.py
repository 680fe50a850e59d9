"""Digests that cannot go out as they should: what goes out instead, and who is told."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.console.workspace import Channel, Person, Workspace
from bot.manifest import manifest
from tests.bot.digest_days import OWNER, digests, later, subscribe
from tests.bot.harbour import TORONTO, Harbour, at
from tests.bot.running import RIVERBEND, load, names, open_workspace, planbot


def told(person: Person) -> int:
    """How often the person was told that a digest could not be posted."""
    return sum("could not be posted" in message.text for message in person.messages(person.dm))


async def test_after_an_outage_of_weeks_the_run_of_an_hour_ago_goes_out_and_covers_them(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel)
    with later(days=2):
        await carter.types("/progress A-12 70%: in the first week", channel=plan_channel)
        await slack.rests()
    slack.faults.down()
    with later(days=7, hours=1):
        await slack.next_call("chat.postMessage", after=len(slack.calls("chat.postMessage")))
        await slack.rests(quiet=0.3)
    slack.faults.up()
    with later(days=21, hours=1):
        digest = await plan_channel.shows("Weekly digest")
        await slack.rests(quiet=0.4)
    assert len(digests(plan_channel)) == 1
    assert "in the first week" in digest.words
    assert "comes late" in digest.words


async def test_slack_down_for_most_of_a_day_is_waited_for(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel)
    slack.faults.down()
    for hours in (0, 1, 3, 5, 7, 9, 11, 13, 15, 17):
        with later(days=7, hours=hours):
            await slack.rests(quiet=0.2)
    slack.faults.up()
    with later(days=7, hours=20):
        await plan_channel.shows("Weekly digest")
        await slack.rests(quiet=0.3)
    assert len(digests(plan_channel)) == 1


async def test_a_posted_digest_is_found_again_where_the_clock_is_a_day_behind_slack_s(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id=OWNER)
        channel = slack.channel("#plan", members=[carter])
        with later(days=8):
            carter.says(channel, "What comes after this is later in Slack than here.")
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel)
            slack.faults.drop("chat.postMessage")
            with later(days=7):
                await channel.shows("Weekly digest")
            with later(days=7, minutes=5):
                await slack.next_call("conversations.history")
                await slack.rests(quiet=0.4)
    assert len(digests(channel)) == 1


@pytest.mark.parametrize("fault", ["http_error", "drop"])
async def test_a_maker_who_could_not_be_told_at_once_is_told_once(
    slack: Workspace, carter: Person, plan_channel: Channel, fault: str
) -> None:
    await subscribe(carter, plan_channel)
    plan_channel.archive(carter)
    slack.faults.fail("chat.postMessage", "is_archived")
    getattr(slack.faults, fault)("chat.postMessage")
    with later(days=7):
        await slack.rests(quiet=0.4)
    for minutes in (4, 12, 30):
        with later(days=7, minutes=minutes):
            await slack.rests(quiet=0.4)
    assert told(carter) == 1


async def test_where_the_maker_has_left_the_administrators_are_told(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel)
    carter.deactivate()
    plan_channel.archive(admin)
    with later(days=7):
        await admin.sees("could not be posted", channel=admin.dm)
        await slack.rests(quiet=0.3)
    assert (told(admin), told(carter)) == (1, 0)


async def test_a_channel_that_takes_answers_only_pauses_its_digest_and_tells_its_maker(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel)
    slack.faults.fail("chat.postMessage", "restricted_action_thread_only_channel")
    with later(days=7):
        told = await carter.sees("could not be posted", channel=carter.dm)
    assert "answers in threads only" in told.text


async def test_a_department_that_the_plan_lost_pauses_its_digest_and_it_says_what_to_do(
    carter: Person, plan_channel: Channel, sqlite_url: str, tmp_path: Path
) -> None:
    await subscribe(carter, plan_channel, "patrol")
    changed = tmp_path / "changed.yml"
    changed.write_text(
        RIVERBEND.read_text(encoding="utf-8").replace("department: Patrol", "department: Fleet"), "utf-8"
    )
    await load(sqlite_url, changed)
    with later(days=7):
        told = await carter.sees("could not be posted", channel=carter.dm)
    assert "department that it was about" in told.text
    assert "`/digest change` in the channel" in told.text
    refused = await carter.types("/digest resume", channel=plan_channel)
    assert "no longer has “Patrol”" in refused.text
    assert "`/digest change`" in refused.text


@pytest.fixture
async def without_charts(sqlite_url: str) -> AsyncIterator[Workspace]:
    """A workspace that has no charts yet, with planbot in it."""
    await load(sqlite_url)
    async with (
        Workspace.open(manifest(names()), delivery="socket", team_name="Riverbend", charts=False) as workspace,
        planbot(workspace, sqlite_url),
    ):
        yield workspace


async def test_a_workspace_without_charts_gets_bars_of_text_and_is_not_asked_again(without_charts: Workspace) -> None:
    carter = without_charts.member("Carter", user_id=OWNER)
    channel = without_charts.channel("#plan", members=[carter])
    await subscribe(carter, channel)
    with later(days=7):
        digest = await channel.shows("Weekly digest")
        await without_charts.rests(quiet=0.3)
    assert "█" in digest.words
    with later(days=14):
        await without_charts.rests(quiet=0.5)
    assert len(digests(channel)) == 2
    refused = [call for call in without_charts.calls("chat.postMessage") if call.error == "invalid_blocks"]
    assert len(refused) == 1


async def test_owners_are_mentioned_where_the_channel_wants_it_and_they_have_not_muted_it(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await carter.types("/progress A-12 off track: the vendor is gone", channel=plan_channel)
    await subscribe(carter, plan_channel, "mention owners")
    with later(days=7):
        digest = await plan_channel.shows("Weekly digest")
        await slack.rests()
    assert f"<@{OWNER}>" in digest.text
    await carter.clicks(digest, "Mute for me")
    with later(days=14):
        second = await plan_channel.shows(lambda one: one.text.startswith("Weekly digest") and one.ts != digest.ts)
    assert f"<@{OWNER}>" not in second.text
    assert carter.name in second.words


async def test_nobody_is_mentioned_unless_the_channel_wants_it(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/progress A-12 off track: the vendor is gone", channel=plan_channel)
    await subscribe(carter, plan_channel)
    with later(days=7):
        digest = await plan_channel.shows("Weekly digest")
    assert "<@" not in digest.text
    assert carter.name in digest.words


async def test_a_digest_that_was_put_off_does_not_come_at_its_old_time(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel)
    with later(days=6, hours=22):
        await subscribe(carter, plan_channel)  # at this time of the day from now on
        await slack.rests()
    with later(days=7):
        await slack.rests(quiet=0.4)
    assert digests(plan_channel) == []
    with later(days=13, hours=22):
        await plan_channel.shows("Weekly digest")


async def test_what_was_reported_just_before_its_time_and_is_being_recorded_is_waited_for(board: Harbour) -> None:
    board.slack.faults.slow("users.info", 1.0)  # so recording takes longer than it is to nine o'clock
    with at(datetime(2026, 6, 22, 8, 59, 50, tzinfo=TORONTO)):
        await board.dana.types("/progress A-02 65%: just in time", channel=board.channel, within=None)  # it is taken in
        with at(datetime(2026, 6, 22, 9, tzinfo=TORONTO)):
            digest = await board.channel.shows("Weekly digest", within=15)
    assert "just in time" in digest.words
