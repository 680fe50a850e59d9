"""What people ask of their reminders."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mistakes import MemberMistake
from commands.reminder_wishes import NoDayAhead, UnreadableWish, is_about_reminders, read_wish, wish_for
from store.reminder_wishes import Wish

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("reminders", None),
        ("reminders off", Wish(is_off=True)),
        ("Reminders OFF", Wish(is_off=True)),
        ("reminder pause", Wish(is_off=True)),
        ("reminders on", Wish()),
        ("reminders resume", Wish()),
        ("reminders until 2027-01-15", Wish(rests_until=date(2027, 1, 15))),
        ("reminders until 15 January", Wish(rests_until=date(2027, 1, 15))),
        ("reminders till next friday", Wish(rests_until=date(2026, 11, 27))),
        ("reminders until tomorrow", Wish(rests_until=date(2026, 11, 24))),
    ],
)
def test_a_wish_is_read(words: str, wish: Wish | None) -> None:
    assert is_about_reminders(words)
    assert read_wish(words, TODAY) == wish


@pytest.mark.parametrize("words", ["reminders banana", "reminders until", "reminders until pigs fly"])
def test_what_cannot_be_read_is_said(words: str) -> None:
    with pytest.raises(UnreadableWish):
        read_wish(words, TODAY)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367), date(9999, 12, 31)])
def test_a_day_must_be_to_come_and_within_a_year(day: date) -> None:
    with pytest.raises(NoDayAhead):
        wish_for(day, TODAY, frozenset())
    with pytest.raises(NoDayAhead):
        read_wish(f"reminders until {day.isoformat()}", TODAY)


def test_a_day_off_is_made_the_next_working_day() -> None:
    assert wish_for(date(2026, 11, 28), TODAY, frozenset({date(2026, 11, 30)})) == Wish(comes_on=date(2026, 12, 1))


@pytest.mark.parametrize("words", ["A-01 60%", "reminder app done", "", "remind", "reminder"])
def test_other_lines_are_not_about_reminders(words: str) -> None:
    assert not is_about_reminders(words)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_said_to_be_unreadable(words: str) -> None:
    try:
        wish = read_wish(f"reminders {words}", TODAY)
    except MemberMistake:
        return
    assert wish is None or wish.rests_until is None or wish.rests_until > TODAY
