"""Owners are reminded of what waits for an update: in time, in working hours, once, whatever happens."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bot.console.workspace import Person, SeenMessage, Workspace
from bot.reminding import Reminders
from bot.scheduler import DigestScheduler
from bot.service import Service
from commands.workdays import is_working_time
from tests.bot.running import load, open_workspace, planbot

TORONTO = ZoneInfo("America/Toronto")
PLAN = """\
# FICTIONAL
plan:
  key: harbour-2025-2028
  title: Harbour Board Plan
  organization: Harbour Board
  status: {status}
  timezone: America/Toronto
priorities:
- key: safe-water
  title: Safe Water
  objectives:
  - key: mark-the-channel
    title: Mark the Channel
    indicators:
    - key: LIGHTS
      title: Lights that burn
      nature: quantitative
      unit: lights
      owners: [U02CARTER]
      measurements: [{{value: 7, date: 2026-01-15}}]
    actions:
    - {{key: A-01, title: Replace the channel buoys, owners: [U02CARTER], due: 2026-12-31, status: on-track,
       percent: 40, updates: [{{date: 2026-05-04, status: on-track, percent: 40}}]}}
    - {{key: A-02, title: Dredge the northern basin, owners: [U02CARTER, U03DANA], due: 2026-06-10, status: at-risk,
       percent: 60, updates: [{{date: 2026-06-01, status: at-risk, percent: 60}}]}}
    - {{key: A-03, title: Paint the pier, owners: [U02CARTER], status: complete, percent: 100}}
    - {{key: A-04, title: Chart the shoals, owners: [dana@example.org], status: cancelled}}
"""
SUBSCRIBED = datetime(2026, 6, 16, 10, tzinfo=TORONTO)
"""A Tuesday; the digest comes on Mondays at nine."""
THURSDAY = datetime(2026, 6, 18, 9, 5, tzinfo=TORONTO)
"""Two working days before the first digest."""


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Time moved to a moment; it goes on running."""
    with time_machine.travel(moment):
        yield


def reminders(person: Person) -> list[SeenMessage]:
    """The reminders that a person got."""
    return [
        one for one in person.messages(person.dm) if one.metadata and one.metadata["event_type"] == "planbot_reminder"
    ]


class Harbour:
    """The workspace of the harbour board, with its plan and its people."""

    def __init__(self, slack: Workspace, url: str) -> None:
        self.slack = slack
        self.url = url
        self.carter = slack.member("Carter", user_id="U02CARTER")
        self.dana = slack.member("Dana", user_id="U03DANA", email="dana@example.org", tz="Europe/Berlin")
        self.admin = slack.member("Ada", user_id="U0ADMIN")
        self.at_work: list[Service] = []
        self.channel = slack.channel("#plan", members=[self.carter, self.dana])

    async def subscribe(self) -> None:
        """The channel gets the digest on Mondays at nine."""
        await self.carter.types("/digest weekly monday 09:00", channel=self.channel)
        await self.carter.sees("Done: this channel", channel=self.channel)

    async def looks(self) -> None:
        """Every bot at work looks once which digest is due and whom to remind, all at the same time, and sends it."""
        await asyncio.gather(*(DigestScheduler(service).wake() for service in self.at_work))
        await asyncio.gather(*(Reminders(service).wake() for service in self.at_work))


@asynccontextmanager
async def harbour(url: str, tmp_path: Path, status: str = "adopted") -> AsyncIterator[Harbour]:
    """The harbour with nobody at work, on a Tuesday morning."""
    file = tmp_path / "harbour.yml"
    file.write_text(PLAN.format(status=status), encoding="utf-8")
    with at(SUBSCRIBED):
        await load(url, file)
        async with open_workspace() as slack:
            yield Harbour(slack, url)
            assert slack.unknown_methods == ()


@asynccontextmanager
async def reminding(place: Harbour, **others: Any) -> AsyncIterator[None]:
    """The bot at work; whom to remind it looks when it is told to."""
    async with planbot(place.slack, place.url, **others) as service:
        place.at_work.append(service)
        yield
        place.at_work.remove(service)


@pytest.fixture
async def board(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Harbour]:
    """The harbour, where owners are reminded ahead of the digest that comes on Mondays."""
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        await place.subscribe()
        yield place


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
