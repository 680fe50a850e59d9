"""Measurements: recording the figures of an indicator, and reading them. Append-only."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.entries import Found, active_entry
from store.errors import NoSuchUpdate
from store.plan import Kind, OwnerRef
from store.recorded import kept
from store.rows import take_turn
from store.tables import EntryRow, MeasurementRow, Via

__all__ = ["NewMeasurement", "RecordedMeasurement", "Via", "measurements", "record_measurement"]

_REF: TypeAdapter[str | None] = TypeAdapter(OwnerRef | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasurement:
    """A figure that somebody reports of an indicator. Raises ValueError where it cannot be so."""

    value: float | str
    """A number for a quantitative indicator, words for a qualitative one."""
    date: date
    """The day it is of, in the plan's zone."""
    recorded_at: datetime
    via: Via
    author: str | None = None
    """A Slack user id or e-mail address."""
    note: str | None = None
    idempotency_key: str | None = None
    """The same for every delivery of one report; at most one measurement of the workspace has it."""
    corrects: int | None = None
    """The id of the measurement of the same indicator that this one replaces."""

    def __post_init__(self) -> None:
        """Check what the types do not."""
        _REF.validate_python(self.author)
        if isinstance(self.value, str) and not self.value.strip():
            raise ValueError("the measured value is empty")
        if not isinstance(self.value, str) and not math.isfinite(self.value):
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
    value: float | str
    date: date
    note: str | None
    author: str | None
    via: Via
    recorded_at: datetime
    corrects: int | None
    corrected_by: int | None
    """The id of the measurement that replaces it."""
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
    same = col(MeasurementRow.workspace_id) == workspace, col(MeasurementRow.idempotency_key) == new.idempotency_key
    repeated = await _recorded(session, *same, is_repeat=True) if new.idempotency_key else []
    if repeated:
        return repeated[0]
    indicator = await active_entry(session, workspace, key, Kind.INDICATOR)
    if new.corrects is not None:
        await _require_correctable(session, indicator, new.corrects)
    row = _row(workspace, indicator, new)
    session.add(row)
    await session.flush()
    return (await _recorded(session, col(MeasurementRow.id) == row.id))[0]


async def measurements(
    session: AsyncSession, workspace: int, key: str, limit: int = 20, before_id: int | None = None
) -> list[RecordedMeasurement]:
    """The figures of the active plan's indicator with `key`, the last recorded first, corrected ones too.

    At most `limit`, recorded before the one with the id `before_id`. Raises NoActivePlan or NoSuchEntry.
    """
    indicator = await active_entry(session, workspace, key, Kind.INDICATOR)
    of_indicator = [col(MeasurementRow.entry_id) == indicator.id]
    if before_id is not None:
        of_indicator.append(col(MeasurementRow.id) < before_id)
    return await _recorded(session, *of_indicator, limit=limit)


async def _require_correctable(session: AsyncSession, indicator: Found, identity: int) -> None:
    found = await _recorded(session, col(MeasurementRow.id) == identity, col(MeasurementRow.entry_id) == indicator.id)
    if not found or found[0].corrected_by is not None:
        raise NoSuchUpdate(identity)


def _row(workspace: int, indicator: Found, new: NewMeasurement) -> MeasurementRow:
    words = new.value.strip() if isinstance(new.value, str) else None
    return MeasurementRow(
        workspace_id=workspace,
        entry_id=indicator.id,
        day=new.date,
        value_number=None if isinstance(new.value, str) else float(new.value),
        value_text=words,
        note=(new.note or "").strip() or None,
        author=new.author,
        via=new.via.value,
        recorded_at=new.recorded_at,
        idempotency_key=new.idempotency_key,
        corrects_id=new.corrects,
    )


async def _recorded(
    session: AsyncSession, *conditions: Any, limit: int | None = None, is_repeat: bool = False
) -> list[RecordedMeasurement]:
    correction = aliased(MeasurementRow)
    statement = (
        select(MeasurementRow, EntryRow, col(correction.id))
        .join(EntryRow, col(EntryRow.id) == col(MeasurementRow.entry_id))
        .outerjoin(correction, col(correction.corrects_id) == col(MeasurementRow.id))
        .where(*conditions)
        .order_by(col(MeasurementRow.id).desc())
        .limit(limit)
    )
    return [_measurement(*found, is_repeat) for found in (await session.exec(statement)).all()]


def _measurement(
    row: MeasurementRow, entry: EntryRow, corrected_by: int | None, is_repeat: bool
) -> RecordedMeasurement:
    return RecordedMeasurement(
        id=kept(row.id),
        key=entry.key,
        title=entry.title,
        value=(row.value_text or "") if row.value_number is None else row.value_number,
        date=row.day,
        note=row.note,
        author=row.author,
        via=Via(row.via),
        recorded_at=row.recorded_at,
        corrects=row.corrects_id,
        corrected_by=corrected_by,
        is_repeat=is_repeat,
    )
