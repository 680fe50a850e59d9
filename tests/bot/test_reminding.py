"""Owners are reminded of what waits for an update: in time, in working hours."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.harbour import SUBSCRIBED, THURSDAY, TORONTO, Harbour, at, harbour, reminders, reminding
from tests.bot.running import planbot


async def test_an_owner_is_told_of_all_that_waits_two_working_days_before_the_digest(board: Harbour) -> None:
    with at(THURSDAY - timedelta(minutes=10)):
        await board.looks()
    assert reminders(board.carter) == []
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("wait for an update", channel=board.carter.dm)
        await board.looks()
    assert "3 entries" in told.text
    assert "Monday 22 June 2026 at 09:00" in told.text
    assert all(key in told.text for key in ("A-01", "A-02", "LIGHTS"))
    assert "A-03" not in told.text
    assert len(reminders(board.carter)) == 1


async def test_the_bot_looks_by_itself(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place:
        always = planbot(place.slack, sqlite_url, planbot_reminders=True, planbot_wake_seconds=0.01)
        async with always:
            await place.subscribe()
            with at(THURSDAY):
                await place.carter.sees("3 entries of yours", channel=place.carter.dm)


async def test_nothing_changed_renews_what_was_said_once(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("wait for an update", channel=board.carter.dm)
        await board.carter.clicks(told, action_id="reminder:unchanged:0")
        await board.carter.sees("confirmed, no change", channel=board.carter.dm)
        left = await board.carter.sees("2 entries of yours", channel=board.carter.dm)
        await board.looks()
        history = await board.carter.types("/progress A-02 history")
    assert left.ts == told.ts
    assert "A-02: at risk, 60 %, told today" in left.words
    assert history.words.count("18 June 2026") == 1


@pytest.mark.parametrize(("button", "key"), [("progress:open:1", "A-01"), ("progress:open:2", "LIGHTS")])
async def test_update_opens_the_form_of_that_entry(board: Harbour, button: str, key: str) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("wait for an update", channel=board.carter.dm)
        await board.carter.clicks(told, action_id=button)
        form = await board.carter.sees_view()
    assert key in form.words


async def test_no_new_figure_is_an_answer_and_no_measurement(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("wait for an update", channel=board.carter.dm)
        await board.carter.clicks(told, "No new figure")
        await board.carter.sees("no new figure for LIGHTS", channel=board.carter.dm)
        await board.carter.sees("2 entries of yours", channel=board.carter.dm)
        history = await board.carter.types("/progress LIGHTS history")
    with at(THURSDAY + timedelta(days=7)):
        await board.looks()
    assert "2026" in history.words
    assert "June" not in history.words
    assert "LIGHTS" not in reminders(board.carter)[-1].text
    assert len(reminders(board.carter)) == 2


async def test_what_was_mended_since_is_not_listed_and_who_has_nothing_left_gets_none(board: Harbour) -> None:
    with at(THURSDAY - timedelta(hours=20)):
        await board.carter.types("/progress A-02 70%: the dredger is here", channel=board.channel)
        await board.carter.sees("the dredger is here", channel=board.channel)
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.looks()
    assert "A-02" not in told.text
    assert reminders(board.dana) == []


async def test_the_next_one_comes_a_week_later_and_never_before(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.looks()
    for days in (1, 4, 5, 6):
        with at(THURSDAY + timedelta(days=days)):
            await board.looks()
    assert len(reminders(board.carter)) == 1
    with at(THURSDAY + timedelta(days=7)):
        await board.looks()
    assert len(reminders(board.carter)) == 2


async def test_remind_me_on_a_day_is_kept(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.carter.clicks(told, action_id="reminder:later", value="2026-07-04")  # a Saturday
        await board.carter.sees("Monday 6 July 2026", channel=board.carter.dm)
    for days in (7, 14):
        with at(THURSDAY + timedelta(days=days)):
            await board.looks()
    assert len(reminders(board.carter)) == 1
    with at(datetime(2026, 7, 6, 9, 10, tzinfo=TORONTO)):
        await board.looks()
    assert len(reminders(board.carter)) == 2


async def test_a_day_that_is_past_cannot_be_chosen(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.carter.sees("entries of yours", channel=board.carter.dm)
        await board.carter.clicks(told, action_id="reminder:later", value="2026-06-01")
        await board.carter.sees("choose a day from tomorrow", channel=board.carter.dm)


async def test_what_is_not_mine_any_more_is_told_to_the_administrators_once(board: Harbour) -> None:
    with at(THURSDAY):
        await board.looks()
        told = await board.dana.sees("entry of yours", channel=board.dana.dm)
        await board.dana.clicks(told, "Not mine any more")
        card = await board.admin.sees("is no longer theirs", channel=board.admin.dm)
        done = await board.dana.sees("Nothing of yours waits", channel=board.dana.dm)
        await board.looks()
        home = await board.admin.opens_home()
    assert "/plan change A-02" in card.text
    assert done.buttons == ()
    assert sum("no longer theirs" in one.text for one in board.admin.messages(board.admin.dm)) == 1
    assert home is not None
    assert "In need of another owner" in home.words
    with at(THURSDAY + timedelta(days=7)):
        await board.looks()
    assert len(reminders(board.dana)) == 1


async def test_reminders_are_turned_off_and_on(board: Harbour) -> None:
    with at(SUBSCRIBED + timedelta(hours=1)):
        assert "are on" in (await board.carter.types("/progress reminders")).text
        assert "are off" in (await board.carter.types("/progress reminders off")).text
    with at(THURSDAY):
        await board.looks()
        assert reminders(board.carter) == []
        assert "are on" in (await board.carter.types("/progress reminders on")).text
        await board.looks()
        await board.carter.sees("entries of yours", channel=board.carter.dm)


async def test_where_reminders_are_off_for_everybody_that_is_said(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        told = await place.carter.types("/progress reminders")
    assert "nobody is reminded" in told.text


async def test_reminders_rest_until_a_day(board: Harbour) -> None:
    with at(SUBSCRIBED + timedelta(hours=1)):
        assert "rest until Monday 22 June 2026" in (await board.carter.types("/progress reminders until 22 June")).text
        assert "could not read" in (await board.carter.types("/progress reminders until pigs fly")).text
        assert "choose a day" in (await board.carter.types("/progress reminders until 2026-06-01")).text
    with at(THURSDAY):
        await board.looks()
    assert reminders(board.carter) == []
    with at(THURSDAY + timedelta(days=7)):
        await board.looks()
    assert len(reminders(board.carter)) == 1


async def test_two_that_nobody_answered_are_shown_to_administrators_alone(board: Harbour) -> None:
    for days in (0, 7):
        with at(THURSDAY + timedelta(days=days)):
            await board.looks()
    with at(THURSDAY + timedelta(days=7, hours=1)):
        home = await board.admin.opens_home()
        own = await board.carter.opens_home()
    assert home is not None
    assert own is not None
    assert "Reminders not answered" in home.words
    assert "<@U02CARTER>: 2 reminders in a row since 18 June 2026" in home.words
    assert "not answered" not in own.words
    with at(THURSDAY + timedelta(days=7, hours=2)):
        await board.carter.types("/progress A-01 45%")
        home = await board.admin.opens_home()
    assert home is not None
    assert "<@U02CARTER>: 2 reminders" not in home.words


async def test_who_will_be_named_without_owing_an_update_reads_the_line_and_owes_no_answer(board: Harbour) -> None:
    with at(SUBSCRIBED):
        await board.dana.types("/progress A-02 65% at risk: the dredger is late", channel=board.channel)
    for days in (0, 7):
        with at(THURSDAY + timedelta(days=days)):
            await board.looks()
            told = await board.dana.sees(f"on Monday {22 + days} June 2026", channel=board.dana.dm)
        assert told.text.startswith("1 entry of yours in the plan will be named in the digest.")
        assert "A-02" in told.text
    with at(THURSDAY + timedelta(days=8)):
        home = await board.admin.opens_home()
    assert home is not None
    assert "<@U03DANA>:" not in home.words


async def test_nobody_is_reminded_on_a_holiday(sqlite_url: str, tmp_path: Path) -> None:
    holidays = frozenset({date(2026, 6, 18)})
    async with harbour(sqlite_url, tmp_path) as place, reminding(place, planbot_holidays=holidays):
        await place.subscribe()
        with at(THURSDAY - timedelta(days=1)):  # the second working day before the digest is Wednesday then
            await place.looks()
            await place.carter.sees("entries of yours", channel=place.carter.dm)
        with at(THURSDAY):
            await place.looks()
    assert len(reminders(place.carter)) == 1


async def test_working_hours_are_the_persons_own(board: Harbour) -> None:
    with at(datetime(2026, 6, 18, 8, 55, tzinfo=ZoneInfo("Europe/Berlin"))):
        await board.looks()
    assert reminders(board.dana) == []
    with at(datetime(2026, 6, 18, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))):
        await board.looks()
        told = await board.dana.sees("entry of yours", channel=board.dana.dm)
        await board.looks()
    assert "at 15:00" in told.text
    assert reminders(board.carter) == []


@pytest.mark.parametrize("status", ["draft", "superseded"])
async def test_a_plan_that_is_not_in_force_reminds_nobody(sqlite_url: str, tmp_path: Path, status: str) -> None:
    async with harbour(sqlite_url, tmp_path, status) as place, reminding(place):
        await place.subscribe()
        with at(THURSDAY):
            await place.looks()
    assert reminders(place.carter) == []


async def test_where_no_digest_names_them_owners_are_reminded_on_mondays(sqlite_url: str, tmp_path: Path) -> None:
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        for day in (22, 25):  # on the Monday, it is not a week yet since planbot began
            with at(datetime(2026, 6, day, 9, 30, tzinfo=TORONTO)):
                await place.looks()
        assert reminders(place.carter) == []
        with at(datetime(2026, 6, 29, 9, 30, tzinfo=TORONTO)):
            await place.looks()
            told = await place.carter.sees("entries of yours", channel=place.carter.dm)
    assert "no digest names it" in told.text


async def test_the_digest_that_an_administrator_gets_tells_of_them_and_no_channel_does(board: Harbour) -> None:
    for days in (0, 7):
        with at(THURSDAY + timedelta(days=days)):
            await board.looks()
    with at(THURSDAY + timedelta(days=7, hours=1)):
        await board.admin.types("/digest weekly monday 09:00", channel=board.admin.dm)
        await board.admin.sees("Done", channel=board.admin.dm)
    with at(THURSDAY + timedelta(days=11)):
        await board.looks()
        told = await board.admin.sees("Weekly digest", channel=board.admin.dm)
        posted = await board.channel.shows("Weekly digest")
        await board.slack.rests(quiet=0.4)
        await board.admin.clicks(told, "Share to another channel", within=None)
        form = await board.admin.sees_view()
        await board.admin.submits(form, {"Channel": board.channel.id})
        shared = await board.channel.shows("shared this from")
    assert "<@U02CARTER>: 2 reminders in a row since 18 June 2026" in told.words
    assert "Reminders not answered" in told.text
    for read_by_all in (posted, shared):
        assert "not answered" not in read_by_all.words
        assert "not answered" not in read_by_all.text
