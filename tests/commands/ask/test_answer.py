"""From what a question was understood to ask to the facts that answer it."""

from datetime import date
from pathlib import Path

import pytest

from commands.ask import facts
from commands.ask.answer import answer
from commands.ask.question import Evidence, Facet, Outcome, SmallTalk, Understanding
from store.plan import SECTIONS, Kind, Plan, PlanStatus, Status
from store.planfile import read
from tests.commands.ask.library import OPENING, PLAN, TODAY, found, plan_with

SORTS = (Facet.OVERDUE, Facet.AT_RISK, Facet.DUE_SOON, Facet.RECENT, Facet.STALE, Facet.COMPLETE)


@pytest.fixture(scope="module", params=["hamilton-2023-2026", "riverbend-2025-2028"])
def shipped(request: pytest.FixtureRequest) -> Plan:
    """A plan that comes with the bot."""
    return read(Path("plans") / f"{request.param}.yml")


@pytest.mark.parametrize("facet", Facet, ids=[one.value for one in Facet])
def test_every_facet_of_every_subject_is_answered(facet: Facet, shipped: Plan) -> None:
    for plan in (shipped, PLAN, Plan.model_validate({"plan": PLAN.about})):
        for subject in (*SECTIONS, *plan.nodes):
            assert found(subject, facet, plan=plan).facts


def test_a_meaning_says_what_stands_over_the_entry_what_is_under_it_and_how_it_goes() -> None:
    (meaning,) = found("longer-hours", Facet.MEANING).facts
    assert isinstance(meaning, facts.Meaning)
    assert [one.title for one in meaning.path] == ["An Open House"]
    assert [(group.kind, [one.of.key for one in group.members]) for group in meaning.groups] == [
        (Kind.INDICATOR, ["visits"]),
        (Kind.ACTION, ["A-1"]),
    ]
    assert meaning.rolled_up is not None
    assert meaning.rolled_up.status is Status.AT_RISK


@pytest.mark.parametrize(
    ("sort", "scope", "keys"),
    [
        pytest.param(Facet.OVERDUE, "actions", ["A-1"], id="overdue"),
        pytest.param(Facet.OVERDUE, "open-house", ["A-1"], id="overdue under a priority"),
        pytest.param(Facet.OVERDUE, "better-rooms", [], id="overdue under an objective without any"),
        pytest.param(Facet.AT_RISK, "actions", ["A-2"], id="at risk"),
        pytest.param(Facet.DUE_SOON, "plan", ["A-2"], id="due soon"),
        pytest.param(Facet.RECENT, "actions", ["A-1"], id="recent"),
        pytest.param(Facet.STALE, "actions", ["A-3", "A-2"], id="stale, those never updated first"),
        pytest.param(Facet.COMPLETE, "actions", ["A-4"], id="complete without the cancelled"),
        pytest.param(Facet.COMPLETE, "open-house", [], id="none complete under a priority"),
    ],
)
def test_actions_of_a_sort_are_found_under_what_was_asked_about(sort: Facet, scope: str, keys: list[str]) -> None:
    (listed,) = found(scope, sort).facts
    assert isinstance(listed, facts.ActionList)
    assert [one.of.key for one in listed.lines] == keys
    assert listed.next_due is None or not keys


def test_where_nothing_is_overdue_the_next_due_action_is_told() -> None:
    (listed,) = found("better-rooms", Facet.OVERDUE).facts
    assert isinstance(listed, facts.ActionList)
    assert listed.next_due is not None
    assert listed.next_due.of.key == "A-2"


def test_milestones_that_are_due_soon_are_told_with_the_actions() -> None:
    (listed,) = found("actions", Facet.DUE_SOON, today=date(2026, 3, 31)).facts
    assert isinstance(listed, facts.ActionList)
    assert ([one.of.key for one in listed.lines], listed.milestones) == (["A-1"], ())
    later = OPENING | {"due": date(2026, 12, 1)}
    plan = plan_with(
        priorities=[{"key": "p", "title": "P", "objectives": [{"key": "o", "title": "O", "actions": [later]}]}]
    )
    (listed,) = found("actions", Facet.DUE_SOON, plan=plan, today=date(2026, 4, 15)).facts
    assert isinstance(listed, facts.ActionList)
    assert ([one.title for one in listed.milestones], listed.lines) == (["First Sunday"], ())


@pytest.mark.parametrize("asker", ["U01ADA", "bo@example.org", "BO@Example.org"])
def test_mine_are_the_actions_owned_by_id_or_by_address(asker: str) -> None:
    (listed,) = found("actions", Facet.MINE, asker=asker).facts
    assert isinstance(listed, facts.ActionList)
    assert [one.of.key for one in listed.lines] == ["A-1"]


def test_mine_names_the_askers_indicators_too() -> None:
    (listed,) = found("actions", Facet.MINE, asker="U01ADA").facts
    assert isinstance(listed, facts.ActionList)
    assert [one.key for one in listed.indicators] == ["visits"]


def test_mine_is_not_guessed_where_nobody_knows_who_asks() -> None:
    (listed,) = found("actions", Facet.MINE).facts
    assert isinstance(listed, facts.ActionList)
    assert not listed.asker_known


@pytest.mark.parametrize("sort", SORTS, ids=[one.value for one in SORTS])
def test_of_one_action_it_is_told_whether_it_is_of_the_sort(sort: Facet) -> None:
    (told,) = found("A-1", sort).facts
    assert isinstance(told, facts.OfSort)
    assert told.holds is (sort in (Facet.OVERDUE, Facet.RECENT))


