"""Everybody whom the plan names is in the console's workspace, and can be found there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.cast import Role, find, gather
from bot.console.workspace import App, Workspace
from store.plan import Plan
from store.planfile import parse

PLAN = """
plan: {key: small, title: Small, organization: Small Town, status: adopted, timezone: America/Winnipeg}
priorities:
- key: one
  title: One
  objectives:
  - key: first
    title: First
    indicators:
    - {key: count, title: Count, nature: qualitative, owners: [R.Sandhu@example.org]}
    actions:
    - {key: A-01, title: Open the hub, owners: [r.sandhu@example.org, U06NGUYEN]}
    - key: A-02
      title: Close the hub
      owners: [U02AB3CD4, U00000001]
      updates: [{date: 2026-01-01, author: U77GONE, note: Left since.}]
"""


@pytest.fixture
def plan() -> Plan:
    return parse(PLAN, str(Path("small.yml")))


@pytest.fixture
async def roles(plan: Plan) -> AsyncIterator[tuple[Role, ...]]:
    async with Workspace.open(App()) as workspace:
        yield gather(workspace, plan)


async def test_owners_and_authors_are_members_under_the_ids_that_the_plan_gives_them(roles: tuple[Role, ...]) -> None:
    assert {role.person.id: role.owns for role in roles} == {
        "U00000002": ("count", "A-01"),
        "U06NGUYEN": ("A-01",),
        "U02AB3CD4": ("A-02",),
        "U00000001": ("A-02",),
        "U77GONE": (),
        "U00000003": (),
        "U00000004": (),
    }


async def test_a_name_is_taken_from_an_address_or_from_an_id_that_tells_one(roles: tuple[Role, ...]) -> None:
    assert [role.person.real_name for role in roles] == [
        "R. Sandhu",
        "Nguyen",
        "U02AB3CD4",
        "U00000001",
        "Gone",
        "Alex",
        "Kim",
    ]


async def test_an_address_in_two_spellings_is_one_person(roles: tuple[Role, ...]) -> None:
    assert [role.person.id for role in find(roles, "R.SANDHU@example.org")] == ["U00000002"]


@pytest.mark.parametrize("typed", ["U06NGUYEN", "u06nguyen", "@nguyen", "<@U06NGUYEN>", "guy"])
async def test_a_person_is_found_by_id_handle_or_part_of_the_name(roles: tuple[Role, ...], typed: str) -> None:
    assert [role.person.id for role in find(roles, typed)] == ["U06NGUYEN"]


async def test_a_part_of_several_names_finds_them_all_and_no_name_nobody(roles: tuple[Role, ...]) -> None:
    assert len(find(roles, "n")) > 1
    assert find(roles, "") == ()
    assert find(roles, "zebra") == ()


async def test_one_member_owns_nothing_and_one_administers(roles: tuple[Role, ...]) -> None:
    assert [(role.person.name, role.is_administrator) for role in roles if role.reference is None] == [
        ("alex", False),
        ("kim", True),
    ]
