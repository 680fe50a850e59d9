"""Owners answer in the direct message: read like the command, shown, then kept; questions stay questions."""

import re
from collections.abc import Callable

import pytest

from bot.console.workspace import Person, SeenMessage, Workspace
from tests.bot.harbour import THURSDAY, Harbour, at, reminders
from tests.bot.running import load, open_workspace, planbot


async def said(person: Person, words: str, *, thread_ts: str | None = None) -> SeenMessage:
    """What the bot says to a direct message."""
    mark = len(person.messages(person.dm)) + 1
    person.says(person.dm, words, thread_ts=thread_ts)
    return await person.sees(lambda one: one.by_app and one in person.messages(person.dm)[mark:], channel=person.dm)


def confirmed(key: str) -> Callable[[SeenMessage], bool]:
    """Whether a message is the receipt of a renewal."""
    return lambda one: key in one.text and "confirmed, no change" in one.text


async def history(person: Person, key: str) -> str:
    """What was reported of an entry."""
    return (await person.types(f"/progress {key} history")).words


async def test_an_update_is_shown_before_it_is_kept_and_kept_when_told_so(carter: Person) -> None:
    card = await said(carter, "A-12 60% at risk: waiting on legal")
    assert "not saved yet" in card.text
    assert "on track, 65 % → at risk, 60 %" in card.words
    assert "waiting on legal" in card.words
    assert card.buttons == ("Save as it is", "Edit", "Don't save")  # less than before is doubtful
    assert "waiting on legal" not in await history(carter, "A-12")
    await carter.clicks(card, "Save as it is")
    told = await history(carter, "A-12")
    assert told.count("waiting on legal") == 1
    assert "reply" in told


async def test_what_is_not_to_be_saved_is_not(carter: Person) -> None:
    card = await said(carter, "A-12 70%")
    assert card.buttons == ("Save", "Edit", "No")
    await carter.clicks(card, "No")
    assert "70 %" not in await history(carter, "A-12")


async def test_it_is_edited_in_the_form_with_what_was_read(carter: Person) -> None:
    card = await said(carter, "A-12 70%: cabling")
    form = (await carter.clicks(card, "Edit")).view
    assert form is not None
    assert (await carter.submits(form, {"Percent complete": "75"})).closed
    await carter.sees("75 %", channel=carter.dm)
    told = await history(carter, "A-12")
    assert told.count("cabling") == 1
    assert "75 %" in told


async def test_save_pressed_twice_keeps_it_once(slack: Workspace, carter: Person) -> None:
    card = await said(carter, "A-12 70%: cabling")
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(card, "Save")
    await slack.rests()
    assert (await history(carter, "A-12")).count("cabling") == 1


async def test_a_message_delivered_twice_is_asked_about_once(slack: Workspace, carter: Person) -> None:
    slack.faults.deliver_twice(name="message")
    carter.says(carter.dm, "A-12 70%")
    await carter.sees("not saved yet", channel=carter.dm)
    await slack.rests()
    assert sum("not saved yet" in one.text for one in carter.messages(carter.dm)) == 1


async def test_two_entries_in_one_message_are_asked_about_one_by_one(slack: Workspace, carter: Person) -> None:
    carter.says(carter.dm, "A-12 done, A-01 90%")
    await carter.sees("A-01 Map", channel=carter.dm)
    await carter.sees("A-12 Move", channel=carter.dm)
    await slack.rests()
    cards = [one.words for one in carter.messages(carter.dm) if "not saved yet" in one.text]
    assert len(cards) == 2
    assert any("A-12" in card and "complete" in card for card in cards)
    assert any("A-01" in card and "90 %" in card for card in cards)


@pytest.mark.parametrize(
    "asked", ["who owns A-01", "what's overdue", "is A-12 done", "A-12 at risk?", "status of A-12", "at risk", "A-12"]
)
async def test_a_question_stays_a_question(carter: Person, asked: str) -> None:
    answer = await said(carter, asked)
    assert "not saved yet" not in answer.text
    assert "Save" not in answer.buttons


async def test_somebody_elses_entry_is_refused_with_the_owners_name(slack: Workspace, carter: Person) -> None:
    refused = await said(carter, "A-05 90%: nearly there")
    assert "r.sandhu@example.org" in refused.text
    assert "Nothing was recorded" in refused.text
    assert "nearly there" not in await history(carter, "A-05")
    assert slack.unknown_methods == ()


async def test_a_draft_outlasts_the_process(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            card = await said(carter, "A-12 71%")
        async with planbot(slack, sqlite_url):
            await carter.clicks(card, "Save")
            assert "71 %" in await history(carter, "A-12")


async def test_a_note_in_a_reminders_thread_is_about_the_one_entry_that_it_lists(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.dana.sees("entry of yours", channel=board.dana.dm)
        reminder = reminders(board.dana)[0]
        card = await said(board.dana, "65%, the dredger is here", thread_ts=reminder.ts)
        assert card.thread_ts == reminder.ts
        assert "at risk, 60 % → at risk, 65 %" in card.words
        await board.dana.clicks(card, "Save")
        note = await said(board.dana, "two more weeks of dredging", thread_ts=reminder.ts)
        await board.dana.clicks(note, "Save")
        told = await history(board.dana, "A-02")
    assert "the dredger is here" in told
    assert "two more weeks of dredging" in told


async def test_an_answer_outside_the_thread_that_names_nothing_may_be_meant_of_several(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
        which = await said(board.carter, "70%, waiting on the tug")
        assert "Which one" in which.text
        assert "waiting on the tug" in which.words
        chosen = next(label for label in which.buttons if label.startswith("A-01"))
        await board.carter.clicks(which, chosen)
        card = await board.carter.sees("not saved yet", channel=board.carter.dm)
        assert "on track, 40 % → on track, 70 %" in card.words
        await board.carter.clicks(card, "Save")
        assert "waiting on the tug" in await history(board.carter, "A-01")


async def test_no_change_in_the_thread_renews_at_once_where_one_entry_waits(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.dana.sees("entry of yours", channel=board.dana.dm)
        answer = await said(board.dana, "no change", thread_ts=reminders(board.dana)[0].ts)
        told = await history(board.dana, "A-02")
    assert "A-02" in answer.text
    assert "Undo" in answer.buttons
    assert re.search("18 June 2026", told)


async def test_no_change_is_asked_about_where_several_wait_and_may_be_meant_of_all(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
        which = await said(board.carter, "nothing changed", thread_ts=reminders(board.carter)[0].ts)
        assert "All of them" in which.buttons
        await board.carter.clicks(which, "All of them")
        for key in ("A-01", "A-02"):
            await board.carter.sees(confirmed(key))
            assert "18 June 2026" in await history(board.carter, key)


async def test_a_question_in_a_reminders_thread_stays_one(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.dana.sees("entry of yours", channel=board.dana.dm)
        answer = await said(board.dana, "who owns A-01", thread_ts=reminders(board.dana)[0].ts)
    assert "<@U02CARTER>" in answer.text
