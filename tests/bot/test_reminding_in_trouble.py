"""Whatever happens, a reminder comes once, and in working hours."""

import random
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from commands.workdays import is_working_time
from tests.bot.harbour import SUBSCRIBED, THURSDAY, TORONTO, Harbour, at, harbour, reminders, reminding


async def test_slack_accepted_it_and_the_connection_broke(board: Harbour) -> None:
    board.slack.faults.drop("chat.postMessage")
    with at(THURSDAY):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
    with at(THURSDAY + timedelta(minutes=5)):
        await board.looks()
    assert len(reminders(board.carter)) == 1
    assert len(reminders(board.dana)) == 1


@pytest.mark.parametrize("trouble", ["http_error", "rate_limit"])
async def test_slack_refused_it_for_a_while(board: Harbour, trouble: str) -> None:
    if trouble == "http_error":
        board.slack.faults.http_error("chat.postMessage", 500, times=2)
    else:
        board.slack.faults.rate_limit("chat.postMessage", times=2, retry_after=1)
    with at(THURSDAY):
        await board.looks()
    with at(THURSDAY + timedelta(minutes=5)):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.dana.sees("entry of yours", channel=board.dana.dm)
        await board.looks()
    assert (len(reminders(board.carter)), len(reminders(board.dana))) == (1, 1)


async def test_the_process_was_killed_between_posting_and_recording(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place:
        async with reminding(place):
            await place.subscribe()
            place.slack.faults.drop("chat.postMessage")
            with at(THURSDAY):
                await place.looks()
                await place.carter.sees("entries of yours", channel=place.carter.dm)
        with at(THURSDAY + timedelta(minutes=5)):
            async with reminding(place):
                await place.looks()
    assert len(reminders(place.carter)) == 1


async def test_two_processes_remind_once(database_url: str, tmp_path: Path) -> None:
    async with harbour(database_url, tmp_path) as place, reminding(place), reminding(place):
        await place.subscribe()
        with at(THURSDAY):
            await place.looks()
            await place.carter.sees("entries of yours", channel=place.carter.dm)
            await place.looks()
    assert len(reminders(place.carter)) == 1
    assert len(reminders(place.dana)) == 1


async def test_who_has_left_and_what_is_no_person_is_not_written_to(board: Harbour) -> None:
    board.dana.deactivate()
    with at(THURSDAY):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.looks()
    assert reminders(board.dana) == []


async def test_somebody_who_cannot_be_written_to_is_not_tried_again_and_again(board: Harbour) -> None:
    board.slack.faults.fail("conversations.open", "user_disabled", times=None)
    with at(THURSDAY):
        await board.looks()
    calls = len(board.slack.calls("conversations.open"))
    board.slack.faults.clear()
    with at(THURSDAY + timedelta(minutes=5)):
        await board.looks()
    assert calls == len(board.slack.calls("conversations.open")) == 2
    with at(THURSDAY + timedelta(days=7)):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)


async def test_it_comes_at_nine_on_the_persons_clock_when_that_has_changed(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        await place.subscribe()
        with at(datetime(2026, 10, 29, 9, 5, tzinfo=TORONTO)):  # the clock goes back on 1 November
            await place.looks()
            await place.carter.sees("Monday 2 November 2026 at 09:00", channel=place.carter.dm)
        with at(datetime(2026, 11, 5, 8, 55, tzinfo=TORONTO)):
            await place.looks()
        assert len(reminders(place.carter)) == 1
        with at(datetime(2026, 11, 5, 9, 5, tzinfo=TORONTO)):
            await place.looks()
            await place.carter.sees("Monday 9 November 2026 at 09:00", channel=place.carter.dm)


async def test_slack_is_down_for_hours_and_it_comes_when_it_is_up_again(board: Harbour) -> None:
    board.slack.faults.down()
    for minutes in (0, 5, 10, 20, 40, 80, 160):
        with at(THURSDAY + timedelta(minutes=minutes)):
            await board.looks()
    board.slack.faults.up()
    with at(THURSDAY + timedelta(hours=4)):
        await board.looks()
    assert len(reminders(board.carter)) == 1


async def test_whatever_fails_for_weeks_each_comes_once_and_in_working_hours(sqlite_url: str, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - nothing secret: the same faults in every run
    async with harbour(sqlite_url, tmp_path) as place, reminding(place), reminding(place):
        await place.subscribe()
        for day, hour in ((day, hour) for day in range(1, 29) for hour in (7, 10, 13, 16)):
            place.slack.faults.clear()
            method = chance.choice(["chat.postMessage", "conversations.open", "conversations.history"])
            chance.choice([place.slack.faults.drop, place.slack.faults.http_error])(method)
            with at(SUBSCRIBED.replace(hour=hour, minute=chance.randrange(60)) + timedelta(days=day)):
                await place.looks()
    got = reminders(place.carter)
    times = [datetime.fromtimestamp(float(one.ts), TORONTO) for one in got]
    assert 3 <= len(got) <= 4  # one may fail until its digest is out
    assert len({one.metadata["event_payload"]["reminder"] for one in got if one.metadata}) == len(got)
    assert all(is_working_time(one, TORONTO, frozenset()) for one in times)
    assert all((later.date() - one.date()).days >= 7 for one, later in pairwise(times))
