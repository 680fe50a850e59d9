"""Progress updates: recording what an owner says about an action, and reading what was said. Append-only."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.entries import Found, active_entry
from store.errors import NoSuchUpdate
from store.milestones import Reached, ReachedBefore, reports_by_update, write_reports
from store.plan import Kind, Status
from store.progress_updates import NewUpdate, RecordedUpdate
from store.recorded import UNDO, is_undo, kept, said_by, that_stand
from store.rows import rows_of, take_turn
from store.standing import Said, State, Stated, in_order, standing
from store.tables import ActionRow, EntryRow, MilestoneReport, PlanRow, ProgressUpdate, Via

__all__ = [
    "UNDO",
    "NewUpdate",
    "Reached",
    "ReachedBefore",
    "RecordedUpdate",
    "State",
    "Via",
    "history",
    "history_length",
    "last_update_by",
    "record_update",
    "update_with",
    "update_with_key",
    "updates_between",
    "updates_with",
]

_CORRECTION = aliased(ProgressUpdate)
_REPLACEMENT = aliased(ProgressUpdate)
"""As the other, for conditions: within one statement, the two must be told apart."""


async def record_update(session: AsyncSession, workspace: int, key: str, new: NewUpdate) -> RecordedUpdate:
    """Record what is said about the active plan's action with `key`.

    Where the workspace has an update with the same idempotency key, that one is returned and nothing is written.
    Raises NoActivePlan, NoSuchEntry (for a milestone, too), or NoSuchUpdate if there is nothing to correct under
    `new.corrects`.
    """
    await take_turn(session, workspace)
    repeated = await update_with_key(session, workspace, new.idempotency_key) if new.idempotency_key else None
    if repeated:
        return repeated
    action = await active_entry(session, workspace, key, Kind.ACTION)
    row = (await session.exec(select(ActionRow).where(col(ActionRow.entry_id) == action.id))).one()
    if await _is_of_latest_day(session, row, new, action.zone):
        recorded = await _put_down(session, workspace, action, new, _stands(row))
        await _write_standing(session, row, kept(recorded.id), said_by(recorded).state)
    else:
        known = await _said(session, action, new.corrects)
        recorded = await _put_down(
            session, workspace, action, new, _state_before(known, _stated(row), new, action.zone)
        )
        every = in_order((*known, *map(said_by, that_stand([recorded]))), action.zone)
        await _write_standing(session, row, every[-1].id if every else None, standing(every, _stated(row)))
    return await _by_id(session, kept(recorded.id))


async def history(
    session: AsyncSession, workspace: int, key: str, limit: int = 20, skipping: int = 0
) -> list[RecordedUpdate]:
    """What was said about the active plan's action with `key`, the last recorded first, corrected ones too.

    At most `limit`, without the last `skipping`. Raises NoActivePlan or NoSuchEntry.
    """
    action = await active_entry(session, workspace, key, Kind.ACTION)
    of_action = col(ProgressUpdate.entry_id) == action.id
    order = col(ProgressUpdate.id).desc()
    return await _recorded(session, of_action, order=order, limit=limit, skipping=skipping)


async def history_length(session: AsyncSession, workspace: int, key: str) -> int:
    """How many updates `history` has in all. Raises NoActivePlan or NoSuchEntry."""
    action = await active_entry(session, workspace, key, Kind.ACTION)
    counted = select(func.count(col(ProgressUpdate.id))).where(col(ProgressUpdate.entry_id) == action.id)
    return (await session.exec(counted)).one()


async def updates_between(
    session: AsyncSession, workspace: int, start: datetime, end: datetime
) -> list[RecordedUpdate]:
    """What was said about the active plan's actions from `start` to before `end`, the first recorded first.

    Corrected updates and archived actions are left out, and so is what a plan file's history says of earlier days:
    a plan of three years that is imported today is no news of today's.
    """
    plan = (
        await session.exec(select(PlanRow).where(col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active)))
    ).first()
    if plan is None:
        return []
    first_day = start.astimezone(ZoneInfo(plan.timezone)).date()
    return await _recorded(
        session,
        col(ProgressUpdate.workspace_id) == workspace,
        col(ProgressUpdate.recorded_at) >= start,
        col(ProgressUpdate.recorded_at) < end,
        or_(col(ProgressUpdate.via) != Via.FILE, col(ProgressUpdate.as_of) >= first_day),
        ~exists().where(col(_REPLACEMENT.corrects_id) == col(ProgressUpdate.id)),
        col(EntryRow.plan_id) == plan.id,
        col(EntryRow.archived_at).is_(None),
        order=col(ProgressUpdate.id),
    )


async def last_update_by(
    session: AsyncSession, workspace: int, authors: Collection[str], since: datetime
) -> RecordedUpdate | None:
    """The last update that one of `authors` recorded since a moment, of those that stand and say something.

    A correction that only takes back what it corrects says nothing.
    """
    found = await _recorded(
        session,
        col(ProgressUpdate.workspace_id) == workspace,
        col(ProgressUpdate.recorded_at) >= since,
        func.lower(col(ProgressUpdate.author)).in_([author.lower() for author in authors]),
        col(ProgressUpdate.via).not_in([Via.FILE.value, Via.IMPORT.value]),
        or_(
            col(ProgressUpdate.corrects_id).is_(None),
            col(ProgressUpdate.note).is_not(None),
            col(ProgressUpdate.evidence).is_not(None),
            col(ProgressUpdate.status).is_distinct_from(col(ProgressUpdate.status_before)),
            col(ProgressUpdate.percent).is_distinct_from(col(ProgressUpdate.percent_before)),
            exists().where(col(MilestoneReport.update_id) == col(ProgressUpdate.id)),
        ),
        ~exists().where(col(_REPLACEMENT.corrects_id) == col(ProgressUpdate.id)),
        order=col(ProgressUpdate.id).desc(),
        limit=1,
    )
    return found[0] if found else None


async def update_with(session: AsyncSession, workspace: int, identity: int) -> RecordedUpdate | None:
    """The workspace's update with that id, of whatever plan; None if there is none."""
    of_workspace = col(ProgressUpdate.workspace_id) == workspace
    found = await _recorded(session, of_workspace, col(ProgressUpdate.id) == identity)
    return found[0] if found else None


