"""The progress form over the wire: what it loads, what it takes, what it refuses, what it asks."""

from typing import Any

import pytest

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.forming import (
    DONE,
    HELP,
    OPEN,
    TODAY,
    form_of,
    held,
    told,
)


async def test_the_form_loads_how_the_action_stands(carter: Person) -> None:
    form = await form_of(carter)
    assert held(form, "status")["value"] == "on-track"
    assert held(form, "percent") == "65"
    assert [one["text"]["text"] for one in held(form, "milestones")] == [DONE]
    assert (held(form, "day"), held(form, "note"), held(form, "evidence"), held(form, "help")) == (None,) * 4
    assert "Now: ► on track, 65 %" in form.words


async def test_every_field_is_recorded(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    dana = slack.member("Dana")
    form = await form_of(carter, channel=plan_channel)
    filled = {
        "Status": "▲ at risk",
        "Percent complete": "70 %",
        "Milestones done": [DONE, OPEN],
        TODAY: "2026-11-12",
        "Note": "the vendor is late",
        "Evidence": "https://example.org/r",
        HELP: dana.id,
    }
    assert (await carter.submits(form, filled)).closed
    receipt = await carter.sees("on track, 65 % → at risk, 70 %", channel=plan_channel)
    assert receipt.ephemeral
    assert f"Milestone “{OPEN}”: not done → done" in receipt.text
    assert "As of 12 November 2026" in receipt.text
    assert "the vendor is late" in receipt.text
    assert "https://example.org/r" in receipt.text
    assert f"<@{dana.id}>" in receipt.text
    assert f"<@{dana.id}>" in await told(slack, carter)


PERCENTAGES = {" 66 % ": "66 %", "-5": "60 %", "٧٠": "70 %"}


@pytest.mark.parametrize("typed", PERCENTAGES)
async def test_a_percentage_is_read_as_people_write_it(carter: Person, typed: str) -> None:
    answer = await carter.submits(await form_of(carter), {"Percent complete": typed})
    if not answer.closed:  # asked whether it may fall, or be all
        assert answer.view is not None
        assert (await carter.submits(answer.view)).closed
    await carter.sees(f"→ on track, {PERCENTAGES[typed]}")


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "half a percent": ({"Percent complete": "60.5"}, "percent", "0 to 100"),
    "no link": ({"Evidence": "see the report"}, "evidence", "https://"),
    "a day to come": ({TODAY: "2999-01-01", "Note": "ahead"}, "day", "has not come"),
    "help from Slackbot": ({HELP: "USLACKBOT"}, "help", "an app"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_cannot_be_is_refused_beside_its_field(slack: Workspace, carter: Person, case: str) -> None:
    values, field, says = WRONG[case]
    form = await form_of(carter)
    refused = await carter.submits(form, values)
    assert [block.partition(":")[0] for block in refused.errors] == [field]
    assert says in "".join(refused.errors.values())
    assert "form)" not in await told(slack, carter)


async def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(carter: Person) -> None:
    wrong = {"Percent complete": "x", "Evidence": "y", TODAY: "2999-01-01", "Note": "a long story", HELP: carter.id}
    refused = await carter.submits(await form_of(carter), wrong)
    assert {block.partition(":")[0] for block in refused.errors} == {"percent", "evidence", "day", "help"}
    assert refused.view is not None
    assert held(refused.view, "note") == "a long story"


async def test_help_from_an_app_or_a_closed_account_is_refused(slack: Workspace, carter: Person) -> None:
    robot, dana = slack.bot, slack.member("Dana")
    dana.deactivate()
    form = await form_of(carter)
    assert "an app" in "".join((await carter.submits(form, {HELP: robot.id})).errors.values())
    assert "deactivated" in "".join((await carter.submits(form, {HELP: dana.id})).errors.values())


async def test_whoever_is_asked_for_help_is_told_once_what_is_wanted_and_how_to_answer(
    slack: Workspace, carter: Person
) -> None:
    dana = slack.member("Dana")
    slack.faults.deliver_twice(name="view_submission")
    await carter.submits(await form_of(carter), {"Note": "who has the <!channel> keys?", HELP: dana.id})
    asked = await dana.sees("needs your help")
    await slack.rests()
    assert len(dana.messages(dana.dm)) == 1
    assert "A-12 Move all video evidence into one system" in asked.text.replace("\u200b", "")
    assert "who has the" in asked.words
    assert "<!channel>" not in asked.text
    assert f"write to <@{carter.id}>" in asked.text
    assert (await told(slack, dana)).count("keys?") == 1


async def test_a_correction_asks_nobody_twice(slack: Workspace, carter: Person) -> None:
    dana, nguyen = slack.member("Dana"), slack.member("Nguyen")
    await carter.submits(await form_of(carter), {"Note": "stuk", HELP: dana.id})
    await dana.sees("needs your help")
    edit = (await carter.clicks(await carter.sees("stuk"), "Edit")).view
    assert edit is not None
    assert held(edit, "help") == dana.id
    assert (await carter.submits(edit, {"Note": "stuck"})).closed
    edit = (await carter.clicks(await carter.sees("stuck"), "Edit")).view
    assert edit is not None
    assert (await carter.submits(edit, {HELP: nguyen.id})).closed
    await nguyen.sees("needs your help")
    assert len(dana.messages(dana.dm)) == 1


async def test_help_that_cannot_be_asked_for_is_said(slack: Workspace, carter: Person) -> None:
    dana = slack.member("Dana")
    form = await form_of(carter)
    slack.faults.fail("chat.postMessage", "channel_not_found")
    await carter.submits(form, {"Note": "help", HELP: dana.id})
    assert "Please ask them yourself" in (await carter.sees("could not reach")).text
    assert "help" in await told(slack, carter)


async def test_only_what_was_changed_is_recorded(carter: Person, admin: Person) -> None:
    form = await form_of(carter)
    await admin.types("/progress A-12 80% at risk, milestone 2 done: seen by the board")
    assert (await carter.submits(form, {"Note": "interview rooms are wired"})).closed
    receipt = await carter.sees("interview rooms are wired")
    assert "still at risk, 80 %" in receipt.text
    assert OPEN not in receipt.text


async def test_what_a_colleague_reported_meanwhile_is_not_overwritten_unseen(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    form = await form_of(carter)
    await admin.types("/progress A-12 80% at risk: seen by the board")
    refused = await carter.submits(form, {"Status": "■ off track", "Percent complete": "90"})
    said = {block.partition(":")[0]: words for block, words in refused.errors.items()}
    assert set(said) == {"status", "percent"}
    assert said["percent"].startswith("It is 80 % since")
    assert "reported by Ada" in said["percent"]
    assert "65 %" in said["percent"]
    assert "it was on track" in said["status"]
    assert "90 %" not in await told(slack, admin)
    assert (await carter.submits(form, {})).closed
    await carter.sees("at risk, 80 % → off track, 90 %")


async def test_one_is_asked_again_where_yet_another_has_reported(carter: Person, admin: Person) -> None:
    form = await form_of(carter)
    await admin.types("/progress A-12 80%: first")
    assert "80 %" in "".join((await carter.submits(form, {"Percent complete": "90"})).errors.values())
    await admin.types("/progress A-12 85%: second")
    assert "85 %" in "".join((await carter.submits(form, {})).errors.values())


async def test_what_a_colleague_set_to_the_same_is_no_conflict(carter: Person, admin: Person) -> None:
    form = await form_of(carter)
    await admin.types("/progress A-12 80%")
    assert (await carter.submits(form, {"Percent complete": "80"})).closed


async def test_a_doubt_is_shown_above_the_form_and_saved_as_it_is_on_the_second_press(
    slack: Workspace, carter: Person
) -> None:
    form = await form_of(carter)
    asked = (await carter.submits(form, {"Percent complete": "40", "Note": "counted anew"})).view
    assert asked is not None
    assert "less than before: 65 % → 40 %" in asked.words
    assert asked.submit == "Save as it is"
    assert (held(asked, "percent"), held(asked, "note")) == ("40", "counted anew")
    assert "counted anew" not in await told(slack, carter)
    assert (await carter.submits(asked)).closed
    await carter.sees("on track, 65 % → on track, 40 %")


async def test_what_is_edited_after_a_doubt_is_looked_at_anew(carter: Person) -> None:
    asked = (await carter.submits(await form_of(carter), {"Percent complete": "40"})).view
    assert asked is not None
    again = (await carter.submits(asked, {"Percent complete": "30"})).view
    assert again is not None
    assert "65 % → 30 %" in again.words
    assert (await carter.submits(again, {"Percent complete": "70"})).closed
    await carter.sees("on track, 65 % → on track, 70 %")


async def test_milestones_stay_ticked_under_a_doubt(carter: Person, admin: Person) -> None:
    form = await form_of(carter)
    asked = (await carter.submits(form, {"Percent complete": "40", "Milestones done": [OPEN]})).view
    assert asked is not None
    assert [one["text"]["text"] for one in held(asked, "milestones")] == [OPEN]
    await admin.types(f"/progress A-12 milestone {OPEN} done")
    assert (await carter.submits(asked)).closed
    receipt = await carter.sees("on track, 40 %")
    assert f"“{DONE}”: done → not done" in receipt.text
