"""When a digest comes."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mistakes import UnreadableSchedule
from commands.schedule import Schedule, read_schedule, read_scope
from store import planfile

PLAN = planfile.read(Path(__file__).parents[2] / "plans" / "riverbend-2025-2028.yml")
ZONE = "America/Winnipeg"
EARLIEST, LATEST = (datetime.fromisoformat(day) for day in ("2024-01-01", "2029-12-31"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("weekly monday 09:00 America/Toronto", Schedule(0, 9, 0, "America/Toronto")),
        ("weekly monday 9:00", Schedule(0, 9, 0, ZONE)),
        ("every friday at 4pm", Schedule(4, 16, 0, ZONE)),
        ("09:30 weekly tue", Schedule(1, 9, 30, ZONE)),
        ("weekly wednesdays noon", Schedule(2, 12, 0, ZONE)),
        ("thurs 12:15 am", Schedule(3, 0, 15, ZONE)),
        ("weekly sunday 23:59 utc", Schedule(6, 23, 59, "UTC")),
        ("weekly america/toronto saturday 7h30", Schedule(5, 7, 30, "America/Toronto")),
        ("weekly monday 09:00 safer-streets-and-homes", Schedule(0, 9, 0, ZONE, "safer-streets-and-homes")),
        ("weekly monday 09:00 safer streets", Schedule(0, 9, 0, ZONE, "safer-streets-and-homes")),
        ("weekly monday 09:00 calm our raods", Schedule(0, 9, 0, ZONE, "calm-our-roads")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_schedule_is_read_in_any_order(typed: str, meant: Schedule) -> None:
    assert read_schedule(typed, PLAN, ZONE) == meant


@pytest.mark.parametrize(
    ("typed", "unread", "missing"),
    [
        ("weekly monday", (), ("time",)),
        ("weekly 09:00", (), ("day",)),
        ("weekly", (), ("day", "time")),
        ("weekly monday 25:00", ("25:00",), ()),
        ("weekly monday 09:75", ("09:75",), ()),
        ("weekly monday 13pm", ("13pm",), ()),
        ("weekly monday 09:00 Mars/Base", ("Mars/Base",), ()),
        ("weekly monday 09:00 catering", ("catering",), ()),
    ],
)
def test_what_was_not_understood_is_named(typed: str, unread: tuple[str, ...], missing: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_schedule(typed, PLAN, ZONE)
    assert (mistake.value.unread, mistake.value.missing) == (unread, missing)


@given(st.text(max_size=80))
def test_any_text_is_read_or_a_mistake(typed: str) -> None:
    with contextlib.suppress(UnreadableSchedule):
        assert read_schedule(typed, PLAN, ZONE).timezone


def test_the_whole_plan_is_a_scope() -> None:
    assert read_scope("whole plan", PLAN) == ""


def local(schedule: Schedule, moment: str) -> str:
    """The next time of a schedule, on its own clock."""
    after = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return schedule.next_after(after).astimezone(ZoneInfo(schedule.timezone)).isoformat()


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
    first = sunday.next_after(datetime(2026, 10, 31, 12, tzinfo=UTC))
    assert first.date().isoformat() == "2026-11-01"
    assert sunday.next_after(first).date().isoformat() == "2026-11-08"


@given(
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(["UTC", "America/Toronto", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kolkata"]),
    moment=st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)),
)
def test_the_next_time_is_later_and_within_a_week_and_a_clock_change(
    weekday: int, hour: int, minute: int, zone: str, moment: datetime
) -> None:
    upcoming = Schedule(weekday, hour, minute, zone).next_after(moment)
    assert 0 < (upcoming - moment).total_seconds() <= 7 * 86_400 + 2 * 3_600
