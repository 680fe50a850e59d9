"""Which plan the console plays on: a file's, that of the database, or the example."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import bot
from bot.cli.source import plan_from
from bot.serve import CannotServe
from bot.settings import RecordSettings
from store import planfile
from store.address import Address
from store.database import Database
from store.errors import NoActivePlan
from store.plan import Plan
from store.plans import load_plan
from store.workspaces import default

EXAMPLE = "riverbend-2025-2028.yml"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan and, in words, where it was found."""

    plan: Plan
    found: str
    is_invented: bool = False


def chosen(plan_file: Path | None) -> Chosen:
    """The plan of that file; else the active one of the database that DATABASE_URL names; else the example.

    Nothing is written: a database that is not there is not made. Raises what `bot.cli.source.plan_from` raises for a
    file, DatabaseUnusable, SeveralWorkspaces and CannotServe.
    """
    if plan_file is not None:
        return Chosen(plan_from(plan_file), f"the file {plan_file}")
    plan = asyncio.run(_recorded(RecordSettings.read().database_url))
    return Chosen(plan, "the active plan of your database") if plan else example()


def example() -> Chosen:
    """The invented plan that comes with planbot. Raises CannotServe where it did not come along."""
    path = Path(bot.__file__).resolve().parents[1] / "plans" / EXAMPLE
    if not path.is_file():
        raise CannotServe("The example plan is not installed here: name a plan file with --plan FILE.")
    return Chosen(planfile.read(path), f"the example plans/{EXAMPLE}", is_invented=True)


async def _recorded(url: str) -> Plan | None:
    file = Address.parse(url).file
    if file is not None and not file.exists():
        return None
    database = Database.at(url)
    try:
        schema = await database.check()
        if schema.is_empty:
            return None
        if not schema.is_current:
            raise CannotServe(
                "The database is not of this planbot's version: run `planbot db upgrade`, "
                "or name a plan file with --plan FILE."
            )
        async with database.sessions() as session:  # closed without a commit, so that nothing can be written
            return await load_plan(session, await default(session), history=True)
    except NoActivePlan:
        return None
    finally:
        await database.close()
