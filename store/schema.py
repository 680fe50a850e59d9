"""The schema's state: which migrations a database has had, of those that this version knows."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"


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
    """The schema of the database at the other end of `connection`.

    Read without Alembic, whose loading a command that only asks should not have to wait for.
    """
    known = revisions()
    revision = None
    if inspect(connection).has_table("alembic_version"):
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return Schema(revision, known[-1], state_of(revision, known[-1], set(known)))


def revisions() -> list[str]:
    """The migrations that this version knows, in order: their files are named by them."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def state_of(revision: str | None, head: str, known: set[str]) -> SchemaState:
    """The state of a schema whose last migration is `revision`, where this version knows those in `known`."""
    if revision is None:
        return SchemaState.EMPTY
    if revision == head:
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision in known else SchemaState.NEWER
