"""The record as a command works on it: opened by the settings, its schema up to date."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from store.database import Database

T = TypeVar("T")


def on_the_record(run: "Callable[[Database], Awaitable[T]]") -> T:
    """What `run` makes of the database of the settings, once its schema is the one that this version works on.

    The embedded database is upgraded; another one, if older, is told of on standard error, with exit code 1. Raises
    DatabaseUnusable where the database cannot be worked with.
    """
    import asyncio

    from sqlalchemy.exc import DBAPIError

    from bot.settings import RecordSettings
    from store.database import Database
    from store.errors import DatabaseUnusable

    async def opened() -> T:
        database = Database.at(RecordSettings.read().database_url)
        try:
            await _make_ready(database)
            return await run(database)
        except DBAPIError as error:
            reason = database.address.without_password(str(error.orig))
            raise DatabaseUnusable(f"{database.address}: {reason}") from error
        finally:
            await database.close()

    return asyncio.run(opened())


async def _make_ready(database: "Database") -> None:
    found = await database.check()
    if found.is_current:
        return
    if found.is_newer:
        typer.echo("planbot: The database was upgraded by a newer planbot: install that version.", err=True)
        raise typer.Exit(1)
    if not database.is_embedded:
        typer.echo("planbot: The database's schema is older than this planbot: run `planbot db upgrade`.", err=True)
        raise typer.Exit(1)
    await database.upgrade()
