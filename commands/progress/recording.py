"""Progress kept: who may report on what, what a report makes of an action's standing, and the entry on the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import CannotTellOwner, NotYourAction
from commands.progress.finding import Names, Reportable
from commands.progress.mistakes import NothingToConfirm, NotYourUpdate, OfPlanFile, ReplacedAlready, UnknownEntry
from commands.progress.naming import Named, name_in
from commands.progress.reading import Figures, Guess, Report, read_about
from commands.standing import is_spoken_for
from store.errors import NoSuchUpdate
from store.measurements import (
    NewMeasurement,
    RecordedMeasurement,
    measurement_before,
    measurement_with,
    record_measurement,
)
from store.plan import Action, Indicator, Kind, Plan, Status
from store.standing import State
from store.updates import NewUpdate, Reached, RecordedUpdate, Via, record_update, update_with


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line: what it is about, and what it says of that."""

    entry: Reportable | None = None
    said: Report | Figures | None = None
    """None where there is nothing to record."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded of an action."""

    action: Action
    kept: RecordedUpdate
    today: date
    """The day of recording in the plan's zone."""
    guesses: tuple[Guess, ...] = ()
    """The statuses that were read in misspelt words."""
    brings_back: bool = False
    """Whether it took an edit back, so that what was recorded before the edit stands again."""

    @property
    def before(self) -> State:
        """How the action stood."""
        return self.kept.before

    @property
    def after(self) -> State:
        """How it stands by what was recorded."""
        return self.kept.after


@dataclass(frozen=True, slots=True)
class MeasurementReceipt:
    """What was recorded of an indicator."""

    indicator: Indicator
    before: RecordedMeasurement | None
    """Its latest measurement until then."""
    kept: RecordedMeasurement
    today: date
    """The day of recording in the plan's zone."""
    brings_back: bool = False
    """Whether it took an edit back, so that what was recorded before the edit stands again."""


def own_actions(plan: Plan, member: Member) -> tuple[Action, ...]:
    """The actions that the member owns or reports on for the owners: the open ones first, then by due date."""
    mine = [action for action in plan.actions() if member.reports_on(action.key, action.owners)]
    return tuple(sorted(mine, key=lambda one: (one.standing.is_closed, one.due is None, one.due or date.max)))


def own_entries(plan: Plan, member: Member) -> tuple[Reportable, ...]:
    """The actions, then the indicators, that the member owns or reports on for the owners."""
    measured = (one for one in indicators(plan) if member.reports_on(one.key, one.owners))
    return (*own_actions(plan, member), *measured)


def indicators(plan: Plan) -> tuple[Indicator, ...]:
    """The plan's indicators, in its order."""
    return tuple(node.entry for node in plan.of_kind(Kind.INDICATOR) if isinstance(node.entry, Indicator))


def may_report(entry: Reportable, member: Member) -> None:
    """Only owners, and their delegates and administrators on their behalf, report on an action or an indicator.

    Raises NotYourAction, or CannotTellOwner where that may be untrue.
    """
    if member.reports_on(entry.key, entry.owners) or member.is_administrator:
        return
    if not member.is_known and any("@" in owner for owner in entry.owners):
        raise CannotTellOwner(entry)
    raise NotYourAction(entry)


def may_correct(recorded: RecordedUpdate | RecordedMeasurement, member: Member) -> None:
    """Only whoever recorded something, and administrators, correct it, and never what came from a plan file.

    Raises OfPlanFile and NotYourUpdate.
    """
    if recorded.via in (Via.FILE, Via.IMPORT):
        raise OfPlanFile
    is_own = recorded.author is not None and member.is_among((recorded.author,))
    if not is_own and not member.is_administrator:
        raise NotYourUpdate


def read_line(text: str, plan: Plan, member: Member, now: datetime) -> Line:
    """What a typed line is about, and what it says. Raises what `name_in`, `may_report` and `read_about` raise."""
    own = own_entries(plan, member)
    named = name_in(text, _names(plan, own), _today(plan, now), own)
    if named is None:
        return Line()
    may_report(named.entry, member)
    said = read_about(text, named, _today(plan, now))
    return Line(named.entry, None if said.says_nothing else said)


def named_in(text: str, plan: Plan, member: Member, now: datetime) -> Named | None:
    """The entry that a text names, and where; the member's own go first. Raises what `name_in` raises."""
    own = own_entries(plan, member)
    return name_in(text, _names(plan, own), _today(plan, now), own)


def entry_with(key: str, plan: Plan) -> Reportable:
    """The action or indicator with that very key. Raises UnknownEntry."""
    node = plan.find(key)
    if node is None or not isinstance(node.entry, Action | Indicator):
        raise UnknownEntry(key)
    return node.entry


