"""Where a command takes its plan from: a plan file, else the record."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from store.plan import Plan

if TYPE_CHECKING:
    from store.database import Database


def plan_from(file: Path | None) -> Plan:
    """The plan of the file, or the record's active plan without one.

    What is wrong with a file goes to standard error, a line for each problem, and the command ends with code 1.
    Nothing of the database is imported for a file. Raises what `bot.cli.failing` words where the record cannot be
    used or holds no active plan.
    """
    if file is None:
        return _active_plan()
    from store.planfile import PlanFileErrors, read

    try:
        return read(file)
    except PlanFileErrors as errors:
        for problem in errors.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _active_plan() -> Plan:
    from bot.cli.opened import on_the_record
    from store.loading import load_plan
    from store.workspaces import default

    async def load(database: "Database") -> Plan:
        async with database.sessions() as session:
            return await load_plan(session, await default(session))

    return on_the_record(load)
