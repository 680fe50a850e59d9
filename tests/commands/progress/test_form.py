"""A form as filled in, read into a report: what was changed in it, and what cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mistakes import InvalidFields
from commands.progress.form import (
    Filled,
    FilledFigures,
    Shown,
    filled_of_action,
    filled_of_report,
    filled_of_update,
    mark_of,
    overtaken,
    read_correction,
    read_form,
    read_measurement_form,
    shown_of,
)
from commands.progress.reading import Report
from store.milestones import Reached, ReachedBefore
from store.plan import Action, Indicator, Milestone, Nature, Status
from store.standing import State
from store.updates import RecordedUpdate, Via

TODAY = date(2026, 11, 23)
ACTION = Action(
    key="A-1",
    title="One",
    status=Status.ON_TRACK,
    percent=40,
    milestones=(Milestone(title="Lease signed", done=True), Milestone(title="Doors open")),
)
SHOWN = shown_of(ACTION)
UNTOUCHED = filled_of_action(ACTION)
LEASE, DOORS = mark_of("Lease signed"), mark_of("Doors open")


def read(**changed: Any) -> Report:
    """The report of a form in which that was changed."""
    return read_form(ACTION, replace(UNTOUCHED, **changed), SHOWN, by="U1", today=TODAY)


CHANGED: dict[str, tuple[dict[str, Any], Report]] = {
    "nothing": ({}, Report("A-1")),
    "status": ({"status": "at-risk"}, Report("A-1", status=Status.AT_RISK)),
    "percentage": ({"percent": "60 %"}, Report("A-1", percent=60)),
    "a step": ({"percent": "+15"}, Report("A-1", percent=55)),
    "a step beyond all": ({"percent": "+90%"}, Report("A-1", percent=100)),
    "percentage emptied": ({"percent": " "}, Report("A-1")),
    "a milestone ticked": ({"done": frozenset({LEASE, DOORS})}, Report("A-1", milestones=(Reached("Doors open"),))),
    "a milestone unticked": ({"done": frozenset()}, Report("A-1", milestones=(Reached("Lease signed", done=False),))),
    "note": ({"note": "  late \n"}, Report("A-1", note="late")),
    "day": ({"day": "2026-11-12"}, Report("A-1", day=date(2026, 11, 12))),
    "evidence": ({"evidence": " https://a.example "}, Report("A-1", evidence="https://a.example")),
    "help": ({"help_from": "U2"}, Report("A-1", help_from="U2")),
}


@pytest.mark.parametrize("case", CHANGED)
def test_only_what_was_changed_is_reported(case: str) -> None:
    changed, report = CHANGED[case]
    assert read(**changed) == report


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a word": ({"percent": "most"}, "percent"),
    "beyond all": ({"percent": "101"}, "percent"),
    "words behind": ({"percent": "60 % or so"}, "percent"),
    "no link": ({"evidence": "report"}, "evidence"),
    "to come": ({"day": "2026-11-24"}, "day"),
    "oneself": ({"help_from": "U1"}, "help"),
    "too long": ({"note": "x" * 40_001}, "note"),
    "a milestone of another plan": ({"done": frozenset({LEASE, "0" * 16})}, "milestones"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_named_by_its_field(case: str) -> None:
    changed, field = WRONG[case]
    with pytest.raises(InvalidFields) as raised:
        read(**changed)
    assert list(raised.value.fields) == [field]


@given(percent=st.text(), note=st.text(), evidence=st.text())
def test_whatever_is_typed_makes_a_report_or_names_a_field(percent: str, note: str, evidence: str) -> None:
    wrong: dict[str, str] = {}
    report = Report("A-1")
    try:
        report = read(percent=percent, note=note, evidence=evidence)
    except InvalidFields as mistake:
        wrong = mistake.fields
    assert wrong.keys() <= {"percent", "note", "evidence"}
    assert report.percent is None or 0 <= report.percent <= 100
    assert not report.is_step


MEANWHILE: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "another percentage": ({"percent": "50"}, {"percent": 60}, {"percent": 60}),
    "the same percentage": ({"percent": "50"}, {"percent": 50}, {}),
    "a percentage that was left alone": ({"note": "x"}, {"percent": 60}, {}),
    "another status": ({"status": "complete"}, {"status": Status.AT_RISK}, {"status": Status.AT_RISK}),
    "nothing": ({"percent": "50", "status": "at-risk"}, {}, {}),
}


@pytest.mark.parametrize("case", MEANWHILE)
def test_what_would_be_overwritten_unseen_is_found(case: str) -> None:
    changed, since, found = MEANWHILE[case]
    meanwhile = overtaken(ACTION.model_copy(update=since), read(**changed), SHOWN)
    assert (meanwhile.fields if meanwhile else {}) == found


def test_an_action_of_which_nobody_has_said_a_percentage_has_none_in_its_form() -> None:
    fresh = Action(key="A-2", title="Two")
    assert filled_of_action(fresh) == Filled("not-started", "")
    assert shown_of(fresh) == Shown(Status.NOT_STARTED, None)
    report = read_form(fresh, Filled("not-started", "0"), shown_of(fresh), by="U1", today=TODAY)
    assert report == Report("A-2", percent=0)


def recorded(**more: Any) -> RecordedUpdate:
    """An update on the record."""
    held: dict[str, Any] = {
        "id": 1,
        "key": "A-1",
        "title": "One",
        "author": "U1",
        "on_behalf_of": None,
        "before": State(Status.AT_RISK, 30),
        "after": State(Status.ON_TRACK, 40),
        "note": "wrong",
        "evidence": None,
        "help_from": "U2",
        "milestones": (ReachedBefore("Lease signed", done=True, done_before=False),),
        "via": Via.MODAL,
        "as_of": date(2026, 11, 12),
        "recorded_at": datetime(2026, 11, 12, 12, tzinfo=UTC),
        "corrects": None,
        "corrected_by": None,
        "is_latest": True,
    }
    return RecordedUpdate(**held | more)


def corrected(**changed: Any) -> Report:
    """The correction of a form in which that was changed."""
    filled = replace(filled_of_update(ACTION, recorded()), **changed)
    return read_correction(ACTION, filled, recorded(), by="U1", today=TODAY)


def test_a_correction_says_all_of_an_update() -> None:
    assert corrected() == Report(
        "A-1",
        percent=40,
        status=Status.ON_TRACK,
        note="wrong",
        day=date(2026, 11, 12),
        milestones=(Reached("Lease signed"),),
        help_from="U2",
        is_whole=True,
    )


def test_what_a_correction_no_longer_says_is_said_no_more() -> None:
    report = corrected(done=frozenset(), help_from="", note="right", day="")
    assert (report.milestones, report.help_from, report.note, report.day) == ((), None, "right", TODAY)


def test_a_milestone_ticked_in_a_correction_is_told_of() -> None:
    both = corrected(done=frozenset({LEASE, DOORS}))
    assert both.milestones == (Reached("Lease signed"), Reached("Doors open"))


def test_a_draft_is_filled_in_as_it_was_typed() -> None:
    said = Report("A-1", percent=10, is_step=True, milestones=(Reached("doors open"),), note="n")
    filled = filled_of_report(ACTION, said)
    assert filled == Filled("on-track", "50", "n", done=frozenset({LEASE, DOORS}))


RATE = Indicator(key="K", title="Rate", nature=Nature.QUANTITATIVE, unit="percent")
VIEWS = Indicator(key="V", title="Views", nature=Nature.QUALITATIVE)
FIGURES: dict[str, tuple[Indicator, FilledFigures, set[str]]] = {
    "a number": (RATE, FilledFigures("53.1"), set()),
    "words": (VIEWS, FilledFigures("better"), set()),
    "no number": (RATE, FilledFigures("many"), {"value"}),
    "nothing": (VIEWS, FilledFigures(" "), {"value"}),
    "all wrong": (RATE, FilledFigures("", "2026-11-24", evidence="x"), {"value", "day", "evidence"}),
    "too long": (VIEWS, FilledFigures("x" * 40_001), {"value"}),
}


@pytest.mark.parametrize("case", FIGURES)
def test_a_measurement_is_read_or_its_fields_are_named(case: str) -> None:
    indicator, filled, wrong = FIGURES[case]
    if not wrong:
        assert read_measurement_form(indicator, filled, TODAY).day == TODAY
        return
    with pytest.raises(InvalidFields) as raised:
        read_measurement_form(indicator, filled, TODAY)
    assert set(raised.value.fields) == wrong
