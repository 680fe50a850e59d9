"""The parts of a digest, each by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commands.digest import NO_WORD, Context, Digest, Earlier, Featured, Measured, Reported, Turn, compose
from commands.digest_parts.counts import changes, counted
from commands.digest_parts.extras import featured
from commands.digest_parts.moved import Movement, movements
from store.plan import (
    About,
    Action,
    Figure,
    Indicator,
    Kind,
    Nature,
    Objective,
    Plan,
    PlanStatus,
    Priority,
    Status,
    Value,
)
from store.standing import State

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WEEK = timedelta(days=7)
NEW, ON, RISK, OFF, DONE, DROPPED = (
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.COMPLETE,
    Status.CANCELLED,
)


def action(key: str, status: Status | None = ON, department: str | None = None) -> Action:
    return Action(key=key, title=key, status=status, department=department)


def indicator(key: str) -> Indicator:
    return Indicator(key=key, title=key, nature=Nature.QUANTITATIVE)


def plan(*actions: Action) -> Plan:
    """Two priorities: roads has the actions, people has an indicator only."""
    about = About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="America/Winnipeg")
    calm = Objective(key="calm", title="Calm", statement="Calm roads", actions=actions, indicators=(indicator("i-1"),))
    fair = Objective(key="fair", title="Fair", statement="Fair to all", indicators=(indicator("i-2"),))
    silent = Objective(key="silent", title="Silent")
    return Plan(
        about=about,
        values=(Value(key="care", title="Care", statement="We care"),),
        priorities=(
            Priority(key="roads", title="Roads", objectives=(calm,)),
            Priority(key="people", title="People", objectives=(fair, silent)),
        ),
    )


def digest(
    whole: Plan, *reported: Reported, scope: str = "", department: str = "", beside: Context | None = None
) -> Digest:
    return compose(
        whole,
        reported,
        scope=scope,
        department=department,
        since=NOW - WEEK,
        until=NOW,
        now=NOW,
        beside=beside,
    )


def movement(before: Status | None, after: Status | None) -> Movement:
    return Movement(action("A-1"), "Roads", State(before, 0), State(after, 0), None, None)


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        pytest.param(ON, OFF, Turn.FELL, id="on track to off track"),
        pytest.param(RISK, OFF, Turn.FELL, id="at risk to off track"),
        pytest.param(None, OFF, Turn.FELL, id="no word to off track"),
        pytest.param(DONE, OFF, Turn.FELL, id="complete to off track"),
        pytest.param(ON, RISK, Turn.SLIPPED, id="on track to at risk"),
        pytest.param(NEW, RISK, Turn.SLIPPED, id="not started to at risk"),
        pytest.param(OFF, RISK, Turn.RECOVERED, id="off track to at risk"),
        pytest.param(OFF, ON, Turn.RECOVERED, id="off track to on track"),
        pytest.param(RISK, ON, Turn.RECOVERED, id="at risk to on track"),
        pytest.param(NEW, ON, Turn.STARTED, id="not started to on track"),
        pytest.param(None, ON, Turn.STARTED, id="no word to on track"),
        pytest.param(DONE, ON, Turn.REOPENED, id="complete to on track"),
        pytest.param(DROPPED, NEW, Turn.REOPENED, id="cancelled to not started"),
        pytest.param(OFF, DONE, Turn.COMPLETED, id="off track to complete"),
        pytest.param(None, DONE, Turn.COMPLETED, id="no word to complete"),
        pytest.param(RISK, DROPPED, Turn.CANCELLED, id="at risk to cancelled"),
        pytest.param(ON, NEW, Turn.OTHER, id="on track back to not started"),
        pytest.param(ON, ON, Turn.OTHER, id="the same"),
        pytest.param(None, NEW, Turn.OTHER, id="no word to not started"),
    ],
)
def test_a_turn_is_where_the_period_took_an_action(before: Status | None, after: Status | None, turn: Turn) -> None:
    assert movement(before, after).turn is turn


def test_what_moved_comes_by_its_turn_and_within_one_in_the_plans_order() -> None:
    after = {"A-1": ON, "A-2": DONE, "A-3": RISK, "A-4": OFF, "A-5": RISK}
    actions = {key: action(key, status) for key, status in after.items()}
    said = [Reported(key, None, None, State(ON, 0), State(status, 1)) for key, status in reversed(after.items())]
    found = movements(plan(*actions.values()), actions, said)
    assert [one.action.key for one in found] == ["A-4", "A-3", "A-5", "A-2", "A-1"]


def test_milestones_reached_are_gathered_and_help_is_what_was_asked_last() -> None:
    one = action("A-1")
    said = [
        Reported("A-1", None, None, State(ON, 0), State(ON, 1), reached=("Lease", "Fence"), help_from="U1"),
        Reported("A-1", None, None, State(ON, 1), State(ON, 2), reached=("Lease",), help_from=None),
    ]
    (found,) = movements(plan(one), {"A-1": one}, said)
    assert (found.reached, found.help_from) == (("Lease", "Fence"), None)


def test_a_status_that_nobody_gave_is_counted_as_no_word() -> None:
    tally = counted([action("A-1", DONE), action("A-2", ON), action("A-3", None), action("A-4", ON)])
    assert list(tally.items()) == [("on-track", 2), ("complete", 1), (NO_WORD, 1)]


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        pytest.param({"on-track": 2}, {"on-track": 2}, {}, id="the same"),
        pytest.param({"on-track": 3}, {"on-track": 1}, {"on-track": 2}, id="more"),
        pytest.param({}, {"off-track": 1}, {"off-track": -1}, id="none any more"),
        pytest.param({"off-track": 1}, {NO_WORD: 1}, {"off-track": 1, NO_WORD: -1}, id="a first word"),
        pytest.param({"on-track": 1}, {"on-track": 1, "gone": 4}, {}, id="a status that is no more"),
    ],
)
def test_changes_are_by_status_and_none_is_none(
    now: dict[str, int], before: dict[str, int], found: dict[str, int]
) -> None:
    assert changes(now, Earlier(date(2026, 11, 16), before)) == found


def test_a_digest_is_compared_with_the_last_one_and_not_with_one_that_kept_no_counts() -> None:
    whole = plan(action("A-1", OFF))
    first, last = Earlier(date(2026, 11, 9), {"off-track": 1}), Earlier(date(2026, 11, 16), {"on-track": 1})
    told = digest(whole, beside=Context(earlier=[first, last]))
    assert told.before == last
    assert told.changes == {"on-track": -1, "off-track": 1}
    assert digest(whole, beside=Context(earlier=[Earlier(date(2026, 11, 16))])).changes == {}
    assert digest(whole).changes == {}


def test_passages_take_turns_week_by_week_and_channel_by_channel() -> None:
    whole = plan()
    weeks = [featured(whole, None, NOW + at * WEEK, 0) for at in range(4)]
    titles = [one.title for one in weeks if one]
    assert sorted(titles[:3]) == ["Calm", "Care", "Fair"]
    assert titles[3] == titles[0]
    assert featured(whole, None, NOW, 1) == weeks[1]


def test_a_scope_shows_its_own_objectives_and_the_values_word_for_word() -> None:
    found = {featured(plan(), "people", NOW, turn) for turn in range(5)}
    assert found == {featured(plan(), "fair", NOW, turn) for turn in range(5)}
    assert found == {Featured(Kind.VALUE, "Care", "We care"), Featured(Kind.OBJECTIVE, "Fair", "Fair to all")}


def test_a_plan_without_a_passage_shows_none() -> None:
    assert featured(plan().model_copy(update={"values": (), "priorities": ()}), None, NOW, 3) is None


def test_a_department_is_one_however_the_plan_writes_its_name() -> None:
    whole = plan(action("A-1", department="Fleet-Services"), action("A-2", department="fleet  services"), action("A-3"))
    assert digest(whole, department="Fleet Services").actions == 2


@pytest.mark.parametrize(
    ("scope", "department", "keys"),
    [
        pytest.param("", "", ["i-1", "i-2"], id="the whole plan"),
        pytest.param("roads", "", ["i-1"], id="a priority"),
        pytest.param("fair", "", ["i-2"], id="an objective"),
        pytest.param("", "Fleet", [], id="a department has no indicators"),
    ],
)
def test_only_indicators_of_its_scope_are_measured(scope: str, department: str, keys: list[str]) -> None:
    found = [Measured(indicator(key), Figure(value=1, date=date(2026, 11, 20)), None) for key in ("i-1", "i-2")]
    whole = plan(action("A-1", department="Fleet"))
    told = digest(whole, scope=scope, department=department, beside=Context(measured=found))
    assert [one.indicator.key for one in told.measured] == keys


@pytest.mark.parametrize(
    ("usual", "is_gap"),
    [
        pytest.param(None, False, id="nobody's digest"),
        pytest.param(timedelta(days=7), False, id="its own time"),
        pytest.param(timedelta(days=6), False, id="a day more, as when the clock changes"),
        pytest.param(timedelta(days=5), True, id="more than that"),
    ],
)
def test_a_digest_covers_a_gap_if_it_covers_more_than_its_time(usual: timedelta | None, *, is_gap: bool) -> None:
    assert digest(plan(action("A-1")), beside=Context(usual=usual)).covers_gap is is_gap


def test_the_keys_it_names_are_those_of_its_lists_and_no_more_than_each_shows() -> None:
    fell = [action(f"A-{at}", OFF) for at in range(300)]
    slow = [action(f"B-{at}", OFF) for at in range(300)]
    said = [Reported(one.key, None, None, State(ON, 0), State(OFF, 1)) for one in slow]
    named = digest(plan(*fell, *slow), *said).named
    assert named == (*(f"B-{at}" for at in range(240)), *(f"A-{at}" for at in range(240)))
