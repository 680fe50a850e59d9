"""The schema: migrations from nothing to the newest, and their agreement with the tables."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store.address import Address
from store.database import Database
from store.tables import Workspace


async def test_models_and_migrations_agree(database_url: str) -> None:
    address = Address.parse(database_url)
    engine: AsyncEngine = create_async_engine(address.engine_url, connect_args=address.connect_arguments)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Workspace.metadata))


async def test_an_empty_database_is_upgraded_to_the_newest_schema(empty_database_url: str) -> None:
    database = Database.at(empty_database_url)
    before = await database.check()
    await database.upgrade()
    after = await database.check()
    await database.close()
    assert before.is_empty
    assert after.is_current
    assert after.revision == after.head
