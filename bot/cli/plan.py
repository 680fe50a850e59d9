"""`planbot plan`: plan files and the plans on the record."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.failing import failing_clearly
from bot.cli.opened import on_the_record

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.cli.plan_lines import Decided
    from store.changes import Changes
    from store.database import Database
    from store.plan import Plan

app = typer.Typer(help="Plan files, and the plans on the record.", no_args_is_help=True)
Team = Annotated[
    str | None, typer.Option("--team", metavar="TEAM_ID", help="The Slack team, where several have a record.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to the file instead.")]
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="A plan file.")]


@app.command()
@failing_clearly
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False, help="Plan files.")],
) -> None:
    """Check plan files: every problem is told with its file, line, column and key. Needs no database."""
    from bot.cli.plan_lines import described, holdings

    found = []
    for file in files:
        plan, problems = _read(file)
        found.append(problems)
        if plan:
            typer.echo(f"{file}: {described(plan)} holds {holdings(plan)}.")
    if wrong := sum(found):
        of = "" if len(files) == 1 else f" in {sum(map(bool, found))} of {len(files)} files"
        typer.echo(f"{wrong} problem{'s' if wrong != 1 else ''}{of}.", err=True)
        raise typer.Exit(1)


@app.command(name="import")
@failing_clearly
def import_(
    file: File,
    activate: Annotated[bool, typer.Option("--activate", help="Make it the active plan, too.")] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME_OR_ID", help="Who decided what it changes: a Slack user id, or a name."),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, for the decisions that are kept.")] = None,
    team: Team = None,
) -> None:
    """Bring a plan file into the record, in one transaction, and say what that changed.

    Entries are matched by key. What members reported stays; entries that are gone from the file are archived. A
    changed title, owner, due date, department or target is kept as a decision; one that was decided in Slack and that
    the file does not know of is set back, and said to be. Nothing is written if anything is wrong with the file.
    """
    from datetime import UTC, datetime

    from bot.cli.plan_lines import described
    from store import plans
    from store.decisions import decisions_in_force

    plan = _plan_in(file)

    async def run(database: "Database") -> "tuple[Changes, Decided, str]":
        async with database.sessions.begin() as session:
            workspace = await _workspace(session, team)
            decided = await decisions_in_force(session, workspace, plan.about.key)
            changes = await plans.import_plan(
                session,
                workspace,
                plan,
                datetime.now(UTC),
                by=(by or "").strip() or None,
                reason=(reason or "").strip(),
            )
            if activate:
                await plans.activate(session, workspace, plan.about.key)
            active = next(one.key for one in await plans.list_plans(session, workspace) if one.is_active)
        return changes, decided, active

    changes, decided, active = on_the_record(run)
    _print_changes(changes, decided)
    if active == plan.about.key:
        typer.echo(f"{described(plan)} is the active plan.")
    else:
        typer.echo(f"The active plan is still {active}: `planbot plan activate {plan.about.key}` changes that.")


@app.command()
@failing_clearly
def diff(file: File, team: Team = None) -> None:
    """Say what importing a plan file would change, and which decisions it would set back. Writes nothing."""
    from store import plans
    from store.decisions import decisions_in_force

    plan = _plan_in(file)

    async def run(database: "Database") -> "tuple[Changes, Decided]":
        async with _looking(database, team) as (session, workspace):
            changes = await plans.compare_plan(session, workspace, plan)
            return changes, await decisions_in_force(session, workspace, plan.about.key)

    _print_changes(*on_the_record(run))


@app.command()
@failing_clearly
def export(
    key: Annotated[
        str | None, typer.Argument(metavar="[KEY]", show_default=False, help="The plan's key; else the active plan.")
    ] = None,
    output: Output = None,
    team: Team = None,
) -> None:
    """Write a plan off the record as a plan file, with all that was reported."""
    from store import plans
    from store.planfile import write

    async def run(database: "Database") -> "Plan":
        async with _looking(database, team) as (session, workspace):
            return await plans.load_plan(session, workspace, key, history=True)

    _write(write(on_the_record(run)), output)


@app.command(name="list")
@failing_clearly
def list_(team: Team = None) -> None:
    """List the plans on the record."""
    from bot.cli.plan_lines import plans_table
    from store import plans

    async def run(database: "Database") -> list[plans.ListedPlan]:
        async with _looking(database, team) as (session, workspace):
            return await plans.list_plans(session, workspace)

    listed = on_the_record(run)
    if listed:
        _print(plans_table(listed))
    else:
        typer.echo("There is no plan yet: `planbot plan import FILE` brings one in.")


@app.command()
@failing_clearly
def activate(
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False, help="The plan's key.")], team: Team = None
) -> None:
    """Make a plan the one that members are answered from."""
    from store import plans

    async def run(database: "Database") -> None:
        async with database.sessions.begin() as session:
            await plans.activate(session, await _workspace(session, team), key)

    on_the_record(run)
    typer.echo(f"{key.strip().lower()} is the active plan.")


@app.command()
@failing_clearly
def schema(output: Output = None) -> None:
    """Write the format of plan files as JSON Schema, with which editors check and complete them."""
    import json

    from store.planfile import json_schema

    _write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", output)


def _read(file: Path) -> "tuple[Plan | None, int]":
    """The plan of a file, or how many problems it has, each told on standard error."""
    from bot.cli.plan_lines import printable
    from store.planfile import PlanFileErrors, read

    try:
        return read(file), 0
    except PlanFileErrors as errors:
        for problem in errors.problems:
            typer.echo(printable(str(problem)), err=True)
        return None, len(errors.problems)


def _plan_in(file: Path) -> "Plan":
    plan, _ = _read(file)
    if plan is None:
        typer.echo("Nothing was changed.", err=True)
        raise typer.Exit(1)
    return plan


@asynccontextmanager
async def _looking(database: "Database", team: str | None) -> "AsyncIterator[tuple[AsyncSession, int]]":
    """A session whose changes are dropped, and the workspace: the first look may make one."""
    async with database.sessions() as session:
        yield session, await _workspace(session, team)


async def _workspace(session: "AsyncSession", team: str | None) -> int:
    from store import workspaces
    from store.errors import SeveralWorkspaces

    if team:
        return await workspaces.named(session, team)
    try:
        return await workspaces.default(session)
    except SeveralWorkspaces as error:
        teams = ", ".join(error.team_ids)
        typer.echo(f"planbot: Several Slack teams have a record: say which with --team, one of {teams}.", err=True)
        raise typer.Exit(1) from None


def _print_changes(changes: "Changes", decided: "Decided") -> None:
    from bot.cli.plan_lines import change_lines

    for line in change_lines(changes, decided):
        _print(line)
    if changes.is_empty:
        typer.echo("Nothing changed.")


def _print(shown: Any) -> None:
    """Print for the terminal that is there; without one, unstyled and in lines of any length."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, no_color=True, width=10_000)
    console.print(shown)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"planbot: {output} cannot be written ({error.strerror}).", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Written to {output}.", err=True)
