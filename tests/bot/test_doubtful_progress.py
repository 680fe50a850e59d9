"""What looks like a slip, or holds detail that does not belong on a record, is asked about once, over the wire."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.workspace import Answer, Person, SeenMessage, Workspace
from store.database import Database
from store.drafts import forget_drafts

SAVE, DROP = "Save as it is", "Don't save"


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


async def status_of_a12(carter: Person) -> str:
    """What the bot says of A-12."""
    carter.says(carter.dm, "status of A-12")
    return (await carter.dm.next_message()).text


DOUBTFUL = {
    "A-12 60% at risk: waiting for procurement": ("less than before: 65 % → 60 %", SAVE, "at risk, 60 %"),
    "A-12 -10%": ("less than before: 65 % → 55 %", SAVE, "on track, 55 %"),
    "vido evidence done": ("1 milestone is not done: “Prosecutors have log-ins”", SAVE, "on track, 65 % → complete"),
    "A-12 done: at last": ("1 milestone is not done", "They are all done", "Milestone “Prosecutors have log-ins”"),
    "A-12 100%": ("100 % is all of it", SAVE, "on track, 100 %"),
    "A-12 100%: shipped": ("100 % is all of it", "It is complete", "on track, 65 % → complete"),
    "A-12 70%: waiting, reach Jo on 905-555-0142": ("“905-555-0142” (phone number)", SAVE, "905-555-0142"),
    "KSI 53.1: mail jo@example.org": ("“jo@example.org” (e-mail address)", SAVE, "57 → 53.1"),
    "A-12 60% dob 1990-02-03": ("less than before", SAVE, "dob 1990-02-03"),
}


@pytest.mark.parametrize("typed", DOUBTFUL)
async def test_a_doubtful_line_is_kept_after_one_question(carter: Person, typed: str) -> None:
    says, button, told = DOUBTFUL[typed]
    asked = message_of(await carter.types(f"/progress {typed}"))
    assert "not saved yet" in asked.text
    assert says in asked.words.replace("\u200b", "").replace("&gt;", ">")
    assert asked.ephemeral
    kept = message_of(await carter.clicks(asked, button))
    assert told in kept.words.replace("\u200b", "")
    assert "Undo" in kept.buttons


async def test_all_doubts_are_in_one_question(carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-12 done 60%: mail jo@example.org or call 905-555-0142"))
    said = asked.words.replace("\u200b", "")
    assert "less than before" in said
    assert "jo@example.org" in said
    assert "905-555-0142" in said
    assert asked.buttons[0] == SAVE
    assert asked.buttons[-2:] == ("Edit", DROP)


async def test_what_is_not_saved_is_not_on_the_record(carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-12 60%: a slip"))
    assert "Not saved" in message_of(await carter.clicks(asked, DROP)).text
    assert "65 %" in await status_of_a12(carter)
    assert "a slip" not in (await carter.types("/progress A-12 history")).words


async def test_a_double_click_saves_once_and_shows_the_receipt(slack: Workspace, carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-12 60%: pressed twice"))
    slack.faults.deliver_twice(name="block_actions")
    kept = message_of(await carter.clicks(asked, SAVE))
    await slack.rests()
    assert "60 %" in kept.text
    assert (await carter.types("/progress A-12 history")).words.count("pressed twice") == 1


async def test_a_line_delivered_twice_is_kept_once_whichever_question_is_answered(
    slack: Workspace, carter: Person
) -> None:
    slack.faults.deliver_twice()
    await carter.types("/progress A-12 60%: told twice")
    await slack.rests()
    for asked in [one for one in carter.messages() if SAVE in one.buttons]:
        await carter.clicks(asked, SAVE)
    await slack.rests()
    assert (await carter.types("/progress A-12 history")).words.count("told twice") == 1


async def test_when_the_draft_is_gone_the_words_still_stand_in_the_question(carter: Person, sqlite_url: str) -> None:
    asked = message_of(await carter.types("/progress A-12 60%: kept in sight"))
    database = Database.at(sqlite_url)
    async with database.sessions.begin() as session:
        assert await forget_drafts(session, datetime.now(UTC) + timedelta(days=3)) == 1
    await database.close()
    told = await carter.clicks(asked, SAVE)
    assert "no longer have" in told.text
    assert "Nothing was recorded" in told.text
    left = [one for one in carter.messages() if "kept in sight" in one.words]
    assert left[-1].ts == asked.ts


async def test_what_was_flagged_is_not_logged_and_not_kept_after_the_decision(
    carter: Person, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = message_of(await carter.types("/progress A-12 70%: reach Jo on 905-555-0142"))
    await carter.clicks(asked, DROP)
    assert "905" not in caplog.text
    database = Database.at(sqlite_url)
    async with database.sessions.begin() as session:
        assert await forget_drafts(session, datetime.now(UTC) + timedelta(days=3)) == 0
    await database.close()


async def test_nobody_is_asked_about_what_they_may_not_report(slack: Workspace) -> None:
    refused = await slack.member("Dana").types("/progress A-12 10%")
    assert "Only its owner" in refused.text


async def test_edit_opens_the_form_with_what_was_typed_and_its_question_gives_way_to_the_receipt(
    carter: Person,
) -> None:
    asked = message_of(await carter.types("/progress A-12 60% at risk milestone 2 done: mail jo@example.org"))
    form = (await carter.clicks(asked, "Edit")).view
    assert form is not None
    assert "mail jo@example.org" in str(form.values)
    assert "less than before" in form.words
    assert form.submit == SAVE
    assert (await carter.submits(form, {"Note": "waiting for procurement", "Percent complete": "70"})).closed
    kept = await carter.sees("at risk, 70 %")
    assert "Prosecutors have log-ins" in kept.text
    assert not [one for one in carter.messages() if SAVE in one.buttons]
    history = (await carter.types("/progress A-12 history")).words
    assert "waiting for procurement" in history
    assert "jo@example.org" not in history


async def test_what_was_asked_about_once_is_saved_from_the_form_without_another_question(carter: Person) -> None:
    asked = message_of(await carter.types("/progress KSI 53.1: mail jo@example.org"))
    form = (await carter.clicks(asked, "Edit")).view
    assert form is not None
    assert (await carter.submits(form, {"Value": "52.9"})).closed
    await carter.sees("57 → 52.9 collisions per year")


async def test_a_form_of_a_draft_that_is_closed_leaves_the_question(carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-12 60%: thinking"))
    form = (await carter.clicks(asked, "Edit")).view
    assert form is not None
    await carter.closes(form)
    assert "60 %" in message_of(await carter.clicks(asked, SAVE)).text
