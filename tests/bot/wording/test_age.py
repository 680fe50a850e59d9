"""No status without its age."""

from datetime import date

import pytest

from bot.wording.age import age_words, aged_words
from commands.standing import Confirmation
from store.plan import Status

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("confirmed", "words"),
    [
        pytest.param(None, "", id="never said"),
        pytest.param(Confirmation(None, is_by_owner=False), "as the plan states", id="stated"),
        pytest.param(Confirmation(TODAY, is_by_owner=True), "confirmed today", id="today"),
        pytest.param(Confirmation(date(2026, 11, 20), is_by_owner=True), "confirmed 3 days ago", id="days"),
        pytest.param(Confirmation(date(2026, 11, 24), is_by_owner=True), "confirmed today", id="never from ahead"),
        pytest.param(Confirmation(date(2026, 8, 23), is_by_owner=False), "as the plan stated 3 months ago", id="file"),
    ],
)
def test_the_age_of_a_status(confirmed: Confirmation | None, words: str) -> None:
    assert age_words(confirmed, TODAY) == words


def test_a_status_with_its_age_and_without_one() -> None:
    confirmed = Confirmation(date(2026, 11, 20), is_by_owner=True)
    assert aged_words(Status.ON_TRACK, 40, confirmed, TODAY) == "on track, 40 %, confirmed 3 days ago"
    assert aged_words(None, 0, None, TODAY) == "no word yet"
