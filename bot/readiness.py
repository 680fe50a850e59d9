"""Whether the record can be worked with: its schema must be the one that this version knows."""

from store.database import Database


class RecordNotReady(Exception):
    """The record's schema is not this version's; the message is one sentence that says what to do."""


async def make_ready(database: Database) -> None:
    """Bring an embedded record up to date by itself; refuse another one that is not. Raises RecordNotReady."""
    schema = await database.check()
    if schema.is_current:
        return
    if schema.is_newer:
        raise RecordNotReady("The database was upgraded by a newer planbot: install that version.")
    if not database.is_embedded:
        raise RecordNotReady("The database's schema is older than this planbot: run `planbot db upgrade`.")
    await database.upgrade()
