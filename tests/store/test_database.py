"""Opening a database: addresses, what is said when it cannot be used, reading beside writing, upgrading."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from store import workspaces
from store.address import Address
from store.database import Database
from store.errors import DatabaseUnusable
from store.tables import Workspace
from tests.databases import Files


@pytest.mark.parametrize(
    ("text", "driver"),
    [
        pytest.param("sqlite:///planbot.db", "sqlite+aiosqlite", id="SQLite"),
        pytest.param("sqlite+aiosqlite:////var/planbot.db", "sqlite+aiosqlite", id="SQLite with its driver"),
        pytest.param("sqlite+pysqlite:///planbot.db", "sqlite+aiosqlite", id="SQLite with another driver"),
        pytest.param("postgres://me@host/plans", "postgresql+asyncpg", id="PostgreSQL by its short name"),
        pytest.param("postgresql://me:secret@host:5433/plans", "postgresql+asyncpg", id="PostgreSQL"),
        pytest.param("postgresql+psycopg2://me@host/plans", "postgresql+asyncpg", id="PostgreSQL, other driver"),
        pytest.param("postgresql://me@/plans?host=/run/postgresql", "postgresql+asyncpg", id="PostgreSQL by a socket"),
    ],
)
def test_an_address_is_read_whatever_driver_it_names(text: str, driver: str) -> None:
    address = Address.parse(text)
    assert address.url.drivername == driver
    assert "secret" not in str(address)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("planbot.db", "not a URL", id="a bare file name"),
        pytest.param("", "not a URL", id="nothing"),
        pytest.param("postgresql://host:port/plans", "not a URL", id="a port that is no number"),
        pytest.param("mysql://me:secret@host/plans", "not in mysql", id="another kind of database"),
        pytest.param("sqlite://planbot.db", "three slashes", id="two slashes"),
        pytest.param("sqlite:///:memory:", "three slashes", id="in memory"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_why(text: str, words: str) -> None:
    with pytest.raises(DatabaseUnusable, match=words) as unusable:
        Database.at(text)
    assert "secret" not in str(unusable.value)


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    database = Database.at("postgresql://me:s3cret@127.0.0.1:9/plans")
    with pytest.raises(DatabaseUnusable, match=r"127\.0\.0\.1:9") as unusable:
        await database.ping()
    assert "s3cret" not in str(unusable.value)
    await database.close()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are my notes, and there are enough of them to look at. " * 9)
    database = Database.at(f"sqlite:///{tmp_path / 'notes.db'}")
    for use in (database.ping, database.check, database.upgrade):
        with pytest.raises(DatabaseUnusable, match="not a database"):
            await use()
    await database.close()


async def test_a_files_folder_is_made(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'new' / 'folder' / 'planbot.db'}")
    await database.upgrade()
    assert (await database.check()).is_current
    assert database.is_embedded
    await database.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable, match="no folder"):
        Database.at(f"sqlite:///{tmp_path / 'file' / 'planbot.db'}")


async def test_reading_sees_one_moment_and_waits_for_no_writer(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as writing:
        assert await workspaces.bind(writing, "T1", "Riverbend") == workspace
        async with database.reading() as reading:
            assert await _teams(reading) == [None]
            await writing.commit()
            assert await _teams(reading) == [None]
    async with database.reading() as reading:
        assert await _teams(reading) == ["T1"]


async def test_a_reading_session_refuses_to_write(database: Database) -> None:
    async with database.reading() as session:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await workspaces.default(session)


async def test_what_fails_is_rolled_back(database: Database) -> None:
    async def fail() -> None:
        async with database.sessions.begin() as session:
            await workspaces.default(session)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fail()
    async with database.reading() as session:
        assert await _teams(session) == []


async def _teams(session: AsyncSession) -> list[str | None]:
    return [row.team_id for row in (await session.exec(select(Workspace))).all()]


async def test_a_time_comes_back_in_utc_whatever_zone_it_was_given_in(database: Database) -> None:
    noon = datetime(2026, 7, 1, 12, 30, 15, 250, tzinfo=timezone(timedelta(hours=-5)))
    async with database.sessions.begin() as session:
        session.add(Workspace(name="Riverbend", created_at=noon))
    async with database.reading() as session:
        kept = (await session.exec(select(Workspace))).one().created_at
    assert kept == noon
    assert kept.tzinfo == UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 7, 1, 12)  # noqa: DTZ001 (the point)
    async with database.sessions() as session:
        session.add(Workspace(name="Riverbend", created_at=naive))
        with pytest.raises(StatementError, match="no time zone"):
            await session.flush()


async def test_processes_that_upgrade_at_once_take_turns(empty_database_url: str) -> None:
    databases = [Database.at(empty_database_url) for _ in range(4)]
    await asyncio.gather(*(database.upgrade() for database in databases))
    for database in databases:
        assert (await database.check()).is_current
        await database.close()


async def test_two_writers_of_one_file_wait_for_each_other(files: Files) -> None:
    url = files.migrated()
    databases = [Database.at(url) for _ in range(4)]

    async def binds(database: Database, team: str) -> None:
        async with database.sessions.begin() as session:
            await workspaces.bind(session, team, team)

    await asyncio.gather(*(binds(database, f"T{n}") for n in range(5) for database in databases))
    async with databases[0].reading() as session:
        assert sorted(team or "" for team in await _teams(session)) == ["T0", "T1", "T2", "T3", "T4"]
    for database in databases:
        await database.close()