async def updates_with(session: AsyncSession, workspace: int, ids: Collection[int]) -> dict[int, RecordedUpdate]:
    """The workspace's updates with those ids, by id."""
    of_workspace = col(ProgressUpdate.workspace_id) == workspace
    found = await _recorded(session, of_workspace, col(ProgressUpdate.id).in_(ids)) if ids else []
    return {one.id: one for one in found}


async def update_with_key(session: AsyncSession, workspace: int, key: str) -> RecordedUpdate | None:
    """The workspace's update with that idempotency key, as a repeat; None if there is none."""
    same = col(ProgressUpdate.workspace_id) == workspace, col(ProgressUpdate.idempotency_key) == key
    found = await _recorded(session, *same, is_repeat=True)
    return found[0] if found else None


async def _by_id(session: AsyncSession, identity: int) -> RecordedUpdate:
    return (await _recorded(session, col(ProgressUpdate.id) == identity))[0]


async def _is_of_latest_day(session: AsyncSession, row: ActionRow, new: NewUpdate, zone: ZoneInfo) -> bool:
    """Whether the update comes after all there is of its action, as nearly every one does.

    Then what is written down of the action's standing tells how it stood, and the update how it stands now: what was
    said before need not be read again, however much it is.
    """
    if new.corrects is not None or row.latest_update_id is None:
        return False
    latest = (await rows_of(session, ProgressUpdate, col(ProgressUpdate.id) == row.latest_update_id))[0]
    return said_by(latest).rank(zone) < _place(latest.id, new, zone)


async def _put_down(
    session: AsyncSession, workspace: int, action: Found, new: NewUpdate, before: State
) -> ProgressUpdate:
    recorded = _row(workspace, action, new, before)
    session.add(recorded)
    await session.flush()
    await write_reports(session, workspace, action.id, kept(recorded.id), new.milestones)
    return recorded


async def _said(session: AsyncSession, action: Found, corrects: int | None) -> list[Said]:
    """What was said about the action and stands, in order, without what is being corrected."""
    rows = await rows_of(session, ProgressUpdate, col(ProgressUpdate.entry_id) == action.id)
    corrected = {one.corrects_id for one in rows}
    if corrects is not None and (corrects in corrected or corrects not in [one.id for one in rows]):
        raise NoSuchUpdate(corrects)
    return in_order((said_by(one) for one in that_stand(rows) if one.id != corrects), action.zone)


