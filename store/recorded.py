"""A plan as it is on the record: its rows, put together. Stays inside `store/`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.plan import Status
from store.question_tables import LearnedAlias
from store.rows import chunks, rows_of
from store.standing import Said, State, in_order
from store.tables import (
    ActionRow,
    EntryRow,
    IndicatorRow,
    MeasurementRow,
    MilestoneReport,
    MilestoneRow,
    OwnerRow,
    PlanRow,
    ProgressUpdate,
    Via,
)

T = TypeVar("T")
UNDO = "undo:"
"""How the idempotency key of an entry begins that takes another one back."""


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """An entry's rows. `updates` and `measurements` are as many as were asked for."""

    row: EntryRow
    parent: str | None
    """The folded key of the entry above."""
    action: ActionRow | None = None
    indicator: IndicatorRow | None = None
    owners: tuple[str, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    updates: tuple[ProgressUpdate, ...] = ()
    measurements: tuple[MeasurementRow, ...] = ()
    reports: tuple[MilestoneReport, ...] = ()
    """Of its milestones, those that no correction took back, in the order of their updates."""
    learned: tuple[str, ...] = ()
    """Aliases that administrators added, in the order in which they did."""

    @property
    def id(self) -> int:
        """The entry's id."""
        return kept(self.row.id)

    @property
    def is_archived(self) -> bool:
        """Whether the plan's file no longer has it."""
        return self.row.archived_at is not None

    def said(self, zone: ZoneInfo) -> list[Said]:
        """Its progress updates in order, without those that were corrected or only take another one back."""
        return in_order(map(said_by, that_stand(self.updates)), zone)


@dataclass(frozen=True, slots=True)
class RecordedPlan:
    """A plan's rows."""

    row: PlanRow
    entries: dict[str, RecordedEntry] = field(default_factory=dict)
    """By folded key, by their place among their siblings."""

    @property
    def id(self) -> int:
        """The plan's id."""
        return kept(self.row.id)


def kept(identity: int | None) -> int:
    """The id of a row that is in the database, which always has one."""
    if identity is None:
        raise ValueError("the row is not in the database yet")
    return identity


def is_undo(key: str | None) -> bool:
    """Whether the entry with that idempotency key takes back what it corrects."""
    return key is not None and key.startswith(UNDO)


def that_stand(updates: Sequence[ProgressUpdate]) -> list[ProgressUpdate]:
    """All updates of an action without those that were corrected, and those that only take another one back.

    Taking something back confirms nothing: the action stands as it did before, with the day of what was said then.
    """
    corrected = {one.corrects_id for one in updates}
    return [one for one in updates if one.id not in corrected and not _takes_back(one)]


def _takes_back(row: ProgressUpdate) -> bool:
    return is_undo(row.idempotency_key) and says_nothing_new(row)


def says_nothing_new(row: ProgressUpdate) -> bool:
    """Whether the row, milestones apart, leaves all as it was before it."""
    is_silent = row.note is None and row.evidence is None and row.help_from is None
    return is_silent and (row.status, row.percent) == (row.status_before, row.percent_before)


def is_figure(row: MeasurementRow) -> bool:
    """Whether the row has a value; one without only takes back what it corrects."""
    return row.value_number is not None or row.value_text is not None


def milestones_now(steps: Iterable[MilestoneRow], reports: Iterable[MilestoneReport]) -> tuple[bool, ...]:
    """Whether each milestone is done: as was reported last, unless the plan file stated otherwise after that."""
    said = {(one.title.casefold(), one.update_id): one.done for one in reports}
    now = []
    for step in steps:
        of_step = [
            done
            for (title, update), done in said.items()
            if title == step.title.casefold() and update > (step.stated_over_id or 0)
        ]
        now.append(of_step[-1] if of_step else step.done)
    return tuple(now)


def said_by(row: ProgressUpdate) -> Said:
    """The row's bearing on how its action stands."""
    state = State(Status(row.status) if row.status else None, row.percent)
    return Said(kept(row.id), row.as_of, row.recorded_at, state)


async def plan_row(session: AsyncSession, workspace: int, key: str | None) -> PlanRow | None:
    """The plan with the key; without one, the active plan."""
    which = col(PlanRow.is_active) if key is None else col(PlanRow.key) == key.strip().casefold()
    return next(iter(await rows_of(session, PlanRow, col(PlanRow.workspace_id) == workspace, which)), None)


async def let_version_grow(session: AsyncSession, plan_id: int) -> None:
    """Note that a plan has changed, so that every process reads it again."""
    await session.exec(update(PlanRow).where(col(PlanRow.id) == plan_id).values(version=col(PlanRow.version) + 1))


async def entries_of(
    session: AsyncSession, plan: PlanRow, *, archived: bool, history: bool, only: Collection[int] | None = None
) -> RecordedPlan:
    """The plan with its entries.

    archived: with those that the file no longer has. history: with every progress update and measurement, corrected
    ones too; else with the latest of each, and before an update that only confirms, the last one that says something.
    only: of the plan's entries, those with these ids.
    """
    where = [col(EntryRow.plan_id) == plan.id]
    if only is not None:
        where.append(col(EntryRow.id).in_(only))
    if not archived:
        where.append(col(EntryRow.archived_at).is_(None))
    ids = select(EntryRow.id).where(*where)
    rows = await rows_of(session, EntryRow, *where, order=[col(EntryRow.position), col(EntryRow.id)])
    actions = await rows_of(session, ActionRow, col(ActionRow.entry_id).in_(ids))
    indicators = await rows_of(session, IndicatorRow, col(IndicatorRow.entry_id).in_(ids))
    owners = await rows_of(session, OwnerRow, col(OwnerRow.entry_id).in_(ids), order=[col(OwnerRow.position)])
    milestones = await rows_of(
        session, MilestoneRow, col(MilestoneRow.entry_id).in_(ids), order=[col(MilestoneRow.position)]
    )
    in_force = col(LearnedAlias.entry_id).in_(ids), col(LearnedAlias.removed_at).is_(None)
    learned = await rows_of(session, LearnedAlias, *in_force, order=[col(LearnedAlias.id)])
    reports = await reports_of(session, col(MilestoneReport.entry_id).in_(ids))
    updates = await _updates(session, ids, history, reports)
    measurements = await _measurements(session, ids, history)
    return _put_together(plan, rows, actions, indicators, owners, milestones, reports, learned, updates, measurements)


async def reports_of(session: AsyncSession, *conditions: Any) -> list[MilestoneReport]:
    """What was reported of milestones and not taken back, in the order of the updates that say it.

    That is the order of the days they speak of; see `Said.rank`, which is the same but for updates ahead of their day.
    """
    correction = aliased(ProgressUpdate)
    columns = [getattr(MilestoneReport, name) for name in MilestoneReport.model_fields]
    statement = (
        sqlalchemy.select(*columns)
        .join(ProgressUpdate, col(ProgressUpdate.id) == col(MilestoneReport.update_id))
        .where(*conditions)
        .where(~exists().where(col(correction.corrects_id) == col(ProgressUpdate.id)))
        .order_by(col(ProgressUpdate.as_of), col(ProgressUpdate.id))
    )
    return cast("list[MilestoneReport]", (await session.exec(cast("Any", statement))).all())


async def _updates(
    session: AsyncSession, entries: Any, history: bool, reports: Sequence[MilestoneReport]
) -> list[ProgressUpdate]:
    if history:
        return await rows_of(
            session, ProgressUpdate, col(ProgressUpdate.entry_id).in_(entries), order=[col(ProgressUpdate.id)]
        )
    latest = select(ActionRow.latest_update_id).where(col(ActionRow.entry_id).in_(entries))
    rows = await rows_of(session, ProgressUpdate, col(ProgressUpdate.id).in_(latest), order=[col(ProgressUpdate.id)])
    with_steps = {one.update_id for one in reports}
    renewed = [row.entry_id for row in rows if _renews(row) and row.id not in with_steps]
    return [*(await _last_news(session, renewed)), *rows]


def _renews(row: ProgressUpdate) -> bool:
    return row.via not in (Via.FILE, Via.IMPORT) and says_nothing_new(row)


async def _last_news(session: AsyncSession, entries: Sequence[int]) -> list[ProgressUpdate]:
    """The last update of each action that says something, before those that only confirm it."""
    correction = aliased(ProgressUpdate)
    says_something = or_(
        col(ProgressUpdate.via).in_([Via.FILE.value, Via.IMPORT.value]),
        col(ProgressUpdate.note).is_not(None),
        col(ProgressUpdate.evidence).is_not(None),
        col(ProgressUpdate.help_from).is_not(None),
        col(ProgressUpdate.status).is_distinct_from(col(ProgressUpdate.status_before)),
        col(ProgressUpdate.percent).is_distinct_from(col(ProgressUpdate.percent_before)),
        exists().where(col(MilestoneReport.update_id) == col(ProgressUpdate.id)),
    )
    found: list[ProgressUpdate] = []
    for ids in chunks(entries):
        place = func.row_number().over(
            partition_by=col(ProgressUpdate.entry_id),
            order_by=(col(ProgressUpdate.as_of).desc(), col(ProgressUpdate.id).desc()),
        )
        ranked = (
            select(ProgressUpdate.id, place.label("place"))
            .where(col(ProgressUpdate.entry_id).in_(ids), says_something)
            .where(~exists().where(col(correction.corrects_id) == col(ProgressUpdate.id)))
            .subquery()
        )
        last = col(ProgressUpdate.id).in_(select(ranked.c.id).where(ranked.c.place == 1))
        found += await rows_of(session, ProgressUpdate, last)
    return found


async def _measurements(session: AsyncSession, entries: Any, history: bool) -> list[MeasurementRow]:
    if history:
        which = col(MeasurementRow.entry_id).in_(entries)
    else:
        which = col(MeasurementRow.id).in_(_latest_measurements(entries))
    return await rows_of(session, MeasurementRow, which, order=[col(MeasurementRow.id)])


def _latest_measurements(entries: Any) -> Any:
    correction = aliased(MeasurementRow)
    place = func.row_number().over(
        partition_by=col(MeasurementRow.entry_id),
        order_by=(col(MeasurementRow.day).desc(), col(MeasurementRow.id).desc()),
    )
    ranked = (
        select(MeasurementRow.id, place.label("place"))
        .where(col(MeasurementRow.entry_id).in_(entries))
        .where(~exists().where(col(correction.corrects_id) == col(MeasurementRow.id)))
        .where(or_(col(MeasurementRow.value_number).is_not(None), col(MeasurementRow.value_text).is_not(None)))
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


def _put_together(
    plan: PlanRow,
    rows: list[EntryRow],
    actions: list[ActionRow],
    indicators: list[IndicatorRow],
    owners: list[OwnerRow],
    milestones: list[MilestoneRow],
    reports: list[MilestoneReport],
    learned: list[LearnedAlias],
    updates: list[ProgressUpdate],
    measurements: list[MeasurementRow],
) -> RecordedPlan:
    keys = {row.id: row.folded_key for row in rows}
    action_of = {one.entry_id: one for one in actions}
    indicator_of = {one.entry_id: one for one in indicators}
    owners_of = _by_entry(owners, lambda one: one.entry_id)
    milestones_of = _by_entry(milestones, lambda one: one.entry_id)
    reports_of_entry = _by_entry(reports, lambda one: one.entry_id)
    learned_of = _by_entry(learned, lambda one: one.entry_id)
    updates_of = _by_entry(updates, lambda one: one.entry_id)
    measurements_of = _by_entry(measurements, lambda one: one.entry_id)
    entries = {
        row.folded_key: RecordedEntry(
            row=row,
            parent=keys.get(row.parent_id),
            action=action_of.get(kept(row.id)),
            indicator=indicator_of.get(kept(row.id)),
            owners=tuple(one.ref for one in owners_of.get(kept(row.id), ())),
            milestones=tuple(milestones_of.get(kept(row.id), ())),
            reports=tuple(reports_of_entry.get(kept(row.id), ())),
            updates=tuple(updates_of.get(kept(row.id), ())),
            measurements=tuple(measurements_of.get(kept(row.id), ())),
            learned=tuple(one.alias for one in learned_of.get(kept(row.id), ())),
        )
        for row in rows
    }
    return RecordedPlan(plan, entries)


def _by_entry(rows: Iterable[T], entry: Callable[[T], int]) -> dict[int, list[T]]:
    grouped: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        grouped[entry(row)].append(row)
    return grouped
