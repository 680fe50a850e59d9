"""The history of an entry, over the wire: who, when, through what, page by page; and what is corrected later."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bot.console.workspace import Answer, Channel, Person, SeenMessage, Workspace

READ_ALL = "Read all of it"


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


async def test_an_entry_tells_who_when_and_through_what(carter: Person, admin: Person) -> None:
    await carter.types("/progress A-12 70%: by the owner")
    await admin.types("/progress A-12 75%: for the owner")
    told = (await carter.types("/progress A-12 history")).words
    today = datetime.now(UTC).astimezone(ZoneInfo(carter.tz))
    assert f"{today.day} {today:%B %Y}, " in told
    assert "by <@U02CARTER>, by command" in told
    assert "by <@U0ADMIN> on behalf of <@U02CARTER>, by command" in told
    assert "10 November 2026* by <@U02CARTER>, in the plan file" in told
    assert told.index("for the owner") < told.index("by the owner")


async def test_each_reader_sees_it_on_their_own_clock(slack: Workspace, carter: Person) -> None:
    with time_machine.travel("2026-11-24 01:30:00+00:00", tick=True):
        await carter.types("/progress A-12 70%: late at night")
        toronto = slack.member("Tom", tz="America/Toronto")
        assert "23 November 2026, 20:3" in (await toronto.types("/progress A-12 history")).words
        berlin = slack.member("Ben", tz="Europe/Berlin")
        assert "24 November 2026, 02:3" in (await berlin.types("/progress A-12 history")).words


@pytest.mark.parametrize(
    "typed",
    ["A-12 history", "history A-12", "history of A-12", "vido evidence history", "A-12 histroy", "A-12: history"],
)
async def test_a_history_is_asked_for_in_several_ways_by_anybody(slack: Workspace, typed: str) -> None:
    told = await slack.member("Dana").types(f"/progress {typed}")
    assert "A-12 Move all video evidence into one system" in told.words
    assert "interview rooms are next" in told.words


async def test_a_note_that_ends_in_history_is_a_note(carter: Person) -> None:
    told = await carter.types("/progress A-12 70%: this is now a part of our history")
    assert "on track, 65 % → on track, 70 %" in told.text
    assert "a part of our history" in told.words


async def test_words_beside_a_history_are_not_left_out_silently(carter: Person) -> None:
    told = await carter.types("/progress A-12 wrong history")
    assert "Kept as a note" in told.text
    assert "wrong history" in told.words


async def test_a_name_that_fits_nothing_is_offered_with_its_history(carter: Person) -> None:
    asked = message_of(await carter.types("/progress A-99 history"))
    told = await carter.clicks(asked, "A-12 Move all video evidence into one system")
    assert "interview rooms are next" in told.words


async def test_a_long_history_is_paged_in_place(carter: Person) -> None:
    for number in range(1, 22):
        await carter.types(f"/progress A-12 {65 + number}%: step {number}.")
    first = message_of(await carter.types("/progress A-12 history"))
    assert "page 1 of 3, 1–10 of 23" in first.words
    assert "step 21." in first.words
    assert "step 11." not in first.words
    assert first.buttons[-1] == "Older"
    await carter.clicks(first, "Older")
    second = await carter.sees("page 2 of 3, 11–20 of 23")
    assert second.ts == first.ts
    assert "step 11." in second.words
    assert second.buttons[-2:] == ("Newer", "Older")
    await carter.clicks(second, "Older")
    third = await carter.sees("page 3 of 3, 21–23 of 23")
    assert "Supplier chosen" in third.words
    assert third.buttons[-1] == "Newer"
    assert "step 1." in (await carter.types("/progress A-12 history 3")).words
    assert "page 3 of 3" in (await carter.types("/progress A-12 history page 99")).words


async def test_an_indicators_history_is_paged_too(carter: Person) -> None:
    for number in range(1, 12):
        await carter.types(f"/progress KSI {40 + number}: count {number}.")
    first = message_of(await carter.types("/progress KSI history"))
    assert "page 1 of 2" in first.words
    assert "51 collisions per year" in first.words
    await carter.clicks(first, "Older")
    second = await carter.sees("page 2 of 2")
    assert "count 1." in second.words
    assert "in the plan file" in second.words


async def test_what_was_reported_long_ago_is_corrected_and_both_stay(carter: Person) -> None:
    await carter.types("/progress A-12 90% off track: typo hre")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=True):
        form = (await carter.types("/progress A-12 correct")).view
        assert form is not None
        assert "typo hre" in str(form.values)
        assert (await carter.submits(form, {"Percent complete": "80", "Note": "typo here"})).closed
        receipt = await carter.sees("off track, 80 %")
        assert "replaces what was recorded before" in receipt.text
        told = (await carter.types("/progress A-12 history")).words
    assert re.search(r"Corrects what was recorded on \d+ \w+ 2026, \d\d:\d\d: was off track, 90 %", told)
    assert re.search(r"Corrected on \d+ \w+ 2026, \d\d:\d\d by <@U02CARTER>", told)
    assert "typo hre" in told
    assert "typo here" in told


async def test_ones_own_entries_have_a_button_to_correct_them_and_administrators_have_it_on_all(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    await carter.types("/progress A-12 90%: mine")
    assert "Correct" not in message_of(await slack.member("Dana").types("/progress A-12 history")).buttons
    assert message_of(await carter.types("/progress A-12 history")).buttons.count("Correct") == 1
    told = message_of(await admin.types("/progress A-12 history"))
    assert told.buttons.count("Correct") == 1  # what the plan file says is mended there
    form = (await admin.clicks(told, "Correct")).view
    assert form is not None
    await admin.submits(form, {"Percent complete": "85"})
    await admin.sees("85 %")
    assert "by <@U0ADMIN> on behalf of <@U02CARTER>, in a form" in (await carter.types("/progress A-12 history")).words


async def test_a_measurement_is_corrected_later(carter: Person) -> None:
    await carter.types("/progress KSI 530: one zero too many")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=True):
        form = (await carter.types("/progress KSI correct")).view
        assert form is not None
        assert (await carter.submits(form, {"Value": "53"})).closed
        await carter.sees("57 → 53 collisions per year")
        told = (await carter.types("/progress KSI history")).words
    assert "was 530 collisions per year" in told


async def test_who_has_recorded_nothing_has_nothing_to_correct(slack: Workspace, carter: Person) -> None:
    told = await carter.types("/progress A-12 correct")
    assert "You have recorded nothing on A-12" in told.text
    dana = slack.member("Dana")
    assert "You have recorded nothing on A-12" in (await dana.types("/progress correct A-12")).text


async def test_what_is_undone_says_so(carter: Person) -> None:
    await carter.types("/progress A-12 90%: by mistake")
    await carter.types("/progress undo")
    told = (await carter.types("/progress A-12 history")).words
    assert "Taken back: on track, 65 % again." in told
    assert re.search(r"Taken back on \d+ \w+ 2026, \d\d:\d\d by <@U02CARTER>", told)


async def test_a_long_note_is_cut_with_a_way_to_the_whole(carter: Person, plan_channel: Channel) -> None:
    note = " ".join(f"word{number}" for number in range(300))
    await carter.types(f"/progress A-12 70%: {note}", channel=plan_channel)
    told = message_of(await carter.types("/progress A-12 history", channel=plan_channel))
    assert "word299" not in told.words
    assert "Cut here: " in told.words
    whole = (await carter.clicks(told, READ_ALL)).view
    assert whole is not None
    assert note in whole.words
