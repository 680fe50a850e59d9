"""A FICTIONAL plan of ten thousand actions, and a record of what was reported, measured and asked about it.

Nothing in it is real. How many updates there are in the week before `NOW`, and how many before that, is as wanted.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select as select_any
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.database import Database
from store.plan import Objective, Plan, Status
from store.plans import import_plan
from store.question_tables import Counted, MissedQuestion, QuestionCount
from store.rows import chunks, insert_all
from store.tables import ActionRow, EntryRow, IndicatorRow, MeasurementRow, PlanRow, ProgressUpdate, Via
from store.workspaces import default
from tests.bench.synthetic import plan_of

ACTIONS = 10_000
ENTRIES = 13_455
"""Of a plan with so many actions: what they are under, the values and the indicators included."""
BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 13, tzinfo=UTC)
WEEK = timedelta(days=7)
OWNERS = 100
MEASURED, ASKED, MISSED = 500, 2_000, 300
"""Of the week: indicators measured twice, subjects asked about, and wordings that found nothing."""
_STATUSES = tuple(Status)[:5]


async def fill(database: Database) -> None:
    """Put the plan into an empty database, with all but updates."""
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await import_plan(session, workspace, _owned(plan_of(ENTRIES)), BEGAN)
        await _measure(session, workspace)
        await _ask(session, workspace)


def owner(number: int) -> str:
    """A user id; there are `OWNERS` of them."""
    return f"U0OWNER{number % OWNERS:02}"


def _owned(plan: Plan) -> Plan:
    """The plan with owners whom Slack would know by their user ids."""

    def owned(objective: Objective) -> Objective:
        actions = (
            one.model_copy(update={"owners": (owner(int(one.key.removeprefix("A-"))),)}) for one in objective.actions
        )
        return objective.model_copy(update={"actions": tuple(actions)})

    priorities = (one.model_copy(update={"objectives": tuple(map(owned, one.objectives))}) for one in plan.priorities)
    return Plan(about=plan.about, values=plan.values, priorities=tuple(priorities))


async def report(database: Database, updates: int, start: datetime, end: datetime) -> None:
    """Put so many more updates on the record, spread evenly over the actions and a span of time."""
    async with database.sessions.begin() as session:
        workspace = await default(session)
        actions = (await session.exec(select(ActionRow.entry_id).order_by(col(ActionRow.entry_id)))).all()
        last = (await session.exec(select(ProgressUpdate.id).order_by(col(ProgressUpdate.id).desc()).limit(1))).first()
        for numbers in chunks(range(updates)):
            moments = (start + (end - start) * number / updates for number in numbers)
            rows = [_update(workspace, actions, (last or 0) + n, at) for n, at in zip(numbers, moments, strict=True)]
            await insert_all(session, ProgressUpdate, rows)
        await _write_standings(session)


def _update(workspace: int, actions: Sequence[int], number: int, at: datetime) -> dict[str, Any]:
    status, before = (_STATUSES[one % len(_STATUSES)].value for one in (number + number // len(actions), number + 3))
    return {
        "workspace_id": workspace, "entry_id": actions[number % len(actions)], "as_of": at.date(), "recorded_at": at,
        "author": owner(number), "status": status, "percent": number % 101, "status_before": before,
        "percent_before": (number + 7) % 101,
        "note": f"Report number {number}, with a sentence of the usual length on what was done since the last one.",
        "via": Via.COMMAND.value, "idempotency_key": f"bench:{number}",
    }  # fmt: skip


async def _write_standings(session: AsyncSession) -> None:
    """Let each action stand as its latest update says."""

    def latest(column: Any) -> Any:
        of_action = select_any(column).where(col(ProgressUpdate.entry_id) == col(ActionRow.entry_id))
        order = col(ProgressUpdate.recorded_at).desc(), col(ProgressUpdate.id).desc()
        return of_action.order_by(*order).limit(1).scalar_subquery()

    values = {
        "latest_update_id": latest(ProgressUpdate.id),
        "standing_status": latest(ProgressUpdate.status),
        "standing_percent": latest(ProgressUpdate.percent),
    }
    await session.exec(update(ActionRow).where(col(ActionRow.entry_id) > 0).values(values))


async def _measure(session: AsyncSession, workspace: int) -> None:
    found = await session.exec(select(IndicatorRow.entry_id).order_by(col(IndicatorRow.entry_id)).limit(MEASURED))
    rows = [
        {
            "workspace_id": workspace, "entry_id": entry, "day": at.date(), "value_number": float(number % 97 + time),
            "author": owner(1), "via": Via.COMMAND.value, "recorded_at": at,
            "idempotency_key": f"bench:{entry}:{time}",
        }
        for number, entry in enumerate(found.all())
        for time, at in enumerate((NOW - 2 * WEEK, NOW - WEEK / 2, NOW - WEEK / 3))
    ]  # fmt: skip
    for some in chunks(rows):
        await insert_all(session, MeasurementRow, some)


async def _ask(session: AsyncSession, workspace: int) -> None:
    plan = (await session.exec(select(PlanRow.id))).one()
    keys = (await session.exec(select(EntryRow.key).order_by(col(EntryRow.id)).limit(ASKED))).all()
    head = {"workspace_id": workspace, "plan_id": plan, "day": (NOW - WEEK / 2).date(), "facet": ""}
    counts = [
        {**head, "outcome": Counted.ANSWER.value, "subject": key, "asked": number % 13 + 1, "thumbs_up": 0,
         "thumbs_down": 0}
        for number, key in enumerate(keys)
    ]  # fmt: skip
    missed: list[dict[str, Any]] = [
        {**head, "outcome": Counted.UNKNOWN.value, "subject": "", "words": words, "folded": words, "suggestions": [],
         "times": number % 7 + 1}
        for number, words in enumerate(_wishes())
    ]  # fmt: skip
    await insert_all(session, QuestionCount, counts)
    await insert_all(session, MissedQuestion, missed)


def _wishes() -> Iterator[str]:
    for number in range(MISSED):
        yield f"where is wish number {number}"
