"""Slack workspaces: the record begun at the command line becomes the first team's."""

import asyncio

import pytest

from store import plans, workspaces
from store.database import Database
from store.errors import NoActivePlan, NoSuchPlan, NoSuchWorkspace, SeveralWorkspaces
from store.plan import Plan
from tests.store.conftest import NOW, plan_file


async def binds(database: Database, team: str) -> int:
    """Bind a team in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await workspaces.bind(session, team, f"Team {team}")


async def test_the_record_begun_at_the_command_line_becomes_the_teams(database: Database, workspace: int) -> None:
    assert await binds(database, "T1") == workspace
    assert await binds(database, "T1") == workspace
    assert await binds(database, "T2") != workspace


async def test_ten_servers_that_start_at_once_bind_one_workspace(database: Database) -> None:
    assert len(set(await asyncio.gather(*(binds(database, "T1") for _ in range(10))))) == 1


async def test_the_command_line_asks_which_workspace_if_there_are_several(database: Database) -> None:
    first = await binds(database, "T1")
    async with database.sessions.begin() as session:
        assert await workspaces.default(session) == first
    await binds(database, "T2")
    async with database.sessions.begin() as session:
        with pytest.raises(SeveralWorkspaces) as several:
            await workspaces.default(session)
        assert several.value.team_ids == ("T1", "T2")
        assert await workspaces.named(session, "T1") == first
        with pytest.raises(NoSuchWorkspace):
            await workspaces.named(session, "T3")


async def test_the_first_plan_is_active_until_another_is_activated(
    database: Database, workspace: int, imported: Plan
) -> None:
    hamilton = plan_file("hamilton-2023-2026")
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, hamilton, NOW)
        assert await plans.load_plan(session, workspace, history=True) == imported
        await plans.activate(session, workspace, "Hamilton-2023-2026")
        assert await plans.load_plan(session, workspace) == hamilton
        listed = await plans.list_plans(session, workspace)
    assert [(one.key, one.is_active) for one in listed] == [
        ("hamilton-2023-2026", True),
        ("riverbend-2025-2028", False),
    ]


async def test_a_workspaces_plans_are_its_own(database: Database, workspace: int, imported: Plan) -> None:
    await binds(database, "T1")
    other = await binds(database, "T2")
    async with database.sessions.begin() as session:
        assert await plans.list_plans(session, other) == []
        assert await plans.stamp(session, other) is None
        with pytest.raises(NoActivePlan):
            await plans.load_plan(session, other)
        with pytest.raises(NoSuchPlan):
            await plans.activate(session, other, imported.about.key)
        await plans.import_plan(session, other, imported, NOW)
        assert await plans.load_plan(session, workspace, history=True) == imported


async def test_an_unknown_plan_is_answered_with_those_there_are(
    database: Database, workspace: int, imported: Plan
) -> None:
    async with database.reading() as session:
        with pytest.raises(NoSuchPlan) as unknown:
            await plans.load_plan(session, workspace, "hamilton")
    assert unknown.value.known == (imported.about.key,)
