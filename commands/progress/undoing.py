"""Taking back what was recorded: by a new entry that names the one it takes back.

It says nothing itself; where an edit is taken back, it says what stood before the edit.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import NothingToUndo
from commands.progress.mistakes import NotYourUpdate, ReplacedAlready, TooLateToUndo, UnknownEntry
from commands.progress.recording import MeasurementReceipt, Receipt, entry_with
from store.errors import NoSuchEntry, NoSuchUpdate
from store.measurements import (
    NewMeasurement,
    RecordedMeasurement,
    last_measurement_by,
    measurement_before,
    measurement_with,
    record_measurement,
)
from store.plan import Action, Indicator, Plan
from store.updates import UNDO, NewUpdate, Reached, RecordedUpdate, Via, last_update_by, record_update, update_with

UNDO_WITHIN = timedelta(minutes=15)
MINUTES = int(UNDO_WITHIN.total_seconds() // 60)


class Sort(StrEnum):
    """What an entry on the record is."""

    UPDATE = "update"
    MEASUREMENT = "measurement"


@dataclass(frozen=True, slots=True)
class Ref:
    """An entry on the record, as a button names it."""

    sort: Sort
    id: int

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """`update:12`. Raises ValueError."""
        sort, _, number = text.partition(":")
        return cls(Sort(sort), int(number))

    def __str__(self) -> str:
        return f"{self.sort.value}:{self.id}"


Recorded = RecordedUpdate | RecordedMeasurement


def ref_of(receipt: Receipt | MeasurementReceipt) -> Ref:
    """By what a button names what was recorded."""
    return Ref(Sort.UPDATE if isinstance(receipt, Receipt) else Sort.MEASUREMENT, receipt.kept.id)


async def recorded(session: AsyncSession, workspace: int, ref: Ref, by: Member) -> Recorded:
    """What stands under `ref`. Raises ReplacedAlready where it stands no more, NotYourUpdate where another made it."""
    found = await _made_by(session, workspace, ref, by)
    if found.corrected_by is not None:
        raise ReplacedAlready
    return found


async def _made_by(session: AsyncSession, workspace: int, ref: Ref, by: Member) -> Recorded:
    found: Recorded | None = await (update_with if ref.sort is Sort.UPDATE else measurement_with)(
        session, workspace, ref.id
    )
    if found is None:
        raise ReplacedAlready
    if found.author is None or not by.is_among((found.author,)):
        raise NotYourUpdate
    return found


async def receipt_of(
    session: AsyncSession, workspace: int, plan: Plan, ref: Ref, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """The receipt of what stands under `ref`, once more. Raises as `recorded`, and UnknownEntry."""
    found = await recorded(session, workspace, ref, by)
    entry = entry_with(found.key, plan)
    if isinstance(found, RecordedUpdate) and isinstance(entry, Action):
        return Receipt(entry, found, _today(plan, now))
    if isinstance(found, RecordedMeasurement) and isinstance(entry, Indicator):
        before = await measurement_before(session, workspace, found)
        return MeasurementReceipt(entry, before, found, _today(plan, now))
    raise UnknownEntry(found.key)


async def undo_last(
    session: AsyncSession, workspace: int, plan: Plan, *, by: Member, key: str | None, now: datetime
) -> Receipt | MeasurementReceipt:
    """Take the member's last update or measurement back. Raises NothingToUndo when there is none of 15 minutes."""
    since = now - UNDO_WITHIN
    update = await last_update_by(session, workspace, by.names, since=since)
    measurement = await last_measurement_by(session, workspace, by.names, since=since)
    last: Recorded | None = update or measurement
    if update and measurement:
        last = update if update.recorded_at >= measurement.recorded_at else measurement
    if last is None:
        raise NothingToUndo(MINUTES)
    try:
        return await _take_back(session, workspace, plan, last, key, now)
    except (NoSuchEntry, UnknownEntry) as archived:
        raise NothingToUndo(MINUTES) from archived


async def undo(
    session: AsyncSession, workspace: int, plan: Plan, ref: Ref, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """Take what stands under `ref` back, once however often that is asked.

    Raises ReplacedAlready, NotYourUpdate, and TooLateToUndo after 15 minutes.
    """
    found = await _made_by(session, workspace, ref, by)
    if found.recorded_at < now - UNDO_WITHIN:
        raise TooLateToUndo(MINUTES)
    return await _take_back(session, workspace, plan, found, f"{UNDO}{ref}", now)


async def _take_back(
    session: AsyncSession, workspace: int, plan: Plan, last: Recorded, key: str | None, now: datetime
) -> Receipt | MeasurementReceipt:
    entry, today = entry_with(last.key, plan), _today(plan, now)
    key = key or f"{UNDO}{last.id}"
    try:
        if isinstance(last, RecordedUpdate) and isinstance(entry, Action):
            edited = await update_with(session, workspace, edited_id) if (edited_id := _edited(last)) else None
            update = _undoing(last, edited, entry, key, now, today)
            kept = await record_update(session, workspace, last.key, update)
            return Receipt(entry, kept, today, brings_back=edited is not None)
        if isinstance(last, RecordedMeasurement) and isinstance(entry, Indicator):
            of = await measurement_with(session, workspace, edited_id) if (edited_id := _edited(last)) else None
            figure = await record_measurement(session, workspace, last.key, _unmeasuring(last, of, key, now))
            return MeasurementReceipt(entry, None, figure, today, brings_back=of is not None)
    except NoSuchUpdate as gone:
        raise ReplacedAlready from gone
    raise UnknownEntry(last.key)


def _edited(last: Recorded) -> int | None:
    """The id of the report in whose place it came, which an undo brings back."""
    return None if last.is_undo else last.corrects


def _undoing(
    last: RecordedUpdate, edited: RecordedUpdate | None, action: Action, key: str, now: datetime, today: date
) -> NewUpdate:
    """What takes `last` back: it says what `edited` said, or nothing."""
    head = NewUpdate(
        author=last.author,
        on_behalf_of=last.on_behalf_of,
        via=Via.COMMAND,
        as_of=today,
        recorded_at=now,
        idempotency_key=key,
        corrects=last.id,
    )
    if edited is None:
        return head
    known = {step.title.casefold() for step in action.milestones}
    return replace(
        head,
        as_of=edited.as_of,
        status=edited.status,
        percent=edited.percent,
        note=edited.note,
        evidence=edited.evidence,
        help_from=edited.help_from,
        milestones=tuple(Reached(one.title, one.done) for one in edited.milestones if one.title.casefold() in known),
    )


def _unmeasuring(
    last: RecordedMeasurement, edited: RecordedMeasurement | None, key: str, now: datetime
) -> NewMeasurement:
    """What takes `last` back: it says what `edited` said, or nothing."""
    return NewMeasurement(
        value=edited.value if edited else None,
        date=edited.date if edited else last.date,
        note=edited.note if edited else None,
        evidence=edited.evidence if edited else None,
        recorded_at=now,
        via=Via.COMMAND,
        author=last.author,
        on_behalf_of=last.on_behalf_of,
        idempotency_key=key,
        corrects=last.id,
    )


def _today(plan: Plan, now: datetime) -> date:
    return now.astimezone(plan.about.zone).date()
