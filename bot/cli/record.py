"""`planbot db`: the record's schema."""

import typer

from bot.cli.failing import failing_clearly

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.callback()
def _db() -> None:
    """The database."""


@app.command()
@failing_clearly
def upgrade() -> None:
    """Bring the database's schema up to date; nothing happens where it is."""
    import asyncio

    from bot.readiness import RecordNotReady
    from bot.settings import RecordSettings
    from store.database import Database

    async def run() -> None:
        database = Database.at(RecordSettings.read().database_url)
        try:
            before = await database.check()
            if before.is_newer:
                raise RecordNotReady("The database was upgraded by a newer planbot: install that version.")
            await database.upgrade()
            after = await database.check()
        finally:
            await database.close()
        changed = "was current already" if before.revision == after.revision else "is current now"
        typer.echo(f"The database {changed} ({after.revision}).")

    asyncio.run(run())
