"""The schema: migrations from nothing to the newest, and their agreement with the tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store.address import Address
from store.columns import Row
from store.database import Database
from store.question_tables import QuestionCount
from store.reminder_tables import Reminder
from store.responsibility_tables import Intake
from store.schema import MIGRATIONS, SchemaState, revisions, state_of
from store.tables import Workspace


async def test_models_and_migrations_agree(database_url: str) -> None:
    address = Address.parse(database_url)
    engine: AsyncEngine = create_async_engine(address.engine_url, connect_args=address.connect_arguments)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


def _differences(connection: Connection) -> list[object]:
    assert {table.__tablename__ for table in (Workspace, QuestionCount, Intake, Reminder)} <= set(Row.metadata.tables)
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Row.metadata))


async def test_an_empty_database_is_upgraded_to_the_newest_schema(empty_database_url: str) -> None:
    database = Database.at(empty_database_url)
    before = await database.check()
    await database.upgrade()
    after = await database.check()
    await database.close()
    assert before.is_empty
    assert after.is_current
    assert after.revision == after.head


def test_the_migrations_are_those_that_alembic_knows() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert revisions() == [script.revision for script in reversed(list(scripts.walk_revisions()))]


@pytest.mark.parametrize(
    ("revision", "state"),
    [
        pytest.param(None, SchemaState.EMPTY, id="no migration yet"),
        pytest.param("0001", SchemaState.OLDER, id="an earlier one"),
        pytest.param("0002", SchemaState.CURRENT, id="the newest"),
        pytest.param("0003", SchemaState.NEWER, id="one of a newer version"),
    ],
)
def test_a_schema_is_told_apart_by_its_last_migration(revision: str | None, state: SchemaState) -> None:
    assert state_of(revision, head="0002", known={"0001", "0002"}) is state


async def test_a_database_of_a_newer_version_is_recognised_and_left_alone(empty_database_url: str) -> None:
    database = Database.at(empty_database_url)
    await database.upgrade()
    async with database.sessions.begin() as session:
        await (await session.connection()).execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.upgrade()
    schema = await database.check()
    await database.close()
    assert schema.is_newer
    assert schema.revision == "9999"
