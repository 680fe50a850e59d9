"""The progress form over the wire: what it loads, what it takes, what it refuses, what becomes of a lost one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from bot.console.workspace import Channel, Person, View, Workspace
from store.database import Database
from tests.bot.running import RIVERBEND, load, open_workspace, planbot
from tests.bot.test_reminding import THURSDAY, at, harbour, reminders, reminding

OPEN = "Prosecutors have log-ins"
DONE = "In-car recordings moved"
HELP = "I need help from"
TODAY = "Day it speaks of"


async def form_of(person: Person, key: str = "A-12", channel: Channel | None = None) -> View:
    """The form of an entry, opened by the command; a slow machine may say first that it takes longer."""
    await person.types(f"/progress {key}".strip(), channel=channel, within=None)
    return await person.sees_view()


def held(form: View, field: str) -> Any:
    """What a field holds."""
    block = next(block for block in form.values if block.partition(":")[0] == field)
    element = next(iter(form.values[block].values()))
    return next((value for key, value in element.items() if key != "type"), None)


def texts(form: View, label: str) -> list[str]:
    """What stands on the options of a field."""
    return [option["text"]["text"] for one in form.controls if one.label == label for option in one.options]


def named(options: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What stands on options that were looked up."""
    return tuple(option["text"]["text"] for option in options)


async def told(slack: Workspace, person: Person, key: str = "A-12") -> str:
    """The history of an entry, as anybody reads it."""
    await slack.rests()
    return (await person.types(f"/progress {key} history")).words.replace("\u200b", "")


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


