"""Typed progress, over the wire: each kind of line, what is told back, and what its buttons do."""

import re

import pytest

from bot.console.workspace import Answer, Channel, Person, SeenMessage, Workspace

RECEIPT = ["Undo", "Edit", "Share in channel"]


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


TYPED = {
    "A-12 70% at risk: waiting for procurement": "on track, 65 % → at risk, 70 %",
    "A-12 70% at rsk: waiting for procurement": "I read “at rsk” as at risk",
    "vido evidence done, milestone 2 done": "on track, 65 % → complete",
    "a12 +10%": "on track, 65 % → on track, 75 %",
    "a12 80% more or less": "on track, 80 %",
    "A-12 blocked": "on track, 65 % → off track, 65 %",
    "A-12 cancelled": "cancelled at 65 %",
    "A-12 not started": "not started, 65 %",
    "A-12 70% as of 12 Nov 2026: counted then": "As of 12 November 2026",
    "A-12 70% https://example.org/r?a=1&b=2": "Evidence: https://example.org/r?a=1&b=2",
    "A-12 70% <https://example.org/r|the report>": "Evidence: https://example.org/r",
    "A-12 milestone prosecutors done": "Milestone “Prosecutors have log-ins”: not done → done",
    "A-12 milstone prosecuters doen": "Milestone “Prosecutors have log-ins”: not done → done",
    "A-12 milestone 2 done": "Milestone “Prosecutors have log-ins”: not done → done",
    "A-12 milestone 1 not done": "Milestone “In-car recordings moved”: done → not done",
    "A-12 met the vendor": "Kept as a note",
    "KSI 53.1": "57 → 53.1 collisions per year",
    "killed or seriously ingured 53.1 as of 31 Oct 2026": "53.1 collisions per year on 31 October 2026",
}


@pytest.mark.parametrize(("typed", "told"), TYPED.items(), ids=TYPED)
async def test_a_line_is_recorded_and_told_back_to_the_person_alone(
    carter: Person, plan_channel: Channel, typed: str, told: str
) -> None:
    answer = message_of(await carter.types(f"/progress {typed}", channel=plan_channel))
    assert told in re.sub(r"[<>\u200b]|&amp;(?=b)", lambda sign: "&" if sign[0] == "&amp;" else "", answer.text)
    assert answer.ephemeral
    assert list(answer.buttons) == RECEIPT


async def test_a_measurement_in_words_is_kept(slack: Workspace) -> None:
    nguyen = slack.member("Nguyen", user_id="U06NGUYEN")
    answer = await nguyen.types("/progress what prevention partners tell us: trust is growing <!channel>")
    assert "trust is growing" in answer.text
    assert "<!channel>" not in answer.text
    history = await nguyen.types("/progress prevention-partner-views history")
    assert "trust is growing" in history.words


async def test_a_milestone_reported_done_is_done_in_answers(carter: Person) -> None:
    await carter.types("/progress A-12 milestone prosecutors done: since Monday")
    carter.says(carter.dm, "status of A-12")
    assert "2 of 2 milestones done" in (await carter.dm.next_message()).text
    history = await carter.types("/progress A-12 history")
    assert "Prosecutors have log-ins" in history.words


async def test_a_measurement_is_the_indicators_latest(carter: Person) -> None:
    await carter.types("/progress KSI 53.1: rolling twelve months")
    carter.says(carter.dm, "how is KSI doing")
    assert "53.1 collisions per year" in (await carter.dm.next_message()).text


UNREAD = {
    "A-12 done with the first part": ("“done” may be a status", "Keep as a note", "Kept as a note"),
    "A-12 milestone log-ins: at last": ("Is the milestone", "Done", "Milestone “Prosecutors have log-ins”"),
    "A-12 70% milestone zebra done": ("names no single one", "Prosecutors have log-ins", "70 %"),
    "A-12 70% as of 12 Dec 2099: ahead": ("has not come yet", "Record as of today", "70 %"),
    "A-12 70% as of 31 Feb: short": ("could not read “31 Feb” as a day", "Record as of today", "70 %"),
    "70% at risk: no name": ("names no action", "A-12 Move all video evidence into one system", "at risk, 70 %"),
    "A-99 70%: no such": ("names no action", "A-12 Move all video evidence into one system", "on track, 70 %"),
    "evidence is a mess": ("Is the rest a note?", "Keep as a note on A-12", "is a mess"),
    "um A-12 70%": ("could not read “um”", "A-12 Move all video evidence into one system", "70 %"),
}