def test_the_owners_of_a_priority_are_those_of_what_is_under_it() -> None:
    (below,) = found("open-house", Facet.OWNER).facts
    assert isinstance(below, facts.OwnersBelow)
    assert [(one.of.key, one.owners) for one in below.owned] == [
        ("A-1", ("U01ADA", "bo@example.org")),
        ("A-2", ("U02CY",)),
        ("A-3", ()),
        ("visits", ("U01ADA",)),
    ]


def test_a_value_has_no_owner_and_says_what_it_says() -> None:
    none, meaning = found("welcome", Facet.OWNER).facts
    assert isinstance(none, facts.NotKept)
    assert isinstance(meaning, facts.Meaning)


def test_the_due_date_of_an_objective_is_that_of_its_open_actions() -> None:
    (below,) = found("better-rooms", Facet.DUE).facts
    assert isinstance(below, facts.DueDatesBelow)
    assert [(one.of.key, one.due) for one in below.lines] == [("A-2", date(2026, 6, 1)), ("A-3", date(2026, 12, 1))]


def test_the_target_of_an_objective_is_that_of_its_indicators() -> None:
    (below,) = found("longer-hours", Facet.TARGET).facts
    assert isinstance(below, facts.Targets)
    assert [one.of.key for one in below.targets] == ["visits"]


def test_the_members_of_an_action_are_its_milestones() -> None:
    (steps,) = found("A-1", Facet.LIST).facts
    assert isinstance(steps, facts.Milestones)
    assert [(one.title, one.is_done, one.is_overdue) for one in steps.steps] == [
        ("Rota agreed", True, False),
        ("First Sunday", False, True),
    ]


def test_the_status_of_the_plan_is_whether_it_is_in_force_and_how_it_goes() -> None:
    in_force, rolled_up = found("plan", Facet.STATUS).facts
    assert isinstance(in_force, facts.PlanInForce)
    assert in_force.status is PlanStatus.ADOPTED
    assert isinstance(rolled_up, facts.RolledUp)
    assert [one.of.key for one in rolled_up.lines] == ["A-2", "A-1", "A-3", "A-4", "A-5"]


def test_a_plan_without_a_period_says_so() -> None:
    plan = plan_with(plan=PLAN.about.model_copy(update={"period": None}).model_dump())
    assert found("plan", Facet.PERIOD, plan=plan).facts == (
        facts.PlanPeriod(facts.Named("plan", "Room for All", None), None, None),
    )


def test_a_mission_that_the_plan_does_not_state_is_absent() -> None:
    assert found("mission", Facet.MEANING).facts == (facts.Absent(facts.Named("mission", "Mission", None)),)


@pytest.mark.parametrize(
    ("subject", "counts"),
    [
        pytest.param("objectives", ((Kind.OBJECTIVE, 5),), id="a section"),
        pytest.param("open-house", ((Kind.OBJECTIVE, 2), (Kind.INDICATOR, 1), (Kind.ACTION, 3)), id="a priority"),
        pytest.param("listen", ((Kind.INDICATOR, 1), (Kind.ACTION, 0)), id="an objective"),
        pytest.param("values", ((Kind.VALUE, 1),), id="values"),
    ],
)
def test_members_are_counted(subject: str, counts: tuple[tuple[Kind, int], ...]) -> None:
    (count,) = found(subject, Facet.COUNT).facts
    assert isinstance(count, facts.Count)
    assert count.counts == counts


def test_what_was_asked_in_the_same_breath_is_answered_too() -> None:
    asked = Understanding("who and when", Outcome.ANSWER, "A-1", Facet.OWNER, 1.0, also=(("A-1", Facet.DUE),))
    owners, due = answer(asked, PLAN, today=TODAY).facts
    assert isinstance(owners, facts.Owners)
    assert isinstance(due, facts.DueDate)


def test_a_key_is_found_in_any_case_of_letters() -> None:
    assert found("a-1", Facet.OWNER).facts == found("A-1", Facet.OWNER).facts


def test_a_subject_that_the_plan_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        found("nowhere", Facet.MEANING)


def test_suggestions_come_with_their_titles_and_their_place() -> None:
    asked = Understanding("hours?", Outcome.SUGGEST, facet=Facet.STATUS, suggestions=("longer-hours", "values"))
    told = answer(asked, PLAN, today=TODAY)
    assert [(one.of.title, one.under.title if one.under else None) for one in told.suggestions] == [
        ("Longer Hours", "An Open House"),
        ("Values", None),
    ]
    assert {one.facet for one in told.suggestions} == {Facet.STATUS}
    assert (told.subject, told.facts) == (None, ())


def test_where_nothing_is_found_the_plan_offers_questions_it_answers() -> None:
    told = answer(Understanding("who is the mayor", Outcome.UNKNOWN), PLAN, today=TODAY)
    assert [(one.of.key, one.facet) for one in told.examples] == [
        ("welcome", Facet.MEANING),
        ("open-house", Facet.LIST),
        ("A-1", Facet.OWNER),
    ]
    assert not told.is_near
    assert "background" in [one.key for one in told.nearest]


def test_where_nothing_is_found_the_nearest_parts_come_from_the_evidence() -> None:
    evidence = tuple(Evidence(key, "rooms", "Rooms", "title", 0.6) for key in ("better-rooms", "A-2", "survey"))
    evidence += (Evidence("welcome", "hotel", "Welcome", "vocabulary", 0.2),)
    told = answer(Understanding("hotel rooms", Outcome.UNKNOWN, evidence=evidence), PLAN, today=TODAY)
    assert [one.title for one in told.nearest] == ["An Open House", "Background"]
    assert told.is_near


def test_small_talk_is_passed_on() -> None:
    told = answer(Understanding("ta", Outcome.UNKNOWN, small_talk=SmallTalk.THANKS), PLAN, today=TODAY)
    assert told.small_talk is SmallTalk.THANKS
