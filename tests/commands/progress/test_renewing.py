"""Typed lines that say that nothing has changed."""

import pytest

from commands.progress.reading import Report
from store.plan import Status
from tests.commands.progress.plan import said

RENEWALS = (
    *("A-01 no change", "A-01 no changes", "a1: no change", "A-01 no change.", "A-01 - no change", "no change A-01"),
    *("A-01 still true", "A-01 same", "A-01 the same", "A-01 unchanged", "A-01 nothing changed", "A-01 nothing new"),
    *("A-01 same as before", "A-01 hasn't changed", "A-01 is still true", "A-01 as before", "A-01 No Change!"),
    *("dashboard no change", "no change dashboard", "dashbord unchanged", "analytics dashboard still the same"),
    *("A-01 no chnage", "A-01 unchangd", "A-01 stil true", "A-01 nothin changed", "A-01 no cahnge", "A-01 still ture"),
)


@pytest.mark.parametrize("typed", RENEWALS)
def test_nothing_has_changed(typed: str) -> None:
    assert said(typed) == Report("A-01", is_renewal=True)


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("A-01 no change: waiting for legal", "waiting for legal"),
        ("A-01 still true, waiting for legal", "waiting for legal"),
        ("A-01 unchanged - legal has it", "legal has it"),
    ],
)
def test_nothing_has_changed_and_a_note_says_why(typed: str, note: str) -> None:
    assert said(typed) == Report("A-01", is_renewal=True, note=note)


@pytest.mark.parametrize(
    "typed",
    [
        "A-01 no change in scope was agreed",
        "A-01 same problem as in May",
        "A-01 no charge",
        "A-01 changed",
        "A-01 no chance",
    ],
)
def test_words_that_go_on_are_a_note(typed: str) -> None:
    report = said(typed)
    assert isinstance(report, Report)
    assert not report.is_renewal
    assert report.note == typed.removeprefix("A-01 ")


def test_what_changed_counts_beside_words_that_nothing_did_and_they_stay_in_the_note() -> None:
    report = said("A-01 no change, 60% at risk")
    assert isinstance(report, Report)
    assert (report.percent, report.status, report.note) == (60, Status.AT_RISK, "no change")
