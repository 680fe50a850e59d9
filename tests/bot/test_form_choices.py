"""What may be chosen in the progress form, whatever the plan holds, and from where it opens."""

import asyncio
from pathlib import Path

import pytest

from bot.console.workspace import Person, Workspace
from tests.bot.forming import (
    action,
    at_work,
    form_of,
    held,
    named,
    plan_of,
    texts,
    told,
    written,
)
from tests.bot.harbour import THURSDAY, at, harbour, reminders, reminding
from tests.bot.running import load, open_workspace, planbot


async def test_another_action_has_its_own_fields(slack: Workspace) -> None:
    haddad = slack.member("Malik", user_id="U10HADDAD")
    form = await form_of(haddad, "A-10")
    typed = {"Note": "about A-10", "Percent complete": "61"}
    refused = await haddad.submits(form, typed | {"Evidence": "x"})
    assert refused.view is not None
    other = (await haddad.clicks(refused.view, "Action", value="A-11 Pilot a wellness check-in app")).view
    assert other is not None
    assert (held(other, "percent"), held(other, "note"), held(other, "status")["value"]) == ("20", None, "cancelled")
    back = (await haddad.clicks(other, "Action", value="A-10 Redesign recruit selection")).view
    assert back is not None
    assert (held(back, "percent"), held(back, "note")) == ("60", None)


async def test_an_indicator_chosen_in_the_form_takes_a_measurement(carter: Person) -> None:
    form = await form_of(carter, "")
    assert texts(form, "Action or indicator")[0].startswith("A-12")
    indicator = next(text for text in texts(form, "Action or indicator") if text.startswith("ksi"))
    measuring = (await carter.clicks(form, "Action or indicator", value=indicator)).view
    assert measuring is not None
    assert {control.label for control in measuring.fields} == {
        "Action or indicator",
        "Value",
        "Day it is of",
        "Note",
        "Evidence",
    }
    assert "Now: 57 collisions per year, 30 September 2026" in measuring.words
    refused = await carter.submits(measuring, {"Value": "many", "Day it is of": "2999-01-01"})
    assert {block.partition(":")[0] for block in refused.errors} == {"value", "day"}
    assert (await carter.submits(measuring, {"Value": "53.1", "Day it is of": "2026-11-01"})).closed
    await carter.sees("57 → 53.1 collisions per year")
    assert (await carter.clicks(await carter.sees("53.1"), "Edit")).view is not None


async def test_what_is_handed_in_before_the_chosen_ones_fields_came_is_not_mixed_with_it(
    slack: Workspace, carter: Person
) -> None:
    form = await form_of(carter, "")
    slack.faults.fail("views.update", "ratelimited")
    await carter.clicks(form, "Action or indicator", value="A-01 Map collision hot spots and patrol them", within=None)
    await slack.rests()
    caught = (await carter.submits(form, {"Percent complete": "66", "Note": "for A-12"})).view
    assert caught is not None
    assert "had not come yet" in caught.words
    assert (held(caught, "percent"), held(caught, "note")) == ("100", None)
    assert "for A-12" not in await told(slack, carter)
    assert "for A-12" not in await told(slack, carter, "A-01")


async def test_of_two_choices_in_a_row_the_last_one_holds(slack: Workspace, carter: Person) -> None:
    form = await form_of(carter, "")
    await asyncio.gather(
        carter.clicks(form, "Action or indicator", value="A-01 Map collision hot spots and patrol them", within=None),
        carter.clicks(form, "Action or indicator", value="A-12 Move all video evidence into one system", within=None),
    )
    await slack.rests()
    assert carter.modal is not None
    assert held(carter.modal, "percent") == "65"
    assert held(carter.modal, "action")["value"] == "A-12"


async def test_a_form_that_changed_on_slacks_side_is_loaded_all_the_same(slack: Workspace, carter: Person) -> None:
    form = await form_of(carter, "")
    slack.faults.fail("views.update", "hash_conflict")
    other = await carter.clicks(form, "Action or indicator", value="A-01 Map collision hot spots and patrol them")
    assert other.view is not None
    assert held(other.view, "percent") == "100"


async def test_a_form_closed_while_its_fields_are_loaded_is_no_trouble(slack: Workspace, carter: Person) -> None:
    form = await form_of(carter, "")
    slack.faults.fail("views.update", "not_found")
    await carter.clicks(form, "Action or indicator", value="A-01 Map collision hot spots and patrol them", within=None)
    await slack.rests()
    assert not any("reference" in message.text for message in carter.messages())


async def test_late_ones_come_first_and_administrators_may_choose_all(sqlite_url: str, tmp_path: Path) -> None:
    plan = plan_of(
        action(1, "U0ADMIN"), action(2, "U0ADMIN", due="2001-01-31"), action(3), action(4, status="complete")
    )
    async with at_work(tmp_path, sqlite_url, plan) as slack:
        admin, carter = slack.member("Ada", user_id="U0ADMIN"), slack.member("Carter", user_id="U02CARTER")
        menu = next(one for one in (await form_of(admin, "")).controls if one.label == "Action")
        groups = {
            group["label"]["text"]: [one["value"] for one in group["options"]]
            for group in menu.element["option_groups"]
        }
        assert groups == {"Late": ["A-2"], "Yours": ["A-1"], "All others": ["A-3", "A-4"]}
        assert menu.element["initial_option"]["value"] == "A-2"
        assert texts(await form_of(carter, ""), "Action") == ["A-3 Thing 3", "A-4 Thing 4"]