def _stated(row: ActionRow) -> Stated:
    status = Status(row.stated_status) if row.stated_status else None
    return Stated(State(status, row.stated_percent), row.stated_over_id)


def _state_before(known: list[Said], stated: Stated, new: NewUpdate, zone: ZoneInfo) -> State:
    place = _place(max((one.id for one in known), default=0), new, zone)
    earlier = [one for one in known if one.rank(zone) < place]
    is_of_later = any(stated.knows(one) for one in known[len(earlier) :])
    return standing(earlier, Stated() if is_of_later else stated)


def _place(last: int | None, new: NewUpdate, zone: ZoneInfo) -> tuple[date, datetime, int]:
    """The rank that an update has if it is recorded after the one with the id `last`."""
    return Said((last or 0) + 1, new.as_of, new.recorded_at, State()).rank(zone)


def _stands(row: ActionRow) -> State:
    return State(Status(row.standing_status) if row.standing_status else None, row.standing_percent)


def _row(workspace: int, action: Found, new: NewUpdate, before: State) -> ProgressUpdate:
    after = State(new.status, new.percent).filled_from(before)
    return ProgressUpdate(
        workspace_id=workspace,
        entry_id=action.id,
        as_of=new.as_of,
        recorded_at=new.recorded_at,
        author=new.author,
        on_behalf_of=new.on_behalf_of,
        status=after.status,
        percent=after.percent,
        status_before=before.status,
        percent_before=before.percent,
        note=_text(new.note),
        evidence=_text(new.evidence),
        help_from=new.help_from,
        via=new.via.value,
        idempotency_key=new.idempotency_key,
        corrects_id=new.corrects,
    )


def _text(words: str | None) -> str | None:
    """The words without what PostgreSQL cannot keep; None for none."""
    return (words or "").replace("\x00", "").strip() or None


async def _write_standing(session: AsyncSession, row: ActionRow, latest: int | None, state: State) -> None:
    values = {
        "latest_update_id": latest,
        "standing_status": state.status,
        "standing_percent": state.percent,
    }
    await session.exec(update(ActionRow).where(col(ActionRow.entry_id) == row.entry_id).values(values))


async def _recorded(
    session: AsyncSession,
    *conditions: Any,
    order: Any = None,
    limit: int | None = None,
    skipping: int = 0,
    is_repeat: bool = False,
) -> list[RecordedUpdate]:
    # Columns instead of objects of the session: a week of a large plan has thousands of updates.
    columns: list[Any] = [getattr(ProgressUpdate, name) for name in ProgressUpdate.model_fields]
    columns += [EntryRow.key, EntryRow.title, ActionRow.latest_update_id, col(_CORRECTION.id).label("corrected_by")]
    statement = (
        sqlalchemy.select(*columns)
        .join(EntryRow, col(EntryRow.id) == col(ProgressUpdate.entry_id))
        .join(ActionRow, col(ActionRow.entry_id) == col(ProgressUpdate.entry_id))
        .outerjoin(_CORRECTION, col(_CORRECTION.corrects_id) == col(ProgressUpdate.id))
        .where(*conditions)
        .order_by(order)
        .limit(limit)
        .offset(skipping or None)
    )
    found = (await session.exec(cast("Any", statement))).all()
    reached = await reports_by_update(session, (row.id for row in found))
    return [_recorded_update(row, is_repeat, reached.get(row.id, ())) for row in found]


def _recorded_update(row: Any, is_repeat: bool, reached: tuple[ReachedBefore, ...]) -> RecordedUpdate:
    before = State(Status(row.status_before) if row.status_before else None, row.percent_before)
    said = State(Status(row.status) if row.status else None, row.percent)
    return RecordedUpdate(
        id=row.id,
        key=row.key,
        title=row.title,
        author=row.author,
        on_behalf_of=row.on_behalf_of,
        before=before,
        after=said.filled_from(before),
        note=row.note,
        evidence=row.evidence,
        help_from=row.help_from,
        milestones=reached,
        via=Via(row.via),
        as_of=row.as_of,
        recorded_at=row.recorded_at,
        corrects=row.corrects_id,
        corrected_by=row.corrected_by,
        is_latest=row.id == row.latest_update_id,
        is_undo=is_undo(row.idempotency_key),
        is_repeat=is_repeat,
    )
