"""`planbot`: every command. Each imports what it needs when it runs, so that none waits for another's libraries."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import ask, decisions, digest, evaluate, gaps, plan, record
from bot.cli.failing import failing_clearly

app = typer.Typer(
    name="planbot",
    help="A Slack bot through which an organisation lives its strategic plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(plan.app, name="plan")
app.add_typer(record.app, name="db")
app.add_typer(digest.app, name="digest")
app.command()(ask.ask)
app.command()(evaluate.evaluate)
app.command()(gaps.gaps)
app.command()(decisions.decisions)


@app.command()
@failing_clearly
def serve() -> None:
    """Connect to Slack and run until stopped."""
    import asyncio

    from bot.logs import start_log
    from bot.serve import serve as run
    from bot.settings import CommandNames, Settings

    gc.enable()
    settings = Settings.read()
    start_log(settings.log_level)
    asyncio.run(run(settings, CommandNames.read()))


@app.command()
@failing_clearly
def chat(
    plan_file: Annotated[
        Path | None, typer.Option("--plan", help="A plan file; else the plan of the database.")
    ] = None,
    user: Annotated[str | None, typer.Option("--as", help="The Slack user id who speaks.")] = None,
) -> None:
    """Talk to the bot in this terminal, without Slack."""
    from bot.console.run import chat as run

    gc.enable()
    run(plan_file, user)


@app.command()
@failing_clearly
def demo() -> None:
    """Show the bot on a fictional plan, with a scratch database: a tour, then the terminal is yours."""
    from bot.console.run import demo as run

    gc.enable()
    run()


@app.command()
@failing_clearly
def doctor() -> None:
    """Check settings, database, schema, plan, tokens and scopes, and say how to mend each."""
    import asyncio

    from bot.doctor import examine

    async def report() -> bool:
        is_well = True
        async for finding in examine():
            is_well &= finding.is_well
            typer.echo(f"{'ok ' if finding.is_well else 'BAD'}  {finding.checked}: {finding.says}")
            if finding.mend:
                typer.echo(f"     to mend it: {finding.mend}")
        return is_well

    if not asyncio.run(report()):
        raise typer.Exit(1)


@app.command()
@failing_clearly
def manifest(
    http: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The bot's public address (https://…), to use HTTP.")
    ] = None,
) -> None:
    """Write the app manifest for Slack, with the command names of the settings."""
    from bot.manifest import manifest_yaml
    from bot.settings import CommandNames

    if http is not None and not http.startswith("https://"):
        raise typer.BadParameter("Slack takes only an address that starts with https://", param_hint="--http")
    typer.echo(manifest_yaml(CommandNames.read(), http), nl=False)


def main() -> None:
    """The console script `planbot`."""
    # A command that ends at once is done before a collection would pay; those that run on switch it on again.
    gc.disable()
    app()