async def test_a_form_closed_says_that_nothing_was_kept(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    form = await form_of(carter, channel=plan_channel)
    await carter.closes(form)
    assert (await carter.sees("without recording", channel=plan_channel)).ephemeral
    assert "form)" not in await told(slack, carter)


async def test_a_form_closed_at_its_question_says_so_wherever_it_was_opened(slack: Workspace, carter: Person) -> None:
    home = await carter.opens_home()
    assert home is not None
    form = (await carter.clicks(home, "Update")).view
    assert form is not None
    asked = (await carter.submits(form, {"Percent complete": "40"})).view
    assert asked is not None
    await carter.closes(asked)
    await carter.sees("not recorded")
    assert "40 %" not in await told(slack, carter)


@asynccontextmanager
async def at_work(tmp_path: Path, url: str, plan: dict[str, Any]) -> AsyncIterator[Workspace]:
    """The bot at work with a plan of the test's own."""
    await load(url, written(tmp_path, plan))
    async with open_workspace() as workspace, planbot(workspace, url):
        yield workspace
        assert workspace.unknown_methods == ()


def written(tmp_path: Path, plan: dict[str, Any]) -> Path:
    """The plan as a file."""
    file = tmp_path / "plan.yml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return file


def plan_of(*actions: dict[str, Any]) -> dict[str, Any]:
    """A plan with these actions."""
    about = {
        "key": "p",
        "title": "Plan",
        "organization": "Riverbend",
        "status": "adopted",
        "timezone": "America/Toronto",
    }
    objective = {"key": "o", "title": "Objective", "actions": list(actions)}
    return {"plan": about, "priorities": [{"key": "pr", "title": "Priority", "objectives": [objective]}]}


def action(number: int, owner: str = "U02CARTER", **more: Any) -> dict[str, Any]:
    """An action."""
    return {"key": f"A-{number}", "title": f"Thing {number}", "owners": [owner]} | more


Changed = Callable[[dict[str, Any]], None]


def riverbend(change: Changed | None = None) -> dict[str, Any]:
    """The Riverbend plan, changed."""
    plan: dict[str, Any] = yaml.safe_load(RIVERBEND.read_text(encoding="utf-8"))
    if change:
        change(plan)
    return plan


def a12(plan: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A-12, and the list that it stands in."""
    lists = [one["actions"] for priority in plan["priorities"] for one in priority["objectives"] if "actions" in one]
    return next((rows, row) for rows in lists for row in rows if row["key"] == "A-12")


def _archived(plan: dict[str, Any]) -> None:
    rows, row = a12(plan)
    rows.remove(row)


def _handed_over(plan: dict[str, Any]) -> None:
    a12(plan)[1]["owners"] = ["U99OTHER"]


def _renamed_step(plan: dict[str, Any]) -> None:
    a12(plan)[1]["milestones"][1]["title"] = "Prosecutors log in"


LOST: dict[str, tuple[Changed, str]] = {
    "archived": (_archived, "no longer has A-12"),
    "handed over": (_handed_over, "Only its owner can report"),
}


@pytest.mark.parametrize("case", LOST)
async def test_a_form_that_the_plan_has_left_behind_says_so_and_gives_the_words_back(
    slack: Workspace, carter: Person, sqlite_url: str, tmp_path: Path, case: str
) -> None:
    change, says = LOST[case]
    form = await form_of(carter)
    await load(sqlite_url, written(tmp_path, riverbend(change)))
    lost = (await carter.submits(form, {"Note": "all of it <!channel>", "Percent complete": "66"})).view
    assert lost is not None
    assert lost.title == "Not recorded"
    assert says in lost.words
    assert "all of it <!channel>" in lost.words
    assert lost.submit == ""
    assert slack.unknown_methods == ()


async def test_a_milestone_that_is_gone_is_refused_in_place(carter: Person, sqlite_url: str, tmp_path: Path) -> None:
    form = await form_of(carter)
    await load(sqlite_url, written(tmp_path, riverbend(_renamed_step)))
    refused = await carter.submits(form, {"Milestones done": [DONE, OPEN]})
    assert "have changed since" in "".join(refused.errors.values())


async def test_an_update_taken_back_while_it_is_edited_is_not_replaced(carter: Person) -> None:
    await carter.types("/progress A-12 70%: once")
    form = (await carter.clicks(await carter.sees("once"), "Edit")).view
    assert form is not None
    await carter.types("/progress undo")
    lost = (await carter.submits(form, {"Note": "twice"})).view
    assert lost is not None
    assert "taken back or replaced already" in lost.words
    assert "twice" in lost.words


async def test_an_edit_shows_and_replaces_all_of_an_update(slack: Workspace, carter: Person) -> None:
    dana = slack.member("Dana")
    filled = {"Milestones done": [DONE, OPEN], TODAY: "2026-11-12", "Note": "wrongly", HELP: dana.id}
    await carter.submits(await form_of(carter), filled)
    form = (await carter.clicks(await carter.sees("wrongly"), "Edit")).view
    assert form is not None
    assert (held(form, "day"), held(form, "note"), held(form, "help")) == ("2026-11-12", "wrongly", dana.id)
    assert len(held(form, "milestones")) == 2
    changed = {"Milestones done": [DONE], TODAY: "2026-11-13", "Note": "rightly", HELP: None}
    assert (await carter.submits(form, changed)).closed
    receipt = await carter.sees("rightly")
    assert OPEN not in receipt.text
    assert "As of 13 November 2026" in receipt.text
    assert dana.id not in receipt.text
    assert "1 of 2 milestones done" in (await carter.types("/plan status of A-12")).text


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


async def test_a_note_of_3000_characters_is_kept_whole(carter: Person) -> None:
    note = "ü" * 2_999 + "."
    assert (await carter.submits(await form_of(carter), {"Note": note})).closed
    assert note in (await carter.sees("Kept as a note")).words


async def test_a_record_that_cannot_be_read_just_now_leaves_the_form_as_it_was_filled_in(
    slack: Workspace, carter: Person, sqlite_url: str
) -> None:
    form = await form_of(carter)
    record = Database.at(sqlite_url)
    async with record.sessions.begin() as session:
        await (await session.connection()).execute(text("ALTER TABLE plan RENAME TO mislaid"))
    refused = await carter.submits(form, {"Note": "not to be lost"})
    assert "could not look at the record" in "".join(refused.errors.values())
    assert refused.view is not None
    assert held(refused.view, "note") == "not to be lost"
    async with record.sessions.begin() as session:
        await (await session.connection()).execute(text("ALTER TABLE mislaid RENAME TO plan"))
    await record.close()
    assert (await carter.submits(refused.view)).closed
    assert "not to be lost" in await told(slack, carter)


async def test_a_form_handed_in_as_it_was_says_that_all_is_still_so(slack: Workspace, carter: Person) -> None:
    assert (await carter.submits(await form_of(carter))).closed
    await carter.sees("on track, 65 %")
    history = await told(slack, carter)
    assert "form" in history
    assert "100 %" not in history


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


async def test_an_edit_that_is_delivered_twice_is_kept_once(slack: Workspace, carter: Person) -> None:
    await carter.types("/progress A-12 70%: onc")
    form = (await carter.clicks(await carter.sees("onc"), "Edit")).view
    assert form is not None
    slack.faults.deliver_twice(name="view_submission")
    await carter.submits(form, {"Note": "once, and rightly"})
    await slack.rests()
    assert (await told(slack, carter)).count("once, and rightly") == 1
    assert not any("Not recorded" in message.text for message in carter.messages())


async def test_a_form_handed_in_again_later_tells_what_was_kept(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    form = await form_of(carter)
    assert (await carter.submits(form, {"Percent complete": "70", "Note": "kept at first"})).closed
    await carter.sees("65 % → on track, 70 %")
    await admin.types("/progress A-12 80%: since then")
    await slack.deliver_again(await slack.delivered("view_submission"))
    again = await carter.sees("had arrived before")
    assert "65 % → on track, 70 %" in again.text
    assert (await told(slack, carter)).count("kept at first") == 1


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
