"""Who made a digest changes it, and administrators do; anybody may see what would come."""

import pytest

from bot.console.workspace import Answer, Channel, Person, Workspace
from tests.bot.running import load, open_workspace, planbot
from tests.bot.subscriptions import listed, newer, subscribe

WHO_MAY = "Only <@U02CARTER> or a plan administrator (<@U0ADMIN>) can change it"
ASK = "<@U02CARTER> set this digest up, and has left. Only a plan administrator can change it now: ask <@U0ADMIN>."


@pytest.fixture
def dana(slack: Workspace, plan_channel: Channel) -> Person:
    """A member of the channel who set nothing up."""
    dana = slack.member("Dana")
    plan_channel.add(dana)
    return dana


async def pressed(person: Person, channel: Channel, label: str) -> Answer:
    """What a button of the list brings."""
    return await person.clicks(await listed(person, channel), label)


@pytest.mark.parametrize(
    "typed", ["off", "pause", "change", "weekly friday 10:00"], ids=["stop", "pause", "change", "subscribe over it"]
)
async def test_others_are_told_who_may(carter: Person, dana: Person, plan_channel: Channel, typed: str) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    answer = await dana.types(f"/digest {typed}", channel=plan_channel)
    assert WHO_MAY in answer.text
    assert "every Monday at 09:00" in (await listed(dana, plan_channel)).text


@pytest.mark.parametrize("label", ["Change", "Pause", "Stop"])
async def test_the_buttons_tell_others_who_may(carter: Person, dana: Person, plan_channel: Channel, label: str) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    assert WHO_MAY in (await pressed(dana, plan_channel, label)).text
    assert "; next on" in (await listed(dana, plan_channel)).text


async def test_a_form_for_what_somebody_else_set_up_tells_who_may(
    carter: Person, dana: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    form = (await pressed(dana, plan_channel, "New digest")).view
    assert form is not None
    refused = await dana.submits(form, {"Time": "10:00"})
    assert "Only carter or a plan administrator (ada) can change it" in refused.errors["scope"]


async def test_whoever_may_not_change_a_digest_may_see_it(carter: Person, dana: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    assert "A preview: only you see it" in (await pressed(dana, plan_channel, "Preview")).words


async def test_an_administrator_changes_what_others_set_up(
    carter: Person, admin: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    form = (await pressed(admin, plan_channel, "Change")).view
    assert form is not None
    is_changed = newer(admin, plan_channel, "Changed: ")
    assert (await admin.submits(form, {"Time": "10:00"})).closed
    await admin.sees(is_changed, channel=plan_channel)
    assert "at 10:00 (America/Winnipeg), set up by <@U02CARTER>" in (await listed(admin, plan_channel)).text
    assert "Paused" in (await admin.types("/digest pause", channel=plan_channel)).text
    assert "Resumed" in (await admin.types("/digest resume", channel=plan_channel)).text
    assert "Stopped" in (await admin.types("/digest off", channel=plan_channel)).text


async def test_of_all_digests_those_of_others_are_left_alone(
    carter: Person, dana: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    await subscribe(dana, plan_channel, "weekly monday 09:00 traffic")
    answer = await dana.types("/digest off all", channel=plan_channel)
    assert "Stopped: the digest of the department Traffic" in answer.text
    assert "Left alone: 1 digest that <@U02CARTER> set up" in answer.text
    assert "the whole plan" in (await listed(dana, plan_channel)).text


async def test_when_its_maker_has_left_an_administrator_is_to_be_asked(
    carter: Person, dana: Person, admin: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    carter.deactivate()
    assert ASK in (await dana.types("/digest pause", channel=plan_channel)).text
    assert ASK in (await pressed(dana, plan_channel, "Stop")).text
    await admin.types("/digest pause", channel=plan_channel)
    await admin.sees("Paused", channel=plan_channel)


async def test_without_administrators_whoever_runs_planbot_is_to_be_asked(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack, planbot(slack, sqlite_url, planbot_admins=frozenset()):
        carter, dana = slack.member("Carter", user_id="U02CARTER"), slack.member("Dana")
        channel = slack.channel("#plan", members=[carter, dana])
        await subscribe(carter, channel, "weekly monday 09:00")
        carter.deactivate()
        assert "ask whoever looks after planbot" in (await dana.types("/digest off", channel=channel)).text


async def test_where_slack_does_not_tell_the_maker_has_not_left(
    slack: Workspace, carter: Person, dana: Person, plan_channel: Channel
) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    await dana.types("/digest", channel=plan_channel)
    slack.faults.fail("users.info", "internal_error", times=5)
    assert "Only <@U02CARTER> or a plan administrator" in (await dana.types("/digest off", channel=plan_channel)).text
