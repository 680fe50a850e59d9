"""What may be chosen for a digest in a form, found by typing, and read from the form again."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.digest_choices import COMMON_ZONES, MOST_FOUND, ScopeChoice, scope_choices, zone_choices
from commands.digest_form import RHYTHMS, Filled, filled_of, read_digest_form
from commands.mistakes import InvalidFields
from commands.schedule import Schedule
from commands.scopes import Scope
from store.digest_tables import Every
from store.plan import Plan
from store.planfile import read
from tests.bot.running import RIVERBEND
from tests.commands.test_zone_rules import kept, utc


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The Riverbend plan."""
    return read(RIVERBEND)


def test_every_common_zone_is_one() -> None:
    assert set(COMMON_ZONES) <= available_timezones()


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_the_zones_fit_into_a_menu(typed: str) -> None:
    found = zone_choices(typed, "America/Winnipeg", "Europe/Berlin")
    offered = (*found.near, *found.others)
    assert len(offered) == len(set(offered)) <= MOST_FOUND
    assert set(offered) <= available_timezones()


def test_a_zone_is_found_by_its_name_whatever_region_it_is_of() -> None:
    zones = sorted(available_timezones() - {"localtime"})[::12]
    assert [zone for zone in zones if zone not in zone_choices(zone, "America/Winnipeg", "").near] == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param("patrol", "Patrol", id="a department"),
        pytest.param("calm rods", "Calm Our Roads", id="a misspelt title"),
        pytest.param("calm-our-roads", "Calm Our Roads", id="a key"),
        pytest.param("whole", "", id="the whole plan"),
    ],
)
def test_a_scope_is_found_by_typing(plan: Plan, typed: str, title: str) -> None:
    assert title in [one.title for one in scope_choices(plan).found(typed)]


def test_every_scope_is_told_from_the_others_by_its_mark(plan: Plan) -> None:
    marks = [one.mark for one in scope_choices(plan)]
    assert len(set(marks)) == len(marks)
    assert max(map(len, marks)) <= 150


def test_a_department_that_is_written_otherwise_is_the_same() -> None:
    first, second = (ScopeChoice(Scope(department=name), name) for name in ("Human Resources", "human-resources"))
    assert first.mark == second.mark


@given(
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    rhythm=st.sampled_from(RHYTHMS),
    mentions=st.booleans(),
)
def test_a_form_left_as_it_is_asks_for_what_there_is(
    plan: Plan, weekday: int, hour: int, minute: int, rhythm: str, mentions: bool
) -> None:
    every, _, nth = rhythm.partition(":")
    schedule = Schedule(
        weekday, hour, minute, "Asia/Kolkata", department="Patrol", every=Every(every), nth=int(nth or 1)
    )
    there = kept(schedule, utc("2026-11-30"), mentions_owners=mentions)
    asked = read_digest_form(filled_of(there), plan)
    assert (asked.schedule, asked.mentions) == (schedule, mentions)


@pytest.mark.parametrize(
    ("filled", "wrong"),
    [
        pytest.param(Filled(zone="UTC", time=""), {"time": "no time"}, id="no time"),
        pytest.param(Filled(zone="UTC", time="25:00"), {"time": "no time"}, id="a time that no day has"),
        pytest.param(Filled(zone="Mars/Base"), {"zone": "no zone"}, id="no such zone"),
        pytest.param(Filled(), {"zone": "missing"}, id="no zone"),
        pytest.param(Filled(zone="UTC", scope="key:gone"), {"scope": "scope gone"}, id="a scope that is gone"),
        pytest.param(
            Filled("", "", "", "", ""),
            {"every": "missing", "weekday": "missing", "time": "no time", "zone": "missing", "scope": "missing"},
            id="nothing",
        ),
    ],
)
def test_what_is_wrong_is_told_by_field(plan: Plan, filled: Filled, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidFields) as refused:
        read_digest_form(filled, plan)
    assert refused.value.fields == wrong
