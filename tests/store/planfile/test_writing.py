"""A plan written as a file is the same plan when it is read again."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.plan import About, Figure, Indicator, Nature, Objective, Plan, PlanStatus, Priority, Statement
from store.planfile import parse, read, write
from tests.store.planfile.generated import NASTY, plans, texts

PLANS = Path(__file__).parents[3] / "plans"
ABOUT = About(key="p", title="P", organization="O", status=PlanStatus.DRAFT, timezone="UTC")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_any_plan_is_the_same_after_it_was_written_and_read(plan: Plan) -> None:
    assert parse(write(plan), "plan.yml") == plan


@settings(max_examples=400, deadline=None)
@given(st.builds(str.__add__, texts, texts) | texts)
@example("a\n\n\x85b")
def test_any_text_is_the_same_after_it_was_written_and_read(text: str) -> None:
    plan = Plan(about=ABOUT, vision=Statement(statement=text), mission=Statement(statement=text))
    assert parse(write(plan), "plan.yml") == plan


@pytest.mark.parametrize("text", NASTY)
def test_text_that_yaml_could_misread_survives(text: str) -> None:
    plan = Plan(about=ABOUT, vision=Statement(statement=text))
    assert parse(write(plan), "plan.yml") == plan


@settings(max_examples=200, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1e15)
@example(1e300)
@example(5e-324)
@example(-0.1)
def test_any_number_is_the_same_after_it_was_written_and_read(value: float) -> None:
    indicator = Indicator(
        key="I", title="I", nature=Nature.QUANTITATIVE, target=Figure(value=value, date=date(2026, 1, 1))
    )
    objective = Objective(key="o", title="O", indicators=(indicator,))
    plan = Plan(about=ABOUT, priorities=(Priority(key="r", title="R", objectives=(objective,)),))
    assert parse(write(plan), "plan.yml") == plan


@pytest.mark.parametrize("name", ["hamilton-2023-2026", "riverbend-2025-2028", "halton-police-board"])
def test_the_plans_that_come_with_planbot_survive_writing(name: str) -> None:
    plan = read(PLANS / f"{name}.yml")
    assert parse(write(plan), "plan.yml") == plan


def test_a_plan_is_written_in_the_layout_of_the_files_that_come_with_planbot() -> None:
    path = PLANS / "hamilton-2023-2026.yml"
    assert write(read(path)) == path.read_text(encoding="utf-8")


def test_what_is_not_there_is_left_out() -> None:
    assert write(Plan(about=ABOUT)) == (
        "plan:\n  key: p\n  title: P\n  organization: O\n  status: draft\n  timezone: UTC\n"
    )


def test_paragraphs_are_written_as_paragraphs_and_whole_numbers_without_a_point() -> None:
    text = write(Plan(about=ABOUT, vision=Statement(statement="First.\n\nSecond: with 😀.")))
    assert "  statement: |-\n    First.\n\n    Second: with 😀.\n" in text
    figure = Figure(value=64.0, date=date(2026, 1, 1))
    indicator = Indicator(key="I", title="I", nature=Nature.QUANTITATIVE, baseline=figure, target=figure)
    priority = Priority(key="r", title="R", objectives=(Objective(key="o", title="O", indicators=(indicator,)),))
    written = write(Plan(about=ABOUT, priorities=(priority,)))
    assert written.count("value: 64\n") == 2
    assert "&" not in written, "what occurs twice is written twice, not by reference"


def test_another_reader_of_yaml_sees_the_same_fields() -> None:
    path = PLANS / "riverbend-2025-2028.yml"
    assert yaml.safe_load(write(read(path))) == yaml.safe_load(path.read_text(encoding="utf-8"))
