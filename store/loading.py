"""Reading a plan off the record: the same `Plan` that a plan file holds."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoActivePlan, NoSuchPlan
from store.plan import (
    About,
    Action,
    Background,
    Better,
    Figure,
    Indicator,
    Kind,
    Measurement,
    Milestone,
    Nature,
    Objective,
    Period,
    Plan,
    PlanStatus,
    Priority,
    Statement,
    Status,
    Update,
    Value,
)
from store.recorded import RecordedEntry, RecordedPlan, entries_of, is_figure, milestones_now, plan_row
from store.rows import rows_of
from store.tables import MeasurementRow, MilestoneRow, PlanRow, ProgressUpdate, Via


async def load_plan(
    session: AsyncSession,
    workspace: int,
    key: str | None = None,
    history: bool = False,
    people: Mapping[str, str] | None = None,
) -> Plan:
    """The workspace's plan with `key`; without a key, the active one. Archived entries are left out.

    history=False: each action's status and percentage are how it stands now, `updates` holds its latest progress
    update and `measurements` an indicator's latest. history=True, for a plan file: all updates (oldest first) and
    measurements without those that were corrected; status and percentage as the file stated them until an update
    came; no update that merely tells that a file's status had changed, since the file says so itself.

    people: by e-mail address in lower case, the user ids that owners have in their place.

    Raises NoActivePlan, or NoSuchPlan for an unknown key.
    """
    row = await plan_row(session, workspace, key)
    if row is None:
        raise await _missing(session, workspace, key)
    recorded = await entries_of(session, row, archived=False, history=history)
    return as_plan(with_people(recorded, people) if people else recorded, history)


def with_people(recorded: RecordedPlan, people: Mapping[str, str]) -> RecordedPlan:
    """The rows with the user ids that `people` has for owners' addresses."""
    entries = {
        key: replace(entry, owners=named_by_id(entry.owners, people)) if entry.owners else entry
        for key, entry in recorded.entries.items()
    }
    return replace(recorded, entries=entries)


def named_by_id(owners: tuple[str, ...], people: Mapping[str, str]) -> tuple[str, ...]:
    """The owners, with the user ids that `people` has for their addresses (in lower case); nobody twice."""
    return tuple(dict.fromkeys(people.get(owner.casefold(), owner) for owner in owners))


async def _missing(session: AsyncSession, workspace: int, key: str | None) -> Exception:
    if key is None:
        return NoActivePlan()
    known = await rows_of(session, PlanRow, col(PlanRow.workspace_id) == workspace, order=[col(PlanRow.key)])
    return NoSuchPlan(key, [one.key for one in known])


def about(row: PlanRow) -> About:
    """A plan's head."""
    period = Period(start=row.period_start, end=row.period_end) if row.period_start and row.period_end else None
    return About(
        key=row.key,
        title=row.title,
        organization=row.organization,
        period=period,
        status=PlanStatus(row.status),
        timezone=row.timezone,
        update_days=row.update_days,
    )


def as_plan(recorded: RecordedPlan, history: bool) -> Plan:
    """The plan that the rows tell of."""
    row = recorded.row
    children = _Children(recorded, history)
    return Plan(
        about=about(row),
        vision=Statement(statement=row.vision) if row.vision else None,
        mission=Statement(statement=row.mission) if row.mission else None,
        values=tuple(Value(**common(one)) for one in children.of(None, Kind.VALUE)),
        priorities=tuple(children.priority(one) for one in children.of(None, Kind.PRIORITY)),
        background=tuple(Background(**common(one)) for one in children.of(None, Kind.BACKGROUND)),
    )


