"""What is asked once before a report is kept, and what is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.guard import Flagged, guard
from commands.progress.doubts import (
    Choice,
    Doubt,
    HundredNotComplete,
    OpenMilestones,
    PercentFalls,
    choices,
    doubts,
    doubts_of_figures,
    settled,
)
from commands.progress.reading import Figures, Report
from store.milestones import Reached
from store.plan import Action, Milestone, Status, Update
from store.standing import State
from store.updates import RecordedUpdate, Via

PILOT, REVIEW = Milestone(title="Pilot"), Milestone(title="Review")
ACTION = Action(key="A-01", title="Dashboard", status=Status.ON_TRACK, percent=40, milestones=(PILOT, REVIEW))
PLAIN = ACTION.model_copy(update={"milestones": ()})
DONE = PLAIN.model_copy(update={"status": Status.COMPLETE, "percent": 100})
PHONE = "reach us on 905-555-0142"
BOTH_OPEN = ("Pilot", "Review")
BOTH_DONE = (Reached("pilot"), Reached("Review"))


def report(**said: object) -> Report:
    """A report on the action."""
    return replace(Report("A-01"), **said)  # type: ignore[arg-type] # each test names its own fields


@pytest.mark.parametrize(
    ("action", "said", "asked"),
    [
        pytest.param(ACTION, {"percent": 30}, (PercentFalls(40, 30),), id="less than before"),
        pytest.param(ACTION, {"percent": -15, "is_step": True}, (PercentFalls(40, 25),), id="points taken away"),
        pytest.param(ACTION, {"percent": 40}, (), id="as before"),
        pytest.param(ACTION, {"percent": 41}, (), id="more than before"),
        pytest.param(ACTION, {"percent": 0}, (PercentFalls(40, 0),), id="nothing any more"),
        pytest.param(DONE, {"percent": 80}, (PercentFalls(100, 80),), id="reopened"),
        pytest.param(ACTION, {"status": Status.COMPLETE}, (OpenMilestones(BOTH_OPEN),), id="complete, steps open"),
        pytest.param(
            ACTION,
            {"status": Status.COMPLETE, "milestones": (Reached("Pilot"),)},
            (OpenMilestones(("Review",)),),
            id="complete, a step open",
        ),
        pytest.param(ACTION, {"status": Status.COMPLETE, "milestones": BOTH_DONE}, (), id="complete with all steps"),
        pytest.param(PLAIN, {"status": Status.COMPLETE}, (), id="complete without steps"),
        pytest.param(PLAIN, {"percent": 100}, (HundredNotComplete(Status.ON_TRACK, ()),), id="all, not complete"),
        pytest.param(ACTION, {"percent": 100}, (HundredNotComplete(Status.ON_TRACK, BOTH_OPEN),), id="all, steps open"),
        pytest.param(PLAIN, {"percent": 100, "status": Status.COMPLETE}, (), id="all and complete"),
        pytest.param(PLAIN, {"percent": 100, "status": Status.CANCELLED}, (), id="all and cancelled"),
        pytest.param(PLAIN, {"percent": 70, "is_step": True}, (HundredNotComplete(Status.ON_TRACK, ()),), id="added"),
        pytest.param(ACTION, {"note": "waiting for legal"}, (), id="a note"),
        pytest.param(ACTION, {"note": PHONE}, (Flagged("phone number", "905-555-0142"),), id="a note with detail"),
        pytest.param(
            ACTION,
            {"percent": 30, "note": PHONE},
            (PercentFalls(40, 30), Flagged("phone number", "905-555-0142")),
            id="two doubts",
        ),
        pytest.param(DONE, {"note": "celebrated"}, (), id="a note on what is complete"),
    ],
)
def test_a_report_raises_these_doubts(action: Action, said: dict[str, object], asked: tuple[Doubt, ...]) -> None:
    assert doubts(action, report(**said), guard()) == asked


def test_what_stands_already_is_not_asked_about_again() -> None:
    full = PLAIN.model_copy(update={"percent": 100})
    assert doubts(full, report(note="still waiting for the last signature"), guard()) == ()
    closed = ACTION.model_copy(update={"status": Status.COMPLETE, "percent": 100})
    assert doubts(closed, report(note="the review follows"), guard()) == ()


def test_a_step_reopened_under_what_is_complete_is_asked_about() -> None:
    steps = tuple(one.model_copy(update={"done": True}) for one in ACTION.milestones)
    closed = ACTION.model_copy(update={"status": Status.COMPLETE, "percent": 100, "milestones": steps})
    asked = doubts(closed, report(milestones=(Reached("Review", done=False),)), guard())
    assert asked == (OpenMilestones(("Review",)),)


def test_a_report_of_an_earlier_day_takes_nothing_away() -> None:
    known = ACTION.model_copy(update={"updates": (Update(date=date(2026, 11, 10), percent=40),)})
    assert doubts(known, report(percent=20, day=date(2026, 11, 9)), guard()) == ()
    assert doubts(known, report(percent=20, day=date(2026, 11, 10)), guard()) == (PercentFalls(40, 20),)


def update(before: State, after: State) -> RecordedUpdate:
    """An update that is to be corrected."""
    return RecordedUpdate(
        id=7,
        key="A-01",
        title="Dashboard",
        author="U0DANA",
        on_behalf_of=None,
        before=before,
        after=after,
        note=None,
        evidence=None,
        help_from=None,
        milestones=(),
        via=Via.COMMAND,
        as_of=date(2026, 11, 20),
        recorded_at=datetime(2026, 11, 20, tzinfo=UTC),
        corrects=None,
        corrected_by=None,
        is_latest=True,
    )


def test_a_correction_is_measured_by_what_was_before_the_corrected_update() -> None:
    wrong = update(State(Status.ON_TRACK, 40), State(Status.ON_TRACK, 90))
    stands = PLAIN.model_copy(update={"percent": 90})
    assert doubts(stands, report(percent=60, status=Status.ON_TRACK), guard(), replaced=wrong) == ()
    assert doubts(stands, report(percent=30), guard(), replaced=wrong) == (PercentFalls(40, 30),)


def test_a_correction_is_not_asked_again_what_its_original_was_asked() -> None:
    fell = update(State(Status.ON_TRACK, 40), State(Status.ON_TRACK, 30))
    stands = PLAIN.model_copy(update={"percent": 30})
    assert doubts(stands, report(percent=30, note="the note, mended"), guard(), replaced=fell) == ()


def test_a_measurement_is_asked_about_only_what_the_guard_finds() -> None:
    assert doubts_of_figures(Figures("CSI", 12.0, "as counted"), guard()) == ()
    found = (Flagged("phone number", "905-555-0142"),)
    assert doubts_of_figures(Figures("CSI", 12.0, PHONE), guard()) == found
    assert doubts_of_figures(Figures("pulse", f"trust is growing; {PHONE}"), guard()) == found


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        pytest.param((PercentFalls(40, 30),), (Choice.SAVE, Choice.DROP), id="less"),
        pytest.param((HundredNotComplete(Status.ON_TRACK, ()),), (Choice.SAVE, Choice.COMPLETE, Choice.DROP), id="all"),
        pytest.param((OpenMilestones(BOTH_OPEN),), (Choice.SAVE, Choice.ALL_DONE, Choice.DROP), id="steps"),
    ],
)
def test_what_is_offered_fits_the_doubts(asked: tuple[Doubt, ...], offered: tuple[Choice, ...]) -> None:
    assert choices(asked) == offered


def test_choices_change_only_what_was_asked_about() -> None:
    said = report(percent=100, note="shipped", milestones=(Reached("Pilot"),))
    assert settled(said, (HundredNotComplete(Status.ON_TRACK, ()),), Choice.COMPLETE) == replace(
        said, status=Status.COMPLETE
    )
    done = settled(said, (OpenMilestones(("Review",)),), Choice.ALL_DONE)
    assert done.milestones == (Reached("Pilot"), Reached("Review"))
    assert settled(said, (PercentFalls(40, 30),), Choice.SAVE) == said
