"""What a channel gets is listed, each with what can be done with it; typed and pressed, it comes to the same."""

import asyncio

import pytest

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.running import load, open_workspace, planbot
from tests.bot.subscriptions import left, listed, subscribe
from tests.bot.test_holding import is_nothing_held, left_behind


async def test_with_nothing_subscribed_it_tells_what_would_come(carter: Person, plan_channel: Channel) -> None:
    nothing = await listed(carter, plan_channel)
    assert "This channel gets no digest" in nothing.text
    assert "what needs attention" in nothing.text
    assert nothing.buttons == ("New digest", "Preview")
    preview = await carter.clicks(nothing, "Preview")
    assert "A preview: only you see it" in preview.words


async def test_each_digest_has_its_buttons(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "every other tuesday at 10 traffic mention owners")
    found = await listed(carter, plan_channel)
    assert found.buttons == (*["Preview", "Change", "Pause", "Stop"] * 2, "New digest")
    assert "This channel gets 2 digests" in found.text
    assert "every Monday at 09:00" in found.text
    assert "mentions owners" in found.text


async def test_a_digest_is_paused_and_resumed_by_its_button(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "every other monday 09:00")
    found = await listed(carter, plan_channel)
    coming = next(line for line in found.text.splitlines() if "next on" in line).split("next on ")[1]
    paused = (await carter.clicks(found, "Pause")).message
    assert paused is not None
    assert paused.text.startswith("Paused: the digest of the whole plan")
    assert "; paused" in paused.text
    resumed = (await carter.clicks(paused, "Resume")).message
    assert resumed is not None
    assert resumed.text.startswith("Resumed")
    assert f"The next one comes on {coming}" in resumed.text  # in the very week in which it would have come


async def test_a_digest_is_stopped_by_its_button_and_the_others_stay(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly friday 16:00 traffic")
    found = await listed(carter, plan_channel)
    stop = next(one for one in reversed(found.controls) if one.label == "Stop")
    assert "confirm" in stop.element
    left = await carter.clicks(found, action_id=stop.action_id)
    assert "Stopped: the digest of the department Traffic" in left.text
    assert '`/digest weekly friday 16:00 America/Winnipeg department "Traffic"` would subscribe again' in left.text
    assert "This channel gets 1 digest:" in left.text


async def test_what_is_told_to_subscribe_again_does(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly friday 16:00 traffic")
    stopped = await carter.types("/digest off", channel=plan_channel)
    line = stopped.text.split("`/digest ")[1].split("`")[0]
    await carter.types(f"/digest {line}", channel=plan_channel)
    assert "every Friday at 16:00" in (await listed(carter, plan_channel)).text


async def test_a_button_pressed_twice_does_it_once(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    found = await listed(carter, plan_channel)
    await asyncio.gather(carter.clicks(found, "Pause", within=None), carter.clicks(found, "Pause", within=None))
    await slack.rests()
    paused = await carter.sees("Paused", channel=plan_channel)
    assert "; paused" in paused.text
    await asyncio.gather(carter.clicks(paused, "Stop", within=None), carter.clicks(paused, "Stop", within=None))
    stopped = await carter.sees("That digest was stopped already", channel=plan_channel)
    assert "This channel gets no digest" in stopped.text  # in the place of the list, as the first press left it
    assert len([one for one in carter.messages(plan_channel) if "stopped already" in one.text]) == 1


async def test_a_press_that_comes_again_late_changes_nothing_any_more(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    await carter.clicks(await listed(carter, plan_channel), "Pause")
    pressed = await slack.delivered("block_actions")
    assert "Resumed" in (await carter.types("/digest resume", channel=plan_channel)).text
    await slack.deliver_again(pressed)
    await slack.rests()
    assert "next on" in (await listed(carter, plan_channel)).text


@pytest.mark.parametrize(
    ("typed", "asked", "every", "told"),
    [
        pytest.param("pause", "Pause which of the 2", "Pause all 2", "Paused", id="pause"),
        pytest.param("off", "Stop which of the 2", "Stop all 2", "Stopped", id="off"),
    ],
)
async def test_with_several_a_typed_word_asks_which(
    carter: Person, plan_channel: Channel, typed: str, asked: str, every: str, told: str
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly monday 09:00 traffic")
    question = (await carter.types(f"/digest {typed}", channel=plan_channel)).message
    assert question is not None
    assert asked in question.text
    assert question.buttons[-1] == every
    done = await carter.clicks(question, every)
    assert done.text.startswith(f"{told}: the digest of the whole plan every Monday")
    assert "the department Traffic" in done.text


async def test_one_of_several_is_paused_and_resumed_by_name(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly monday 09:00 traffic")
    assert "Traffic" in (await carter.types("/digest pause trafic", channel=plan_channel)).text
    assert (await listed(carter, plan_channel)).buttons.count("Resume") == 1
    resumed = await carter.types("/digest resume", channel=plan_channel)  # there is but one to resume
    assert resumed.text.startswith("Resumed: the digest of the department Traffic")


async def test_the_same_scope_at_two_rhythms_is_asked_about(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00 traffic", "first monday of the month 09:00 traffic")
    assert "Stop which of the 2" in (await carter.types("/digest off traffic", channel=plan_channel)).text
    assert "Stopped" in (await carter.types("/digest off all", channel=plan_channel)).text
    assert "no digest" in (await listed(carter, plan_channel)).text


async def test_what_is_not_there_is_told(carter: Person, plan_channel: Channel) -> None:
    assert "nothing to pause" in (await carter.types("/digest pause", channel=plan_channel)).text
    assert "nothing to resume" in (await carter.types("/digest resume", channel=plan_channel)).text
    assert "could not read “mars”" in (await carter.types("/digest pause mars", channel=plan_channel)).text


async def test_more_than_a_page_are_turned(carter: Person, plan_channel: Channel) -> None:
    scopes = ("", "traffic", "patrol", "calm-our-roads", "send-who-is-needed", "publish-what-we-do")
    lines = [f"{often} monday 09:00 {scope}" for scope in scopes for often in ("weekly", "fortnightly", "first")]
    await subscribe(carter, plan_channel, *lines)
    found = await listed(carter, plan_channel)
    many = int(found.text.split(" digests:")[0].rpartition(" ")[2])
    assert many > 15
    assert found.buttons.count("Stop") == 15
    second = (await carter.clicks(found, "More")).message
    assert second is not None
    assert second.buttons.count("Stop") == many - 15
    assert (await carter.clicks(second, "Back")).text == found.text


async def test_help_tells_the_usage(carter: Person, plan_channel: Channel) -> None:
    usage = (await carter.types("/digest help", channel=plan_channel)).text
    for words in ("pause", "resume", "off", "new", "change", "preview", "mention owners", "without mentions"):
        assert words in usage


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("pause", "Paused: the digest of the whole plan", id="pause"),
        pytest.param("off", "Stopped: the digest of the whole plan", id="stop"),
        pytest.param("weekly friday 09:00", "Done: <#C00000001> gets the digest", id="subscribe"),
    ],
)
async def test_what_a_process_that_died_left_is_done_by_the_next_one(sqlite_url: str, typed: str, told: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await subscribe(carter, channel, "weekly monday 09:00")
        await left_behind(sqlite_url, left(typed, channel))
        async with planbot(slack, sqlite_url):
            await carter.sees(told, channel=carter.dm)
            assert await is_nothing_held(sqlite_url)
