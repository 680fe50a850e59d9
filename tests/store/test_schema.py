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
from store.digest_tables import Every
from store.ledger import ledger
from store.migrating import migrate_one_step
from store.question_tables import QuestionCount
from store.reminder_tables import Reminder
from store.responsibility_tables import Intake
from store.schema import MIGRATIONS, SchemaState, revisions, state_of
from store.subscriptions import subscriptions
from store.tables import Workspace

EARLIER = """\
INSERT INTO workspace (id, name, created_at) VALUES (1, 'Riverbend', '2026-11-01 00:00:00');
INSERT INTO digest_subscription
  (id, workspace_id, channel_id, created_by, created_at, weekday, hour, minute, timezone, scope_key, next_run_at)
  VALUES (1, 1, 'C1', 'U1', '2026-11-01 00:00:00', 0, 9, 0, 'UTC', '', '2026-11-30 09:00:00');
INSERT INTO digest_delivery
  (id, workspace_id, subscription_id, period_due_at, covers_from, claimed_at, claimed_by, posted_at, channel_id,
   message_ts, attempts)
  VALUES (1, 1, 1, '2026-11-23 09:00:00', '2026-11-16 09:00:00', '2026-11-23 09:00:00', 'one:1', '2026-11-23 09:00:01',
   'C1', '1.5', 1)"""
"""A weekly digest that was posted once, in the words of every version so far."""


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


@pytest.mark.parametrize("revision", ["0005", "0007"])
async def test_digests_of_an_earlier_version_are_kept(empty_database_url: str, revision: str) -> None:
    address = Address.parse(empty_database_url)
    engine: AsyncEngine = create_async_engine(address.engine_url, connect_args=address.connect_arguments)
    while True:
        async with engine.begin() as connection:
            await connection.run_sync(migrate_one_step)
            if (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == revision:
                break
    async with engine.begin() as connection:
        for statement in EARLIER.split(";"):
            await connection.execute(text(statement))
    await engine.dispose()
    database = Database.at(empty_database_url)
    await database.upgrade()
    async with database.reading() as session:
        (kept,) = await ledger(session, 1)
        (weekly,) = await subscriptions(session, 1)
    await database.close()
    assert (kept.subscription_id, kept.message_ts, kept.parts, kept.told_at) == (weekly.id, "1.5", 0, None)
    assert (weekly.channel_id, weekly.every, weekly.department, weekly.is_paused) == ("C1", Every.WEEK, "", False)


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
