"""Working days and working hours on a person's own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.workdays import is_working_day, is_working_time, opening, working_day_from, working_days_before

TORONTO = ZoneInfo("America/Toronto")
THURSDAY, FRIDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
HOLIDAYS = st.frozensets(DAYS, max_size=5)


@pytest.mark.parametrize(
    ("day", "holidays", "before"),
    [
        pytest.param(MONDAY, set(), THURSDAY, id="over a weekend"),
        pytest.param(FRIDAY, set(), date(2026, 11, 25), id="within a week"),
        pytest.param(date(2026, 12, 1), set(), FRIDAY, id="a Tuesday's is the Friday"),
        pytest.param(date(2026, 11, 29), set(), THURSDAY, id="from a Sunday"),
        pytest.param(MONDAY, {FRIDAY}, date(2026, 11, 25), id="over a holiday"),
        pytest.param(MONDAY, {MONDAY}, THURSDAY, id="the day itself does not count"),
    ],
)
def test_two_working_days_before(day: date, holidays: set[date], before: date) -> None:
    assert working_days_before(day, 2, holidays) == before


@given(DAYS, HOLIDAYS, st.integers(1, 5))
def test_as_many_working_days_as_asked_for_pass_until_the_day(day: date, holidays: frozenset[date], count: int) -> None:
    found = working_days_before(day, count, holidays)
    between = [found + timedelta(days=at) for at in range((day - found).days)]
    assert sum(is_working_day(one, holidays) for one in between) == count
    assert is_working_day(found, holidays)


@given(DAYS, HOLIDAYS)
def test_the_next_working_day_is_the_first(day: date, holidays: frozenset[date]) -> None:
    found = working_day_from(day, holidays)
    assert found >= day
    assert not any(is_working_day(day + timedelta(days=at), holidays) for at in range((found - day).days))


def test_a_list_that_names_every_day_is_not_searched_for_ever() -> None:
    every = frozenset(MONDAY + timedelta(days=at) for at in range(-400, 400))
    assert working_days_before(MONDAY, 2, every) < MONDAY


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        pytest.param(datetime(2026, 11, 26, 9, 0, tzinfo=TORONTO), True, id="at nine"),
        pytest.param(datetime(2026, 11, 26, 8, 59, tzinfo=TORONTO), False, id="before nine"),
        pytest.param(datetime(2026, 11, 26, 16, 59, tzinfo=TORONTO), True, id="before five"),
        pytest.param(datetime(2026, 11, 26, 17, 0, tzinfo=TORONTO), False, id="at five"),
        pytest.param(datetime(2026, 11, 28, 12, 0, tzinfo=TORONTO), False, id="on a Saturday"),
        pytest.param(datetime(2026, 11, 27, 12, 0, tzinfo=TORONTO), False, id="on a holiday"),
        pytest.param(datetime(2026, 11, 26, 14, 0, tzinfo=UTC), True, id="told in another zone"),
        pytest.param(datetime(2026, 11, 26, 9, 30, tzinfo=UTC), False, id="nine elsewhere"),
    ],
)
def test_working_hours(moment: datetime, works: bool) -> None:
    assert is_working_time(moment, TORONTO, {FRIDAY}) is works


def test_people_begin_at_nine_on_their_clock_before_and_after_it_changes() -> None:
    before, after = opening(date(2026, 10, 30), TORONTO), opening(date(2026, 11, 2), TORONTO)
    assert (before.astimezone(UTC).hour, after.astimezone(UTC).hour) == (13, 14)
