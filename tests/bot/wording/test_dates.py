"""Days and spans of time as people say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.dates import day, from_today, period

TODAY = date(2026, 10, 22)


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 10, 31)) == "31 October 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (9, "in 9 days"),
        (13, "in 13 days"),
        (14, "in 2 weeks"),
        (-21, "3 weeks ago"),
        (-61, "9 weeks ago"),
        (62, "in 2 months"),
        (-400, "13 months ago"),
        (730, "in 2 years"),
    ],
)
def test_how_far_off_a_day_is_said_in_the_unit_people_would_use(days: int, words: str) -> None:
    assert from_today(TODAY + timedelta(days=days), TODAY) == words


@given(st.integers(2, 40_000))
def test_the_past_and_the_future_are_said_alike(days: int) -> None:
    ahead, ago = from_today(TODAY + timedelta(days=days), TODAY), from_today(TODAY - timedelta(days=days), TODAY)
    assert ahead.removeprefix("in ") == ago.removesuffix(" ago")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2023, 1, 1), date(2026, 12, 31), "2023–2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2023, 4, 1), date(2026, 3, 31), "1 April 2023 to 31 March 2026"),
    ],
    ids=["whole years", "one year", "other days"],
)
def test_a_period_is_as_short_as_its_days_allow(start: date, end: date, words: str) -> None:
    assert period(start, end) == words
