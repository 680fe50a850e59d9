"""Measurements: recording the figures of an indicator, and reading them. Append-only."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Any, cast

import sqlalchemy
from pydantic import TypeAdapter
from sqlalchemy import exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.entries import Found, active_entry
from store.errors import NoSuchUpdate
from store.plan import Kind, OwnerRef
from store.recorded import is_undo
from store.rows import chunks, take_turn
from store.tables import EntryRow, MeasurementRow, PlanRow, Via

__all__ = [
    "NewMeasurement",
    "RecordedMeasurement",
    "Via",
    "last_measurement_by",
    "measured_between",
    "measurement_before",
    "measurement_with",
    "measurement_with_key",
    "measurements",
    "measurements_before",
    "measurements_length",
    "measurements_with",
    "record_measurement",
    "rhythms",
]

_REF: TypeAdapter[str | None] = TypeAdapter(OwnerRef | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasurement:
    """A figure that somebody reports of an indicator. Raises ValueError where it cannot be so."""

    value: float | str | None
    """A number for a quantitative indicator, words for a qualitative one; None only in a correction, which then takes
    back what it corrects."""
    date: date
    """The day it is of, in the plan's zone."""
    recorded_at: datetime
    via: Via
    author: str | None = None
    """A Slack user id or e-mail address."""
    on_behalf_of: str | None = None
    note: str | None = None
    evidence: str | None = None
    idempotency_key: str | None = None
    """The same for every delivery of one report; at most one measurement of the workspace has it."""
    corrects: int | None = None
    """The id of the measurement of the same indicator that this one replaces."""

    def __post_init__(self) -> None:
        """Check what the types do not."""
        _REF.validate_python(self.author)
        _REF.validate_python(self.on_behalf_of)
        if self.value is None and self.corrects is None:
            raise ValueError("the measured value is missing")
        if isinstance(self.value, str) and not self.value.strip():
            raise ValueError("the measured value is empty")
        if isinstance(self.value, int | float) and not math.isfinite(self.value):
            raise ValueError("the measured value is not a finite number")
        if self.recorded_at.tzinfo is None:
            raise ValueError("the time of recording has no zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMeasurement:
    """A measurement on the record."""

    id: int
    key: str
    """The indicator's."""
    title: str
    """The indicator's."""
    value: float | str | None
    """None where it only takes back what it corrects."""
    date: date
    note: str | None
    evidence: str | None
    author: str | None
    on_behalf_of: str | None
    via: Via
    recorded_at: datetime
    corrects: int | None
    corrected_by: int | None
    """The id of the measurement that replaces it."""
    is_undo: bool = False
    """Whether it takes back what it corrects."""
    is_repeat: bool = False
    """Whether it had been recorded already, so that nothing was written."""


async def record_measurement(
    session: AsyncSession, workspace: int, key: str, new: NewMeasurement
) -> RecordedMeasurement:
    """Record a figure of the active plan's indicator with `key`.

    Where the workspace has a measurement with the same idempotency key, that one is returned and nothing is written.
    Raises NoActivePlan, NoSuchEntry, or NoSuchUpdate if there is nothing to correct under `new.corrects`.
    """
    await take_turn(session, workspace)
    repeated = await measurement_with_key(session, workspace, new.idempotency_key) if new.idempotency_key else None
    if repeated:
        return repeated
    indicator = await active_entry(session, workspace, key, Kind.INDICATOR)
    if new.corrects is not None:
        await _require_correctable(session, indicator, new.corrects)
    row = _row(workspace, indicator, new)
    session.add(row)
    await session.flush()
    return (await _recorded(session, col(MeasurementRow.id) == row.id))[0]


async def measurements(
    session: AsyncSession, workspace: int, key: str, limit: int = 20, skipping: int = 0
) -> list[RecordedMeasurement]:
    """The figures of the active plan's indicator with `key`, the last recorded first, corrected ones too.

    At most `limit`, without the last `skipping`. Raises NoActivePlan or NoSuchEntry.
    """
    indicator = await active_entry(session, workspace, key, Kind.INDICATOR)
    of_indicator = col(MeasurementRow.entry_id) == indicator.id
    return await _recorded(session, of_indicator, limit=limit, skipping=skipping)


async def measurements_length(session: AsyncSession, workspace: int, key: str) -> int:
    """How many figures `measurements` has in all. Raises NoActivePlan or NoSuchEntry."""
    indicator = await active_entry(session, workspace, key, Kind.INDICATOR)
    counted = select(func.count(col(MeasurementRow.id))).where(col(MeasurementRow.entry_id) == indicator.id)
    return (await session.exec(counted)).one()


async def last_measurement_by(
    session: AsyncSession, workspace: int, authors: Collection[str], since: datetime
) -> RecordedMeasurement | None:
    """The last figure that one of `authors` recorded since a moment, of those that stand and have a value."""
    correction = aliased(MeasurementRow)
    found = await _recorded(
        session,
        col(MeasurementRow.workspace_id) == workspace,
        col(MeasurementRow.recorded_at) >= since,
        func.lower(col(MeasurementRow.author)).in_([author.lower() for author in authors]),
        col(MeasurementRow.via) != Via.FILE.value,
        or_(col(MeasurementRow.value_number).is_not(None), col(MeasurementRow.value_text).is_not(None)),
        ~exists().where(col(correction.corrects_id) == col(MeasurementRow.id)),
        limit=1,
    )
    return found[0] if found else None


async def measurement_with(session: AsyncSession, workspace: int, identity: int) -> RecordedMeasurement | None:
    """The workspace's measurement with that id, of whatever plan; None if there is none."""
    of_workspace = col(MeasurementRow.workspace_id) == workspace
    found = await _recorded(session, of_workspace, col(MeasurementRow.id) == identity)
    return found[0] if found else None


async def measurements_with(
    session: AsyncSession, workspace: int, ids: Collection[int]
) -> dict[int, RecordedMeasurement]:
    """The workspace's measurements with those ids, by id."""
    of_workspace = col(MeasurementRow.workspace_id) == workspace
    found = await _recorded(session, of_workspace, col(MeasurementRow.id).in_(ids)) if ids else []
    return {one.id: one for one in found}


async def measurement_with_key(session: AsyncSession, workspace: int, key: str) -> RecordedMeasurement | None:
    """The workspace's measurement with that idempotency key, as a repeat; None if there is none."""
    same = col(MeasurementRow.workspace_id) == workspace, col(MeasurementRow.idempotency_key) == key
    found = await _recorded(session, *same, is_repeat=True)
    return found[0] if found else None


async def measurement_before(
    session: AsyncSession, workspace: int, recorded: RecordedMeasurement
) -> RecordedMeasurement | None:
    """The indicator's latest measurement when `recorded` came, without the one that it corrects."""
    return (await measurements_before(session, workspace, [recorded])).get(recorded.id)


async def measurements_before(
    session: AsyncSession, workspace: int, recorded: Sequence[RecordedMeasurement]
) -> dict[int, RecordedMeasurement]:
    """By the id of each of `recorded`: its indicator's latest measurement when it came, without what it corrects."""
    found: dict[int, RecordedMeasurement] = {}
    for ids in chunks(one.id for one in recorded):
        before = dict((await session.exec(_ids_before(workspace, ids))).all())
        known = await measurements_with(session, workspace, set(before.values()))
        found |= {later: known[earlier] for later, earlier in before.items()}
    return found


def _ids_before(workspace: int, ids: Collection[int]) -> Any:
    """Pairs of ids: each of `ids`, and that of the figure before it."""
    later, correction = aliased(MeasurementRow), aliased(MeasurementRow)
    place = func.row_number().over(
        partition_by=col(later.id), order_by=(col(MeasurementRow.day).desc(), col(MeasurementRow.id).desc())
    )
    corrected = col(correction.corrects_id) == col(MeasurementRow.id), col(correction.id) <= col(later.id)
    ranked = (
        select(col(later.id).label("later"), col(MeasurementRow.id).label("earlier"), place.label("place"))
        .join(later, col(later.entry_id) == col(MeasurementRow.entry_id))
        .where(
            col(later.id).in_(ids),
            col(MeasurementRow.workspace_id) == workspace,
            col(MeasurementRow.id) < col(later.id),
            or_(col(MeasurementRow.value_number).is_not(None), col(MeasurementRow.value_text).is_not(None)),
            ~exists().where(*corrected),
        )
        .subquery()
    )
    return select(ranked.c.later, ranked.c.earlier).where(ranked.c.place == 1)


async def measured_between(
    session: AsyncSession, workspace: int, start: datetime, end: datetime
) -> list[RecordedMeasurement]:
    """What was measured of the active plan's indicators from `start` to before `end`, the first recorded first.

    Corrected figures and archived indicators are left out, and what a plan file tells of earlier days.
    """
    correction = aliased(MeasurementRow)
    return await _recorded(
        session,
        col(MeasurementRow.workspace_id) == workspace,
        col(MeasurementRow.recorded_at) >= start,
        col(MeasurementRow.recorded_at) < end,
        col(MeasurementRow.via) != Via.FILE.value,
        or_(col(MeasurementRow.value_number).is_not(None), col(MeasurementRow.value_text).is_not(None)),
        ~exists().where(col(correction.corrects_id) == col(MeasurementRow.id)),
        col(EntryRow.archived_at).is_(None),
        exists().where(col(PlanRow.id) == col(EntryRow.plan_id), col(PlanRow.is_active)),
        order=(col(MeasurementRow.id),),
    )


async def _require_correctable(session: AsyncSession, indicator: Found, identity: int) -> None:
    found = await _recorded(session, col(MeasurementRow.id) == identity, col(MeasurementRow.entry_id) == indicator.id)
    if not found or found[0].corrected_by is not None:
        raise NoSuchUpdate(identity)


def _row(workspace: int, indicator: Found, new: NewMeasurement) -> MeasurementRow:
    words = new.value.replace("\x00", "").strip() if isinstance(new.value, str) else None
    return MeasurementRow(
        workspace_id=workspace,
        entry_id=indicator.id,
        day=new.date,
        value_number=float(new.value) if isinstance(new.value, int | float) else None,
        value_text=words,
        note=_text(new.note),
        evidence=_text(new.evidence),
        author=new.author,
        on_behalf_of=new.on_behalf_of,
        via=new.via.value,
        recorded_at=new.recorded_at,
        idempotency_key=new.idempotency_key,
        corrects_id=new.corrects,
    )


def _text(words: str | None) -> str | None:
    """The words without what PostgreSQL cannot keep; None for none."""
    return (words or "").replace("\x00", "").strip() or None


async def _recorded(
    session: AsyncSession,
    *conditions: Any,
    order: Sequence[Any] = (),
    limit: int | None = None,
    skipping: int = 0,
    is_repeat: bool = False,
) -> list[RecordedMeasurement]:
    correction = aliased(MeasurementRow)
    columns: list[Any] = [getattr(MeasurementRow, name) for name in MeasurementRow.model_fields]
    columns += [EntryRow.key, EntryRow.title, col(correction.id).label("corrected_by")]
    statement = (
        sqlalchemy.select(*columns)
        .join(EntryRow, col(EntryRow.id) == col(MeasurementRow.entry_id))
        .outerjoin(correction, col(correction.corrects_id) == col(MeasurementRow.id))
        .where(*conditions)
        .order_by(*(order or (col(MeasurementRow.id).desc(),)))
        .limit(limit)
        .offset(skipping or None)
    )
    return [_measurement(row, is_repeat) for row in (await session.exec(cast("Any", statement))).all()]


def _measurement(row: Any, is_repeat: bool) -> RecordedMeasurement:
    return RecordedMeasurement(
        id=row.id,
        key=row.key,
        title=row.title,
        value=row.value_text if row.value_number is None else row.value_number,
        date=row.day,
        note=row.note,
        evidence=row.evidence,
        author=row.author,
        on_behalf_of=row.on_behalf_of,
        via=Via(row.via),
        recorded_at=row.recorded_at,
        corrects=row.corrects_id,
        corrected_by=row.corrected_by,
        is_undo=is_undo(row.idempotency_key),
        is_repeat=is_repeat,
    )


async def rhythms(session: AsyncSession, workspace: int, keys: Collection[str]) -> dict[str, timedelta]:
    """By key, how long it usually takes from one day measured to the next, of the active plan's indicators named.

    The median of the times between; indicators that were measured on fewer than two days are left out.
    """
    statement = (
        select(EntryRow.key, col(MeasurementRow.day))
        .join(EntryRow, col(EntryRow.id) == col(MeasurementRow.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
        .where(col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active))
        .distinct()
        .order_by(col(EntryRow.key), col(MeasurementRow.day))
    )
    days: dict[str, list[date]] = {}
    for some in chunks(key.casefold() for key in keys):
        for key, day in (await session.exec(statement.where(col(EntryRow.folded_key).in_(some)))).all():
            days.setdefault(key, []).append(day)
    return {key: median_low([b - a for a, b in pairwise(all_of)]) for key, all_of in days.items() if len(all_of) > 1}
