"""What was reported on an entry, page by page, and which of it somebody may correct."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import MemberMistake
from commands.progress.finding import Reportable
from commands.progress.mistakes import NothingToCorrect, ReplacedAlready, UnknownEntry
from commands.progress.recording import MeasurementReceipt, Receipt, entry_with, may_correct
from commands.progress.undoing import Recorded, Ref, Sort
from store.measurements import (
    RecordedMeasurement,
    measurement_with,
    measurements,
    measurements_length,
    measurements_with,
)
from store.plan import Action, Indicator, Plan
from store.updates import RecordedUpdate, history, history_length, update_with, updates_with

PAGE = 10
"""Entries on a page."""
LOOKED_AT = 100
"""How many of an entry's last reports are looked at for one that may be corrected."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report in a history."""

    recorded: Recorded
    corrected: Recorded | None
    """What it came in the place of."""
    correction: Recorded | None
    """What came in its place."""
    may_correct: bool
    """Whether whoever looks may correct it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an entry's history, the last recorded first."""

    entry: Reportable
    number: int
    """From 1."""
    total: int
    """How many reports there are in all."""
    told: tuple[Told, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """The place of its first report, from 1."""
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The place of its last report."""
        return self.first + len(self.told) - 1


def ref_to(recorded: Recorded) -> Ref:
    """By what a button names a report."""
    return Ref(Sort.UPDATE if isinstance(recorded, RecordedUpdate) else Sort.MEASUREMENT, recorded.id)


async def page_of(session: AsyncSession, workspace: int, entry: Reportable, number: int, *, by: Member) -> Page:
    """A page of what was reported on an entry; the last one there is, where there are not as many."""
    is_action = isinstance(entry, Action)
    total = await (history_length if is_action else measurements_length)(session, workspace, entry.key)
    number = max(1, min(number, -(-total // PAGE)))
    skipping = (number - 1) * PAGE
    rows: Sequence[Recorded] = (
        await history(session, workspace, entry.key, PAGE, skipping)
        if is_action
        else await measurements(session, workspace, entry.key, PAGE, skipping)
    )
    ids = {one for row in rows for one in (row.corrects, row.corrected_by) if one is not None}
    others: Mapping[int, Recorded] = await (updates_with if is_action else measurements_with)(session, workspace, ids)
    return Page(entry, number, total, tuple(_told(row, others, by) for row in rows))


async def one_with(session: AsyncSession, workspace: int, plan: Plan, ref: Ref) -> tuple[Reportable, Recorded]:
    """A report and what it is about. Raises ReplacedAlready where there is none, and UnknownEntry."""
    found = await _find(session, workspace, ref)
    return entry_with(found.key, plan), found


async def to_correct(
    session: AsyncSession, workspace: int, plan: Plan, ref: Ref, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """What stands under `ref`, to be corrected. Raises ReplacedAlready, UnknownEntry and what `may_correct` raises."""
    entry, found = await one_with(session, workspace, plan, ref)
    if found.corrected_by is not None:
        raise ReplacedAlready
    may_correct(found, by)
    return _receipt(entry, found, now, plan)


async def last_to_correct(
    session: AsyncSession, workspace: int, plan: Plan, entry: Reportable, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """The last report on an entry that the member may correct. Raises NothingToCorrect."""
    rows: Sequence[Recorded] = (
        await history(session, workspace, entry.key, LOOKED_AT)
        if isinstance(entry, Action)
        else await measurements(session, workspace, entry.key, LOOKED_AT)
    )
    found = next((row for row in rows if _is_correctable(row, by)), None)
    if found is None:
        raise NothingToCorrect(entry)
    return _receipt(entry, found, now, plan)


async def _find(session: AsyncSession, workspace: int, ref: Ref) -> Recorded:
    found: Recorded | None = await (update_with if ref.sort is Sort.UPDATE else measurement_with)(
        session, workspace, ref.id
    )
    if found is None:
        raise ReplacedAlready
    return found


def _told(row: Recorded, others: Mapping[int, Recorded], by: Member) -> Told:
    corrected = others.get(row.corrects) if row.corrects is not None else None
    correction = others.get(row.corrected_by) if row.corrected_by is not None else None
    return Told(row, corrected, correction, _is_correctable(row, by))


def _is_correctable(row: Recorded, by: Member) -> bool:
    if row.corrected_by is not None or _is_empty(row):
        return False
    try:
        may_correct(row, by)
    except MemberMistake:
        return False
    return True


def _is_empty(row: Recorded) -> bool:
    """Whether it only takes another one back."""
    if isinstance(row, RecordedMeasurement):
        return row.value is None
    return row.is_undo and row.says_nothing_new


def _receipt(entry: Reportable, found: Recorded, now: datetime, plan: Plan) -> Receipt | MeasurementReceipt:
    today = now.astimezone(plan.about.zone).date()
    if isinstance(entry, Action) and isinstance(found, RecordedUpdate):
        return Receipt(entry, found, today)
    if isinstance(entry, Indicator) and isinstance(found, RecordedMeasurement):
        return MeasurementReceipt(entry, None, found, today)
    raise UnknownEntry(found.key)