class _Children:
    """The entries by what they are under."""

    def __init__(self, recorded: RecordedPlan, history: bool) -> None:
        self._zone = ZoneInfo(recorded.row.timezone)
        self._history = history
        self._below: dict[tuple[str | None, str], list[RecordedEntry]] = defaultdict(list)
        for entry in recorded.entries.values():
            self._below[entry.parent, entry.row.kind].append(entry)

    def of(self, parent: RecordedEntry | None, kind: Kind) -> list[RecordedEntry]:
        """Those of one kind under `parent`, in their order."""
        return self._below[parent.row.folded_key if parent else None, kind.value]

    def priority(self, entry: RecordedEntry) -> Priority:
        """A priority with its objectives."""
        objectives = tuple(self.objective(one) for one in self.of(entry, Kind.OBJECTIVE))
        return Priority(**common(entry), objectives=objectives)

    def objective(self, entry: RecordedEntry) -> Objective:
        """An objective with its indicators and actions."""
        return Objective(
            **common(entry),
            indicators=tuple(indicator(one) for one in self.of(entry, Kind.INDICATOR)),
            actions=tuple(action(one, self._zone, self._history) for one in self.of(entry, Kind.ACTION)),
        )


def common(entry: RecordedEntry) -> dict[str, Any]:
    """What every entry has; its aliases are the file's, then those that administrators added."""
    row = entry.row
    named = {alias.casefold() for alias in row.aliases}
    aliases = (*row.aliases, *(alias for alias in entry.learned if alias.casefold() not in named))
    return {"key": row.key, "title": row.title, "statement": row.statement, "aliases": aliases}


def indicator(entry: RecordedEntry) -> Indicator:
    """An indicator with those of its measurements that were read and not corrected."""
    row = entry.indicator
    if row is None:
        raise ValueError(f"the indicator {entry.row.key} has no row of its own")
    corrected = {one.corrects_id for one in entry.measurements}
    return Indicator(
        **common(entry),
        nature=Nature(row.nature),
        unit=row.unit,
        better=Better(row.better) if row.better else None,
        baseline=figure(row.baseline_number, row.baseline_text, row.baseline_date),
        target=figure(row.target_number, row.target_text, row.target_date),
        measurements=tuple(
            measurement(one) for one in entry.measurements if one.id not in corrected and is_figure(one)
        ),
        owners=entry.owners,
    )


def figure(number: float | None, words: str | None, day: date | None) -> Figure | None:
    """A figure, if there is one."""
    value = words if number is None else number
    return None if value is None or day is None else Figure(value=value, date=day)


def measurement(row: MeasurementRow) -> Measurement:
    """A measurement as a plan file writes it."""
    value = (row.value_text or "") if row.value_number is None else row.value_number
    return Measurement(value=value, date=row.day, note=row.note)


def action(entry: RecordedEntry, zone: ZoneInfo, history: bool) -> Action:
    """An action; see `load_plan` for what `history` means."""
    row = entry.action
    if row is None:
        raise ValueError(f"the action {entry.row.key} has no row of its own")
    is_as_stated = row.latest_update_id == row.stated_over_id
    by_file = history and is_as_stated
    status = row.stated_status if by_file else row.standing_status
    return Action(
        **common(entry),
        owners=entry.owners,
        department=row.department,
        start=row.start,
        due=row.due,
        status=Status(status) if status else None,
        percent=row.stated_percent if by_file else row.standing_percent,
        updates=tuple(update(one) for one in _told(entry, zone, history)),
        milestones=milestones(entry),
    )


def _told(entry: RecordedEntry, zone: ZoneInfo, history: bool) -> list[ProgressUpdate]:
    if not history:
        return list(entry.updates)
    row_of = {one.id: one for one in entry.updates if one.via != Via.IMPORT}
    return [row_of[said.id] for said in entry.said(zone) if said.id in row_of]


def update(row: ProgressUpdate) -> Update:
    """A progress update as a plan file writes it."""
    status = Status(row.status) if row.status else None
    return Update(date=row.as_of, author=row.author, status=status, percent=row.percent, note=row.note)


def milestones(entry: RecordedEntry) -> tuple[Milestone, ...]:
    """An action's milestones, done or not as was last reported."""
    now = milestones_now(entry.milestones, entry.reports)
    return tuple(milestone(row, done) for row, done in zip(entry.milestones, now, strict=True))


def milestone(row: MilestoneRow, done: bool) -> Milestone:
    """A milestone as a plan file writes it."""
    return Milestone(title=row.title, due=row.due, done=done)
