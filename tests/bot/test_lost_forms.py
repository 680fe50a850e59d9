"""A progress form that is closed, left behind by the plan, or handed in again: nothing half-written, all said."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.console.workspace import Channel, Person, Workspace
from store.database import Database
from tests.bot.forming import (
    DONE,
    HELP,
    OPEN,
    TODAY,
    Changed,
    a12,
    form_of,
    held,
    riverbend,
    told,
    written,
)
from tests.bot.running import load


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