@pytest.mark.parametrize("typed", UNREAD)
async def test_what_cannot_be_read_is_said_and_a_button_records_it(carter: Person, typed: str) -> None:
    says, button, told = UNREAD[typed]
    asked = message_of(await carter.types(f"/progress {typed}"))
    assert says in asked.text.replace("\u200b", "")
    assert "Nothing was recorded" in asked.text
    assert typed in asked.words.replace("\u200b", "")
    kept = message_of(await carter.clicks(asked, button))
    assert told in kept.text
    assert list(kept.buttons) == RECEIPT


async def test_a_button_pressed_twice_records_once(slack: Workspace, carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-12 done with the first part"))
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(asked, "Keep as a note")
    await slack.rests()
    history = await carter.types("/progress A-12 history")
    assert history.words.count("done with the first part") == 1


async def test_a_line_too_long_for_a_button_is_kept_all_the_same(carter: Person) -> None:
    note = "word " * 590
    asked = message_of(await carter.types(f"/progress A-99 70%: {note}"))
    kept = message_of(await carter.clicks(asked, "A-12 Move all video evidence into one system"))
    assert "70 %" in kept.text
    assert note.strip() in kept.text


@pytest.mark.parametrize("typed", ["A-12 101%", "A-12 60.5%", "KSI fifty", "KSI at risk", "KSI 53%"])
async def test_what_cannot_be_is_refused_and_shown_again(carter: Person, typed: str) -> None:
    refused = await carter.types(f"/progress {typed}")
    assert "Nothing was recorded" in refused.text
    assert f"/progress {typed}" in refused.words


async def test_undo_takes_back_once(slack: Workspace, carter: Person) -> None:
    given = message_of(await carter.types("/progress A-12 90% off track, milestone 2 done: by mistake"))
    slack.faults.deliver_twice(name="block_actions")
    undone = message_of(await carter.clicks(given, "Undo"))
    await slack.rests()
    assert "Taken back" in undone.text
    assert "off track, 90 %" not in undone.text
    carter.says(carter.dm, "status of A-12")
    status = (await carter.dm.next_message()).text
    assert "On track, 65 %" in status
    assert "1 of 2 milestones done" in status
    assert "nothing to undo" in (await carter.types("/progress undo")).text


async def test_a_measurement_is_taken_back(carter: Person) -> None:
    given = message_of(await carter.types("/progress KSI 530"))
    assert "no longer counts" in (await carter.clicks(given, "Undo")).text
    await carter.types("/progress KSI 520")
    assert "no longer counts" in (await carter.types("/progress undo")).text
    assert "57 → 52 collisions" in (await carter.types("/progress KSI 52")).text


async def test_edit_opens_the_form_filled_in_and_replaces(carter: Person) -> None:
    given = message_of(await carter.types("/progress A-12 90% off track milestone 2 done: typo hre"))
    form = (await carter.clicks(given, "Edit")).view
    assert form is not None
    assert "typo hre" in str(form.values)
    wrong = await carter.submits(form, {"Evidence": "no link"})
    assert "A link begins with" in "".join(wrong.errors.values())
    done = await carter.submits(
        form, {"Percent complete": "80", "Note": "typo here", "Evidence": "https://example.org/r"}
    )
    assert done.closed
    receipt = await carter.sees("off track, 80 %")
    assert "replaces what was recorded before" in receipt.text
    assert "Prosecutors have log-ins" in receipt.text
    history = await carter.types("/progress A-12 history")
    assert "Corrected on " in history.words
    assert "typo here" in history.words


async def test_a_measurement_is_edited(carter: Person) -> None:
    given = message_of(await carter.types("/progress KSI 530: one zero too many"))
    form = (await carter.clicks(given, "Edit")).view
    assert form is not None
    wrong = await carter.submits(form, {"Value": "fifty"})
    assert "A number, please" in "".join(wrong.errors.values())
    assert (await carter.submits(form, {"Value": "53"})).closed
    await carter.sees("57 → 53 collisions per year")


async def test_the_form_of_an_indicator_records_a_measurement(carter: Person) -> None:
    form = (await carter.types("/progress KSI")).view
    assert form is not None
    assert (await carter.submits(form, {"Value": "52.5", "Note": "counted twice"})).closed
    await carter.sees("57 → 52.5 collisions per year")


async def test_share_shows_the_channel_who_reported_what_once(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    given = message_of(await carter.types("/progress A-12 70% at risk: waiting <!here>", channel=plan_channel))
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(given, "Share in channel")
    shared = await admin.sees("on track, 65 % → at risk, 70 %", channel=plan_channel)
    assert "<@U02CARTER> reported" in shared.text
    assert "waiting" in shared.words
    assert "<!here>" not in shared.text
    assert not shared.ephemeral
    await slack.rests()
    assert len([one for one in admin.messages(plan_channel) if "reported:" in one.text]) == 1
    left = await carter.sees("Shared in the channel", channel=plan_channel)
    assert list(left.buttons) == ["Undo", "Edit"]


async def test_what_was_not_shared_can_be_shared_again(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    given = message_of(await carter.types("/progress A-12 71%", channel=plan_channel))
    slack.faults.http_error("response_url", 500)
    slack.faults.fail("chat.postMessage", "internal_error")
    assert "reference" in (await carter.clicks(given, "Share in channel")).text
    await carter.clicks(given, "Share in channel")
    await plan_channel.shows("reported:")


async def test_a_line_delivered_twice_is_kept_once(slack: Workspace, carter: Person) -> None:
    slack.faults.deliver_twice()
    await carter.types("/progress KSI 53.1: twice told")
    await slack.rests()
    history = await carter.types("/progress KSI history")
    assert history.words.count("twice told") == 1


async def test_nobody_else_measures(slack: Workspace) -> None:
    dana = slack.member("Dana")
    refused = await dana.types("/progress KSI 12")
    assert "<@U02CARTER>" in refused.text
    assert "Nothing was recorded" in refused.text


async def test_an_administrator_measures_on_behalf_of_the_owner(admin: Person) -> None:
    assert "on behalf of <@U02CARTER>" in (await admin.types("/progress KSI 53.1")).text


async def test_a_day_before_the_last_update_does_not_change_how_it_stands(carter: Person) -> None:
    told = await carter.types("/progress A-12 20% as of 1 March 2026: found in the files")
    assert "the action stands as that one says" in told.text
    carter.says(carter.dm, "status of A-12")
    assert "On track, 65 %" in (await carter.dm.next_message()).text


async def test_undoing_an_edit_brings_back_what_it_replaced_and_a_second_undo_takes_that_back(carter: Person) -> None:
    given = message_of(await carter.types("/progress A-12 80% at risk milestone 2 done: as first told"))
    form = (await carter.clicks(given, "Edit")).view
    assert form is not None
    await carter.submits(form, {"Percent complete": "90", "Note": "as edited"})
    edited = await carter.sees("at risk, 90 %")
    undone = message_of(await carter.clicks(edited, "Undo"))
    assert "Your edit is taken back" in undone.text
    assert "at risk, 80 %" in undone.text
    carter.says(carter.dm, "status of A-12")
    status = (await carter.dm.next_message()).text
    assert "At risk, 80 %" in status
    assert "as first told" in status
    assert "2 of 2 milestones done" in status
    again = await carter.types("/progress undo")
    assert "at risk, 80 %" not in again.text
    carter.says(carter.dm, "status of A-12")
    status = (await carter.dm.next_message()).text
    assert "On track, 65 %" in status
    assert "1 of 2 milestones done" in status
    assert "nothing to undo" in (await carter.types("/progress undo")).text


async def test_undoing_an_edited_measurement_brings_the_first_one_back(carter: Person) -> None:
    given = message_of(await carter.types("/progress KSI 53: first"))
    form = (await carter.clicks(given, "Edit")).view
    assert form is not None
    await carter.submits(form, {"Value": "52"})
    edited = await carter.sees("52 collisions per year")
    assert "53 collisions per year" in message_of(await carter.clicks(edited, "Undo")).text
    assert "53 → 51 collisions" in (await carter.types("/progress KSI 51")).text


async def test_a_note_longer_than_a_field_is_edited_whole(carter: Person) -> None:
    note = " ".join(f"word{number}" for number in range(900))  # 7,000 characters
    given = message_of(await carter.types(f"/progress A-12 70%: {note}"))
    assert "Edit" in given.buttons
    form = (await carter.clicks(given, "Edit")).view
    assert form is not None
    assert "Note, continued (3)" in form.words
    assert (await carter.submits(form, {"Percent complete": "75", "Note, continued (3)": "the end"})).closed
    kept = await carter.sees("on track, 75 %")
    start = note[:5_900].rpartition(" ")[0]
    assert "".join(start.split()) in "".join(kept.words.split())
    assert "the end" in kept.words
    assert "word899" not in kept.words
