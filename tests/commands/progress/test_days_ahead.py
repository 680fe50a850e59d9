"""Days that are to come, as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.progress.days import day_ahead

TODAY = date(2026, 11, 23)
"""A Monday."""
SAID = {
    "2027-01-15": date(2027, 1, 15),
    "15 January": date(2027, 1, 15),
    "15 Jnauary": date(2027, 1, 15),
    "Jan 15th, 2028": date(2028, 1, 15),
    "24 Nov": date(2026, 11, 24),
    "22 Nov": date(2027, 11, 22),
    "15/01/2027": date(2027, 1, 15),
    "end of March": date(2027, 3, 31),
    "the end of the month": date(2026, 11, 30),
    "end of the year": date(2026, 12, 31),
    "today": TODAY,
    "yesterday": date(2026, 11, 22),
    "tomorrow": date(2026, 11, 24),
    "Friday": date(2026, 11, 27),
    "next Monday": date(2026, 11, 30),
    "in 3 weeks": date(2026, 12, 14),
    "for two months": date(2027, 1, 23),
    "29 Feb 2028.": date(2028, 2, 29),
}
UNREAD = ["banana", "5/6/2027", "31 Feb", "2027-13-01", "", "15 January and on", "29 Feb"]


@pytest.mark.parametrize(("said", "day"), SAID.items(), ids=SAID)
def test_a_day_that_is_to_come_is_read(said: str, day: date) -> None:
    assert day_ahead(said, TODAY) == day


@pytest.mark.parametrize("said", UNREAD)
def test_what_names_no_single_day_is_not(said: str) -> None:
    assert day_ahead(said, TODAY) is None


def test_a_day_with_its_year_may_be_past() -> None:
    assert day_ahead("1 Nov 2026", TODAY) == date(2026, 11, 1)


@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_is_taken(said: str, today: date) -> None:
    day_ahead(said, today)
