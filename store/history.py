"""Writing what a plan file reports: its updates and measurements, and how its actions stand after it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.comparing import Pair
from store.plan import Measurement
from store.reconciling import Brought
from store.recorded import said_by
from store.rows import insert_all, rows_of, update_each
from store.standing import Said, State, in_order
from store.tables import ActionRow, MeasurementRow, PlanRow, ProgressUpdate, Via

Values = dict[str, Any]


async def write_history(
    session: AsyncSession, plan: PlanRow, pairs: Sequence[Pair], identities: Mapping[str, int], now: datetime
) -> None:
    """Record the updates and measurements that are new, and how each action stands. `identities`: by folded key."""
    ids = {pair.node.key: identities[pair.node.key.casefold()] for pair in pairs}
    zone = ZoneInfo(plan.timezone)
    updates: list[Values] = []
    measurements: list[Values] = []
    for pair in pairs:
        head = {"workspace_id": plan.workspace_id, "entry_id": ids[pair.node.key], "recorded_at": now}
        updates += _updates(pair.brought, head) if pair.brought else []
        measurements += [{**head, **_measured(one)} for one in pair.measurements]
    last = await _last_update(session, plan.workspace_id)
    await insert_all(session, ProgressUpdate, updates)
    await insert_all(session, MeasurementRow, measurements)
    recorded = await _recorded_since(session, plan.workspace_id, last)
    standings = [
        (pair, _standing(pair, pair.brought, ids[pair.node.key], recorded, zone)) for pair in pairs if pair.brought
    ]
    await update_each(session, ActionRow, [values for pair, values in standings if _differs(pair, values)])


def _updates(brought: Brought, head: Values) -> list[Values]:
    updates = [
        {
            **head,
            "as_of": one.date,
            "author": one.author,
            "note": one.note,
            "via": Via.FILE.value,
            **_states(State(one.status, one.percent), before),
        }
        for one, before in zip(brought.updates, brought.states_before, strict=True)
    ]
    if brought.own:
        today = {"as_of": brought.today, "author": None, "note": None, "via": Via.IMPORT.value}
        updates.append({**head, **today, **_states(brought.own, brought.before)})
    return updates


def _states(state: State, before: State) -> Values:
    return {
        "status": state.status,
        "percent": state.percent,
        "status_before": before.status,
        "percent_before": before.percent,
    }


def _measured(measurement: Measurement) -> Values:
    value = measurement.value
    return {
        "day": measurement.date,
        "value_number": value if isinstance(value, float) else None,
        "value_text": value if isinstance(value, str) else None,
        "note": measurement.note,
        "via": Via.FILE.value,
    }


async def _last_update(session: AsyncSession, workspace: int) -> int:
    of_workspace = select(func.max(ProgressUpdate.id)).where(col(ProgressUpdate.workspace_id) == workspace)
    return (await session.exec(of_workspace)).one() or 0


async def _recorded_since(session: AsyncSession, workspace: int, last: int) -> dict[int, list[Said]]:
    said: dict[int, list[Said]] = defaultdict(list)
    new = (col(ProgressUpdate.workspace_id) == workspace, col(ProgressUpdate.id) > last)
    for row in await rows_of(session, ProgressUpdate, *new):
        said[row.entry_id].append(said_by(row))
    return said


def _standing(pair: Pair, brought: Brought, entry: int, new: Mapping[int, list[Said]], zone: ZoneInfo) -> Values:
    row = pair.recorded.action if pair.recorded else None
    known = pair.recorded.said(zone) if pair.recorded else []
    updates = in_order((*known, *new.get(entry, ())), zone)
    latest = updates[-1].id if updates else None
    return {
        "entry_id": entry,
        "stated_status": brought.stated.status,
        "stated_percent": brought.stated.percent,
        "stated_over_id": latest if brought.holds else (row.stated_over_id if row else None),
        "latest_update_id": latest,
        "standing_status": brought.after.status,
        "standing_percent": brought.after.percent,
    }


def _differs(pair: Pair, values: Values) -> bool:
    row = pair.recorded.action if pair.recorded else None
    return row is None or any(getattr(row, name) != value for name, value in values.items())
