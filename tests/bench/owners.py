"""A FICTIONAL plan whose owners report much, and a record of what they reported: nothing in them is real."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from store.database import Database
from store.plan import About, Action, Objective, Period, Plan, PlanStatus, Priority, Status
from store.plans import import_plan
from store.rows import chunks, insert_all
from store.tables import ActionRow, ProgressUpdate, Via
from store.workspaces import default

OWNERS = 20
ACTIONS_EACH = 2
BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)


def owner(number: int) -> str:
    """A user id."""
    return f"U0OWNER{number:02}"


def action_of(number: int, which: int = 0) -> str:
    """The key of one of an owner's actions."""
    return f"A-{number * ACTIONS_EACH + which + 1:02}"


def owners_plan() -> Plan:
    """Twenty owners with two actions each."""
    about = About(
        key="owners", title="Reported Often", organization="Example City", status=PlanStatus.ADOPTED,
        period=Period(start=BEGAN.date(), end=date(2099, 12, 31)), timezone="America/Toronto",
    )  # fmt: skip
    actions = tuple(
        Action(key=action_of(number, which), title=f"Renew station {action_of(number, which)}", owners=(owner(number),))
        for number in range(OWNERS)
        for which in range(ACTIONS_EACH)
    )
    objective = Objective(key="stations", title="Renew all stations", actions=actions)
    priority = Priority(key="buildings", title="Sound buildings", objectives=(objective,))
    return Plan(about=about, priorities=(priority,))


async def fill(database: Database, updates: int) -> None:
    """Import the plan, with so many updates on the record of which each of its actions has the same share."""
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await import_plan(session, workspace, owners_plan(), BEGAN)
        actions = (await session.exec(select(ActionRow.entry_id).order_by(col(ActionRow.entry_id)))).all()
        rows = [_update(workspace, actions[number % len(actions)], number, len(actions)) for number in range(updates)]
        for some in chunks(rows):
            await insert_all(session, ProgressUpdate, some)
        for entry in actions:
            latest = select(ProgressUpdate.id).where(col(ProgressUpdate.entry_id) == entry)
            last = (await session.exec(latest.order_by(col(ProgressUpdate.id).desc()).limit(1))).one()
            now = {"latest_update_id": last, "standing_status": Status.ON_TRACK.value, "standing_percent": 50}
            await session.exec(update(ActionRow).where(col(ActionRow.entry_id) == entry).values(now))


def _update(workspace: int, entry: int, number: int, actions: int) -> dict[str, object]:
    at = BEGAN + timedelta(minutes=7 * (number // actions))
    return {
        "workspace_id": workspace, "entry_id": entry, "as_of": at.date(), "recorded_at": at, "author": owner(0),
        "status": Status.ON_TRACK.value, "percent": 50, "status_before": Status.ON_TRACK.value, "percent_before": 50,
        "note": f"Report number {number}, with a sentence of the usual length on what was done since the last one.",
        "via": Via.COMMAND.value, "idempotency_key": f"bench:{number}",
    }  # fmt: skip
