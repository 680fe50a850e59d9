"""A database's address: what `DATABASE_URL` says, read and checked before anything connects."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import DatabaseUnusable

CONNECT_TIMEOUT = 10
"""Seconds to wait for a PostgreSQL server to answer."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the record is: a SQLite file or a PostgreSQL database."""

    url: URL
    """With the asynchronous driver; its text form hides the password."""
    file: Path | None
    """The SQLite file; None for PostgreSQL."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address written as `sqlite:///FILE`, `postgres://...` or `postgresql://...`, with a driver or without.

        Raises DatabaseUnusable for anything else.
        """
        try:
            url = make_url(text.strip())
        except (ArgumentError, ValueError) as error:
            raise DatabaseUnusable(f"the address is not a URL such as {EXAMPLES}") from error
        match url.get_backend_name():
            case "sqlite":
                return cls(url.set(drivername="sqlite+aiosqlite"), _file_of(url))
            case "postgres" | "postgresql":
                return cls(url.set(drivername="postgresql+asyncpg"), None)
            case other:
                raise DatabaseUnusable(f"planbot keeps its record in SQLite or PostgreSQL, not in {other}: {EXAMPLES}")

    def __str__(self) -> str:
        return str(self.file) if self.file else self.url.set(drivername="postgresql").render_as_string()

    @property
    def connect_arguments(self) -> dict[str, Any]:
        """What the driver is told beyond the engine's URL."""
        if self.file:
            return {"timeout": CONNECT_TIMEOUT}
        return {"dsn": self._dsn, "timeout": CONNECT_TIMEOUT}

    @property
    def engine_url(self) -> URL:
        """The URL for the engine. PostgreSQL's is bare: asyncpg reads the rest from a DSN, with libpq's parameters."""
        return self.url if self.file else URL.create("postgresql+asyncpg")

    @property
    def _dsn(self) -> str:
        plain = self.url.set(drivername="postgresql")
        # libpq's name, which asyncpg would hand to the server as a setting; the timeout above stands for it.
        return plain.difference_update_query(["connect_timeout"]).render_as_string(hide_password=False)

    def without_password(self, words: str) -> str:
        """`words` with the password blotted out, should it be in them."""
        return words.replace(str(self.url.password), "***") if self.url.password else words


EXAMPLES = "sqlite:///planbot.db or postgresql://user:password@host/database"


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusable("the address names no file; write one after three slashes: sqlite:///planbot.db")
    return Path(url.database)
