"""How actions and indicators stand, and what they add up to: the rules of docs/status.md."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.standing import (
    Course,
    course,
    is_at_risk,
    is_due_soon,
    is_recent,
    is_stale,
    roll_up,
    standing,
)
from store.plan import Action, Indicator, Status
from tests.commands.ask.library import PLAN, TODAY

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def action(key: str = "A", **fields: Any) -> Action:
    return Action(key=key, title=key, **fields)


def updated(days_ago: int, status: str = "on-track", key: str = "A") -> Action:
    """An action with one update."""
    when = TODAY - timedelta(days=days_ago)
    return Action.model_validate(
        {"key": key, "title": key, "status": status, "updates": [{"date": when, "status": status, "percent": 40}]}
    )


def indicator(latest: float | None, *, better: str | None = "lower", target_day: date = TOMORROW) -> Indicator:
    """From 100 down to 50."""
    measured = [] if latest is None else [{"value": latest, "date": YESTERDAY}]
    return Indicator.model_validate(
        {
            "key": "I",
            "title": "I",
            "nature": "quantitative",
            "better": better,
            "baseline": {"value": 100, "date": date(2024, 1, 1)},
            "target": {"value": 50, "date": target_day},
            "measurements": measured,
        }
    )


@pytest.mark.parametrize(
    ("due", "status", "is_soon"),
    [
        pytest.param(TODAY, "on-track", True, id="today"),
        pytest.param(TODAY + timedelta(days=30), "on-track", True, id="the thirtieth day"),
        pytest.param(TODAY + timedelta(days=31), "on-track", False, id="a day later"),
        pytest.param(YESTERDAY, "on-track", False, id="overdue"),
        pytest.param(TOMORROW, "complete", False, id="complete"),
        pytest.param(TOMORROW, "cancelled", False, id="cancelled"),
    ],
)
def test_an_open_action_is_due_soon_for_thirty_days(due: date, status: str, is_soon: bool) -> None:
    assert is_due_soon(action(due=due, status=status), TODAY) is is_soon


@pytest.mark.parametrize(
    ("days", "recent", "stale"),
    [(0, True, False), (14, True, False), (15, False, False), (30, False, False), (31, False, True)],
)
def test_an_update_is_recent_for_fourteen_days_and_stale_after_thirty(days: int, recent: bool, stale: bool) -> None:
    assert (is_recent(updated(days), TODAY), is_stale(updated(days), TODAY)) == (recent, stale)


def test_an_action_that_nobody_ever_updated_is_stale_once_it_should_have_begun() -> None:
    assert is_stale(action(start=YESTERDAY), TODAY)
    assert not is_stale(action(start=TOMORROW), TODAY)


def test_a_closed_action_never_waits_for_an_update() -> None:
    assert not is_stale(updated(400, "complete"), TODAY)


def test_off_track_is_at_risk_too() -> None:
    assert [is_at_risk(action(status=one)) for one in ("at-risk", "off-track", "on-track")] == [True, True, False]


@pytest.mark.parametrize(
    ("measured", "where"),
    [
        pytest.param(indicator(50), Course.REACHED, id="at the target"),
        pytest.param(indicator(49), Course.REACHED, id="beyond it"),
        pytest.param(indicator(80), Course.TOWARDS, id="nearer"),
        pytest.param(indicator(100), Course.UNCHANGED, id="as at the start"),
        pytest.param(indicator(110), Course.AWAY, id="worse than at the start"),
        pytest.param(indicator(80, target_day=YESTERDAY), Course.MISSED, id="the target's day is over"),
        pytest.param(indicator(50, target_day=YESTERDAY), Course.REACHED, id="reached in time"),
        pytest.param(indicator(80, better=None), Course.TOWARDS, id="the direction is told by baseline and target"),
        pytest.param(indicator(None), None, id="never measured"),
    ],
)
def test_an_indicator_is_judged_by_its_last_figure(measured: Indicator, where: Course | None) -> None:
    assert course(measured, TODAY) is where


def test_an_indicator_in_words_is_not_judged() -> None:
    said = {"key": "I", "title": "I", "nature": "qualitative", "measurements": [{"value": "Fine.", "date": TODAY}]}
    assert course(Indicator.model_validate(said), TODAY) is None


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        pytest.param([], None, id="nothing to go by"),
        pytest.param([action()], None, id="nobody said anything"),
        pytest.param([action(percent=90)], None, id="a percentage is no status"),
        pytest.param([updated(3)], Status.ON_TRACK, id="on track"),
        pytest.param([updated(91)], None, id="old good news"),
        pytest.param([updated(200, "off-track")], Status.OFF_TRACK, id="old bad news stays"),
        pytest.param([updated(3), updated(3, "off-track"), updated(3, "at-risk")], Status.OFF_TRACK, id="worst wins"),
        pytest.param([updated(3), action(due=YESTERDAY, status="on-track")], Status.AT_RISK, id="overdue"),
        pytest.param([action(start=YESTERDAY, status="not-started")], Status.AT_RISK, id="late to start"),
        pytest.param([action(start=TOMORROW, status="not-started")], Status.NOT_STARTED, id="not started"),
        pytest.param([updated(3), action("B"), action("C")], None, id="most are silent"),
        pytest.param([updated(3), action("B")], Status.ON_TRACK, id="half are silent"),
        pytest.param([updated(300, "complete")], Status.COMPLETE, id="complete"),
        pytest.param([updated(3, "complete"), action("B")], Status.ON_TRACK, id="complete but for one silent"),
        pytest.param(
            [updated(3, "complete"), updated(3, "cancelled", "B")], Status.COMPLETE, id="cancelled is left out"
        ),
        pytest.param([updated(3, "cancelled")], None, id="all cancelled"),
    ],
)
def test_the_worst_wins_and_nothing_is_on_track_by_default(actions: list[Action], status: Status | None) -> None:
    named = [one.model_copy(update={"key": f"A-{at}"}) for at, one in enumerate(actions)]
    assert roll_up(named, (), today=TODAY).status is status


@pytest.mark.parametrize(
    ("measured", "status"),
    [
        pytest.param(indicator(80), Status.ON_TRACK, id="towards"),
        pytest.param(indicator(120), Status.AT_RISK, id="away"),
        pytest.param(indicator(80, target_day=YESTERDAY), Status.OFF_TRACK, id="missed"),
        pytest.param(indicator(40), Status.COMPLETE, id="reached"),
        pytest.param(indicator(None), None, id="never measured"),
    ],
)
def test_indicators_have_their_say_without_actions(measured: Indicator, status: Status | None) -> None:
    assert roll_up((), (measured,), today=TODAY).status is status


def test_a_priority_says_how_much_is_behind_it_and_how_old_it_is() -> None:
    found = standing(PLAN, "open-house", today=TODAY)
    assert found.status is Status.AT_RISK
    assert (found.percent, found.actions, found.silent, found.overdue) == (37, 3, 1, 1)
    assert found.by_status == ((Status.ON_TRACK, 1), (Status.AT_RISK, 1))
    assert found.courses == ((Course.TOWARDS, 1),)
    assert (found.oldest, found.latest) == (date(2026, 3, 1), date(2026, 5, 5))
    assert found.because == ("A-1", "A-2")


def test_the_cancelled_are_counted_apart() -> None:
    found = standing(PLAN, "to-the-villages", today=TODAY)
    assert (found.status, found.percent, found.actions, found.cancelled) == (Status.COMPLETE, 100, 1, 1)


actions_at_random = st.lists(
    st.builds(
        Action,
        key=st.uuids().map(str),
        title=st.just("An action"),
        status=st.none() | st.sampled_from(Status),
        percent=st.none() | st.integers(0, 100),
        due=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)


@given(actions_at_random)
def test_a_roll_up_is_never_better_than_its_worst_action(actions: list[Action]) -> None:
    found = roll_up(actions, (), today=TODAY)
    assert found.percent is None or 0 <= found.percent <= 100
    assert sum(number for _, number in found.by_status) + found.silent == found.actions
    if any(one.standing is Status.OFF_TRACK for one in actions):
        assert found.status is Status.OFF_TRACK
    if not any(one.status for one in actions) and not found.overdue:
        assert found.status is None
