"""`planbot digest`: when digests come, what became of them, how they would read, and one sent by hand."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import failing_clearly
from bot.cli.opened import on_the_record

if TYPE_CHECKING:
    from bot.cli.digest_record import Known
    from commands.ledger import Row
    from store.database import Database

app = typer.Typer(help="The digests of channels: due, sent, as they would be now.", no_args_is_help=True)
Team = Annotated[
    str | None, typer.Option("--team", metavar="TEAM_ID", help="The Slack team, where several have a record.")
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
Number = Annotated[
    int | None,
    typer.Argument(metavar="SUBSCRIPTION", show_default=False, help="A number that `planbot digest due` lists."),
]
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@app.command()
@failing_clearly
def due(
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="SPAN", help="Those alone that come so soon, or are overdue: 12h, 7d, 2w."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also those that were stopped.")] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """List the digests that channels have subscribed, the next first, then those that are paused, and why.

    Each comes at a time in its own zone, which is shown, and in UTC.
    """
    from bot.cli.digest_lines import due_foot, due_json, due_lines
    from bot.cli.digest_record import read_known

    if within is not None and all_:
        raise typer.BadParameter("give either --within or --all")
    span = _span(within) if within is not None else None

    async def run(database: "Database") -> "Known":
        async with database.sessions() as session:  # closed without a commit: the first look may make a workspace
            return await read_known(session, team)

    known = on_the_record(run)
    found = known.in_order(span, with_ended=all_)
    if as_json:
        typer.echo(due_json(found, known))
        return
    for line in (*due_lines(found, known), *due_foot(found, known)):
        typer.echo(line)


@app.command()
@failing_clearly
def history(
    subscription: Number = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, metavar="N", help="At most so many.")] = 20,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """List what was delivered, of one subscription or of all: when, by whom, and what was not. The last comes first.

    Times are on the clock of each subscription's zone.
    """
    from bot.cli.digest_lines import history_json, history_lines
    from bot.cli.digest_record import read_known
    from bot.delivering import RULES
    from commands.ledger import row_of
    from store.ledger import ledger

    async def run(database: "Database") -> "tuple[list[Row], Known]":
        async with database.sessions() as session:
            known = await read_known(session, team)
            if subscription is not None:
                known.numbered(subscription)
            by_number = known.subscriptions
            found = await ledger(session, known.workspace, subscription, limit)
            return [row_of(one, by_number[one.subscription_id], RULES, known.now) for one in found], known

    rows, known = on_the_record(run)
    if as_json:
        typer.echo(history_json(rows, known))
        return
    for line in history_lines(rows, known) if rows else ["Nothing was delivered yet."]:
        typer.echo(line)


@app.command()
@failing_clearly
def preview(
    subscription: Number = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="KEY", help="Of one priority or objective, by key or title.")
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar="NAME", help="Of one department's actions.")
    ] = None,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="A plan file; else the database's active plan.")
    ] = None,
    team: Team = None,
) -> None:
    """Show a digest as it would be now: a subscription's, or one of the last week. Nothing is sent; needs no Slack."""
    from bot.cli.digest_preview import Asked, show

    if subscription is not None and (scope or department or plan_file):
        raise typer.BadParameter("a SUBSCRIPTION has its own scope: give it alone", param_hint="SUBSCRIPTION")
    if plan_file and team:
        raise typer.BadParameter("a plan file is no team's: give either", param_hint="--plan / --team")
    show(Asked(subscription, scope or "", department or "", team), plan_file)


@app.command()
@failing_clearly
def send(
    subscription: Annotated[
        int, typer.Argument(metavar="SUBSCRIPTION", help="A number that `planbot digest due` lists.")
    ],
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="DAY",
            help="The day of the run, in the subscription's zone, as 2026-11-23; or its time, as 2026-11-23T09:00.",
        ),
    ],
    again: Annotated[bool, typer.Option("--again", help="Although it was sent: the channel gets it twice.")] = False,
) -> None:
    """Send the digest of one run to its channel now. Refuses what was sent already, unless told --again.

    Needs the settings of `planbot serve`, which may run meanwhile: the ledger keeps both from sending the same.
    """
    import asyncio
    import logging

    from bot.cli.digest_sending import sent
    from bot.settings import CommandNames, Settings

    logging.getLogger().addHandler(logging.NullHandler())  # what matters is said in words; unset, Python prints the log
    for line in asyncio.run(sent(Settings.read(), CommandNames.read(), subscription, period, again=again)):
        typer.echo(line)


def _span(typed: str) -> timedelta:
    number, unit = typed.strip()[:-1], typed.strip()[-1:].lower()
    if unit not in UNITS or not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise typer.BadParameter(f"{typed!r} is no span such as 12h, 7d or 2w", param_hint="--within")
    return UNITS[unit] * int(number)
