"""Which run of a subscription a day or a time means."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.runs import (
    NoSuchRun,
    RunToCome,
    UnreadablePeriod,
    counted,
    nearest_runs,
    period_typed,
    run_meant,
    runs_on,
)
from commands.schedule import NTH, Schedule
from store.digest_tables import Every
from store.subscriptions import Subscription

TORONTO = "America/Toronto"
MONDAYS = Schedule(weekday=0, hour=9, minute=0, timezone=TORONTO)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ZONES = (TORONTO, "Europe/Dublin", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata")
SCHEDULES = st.builds(
    Schedule,
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    timezone=st.sampled_from(ZONES),
    every=st.sampled_from(Every),
    nth=st.sampled_from(sorted(NTH)),
    anchor=st.none(),
).map(lambda one: one.begun(datetime(2011, 1, 1, tzinfo=UTC)))
DAYS = st.dates(date(2011, 3, 1), date(2032, 12, 31))


def moment(text: str, zone: str = TORONTO) -> datetime:
    """A moment on the clock of a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def weekly(**changed: Any) -> Subscription:
    """A subscription for Mondays at nine in Toronto, next on 30 November 2026."""
    subscription = Subscription(
        id=1,
        workspace=1,
        channel_id="C1",
        created_by="U1",
        created_at=moment("2026-11-01T09:00"),
        weekday=0,
        hour=9,
        minute=0,
        timezone=TORONTO,
        next_run_at=moment("2026-11-30T09:00"),
        paused_at=None,
        paused_reason=None,
    )
    return replace(subscription, **changed)


@pytest.mark.parametrize(
    ("schedule", "day", "runs"),
    [
        pytest.param(MONDAYS, "2026-11-23", ["2026-11-23T14:00"], id="its day"),
        pytest.param(MONDAYS, "2026-11-24", [], id="the day after"),
        pytest.param(MONDAYS, "2026-07-06", ["2026-07-06T13:00"], id="in summer"),
        pytest.param(replace(MONDAYS, hour=23), "2026-11-23", ["2026-11-24T04:00"], id="tomorrow in UTC"),
        pytest.param(
            replace(MONDAYS, every=Every.FORTNIGHT, anchor=date(2026, 11, 16)), "2026-11-23", [], id="the other week"
        ),
        pytest.param(replace(MONDAYS, every=Every.MONTH, nth=-1), "2026-11-30", ["2026-11-30T14:00"], id="last Monday"),
        pytest.param(replace(MONDAYS, every=Every.MONTH, nth=1), "2026-11-30", [], id="first Monday"),
        pytest.param(
            Schedule(weekday=6, hour=2, minute=30, timezone=TORONTO), "2027-03-14", ["2027-03-14T07:30"], id="skipped"
        ),
        pytest.param(
            Schedule(weekday=6, hour=1, minute=30, timezone=TORONTO), "2026-11-01", ["2026-11-01T05:30"], id="twice"
        ),
        pytest.param(
            Schedule(weekday=4, hour=9, minute=0, timezone="Pacific/Apia"),
            "2011-12-31",
            ["2011-12-30T19:00"],
            id="of a day that the zone left out",
        ),
    ],
)
def test_the_runs_of_a_day_are_those_on_the_clock_of_the_zone(schedule: Schedule, day: str, runs: list[str]) -> None:
    assert [f"{run:%Y-%m-%dT%H:%M}" for run in runs_on(schedule, date.fromisoformat(day))] == runs


@given(SCHEDULES, DAYS)
def test_every_run_is_the_run_of_its_day(schedule: Schedule, day: date) -> None:
    run = schedule.next_after(datetime(day.year, day.month, day.day, tzinfo=UTC))
    own = run.astimezone(ZoneInfo(schedule.timezone)).date()
    assert run in runs_on(schedule, own)


@given(SCHEDULES, DAYS)
def test_the_nearest_runs_enclose_a_moment_and_none_is_between_them(schedule: Schedule, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    before, after = nearest_runs(schedule, now)
    assert before <= now < after
    assert schedule.next_after(before) == after
    assert schedule.next_after(now) == after


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        pytest.param("2026-11-23", "2026-11-23T09:00", id="a day"),
        pytest.param(" 2026-11-16 ", "2026-11-16T09:00", id="an earlier day, with spaces"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", id="a time in its zone"),
        pytest.param("2026-11-23 09:00", "2026-11-23T09:00", id="a time with a space"),
        pytest.param("2026-11-23T14:00Z", "2026-11-23T09:00", id="a time in UTC"),
        pytest.param("2026-11-23T15:00:00+01:00", "2026-11-23T09:00", id="a time with an offset"),
    ],
)
def test_a_run_is_meant_by_its_day_or_its_time(typed: str, run: str) -> None:
    assert run_meant(weekly(), [], period_typed(typed, TORONTO), NOW) == moment(run)


@pytest.mark.parametrize("typed", ["2026-11-24", "2026-11-23T10:00", "2026-11-23T09:00Z", "2026-11-29"])
def test_what_is_no_run_is_answered_with_the_nearest_ones(typed: str) -> None:
    with pytest.raises(NoSuchRun) as refused:
        run_meant(weekly(), [], period_typed(typed, TORONTO), NOW)
    around = [moment(f"2026-11-{day}T09:00") for day in (16, 23, 30)]
    assert (refused.value.before, refused.value.after) in pairwise(around)


def test_a_run_that_has_not_come_is_refused() -> None:
    with pytest.raises(RunToCome) as refused:
        run_meant(weekly(), [], date(2026, 11, 30), NOW)
    assert refused.value.run == moment("2026-11-30T09:00")
    assert run_meant(weekly(), [], date(2026, 11, 30), refused.value.run) == refused.value.run


def test_a_run_of_an_earlier_schedule_is_known_by_the_ledger() -> None:
    friday = moment("2026-11-20T16:00")
    assert run_meant(weekly(), [friday], date(2026, 11, 20), NOW) == friday
    assert run_meant(weekly(), [friday], friday, NOW) == friday


def test_of_a_day_on_which_the_schedule_was_changed_the_run_that_has_come_is_meant() -> None:
    morning, evening = moment("2026-11-25T06:30"), moment("2026-11-25T16:00")
    changed = weekly(weekday=2, hour=16, next_run_at=evening)
    assert run_meant(changed, [morning], date(2026, 11, 25), NOW) == morning
    assert run_meant(changed, [morning], date(2026, 11, 25), evening) == evening


def test_a_fortnight_without_a_settled_week_is_counted_from_its_next_run() -> None:
    fortnightly = weekly(every=Every.FORTNIGHT, anchor=None)
    assert runs_on(counted(fortnightly), date(2026, 11, 16))
    assert not runs_on(counted(fortnightly), date(2026, 11, 23))
    assert counted(fortnightly).at(date(2026, 11, 30)) - timedelta(days=14) == moment("2026-11-16T09:00")


@pytest.mark.parametrize("typed", ["", "soon", "2026-13-01", "2026-11-23T25:00", "0001-01-01", "9999-12-31"])
def test_what_is_neither_a_day_nor_a_time_is_refused(typed: str) -> None:
    with pytest.raises(UnreadablePeriod):
        period_typed(typed, TORONTO)
