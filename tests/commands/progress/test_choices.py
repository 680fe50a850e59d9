"""What a form offers, and what is found in it by typing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.member import Mandate, Member
from commands.progress.choices import Choices, choices, found_in, named_first
from store.plan import About, Action, Indicator, Nature, Objective, Plan, PlanStatus, Priority, Status

TODAY = date(2026, 11, 23)
ACTIONS = (
    Action(key="A-01", title="Repair the swimming pool", owners=("U01",), status=Status.COMPLETE),
    Action(key="A-02", title="Open the fraud portal", owners=("U01",), due=date(2027, 1, 1)),
    Action(key="A-03", title="Renew the fleet", owners=("U01",), due=date(2026, 11, 22)),
    Action(key="A-12", title="Train the crisis team", owners=("U02",), aliases=("CIT",)),
)
RATE = Indicator(key="rate", title="Response rate", nature=Nature.QUANTITATIVE, owners=("U01",))
OBJECTIVE = Objective(key="o", title="O", actions=ACTIONS, indicators=(RATE,))
PLAN = Plan(
    about=About(key="p", title="P", organization="O", status=PlanStatus.ADOPTED, timezone="America/Toronto"),
    priorities=(Priority(key="pr", title="Pr", objectives=(OBJECTIVE,)),),
)


def keys(offered: Choices) -> tuple[list[str], list[str], list[str]]:
    """The keys by group."""
    late, yours, others = ([one.key for one in group] for group in (offered.late, offered.yours, offered.others))
    return late, yours, others


def test_late_ones_come_first_then_open_ones_indicators_and_what_is_over() -> None:
    assert keys(choices(PLAN, Member("U01"), TODAY)) == (["A-03"], ["A-02", "rate", "A-01"], [])


def test_administrators_have_all_others_besides() -> None:
    admin = Member("U02", is_administrator=True)
    assert keys(choices(PLAN, admin, TODAY)) == ([], ["A-12"], ["A-02", "A-03", "rate", "A-01"])


def test_what_one_reports_on_for_others_is_among_ones_own() -> None:
    delegate = Member("U09", mandates=(Mandate("a-12", "U02"),))
    assert keys(choices(PLAN, delegate, TODAY)) == ([], ["A-12"], [])


def test_nobody_elses_is_offered() -> None:
    assert choices(PLAN, Member("U09"), TODAY).first is None


def test_the_one_that_is_open_is_always_among_them() -> None:
    offered = choices(PLAN, Member("U02"), TODAY).having(ACTIONS[0])
    assert keys(offered) == ([], ["A-01", "A-12"], [])
    assert keys(offered.having(ACTIONS[0])) == keys(offered)


FOUND = {
    "swiming": "A-01",
    "SWIMMING pool": "A-01",
    "pool repair": "A-01",
    "fra": "A-02",
    "a3": "A-03",
    "A-3": "A-03",
    "a 12": "A-12",
    "cit": "A-12",
    "respnse rate": "rate",
}


@pytest.mark.parametrize("typed", FOUND)
def test_what_is_typed_finds_its_entry_first(typed: str) -> None:
    everything = Choices(yours=tuple(choices(PLAN, Member("U01", is_administrator=True), TODAY)))
    found = found_in(everything, typed).first
    assert found is not None
    assert found.key == FOUND[typed]


def test_nothing_typed_shows_the_first_hundred() -> None:
    many = Choices(yours=tuple(Action(key=f"A-{number}", title="T") for number in range(300)))
    assert len(found_in(many, "  ")) == 100
    assert len(found_in(many, "t")) == 100


@given(st.text())
def test_whatever_is_typed_shows_no_more_than_there_is(typed: str) -> None:
    offered = choices(PLAN, Member("U01", is_administrator=True), TODAY)
    assert {one.key for one in found_in(offered, typed)} <= {one.key for one in offered}


@pytest.mark.parametrize(
    ("member", "named", "first"),
    [
        pytest.param(Member("U01"), ("A-12", "a-02"), "A-02", id="own-among-named"),
        pytest.param(Member("U01"), ("A-02", "A-03"), "A-03", id="late-before-open"),
        pytest.param(Member("U01"), ("A-12",), "A-03", id="own-before-others-named"),
        pytest.param(Member("U02", is_administrator=True), ("A-03",), "A-12", id="administrators-own"),
        pytest.param(Member("U09", is_administrator=True), ("A-12",), "A-12", id="administrator-owns-nothing"),
        pytest.param(Member("U09", is_administrator=True), ("gone",), "A-02", id="nothing-named-is-left"),
        pytest.param(Member("U09"), ("A-12",), None, id="nothing-to-report-on"),
    ],
)
def test_what_was_read_of_comes_first_among_ones_own(member: Member, named: tuple[str, ...], first: str | None) -> None:
    entry = named_first(PLAN, member, TODAY, named)
    assert (entry.key if entry else None) == first