async def test_of_more_entries_than_a_menu_shows_one_types_to_find_the_rest(sqlite_url: str, tmp_path: Path) -> None:
    plan = plan_of(*(action(number) for number in range(1, 151)), action(151, title="Repair the swimming pool"))
    async with at_work(tmp_path, sqlite_url, plan) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        form = await form_of(carter, "")
        assert len(await carter.looks_up(form, "Action")) == 100
        assert named(await carter.looks_up(form, "Action", "swiming")) == ("A-151 Repair the swimming pool",)
        assert named(await carter.looks_up(form, "Action", "a-77"))[0] == "A-77 Thing 77"
        assert named(await carter.looks_up(form, "Action", "xylophone")) == ()
        other = (await carter.clicks(form, "Action", value="A-151 Repair the swimming pool")).view
        assert other is not None
        assert (await carter.submits(other, {"Percent complete": "30"})).closed
        assert "A-151" in (await carter.sees("30 %")).text


async def test_over_http_the_rest_is_found_too(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url, written(tmp_path, plan_of(*(action(number) for number in range(1, 151)))))
    async with open_workspace("http") as slack, planbot(slack, sqlite_url, "http"):
        carter = slack.member("Carter", user_id="U02CARTER")
        form = await form_of(carter, "")
        assert named(await carter.looks_up(form, "Action", "a-140"))[0] == "A-140 Thing 140"


INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2068\u2069"))
"""What keeps words as typed beside others."""
LONG = "Réorganiser l'accueil 🧑‍🚒🧑‍🚒🧑‍🚒 " * 8
RIGHT_TO_LEFT = "إطلاق بوابة الإبلاغ عن الاحتيال عبر الإنترنت لجميع السكان في المدينة والمناطق المجاورة لها"


@pytest.mark.parametrize("title", [LONG, RIGHT_TO_LEFT, "*bold* <!channel> & :tada:"], ids=["long", "rtl", "signs"])
async def test_long_and_foreign_titles_and_many_milestones_fit(sqlite_url: str, tmp_path: Path, title: str) -> None:
    steps = [{"title": f"{number} {title}"} for number in range(1, 26)]
    async with at_work(tmp_path, sqlite_url, plan_of(action(1, title=title, milestones=steps))) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        form = await form_of(carter, "")
        boxes = [one for one in form.fields if one.type == "checkboxes"]
        assert [len(one.options) for one in boxes] == [10, 10, 5]
        assert [one.label for one in boxes] == [
            "Milestones done 1 to 10",
            "Milestones done 11 to 20",
            "Milestones done 21 to 25",
        ]
        last = boxes[2].options[4]["value"]
        assert (await carter.submits(form, {"Milestones done 21 to 25": [last], "Note": f"{title} 🧑‍🚒"})).closed
        receipt = await carter.sees("Milestone")
        assert "“25 " in receipt.text.translate(INVISIBLE)
        assert title.strip() in receipt.words


async def test_the_home_opens_the_form_by_one_button_and_beside_each_action(carter: Person) -> None:
    home = await carter.opens_home()
    assert home is not None
    form = (await carter.clicks(home, "Report progress")).view
    assert form is not None
    assert held(form, "action")["value"] == "A-12"
    assert (await carter.submits(form, {"Percent complete": "66"})).closed
    await carter.sees("65 % → on track, 66 %", channel=carter.dm)
    other = (await carter.clicks(home, action_id="progress:open:1")).view
    assert other is not None
    assert held(other, "action")["value"] == "A-01"


async def test_an_administrators_home_opens_the_form_too(slack: Workspace, admin: Person) -> None:
    home = await admin.opens_home()
    assert home is not None
    form = (await admin.clicks(home, "Report progress")).view
    assert form is not None
    assert (await admin.submits(form, {"Note": "seen by the board"})).closed
    assert "on behalf of" in (await admin.sees("seen by the board")).text
    dana = await slack.member("Dana").opens_home()
    assert dana is not None
    assert "Report progress" not in dana.buttons


async def test_a_reminder_opens_the_form_of_what_it_names(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        await place.subscribe()
        with at(THURSDAY):
            await place.looks()
            reminder = reminders(place.carter)[-1]
            updates = [one for one in reminder.controls if one.label == "Update"]
            opened = {}
            for update in updates:
                form = (await place.carter.clicks(reminder, action_id=update.action_id, block_id=update.block_id)).view
                assert form is not None
                opened[held(form, "action")["value"]] = form
            assert opened.keys() == {"A-01", "A-02", "LIGHTS"}
            assert {one.callback_id for one in opened.values()} == {"progress:form", "progress:measurement"}
