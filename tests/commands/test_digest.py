"""What a digest tells."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commands.digest import Concern, Digest, Reported, compose
from commands.mistakes import ScopeGone
from store.plan import About, Action, Objective, Plan, PlanStatus, Priority, Status, Update
from store.standing import State

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WEEK = timedelta(days=7)


def action(key: str, status: Status, percent: int, *, due: str = "2027-06-30", heard: str = "2026-11-20") -> Action:
    """An action as it stands now."""
    return Action(
        key=key,
        title=f"Action {key}",
        owners=("U02CARTER",),
        start=date(2026, 1, 1),
        due=date.fromisoformat(due),
        status=status,
        percent=percent,
        updates=(Update(date=date.fromisoformat(heard), status=status, percent=percent),),
    )


def plan(*actions: Action) -> Plan:
    """A plan with two priorities; every action is under the first one."""
    about = About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="America/Winnipeg")
    roads = Priority(key="roads", title="Roads", objectives=(Objective(key="calm", title="Calm", actions=actions),))
    return Plan(about=about, priorities=(roads, Priority(key="people", title="People")))


def digest(whole: Plan, *reported: Reported, scope: str = "") -> Digest:
    """The digest of the week before now."""
    return compose(whole, reported, scope=scope, since=NOW - WEEK, until=NOW, now=NOW)


def test_what_moved_is_told_once_from_the_first_to_the_last() -> None:
    told = digest(
        plan(action("A-1", Status.AT_RISK, 60)),
        Reported("A-1", "U02CARTER", "half way", State(Status.ON_TRACK, 40), State(Status.ON_TRACK, 50)),
        Reported("A-1", "U02CARTER", None, State(Status.ON_TRACK, 50), State(Status.AT_RISK, 60)),
    )
    (movement,) = told.moved
    assert (movement.before, movement.after) == (State(Status.ON_TRACK, 40), State(Status.AT_RISK, 60))
    assert (movement.priority, movement.note) == ("Roads", "half way")


@pytest.mark.parametrize(("update_days", "is_silent"), [(None, False), (14, True), (15, False)])
def test_a_plan_says_after_how_many_days_an_action_is_silent(update_days: int | None, is_silent: bool) -> None:
    whole = plan(action("A-1", Status.ON_TRACK, 10, heard="2026-11-08"))
    about = whole.about.model_copy(update={"update_days": update_days})
    told = digest(whole.model_copy(update={"about": about}))
    assert [one.concerns for one in told.attention] == ([(Concern.SILENT,)] if is_silent else [])


def test_what_needs_attention_comes_with_its_reasons_the_worst_first() -> None:
    told = digest(
        plan(
            action("A-1", Status.AT_RISK, 60),
            action("A-2", Status.OFF_TRACK, 10, due="2026-11-22", heard="2026-09-01"),
            action("A-3", Status.ON_TRACK, 10, due="2026-11-22"),
            action("A-4", Status.ON_TRACK, 10),
            action("A-5", Status.COMPLETE, 100, due="2026-01-01", heard="2026-01-01"),
        )
    )
    assert [(one.action.key, one.concerns) for one in told.attention] == [
        ("A-2", (Concern.OFF_TRACK, Concern.OVERDUE, Concern.SILENT)),
        ("A-3", (Concern.OVERDUE,)),
        ("A-1", (Concern.AT_RISK,)),
    ]


def test_an_action_is_overdue_when_its_day_is_over_in_the_plans_zone() -> None:
    whole = plan(action("A-1", Status.ON_TRACK, 10, due="2026-11-22"))
    still_sunday_in_winnipeg = datetime(2026, 11, 23, 5, tzinfo=UTC)
    told = compose(whole, (), scope="", since=NOW - WEEK, until=NOW, now=still_sunday_in_winnipeg)
    assert told.attention == ()
    assert [one.key for one in told.due_soon] == ["A-1"]


def test_what_is_due_within_two_weeks_comes_by_date() -> None:
    told = digest(
        plan(
            action("A-1", Status.ON_TRACK, 10, due="2026-12-07"),
            action("A-2", Status.ON_TRACK, 10, due="2026-11-23"),
            action("A-3", Status.ON_TRACK, 10, due="2026-12-08"),
            action("A-4", Status.COMPLETE, 100, due="2026-11-24"),
        )
    )
    assert [one.key for one in told.due_soon] == ["A-2", "A-1"]


def test_a_quiet_week_names_the_quietest_actions() -> None:
    told = digest(
        plan(action("A-1", Status.ON_TRACK, 10), action("A-2", Status.ON_TRACK, 10, heard="2026-11-01")),
    )
    assert (told.moved, told.confirmed) == ((), ())
    assert [one.key for one in told.quietest] == ["A-2", "A-1"]


def test_a_scope_leaves_out_the_rest() -> None:
    whole = plan(action("A-1", Status.AT_RISK, 60))
    moved = Reported("A-1", None, None, State(Status.ON_TRACK, 50), State(Status.AT_RISK, 60))
    told = digest(whole, moved, scope="people")
    assert (told.scope, told.actions, told.moved, told.attention) == ("People", 0, (), ())


def test_a_scope_that_the_plan_no_longer_has_is_no_digest_of_everything() -> None:
    with pytest.raises(ScopeGone):
        digest(plan(action("A-1", Status.AT_RISK, 60)), scope="gone")
