"""Progress kept: who may report on an action, what a report makes of its standing, and the update on the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import CannotTellOwner, NothingToUndo, NotYourAction
from commands.progress.finding import find_action
from commands.progress.reading import Report
from store.plan import Action, Plan, Status
from store.standing import State
from store.updates import NewUpdate, Via, last_update_by, record_update

UNDO_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded."""

    action: Action
    before: State
    after: State
    note: str | None
    on_behalf_of: str | None
    is_repeat: bool
    """Whether the very same delivery had been recorded before; nothing was written again."""


def own_actions(plan: Plan, member: Member) -> tuple[Action, ...]:
    """The actions that the member owns, the late ones first, then by due date."""
    mine = [action for action in plan.actions() if member.is_among(action.owners)]
    return tuple(sorted(mine, key=lambda one: (one.standing.is_closed, one.due is None, one.due or date.max)))


def action_meant(typed: str, plan: Plan, member: Member) -> Action:
    """The action that `typed` names, the member's own first. Raises UnknownAction and SeveralActions."""
    return find_action(typed, plan.actions(), frozenset(action.key for action in own_actions(plan, member)))


def may_report(action: Action, member: Member) -> None:
    """Only owners, and administrators on their behalf, report on an action.

    Raises NotYourAction, or CannotTellOwner where that may be untrue.
    """
    if member.is_among(action.owners) or member.is_administrator:
        return
    if not member.is_known and any("@" in owner for owner in action.owners):
        raise CannotTellOwner(action)
    raise NotYourAction(action)


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
) -> Receipt:
    """Put a report on the record, once for each `key` (what identifies its delivery, if anything does).

    Raises UnknownAction, SeveralActions and NotYourAction; nothing is written then.
    """
    action = action_meant(report.action, plan, by)
    may_report(action, by)
    status, percent = standing_after(action, report)
    on_behalf_of = None if by.is_among(action.owners) else next(iter(action.owners), None)
    update = NewUpdate(
        author=by.name_in(action.owners),
        on_behalf_of=on_behalf_of,
        status=status,
        percent=percent,
        note=report.note,
        via=via,
        as_of=now.astimezone(plan.about.zone).date(),
        recorded_at=now,
        idempotency_key=key,
    )
    kept = await record_update(session, workspace, action.key, update)
    return Receipt(action, kept.before, kept.after, kept.note, kept.on_behalf_of, kept.is_repeat)


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


async def undo(
    session: AsyncSession, workspace: int, plan: Plan, *, by: Member, key: str | None, now: datetime
) -> Receipt:
    """Take the member's last update back, by a new one that corrects it and says nothing itself.

    Raises NothingToUndo when there is none of the last 15 minutes.
    """
    last = await last_update_by(session, workspace, by.names, since=now - UNDO_WITHIN)
    node = plan.find(last.key) if last else None
    if last is None or node is None or not isinstance(node.entry, Action):
        raise NothingToUndo(int(UNDO_WITHIN.total_seconds() // 60))
    taken_back = NewUpdate(
        author=last.author,
        via=Via.COMMAND,
        as_of=now.astimezone(plan.about.zone).date(),
        recorded_at=now,
        idempotency_key=key,
        corrects=last.id,
    )
    kept = await record_update(session, workspace, last.key, taken_back)
    return Receipt(node.entry, kept.before, kept.after, None, None, kept.is_repeat)


def reportable(plan: Plan, member: Member) -> Sequence[Action]:
    """The actions a member may choose from in a form: the own ones, or for an administrator without any, all."""
    own = own_actions(plan, member)
    return own if own or not member.is_administrator else plan.actions()
