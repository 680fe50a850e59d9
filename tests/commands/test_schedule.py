"""When a digest comes: the next moment of a schedule, held against a slow search through the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.schedule import LAST, NTH, Schedule
from store.digest_tables import Every

EARLIEST, LATEST = (datetime.fromisoformat(day) for day in ("2009-01-01", "2032-12-31"))
ZONES = (
    "America/Toronto",
    "Europe/Dublin",
    "Australia/Lord_Howe",  # changes its clock by half an hour
    "Asia/Kolkata",
    "Pacific/Apia",  # left out 30 December 2011
    "America/Sao_Paulo",  # gave daylight saving up in 2019
    "Asia/Pyongyang",  # moved by half an hour in 2015 and back in 2018
    "Africa/Casablanca",
)
MOMENTS = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))
SCHEDULES = st.builds(
    Schedule,
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    timezone=st.sampled_from(ZONES),
    every=st.sampled_from(Every),
    nth=st.sampled_from(sorted(NTH)),
)


def local(schedule: Schedule, moment: str) -> str:
    """The next time of a schedule, on its own clock."""
    after = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return schedule.next_after(after).astimezone(ZoneInfo(schedule.timezone)).isoformat()


def is_day_of(schedule: Schedule, day: date) -> bool:
    """Whether a digest comes on a day, by looking at the days around it."""
    if day.weekday() != schedule.weekday:
        return False
    if schedule.every is Every.FORTNIGHT:
        assert schedule.anchor is not None
        return (day - schedule.anchor).days % 14 == 0
    if schedule.every is Every.WEEK:
        return True
    if schedule.nth == LAST:
        return (day + timedelta(days=7)).month != day.month
    return sum((day - timedelta(days=7 * back)).month == day.month for back in range(5)) == schedule.nth


def slowly_after(schedule: Schedule, moment: datetime) -> datetime:
    """The next moment of a schedule, day by day."""
    zone, at = ZoneInfo(schedule.timezone), time(schedule.hour, schedule.minute)
    day = moment.astimezone(zone).date() - timedelta(days=2)
    while True:
        run = datetime.combine(day, at, zone).astimezone(UTC)
        if is_day_of(schedule, day) and run > moment:
            return run
        day += timedelta(days=1)


@given(schedule=SCHEDULES, begun=MOMENTS, later=st.integers(0, 800 * 24 * 60))
def test_the_next_time_is_the_one_that_a_slow_search_finds(schedule: Schedule, begun: datetime, later: int) -> None:
    counted, moment = schedule.begun(begun), begun + timedelta(minutes=later)
    assert counted.next_after(moment) == slowly_after(counted, moment)


@given(schedule=SCHEDULES, begun=MOMENTS)
def test_a_schedule_never_comes_on_another_weekday_than_its_own(schedule: Schedule, begun: datetime) -> None:
    counted, zone = schedule.begun(begun), ZoneInfo(schedule.timezone)
    run = counted.next_after(begun)
    wall = datetime.combine(run.astimezone(zone).date(), time(schedule.hour, schedule.minute), zone)
    if wall.astimezone(UTC) == run:  # else the clock skipped that time, and it may be the day after
        assert run.astimezone(zone).weekday() == schedule.weekday


def test_a_fortnightly_one_begins_with_its_first_run_and_leaves_every_other_week_out() -> None:
    thursday = Schedule(3, 14, 30, "America/Toronto", every=Every.FORTNIGHT)
    counted = thursday.begun(datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert counted.anchor == date(2026, 11, 26)
    assert local(counted, "2026-11-23T15:00") == "2026-11-26T14:30:00-05:00"
    assert local(counted, "2026-11-26T19:30") == "2026-12-10T14:30:00-05:00"


@pytest.mark.parametrize(
    ("nth", "weekday", "after", "comes"),
    [
        (1, 0, "2026-11-02T14:00", "2026-12-07T09:00:00-05:00"),
        (2, 1, "2026-11-01T00:00", "2026-11-10T09:00:00-05:00"),
        (4, 4, "2028-02-01T00:00", "2028-02-25T09:00:00-05:00"),
        (LAST, 1, "2028-02-26T00:00", "2028-02-29T09:00:00-05:00"),
        (LAST, 4, "2026-01-30T14:00", "2026-02-27T09:00:00-05:00"),
        (LAST, 3, "2026-12-31T14:00", "2027-01-28T09:00:00-05:00"),
    ],
    ids=["first", "second", "fourth-in-a-leap-year", "leap-day", "month-end", "over-new-year"],
)
def test_a_monthly_one_comes_on_its_weekday_of_each_month(nth: int, weekday: int, after: str, comes: str) -> None:
    assert local(Schedule(weekday, 9, 0, "America/Toronto", every=Every.MONTH, nth=nth), after) == comes


def test_the_clock_on_the_wall_counts_when_daylight_saving_begins_and_ends() -> None:
    monday = Schedule(0, 9, 0, "America/Toronto")
    assert local(monday, "2026-03-02T15:00") == "2026-03-09T09:00:00-04:00"
    assert local(monday, "2026-10-26T15:00") == "2026-11-02T09:00:00-05:00"


def test_a_time_that_the_clock_skips_still_comes_once() -> None:
    sunday = Schedule(6, 2, 30, "America/Toronto")
    first = sunday.next_after(datetime(2025, 3, 8, 12, tzinfo=UTC))
    assert first == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)
    assert local(sunday, "2025-03-09T07:30") == "2025-03-16T02:30:00-04:00"


def test_an_hour_that_comes_twice_brings_one_digest() -> None:
    sunday = Schedule(6, 1, 30, "America/Toronto")
    first = sunday.next_after(datetime(2025, 11, 1, 12, tzinfo=UTC))
    assert first == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)
    assert local(sunday, "2025-11-02T05:30") == "2025-11-09T01:30:00-05:00"


def test_a_zone_that_gives_daylight_saving_up_keeps_the_clock_on_the_wall() -> None:
    monday = Schedule(0, 9, 0, "America/Sao_Paulo")
    assert local(monday, "2018-11-05T00:00") == "2018-11-05T09:00:00-02:00"
    assert local(monday, "2019-11-04T00:00") == "2019-11-04T09:00:00-03:00"


def test_a_day_that_a_zone_left_out_has_its_digest_on_the_next() -> None:
    friday = Schedule(4, 9, 0, "Pacific/Apia")
    assert local(friday, "2011-12-30T11:00") == "2011-12-31T09:00:00+14:00"
    assert local(friday, "2011-12-30T19:00") == "2012-01-06T09:00:00+14:00"
