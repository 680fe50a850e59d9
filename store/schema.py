"""The schema's state, and bringing it up to date: Alembic's migrations, set up in code.

Forward only: the way back from a migration is a backup.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x706C616E
"""The number of the advisory lock under which PostgreSQL is migrated."""


class SchemaState(StrEnum):
    """How a database's schema relates to this version of planbot."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema that was found."""

    revision: str | None
    """The last migration the database has had; None: none yet."""
    head: str
    """The last migration that this version knows."""
    state: SchemaState

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been migrated yet."""
        return self.state is SchemaState.EMPTY

    @property
    def is_older(self) -> bool:
        """Whether `planbot db upgrade` is needed."""
        return self.state is SchemaState.OLDER

    @property
    def is_newer(self) -> bool:
        """Whether a newer planbot has migrated it."""
        return self.state is SchemaState.NEWER

    @property
    def is_current(self) -> bool:
        """Whether it is the one this version works on."""
        return self.state is SchemaState.CURRENT


def found(connection: Connection) -> Schema:
    """The schema of the database at the other end of `connection`."""
    scripts = ScriptDirectory.from_config(_config())
    head = scripts.get_current_head() or ""
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema(revision, head, state_of(revision, head, known))


def state_of(revision: str | None, head: str, known: set[str]) -> SchemaState:
    """The state of a schema whose last migration is `revision`, where this version knows those in `known`."""
    if revision is None:
        return SchemaState.EMPTY
    if revision == head:
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision in known else SchemaState.NEWER


def migrate_one_step(connection: Connection) -> bool:
    """Run the next migration in the connection's transaction; False if there is none.

    The state is read under the lock that keeps other processes out (SQLite's own, taken as the transaction begins),
    so several may call this at once.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    schema = found(connection)
    if schema.is_current or schema.is_newer:
        return False
    command.upgrade(_config(connection), "+1")
    if connection.dialect.name == "sqlite":
        _refuse_dangling_references(connection)
    return True


def _refuse_dangling_references(connection: Connection) -> None:
    # While SQLite is migrated its foreign keys are off, since altering a table means making it anew.
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    if dangling:
        raise RuntimeError(f"the migration would leave {len(dangling)} references to rows that are gone")


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
