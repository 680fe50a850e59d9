"""A digest is shown before it is due, to one person, as it would be now."""

from pathlib import Path
from typing import Any

from bot.console.workspace import Channel, Person, SeenMessage, Workspace
from tests.bot.forming import action, at_work, plan_of
from tests.bot.running import RIVERBEND, load
from tests.bot.subscriptions import listed, subscribe


def shown_to(person: Person, channel: Channel) -> list[SeenMessage]:
    """What only the person sees there."""
    return [one for one in person.messages(channel) if one.ephemeral]


async def test_a_preview_is_for_one_person(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/progress A-12 70%: cabling is done", channel=plan_channel)
    preview = await carter.types("/digest preview", channel=plan_channel)
    assert preview.message is not None
    assert preview.message.ephemeral
    assert "cabling is done" in preview.words
    assert "Needs attention" in preview.words


async def test_the_preview_of_what_is_named_is_about_that(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly friday 10:00 traffic")
    assert "Traffic" in (await carter.types("/digest preview traffic", channel=plan_channel)).text.splitlines()[0]
    assert "Patrol" in (await carter.types("/digest preview patrol", channel=plan_channel)).text.splitlines()[0]


async def test_with_several_a_preview_asks_which(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly friday 10:00 traffic")
    which = (await carter.types("/digest preview", channel=plan_channel)).message
    assert which is not None
    assert "Preview which of the 2 digests?" in which.text
    second = [one.action_id for one in which.controls if one.label == "Preview"][1]
    assert "Traffic" in (await carter.clicks(which, action_id=second)).text.splitlines()[0]


async def test_a_preview_names_people_and_tells_whom_the_digest_would_mention(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    slack.member("Grace Haddad", user_id="U10HADDAD")
    # Of the other owners Slack knows nothing here.
    await carter.types("/progress A-12 off track: stuck", channel=plan_channel)
    await subscribe(carter, plan_channel, "weekly monday 09:00 mention owners")
    preview = await carter.types("/digest preview", channel=plan_channel)
    assert "Posted now, it would mention 6 people: grace.haddad, carter and 4 others." in preview.words
    assert "<@" not in preview.words


async def test_without_mentions_nothing_is_said_of_them(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00 mention owners", "weekly monday 09:00 no mentions")
    assert "would mention" not in (await carter.types("/digest preview", channel=plan_channel)).words


def crowd(many: int) -> dict[str, Any]:
    """A plan with that many actions, all of them overdue."""
    actions = [action(number, due="2026-01-31", title=f"Thing {number} {'to do ' * 30}") for number in range(many)]
    return plan_of(*actions)


async def test_of_a_long_digest_the_beginning_of_its_thread_is_shown(tmp_path: Path, sqlite_url: str) -> None:
    async with at_work(tmp_path, sqlite_url, crowd(900)) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        await carter.types("/digest preview", channel=channel)
        await carter.sees("The digest itself would have 1 more message in its thread", channel=channel)
        await slack.rests()
        assert len(shown_to(carter, channel)) == 4
        assert not carter.dm.messages


async def test_a_digest_that_was_stopped_meanwhile_says_so(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    found = await listed(carter, plan_channel)
    await carter.types("/digest off", channel=plan_channel)
    assert "stopped already" in (await carter.clicks(found, "Preview")).text


async def test_a_digest_about_what_the_plan_lost_says_so(
    carter: Person, plan_channel: Channel, sqlite_url: str, tmp_path: Path
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00 patrol")
    found = await listed(carter, plan_channel)
    await carter.types("/digest pause", channel=plan_channel)
    changed = tmp_path / "changed.yml"
    text = RIVERBEND.read_text(encoding="utf-8").replace("department: Patrol", "department: Traffic")
    changed.write_text(text, encoding="utf-8")
    await load(sqlite_url, changed)
    assert "no longer has “Patrol”" in (await carter.clicks(found, "Preview")).text
    assert "no longer has “Patrol”" in (await carter.types("/digest resume", channel=plan_channel)).text
    form = (await carter.clicks(found, "Change")).view
    assert form is not None
    refused = await carter.submits(form)
    assert set(refused.errors) == {"scope"}
    assert (await carter.submits(form, {"About": "Traffic"})).closed


async def test_what_was_asked_today_is_in_it(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/plan what are our values", channel=plan_channel)
    preview = await carter.types("/digest preview", channel=plan_channel)
    assert "Asked this week" in preview.words
    assert "a few" in preview.words
