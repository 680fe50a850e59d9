"""`planbot doctor` on owners: what nobody can report on is said, with how to mend it."""

from datetime import UTC, datetime

import pytest

from bot.doctor import Finding, examine
from store.addresses import remember_addresses
from store.database import Database
from store.departures import notice
from store.workspaces import default
from tests.bot.running import load

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
async def findings(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    """What is found of a plan one of whose owners has left and whose addresses are nobody's."""
    await load(sqlite_url)
    database = Database.at(sqlite_url)
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await notice(session, workspace, "U02CARTER", email=None, name="Carter", now=NOW)
        await remember_addresses(session, workspace, [("r.sandhu@example.org", None)], NOW)
    await database.close()
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return {one.checked: one async for one in examine()}


async def test_what_nobody_can_report_on_is_named(findings: dict[str, Finding]) -> None:
    owners = findings["owners"]
    assert not owners.is_well
    assert "A-05" in owners.says
    assert "A-12" in owners.says
    assert "A-06" not in owners.says
    assert "/plan change KEY" in owners.mend


async def test_who_left_without_an_administrator_told_is_named(findings: dict[str, Finding]) -> None:
    assert "Carter" in findings["departures"].says
    assert not findings["departures"].is_well
