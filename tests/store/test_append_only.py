"""What was reported or decided cannot be changed or deleted, whoever tries."""

import pytest
from sqlalchemy import delete, func, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from store import plans
from store.database import Database
from store.plan import Plan
from store.tables import Decision, MeasurementRow, MilestoneReport, ProgressUpdate
from store.updates import NewUpdate, Reached, Via, record_update
from tests.store.conftest import NOW
from tests.store.edits import edited

TABLES = [
    pytest.param(ProgressUpdate, id="progress updates"),
    pytest.param(MeasurementRow, id="measurements"),
    pytest.param(Decision, id="decisions"),
    pytest.param(MilestoneReport, id="reports of milestones"),
]
Kept = type[ProgressUpdate] | type[MeasurementRow] | type[Decision] | type[MilestoneReport]


@pytest.fixture(autouse=True)
async def decided(database: Database, workspace: int, imported: Plan) -> None:
    """A due date was changed and a milestone reached, so that there are rows of each."""
    reached = (Reached("Prosecutors have log-ins"),)
    new = NewUpdate(author=None, as_of=NOW.date(), recorded_at=NOW, via=Via.COMMAND, milestones=reached)
    async with database.sessions.begin() as session:
        await record_update(session, workspace, "A-12", new)
        await plans.import_plan(session, workspace, edited(imported, "A-12", due="2027-03-31"), NOW)


@pytest.mark.parametrize("table", TABLES)
async def test_no_row_is_changed(database: Database, table: Kept) -> None:
    async with database.sessions() as session:
        with pytest.raises(DBAPIError, match="append-only"):
            await session.exec(update(table).values(workspace_id=1))


@pytest.mark.parametrize("table", TABLES)
async def test_no_row_is_deleted(database: Database, table: Kept) -> None:
    async with database.sessions() as session:
        with pytest.raises(DBAPIError, match="append-only"):
            await session.exec(delete(table))
    async with database.reading() as session:
        assert (await session.exec(select(func.count()).select_from(table))).one() > 0


async def test_postgresql_does_not_empty_the_tables_either(database: Database) -> None:
    if database.is_embedded:
        pytest.skip("SQLite has no TRUNCATE")
    async with database.sessions() as session:
        connection = await session.connection()
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text("TRUNCATE progress_update CASCADE"))
