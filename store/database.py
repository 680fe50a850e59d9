"""The database: engine, sessions and schema. SQLite in a file, or PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from sqlalchemy import Connection, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from store import schema
from store.address import Address
from store.errors import DatabaseUnusable
from store.schema import Schema

Sessions = async_sessionmaker[AsyncSession]

BUSY_TIMEOUT = 10
"""Seconds to wait for another process that is writing to the SQLite file."""


class Database:
    """One database, open until `close`.

    `sessions` are for writing: `async with database.sessions.begin() as session:` commits when the block ends and
    rolls back on an exception. `reading` are for reading: `async with database.reading() as session:` sees one moment
    of the record, waits for no writer and refuses to write.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._writer, self._reader = _engines(address)
        self.sessions: Sessions = _sessions(self._writer)
        self.reading: Sessions = _sessions(self._reader)

    @classmethod
    def at(cls, url: str) -> Self:
        """The database at `url` (see `Address.parse`); a SQLite file's folder is made. Nothing connects yet.

        Raises DatabaseUnusable if the URL is malformed or the folder cannot be made.
        """
        address = Address.parse(url)
        if address.file:
            try:
                address.file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise DatabaseUnusable(f"no folder for {address.file}: {error.strerror}") from error
        return cls(address)

    @property
    def is_embedded(self) -> bool:
        """Whether it is SQLite, in a file of this machine."""
        return self.address.file is not None

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()

    async def ping(self) -> None:
        """Ask the database for an answer; raises DatabaseUnusable if none comes."""
        async with self._usable(), self._reader.connect() as connection:
            # SQLite answers SELECT 1 without opening its file.
            await connection.execute(text("PRAGMA schema_version" if self.is_embedded else "SELECT 1"))

    async def check(self) -> Schema:
        """The state of the schema; raises DatabaseUnusable if the database does not answer."""
        async with self._usable():
            await self._open_file()
            async with self._writer.connect() as connection:
                return await connection.run_sync(schema.found)

    async def upgrade(self) -> None:
        """Run the migrations the database has not had, each in a transaction; processes take turns.

        Raises DatabaseUnusable if the database does not answer.
        """
        engine = create_async_engine(
            self.address.engine_url, connect_args=self.address.connect_arguments, poolclass=NullPool
        )
        if self.is_embedded:
            _tune_sqlite(engine, begin="BEGIN IMMEDIATE", pragmas=("journal_mode = WAL", "foreign_keys = OFF"))
        async with self._usable():
            try:
                await self._open_file()
                while await _one_step(engine):
                    pass
            finally:
                await engine.dispose()

    async def _open_file(self) -> None:
        """Make the SQLite file, and let it be read while it is written.

        By the plain driver: the other one leaves its thread behind when a file cannot be opened. Processes that
        start at once get in each other's way here, since SQLite does not wait for a lock to change its journal.
        """
        if self.address.file is None:
            return
        for _ in range(BUSY_TIMEOUT * 50):
            connection = sqlite3.connect(self.address.file)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                await asyncio.sleep(0.02)
            else:
                return
            finally:
                connection.close()

    @asynccontextmanager
    async def _usable(self) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError) as error:
            reason = getattr(error, "orig", None) or error
            words = self.address.without_password(str(reason).strip() or type(reason).__name__)
            raise DatabaseUnusable(f"{self.address}: {words}") from error


async def _one_step(engine: AsyncEngine) -> bool:
    from store.migrating import migrate_one_step  # noqa: PLC0415 - only an upgrade has to wait for Alembic

    async with engine.begin() as connection:
        return await connection.run_sync(migrate_one_step)


def is_unreachable(error: Exception) -> bool:
    """Whether an error tells that the record could not be read or written just now; a second try may go well.

    That is: a locked or full SQLite file; a PostgreSQL that is away, starting, ending, out of resources, or breaks a
    deadlock (classes 08, 40, 53, 55, 57 and 58 of its error codes).
    """
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout | OSError):
        return True
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", "") or "")
        return error.connection_invalidated or state[:2] in {"08", "40", "53", "55", "57", "58"}
    # What asyncpg raises while it connects comes as it is.
    return type(error).__module__.startswith("asyncpg.")


def _sessions(engine: AsyncEngine) -> Sessions:
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


def _engines(address: Address) -> tuple[AsyncEngine, AsyncEngine]:
    """An engine that writes and one that reads. Neither puts members' words (parameters) into an error's text."""
    if address.file is None:
        engine = create_async_engine(
            address.engine_url,
            connect_args=address.connect_arguments,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=10,
        )
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return engine, reader
    # SQLite has one writer at a time. Within this process writers queue for the one connection, which is fair;
    # SQLite's own waiting, which is not, is left for other processes.
    arguments: dict[str, Any] = {
        "connect_args": address.connect_arguments,
        "max_overflow": 0,
        "hide_parameters": True,
    }
    writer = create_async_engine(address.engine_url, pool_size=1, **arguments)
    reader = create_async_engine(address.engine_url, pool_size=5, **arguments)
    # IMMEDIATE: a transaction that reads first and then writes could otherwise lose its snapshot to another writer.
    _tune_sqlite(writer, begin="BEGIN IMMEDIATE", pragmas=("journal_mode = WAL", "foreign_keys = ON"))
    _tune_sqlite(reader, begin="BEGIN", pragmas=("query_only = ON",))
    return writer, reader


def _tune_sqlite(engine: AsyncEngine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def tune(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # Keeps Python's driver from beginning transactions by rules of its own.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            for pragma in (f"busy_timeout = {BUSY_TIMEOUT * 1000}", *pragmas):
                cursor.execute(f"PRAGMA {pragma}")
        except Exception:
            # The pool does not know the connection yet, and would leave it open.
            connection.close()
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
