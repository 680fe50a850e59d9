"""The record as a command works on it: opened by the settings, its schema up to date."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from store.database import Database

T = TypeVar("T")


def on_the_record(run: "Callable[[Database], Awaitable[T]]", url: str | None = None) -> T:
    """What `run` makes of the database at `url`, or of the settings', once its schema is that of this version.

    The embedded database is upgraded. Raises RecordNotReady where another one is older, DatabaseUnusable where the
    database cannot be worked with.
    """
    import asyncio

    from sqlalchemy.exc import DBAPIError

    from bot.readiness import make_ready
    from bot.settings import RecordSettings
    from store.database import Database
    from store.errors import DatabaseUnusable

    async def opened() -> T:
        database = Database.at(url or RecordSettings.read().database_url)
        try:
            await make_ready(database)
            return await run(database)
        except DBAPIError as error:
            reason = database.address.without_password(str(error.orig))
            raise DatabaseUnusable(f"{database.address}: {reason}") from error
        finally:
            await database.close()

    return asyncio.run(opened())