async def record(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    report: Report,
    *,
    by: Member,
    via: Via,
    key: str | None,
    now: datetime,
    corrects: int | None = None,
) -> Receipt:
    """Put a report on the record, once for each `key` (what identifies its delivery, if anything does).

    With `corrects`, the id of an update that the member may correct, in its place: the day it speaks of and the
    milestones it tells of are kept. Raises UnknownEntry, NotYourAction, what `may_correct` raises, and ReplacedAlready;
    nothing is written then.
    """
    action = entry_with(report.action, plan)
    if not isinstance(action, Action):
        raise UnknownEntry(report.action)
    may_report(action, by)
    old = await _corrected_update(session, workspace, corrects, by) if corrects is not None else None
    status, percent = standing_after(action, report)
    if old is None and report.says_nothing_but_no_change and not is_spoken_for(action):
        if report.is_renewal:
            raise NothingToConfirm(action)
        status = Status.NOT_STARTED  # which the form shows where nobody has said anything
    update = NewUpdate(
        author=by.name_in(action.owners),
        on_behalf_of=_on_behalf_of(action, by),
        status=report.status if old else status,
        percent=report.percent if old else percent,
        note=report.note,
        evidence=report.evidence,
        help_from=report.help_from,
        milestones=report.milestones if report.is_whole else report.milestones or _told_of(old),
        via=via,
        as_of=report.day or (old.as_of if old else _today(plan, now)),
        recorded_at=now,
        idempotency_key=key,
        corrects=corrects,
    )
    try:
        kept = await record_update(session, workspace, action.key, update)
    except NoSuchUpdate as gone:
        raise ReplacedAlready from gone
    return Receipt(action, kept, _today(plan, now), report.guesses)


async def record_figures(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    figures: Figures,
    *,
    by: Member,
    via: Via,
    key: str | None,
    now: datetime,
    corrects: int | None = None,
) -> MeasurementReceipt:
    """Put a measurement on the record; see `record` for the rest."""
    indicator = entry_with(figures.indicator, plan)
    if not isinstance(indicator, Indicator):
        raise UnknownEntry(figures.indicator)
    may_report(indicator, by)
    if corrects is not None:
        await _corrected_measurement(session, workspace, corrects, by)
    measurement = NewMeasurement(
        value=figures.value,
        date=figures.day or _today(plan, now),
        recorded_at=now,
        via=via,
        author=by.name_in(indicator.owners),
        on_behalf_of=_on_behalf_of(indicator, by),
        note=figures.note,
        evidence=figures.evidence,
        idempotency_key=key,
        corrects=corrects,
    )
    try:
        kept = await record_measurement(session, workspace, indicator.key, measurement)
    except NoSuchUpdate as gone:
        raise ReplacedAlready from gone
    before = await measurement_before(session, workspace, kept)
    return MeasurementReceipt(indicator, before, kept, _today(plan, now))


def standing_after(action: Action, report: Report) -> tuple[Status | None, int | None]:
    """Status and percentage that a report gives an action; None where it leaves one as it was.

    What was not said follows from what was: complete is 100 %, some progress is a start, less than all reopens.
    """
    percent = report.percent
    if percent is not None and report.is_step:
        percent = max(0, min(100, action.progress + percent))
    status = report.status if report.status is not action.standing else None
    if status is Status.COMPLETE and percent is None:
        percent = 100
    if status is None and percent:
        unstarted = action.standing is Status.NOT_STARTED
        reopened = action.standing is Status.COMPLETE and percent < 100
        status = Status.ON_TRACK if unstarted or reopened else None
    return status, percent


def reportable(plan: Plan, member: Member) -> Sequence[Action]:
    """The actions a member may choose from in a form: the own ones, or for an administrator without any, all."""
    own = own_actions(plan, member)
    return own if own or not member.is_administrator else plan.actions()


def _names(plan: Plan, own: Sequence[Reportable]) -> Names:
    return Names((*plan.actions(), *indicators(plan)), frozenset(entry.key for entry in own))


def _on_behalf_of(entry: Reportable, by: Member) -> str | None:
    return by.acts_for(entry.key, entry.owners)


def _today(plan: Plan, now: datetime) -> date:
    return now.astimezone(plan.about.zone).date()


async def _corrected_update(session: AsyncSession, workspace: int, identity: int, by: Member) -> RecordedUpdate:
    found = await update_with(session, workspace, identity)
    if found is None:
        raise ReplacedAlready
    may_correct(found, by)
    return found


async def _corrected_measurement(
    session: AsyncSession, workspace: int, identity: int, by: Member
) -> RecordedMeasurement:
    found = await measurement_with(session, workspace, identity)
    if found is None:
        raise ReplacedAlready
    may_correct(found, by)
    return found


def _told_of(old: RecordedUpdate | None) -> tuple[Reached, ...]:
    return tuple(Reached(one.title, one.done) for one in old.milestones) if old else ()
