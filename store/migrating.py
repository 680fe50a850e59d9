"""Bringing the schema up to date: Alembic's migrations, set up in code.

Forward only: the way back from a migration is a backup.
"""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from store.schema import MIGRATIONS, found

_LOCK = 0x706C616E
"""The number of the advisory lock under which PostgreSQL is migrated."""


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
