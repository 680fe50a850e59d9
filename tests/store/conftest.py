"""What the record's tests share."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from store import plans, workspaces
from store.database import Database
from store.plan import Plan

FILES = Path(__file__).parents[2] / "plans"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday morning in Winnipeg, where the Riverbend plan's days are read."""


def plan_file(name: str) -> Plan:
    """A plan file of the repository, read without the reader under test elsewhere."""
    return Plan.model_validate(yaml.safe_load((FILES / f"{name}.yml").read_text()))


@pytest.fixture
def riverbend() -> Plan:
    """The fictional plan with actions and indicators."""
    return plan_file("riverbend-2025-2028")


@pytest.fixture
async def workspace(database: Database) -> int:
    """The only workspace."""
    async with database.sessions.begin() as session:
        return await workspaces.default(session)


@pytest.fixture
async def imported(database: Database, workspace: int, riverbend: Plan) -> Plan:
    """The Riverbend plan, imported an hour ago and active."""
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, riverbend, NOW.replace(hour=14))
    return riverbend
