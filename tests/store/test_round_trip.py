"""A plan comes back from the record as it was in its file, entry for entry."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import plans, workspaces
from store.database import Database
from store.plan import Plan
from tests.store.conftest import FILES, NOW, plan_file
from tests.store.generated_plans import generated_plans


@pytest.mark.parametrize("name", sorted(file.stem for file in FILES.glob("*.yml")))
async def test_a_plan_comes_back_as_it_was_in_its_file(database: Database, workspace: int, name: str) -> None:
    plan = plan_file(name)
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, plan, NOW)
    async with database.reading() as session:
        assert await plans.load_plan(session, workspace, history=True) == plan


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=generated_plans(), again=st.booleans())
async def test_any_plan_comes_back_as_it_was_in_its_file(sqlite_url: str, plan: Plan, again: bool) -> None:
    database = Database.at(sqlite_url)
    async with database.sessions() as session:
        workspace = await workspaces.default(session)
        for _ in range(1 + again):
            await plans.import_plan(session, workspace, plan, NOW)
        assert await plans.load_plan(session, workspace, history=True) == plan
        assert (await plans.compare_plan(session, workspace, plan)).is_empty
        await session.rollback()
    await database.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=generated_plans(), second=generated_plans())
async def test_a_file_that_replaces_another_says_what_the_structure_is(
    sqlite_url: str, first: Plan, second: Plan
) -> None:
    database = Database.at(sqlite_url)
    async with database.sessions() as session:
        workspace = await workspaces.default(session)
        await plans.import_plan(session, workspace, first, NOW)
        await plans.import_plan(session, workspace, second, NOW)
        loaded = await plans.load_plan(session, workspace, history=True)
        assert _structure(loaded) == _structure(second)
        assert (await plans.compare_plan(session, workspace, second)).is_empty
        assert (await plans.compare_plan(session, workspace, loaded)).is_empty
        await session.rollback()
    await database.close()


def _structure(plan: Plan) -> object:
    """The plan without what was reported on it, which an import adds to and never takes from."""
    reported = {"status", "percent", "updates", "measurements"}
    entries = [
        (node.kind, node.parent, node.entry.model_dump(exclude=reported | {"objectives", "actions", "indicators"}))
        for node in plan.walk()
    ]
    return plan.about, entries
