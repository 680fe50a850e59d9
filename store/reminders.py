"""Reminders to owners: who was reminded of what and when, so that nobody is twice, and whether they answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.recorded import kept
from store.reminder_tables import Reminder
from store.rows import rows_of, take_turn
from store.tables import EntryRow, MeasurementRow, PlanRow, ProgressUpdate, Via

ATTENTIVE = timedelta(days=120)
"""How far back reminders are looked through for those that nobody answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder on the record."""

    id: int
    workspace: int
    person: str
    """The user id."""
    day: date
    """The day of the claim, in the person's zone."""
    claimed_at: datetime
    attempts: int
    keys: tuple[str, ...]
    """The keys of the entries that it lists."""
    posted_at: datetime | None
    channel_id: str | None
    message_ts: str | None
    answered_at: datetime | None
    failed: str | None
    """Why it was given up."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who did not answer their last reminders."""

    person: str
    """The user id."""
    reminders: int
    """How many in a row, up to now."""
    since: date
    """The day of the first of them."""
    keys: tuple[str, ...]
    """What the last of them lists."""


async def claim(
    session: AsyncSession,
    workspace: int,
    person: str,
    *,
    day: date,
    keys: Sequence[str],
    apart: timedelta,
    by: str,
    now: datetime,
) -> Reminded | None:
    """Take the reminding of a person on a day upon oneself; None if they were reminded less than `apart` before.

    Of several processes that claim at once, one is given it.
    """
    await take_turn(session, workspace)
    near = [row for row in await rows_of(session, Reminder, *_of(workspace, person)) if row.day > day - apart]
    if near or await rows_of(session, Reminder, *_of(workspace, person), col(Reminder.day) == day):
        return None
    row = Reminder(
        workspace_id=workspace, person=person, day=day, claimed_at=now, claimed_by=by, keys=list(keys), attempts=1
    )
    session.add(row)
    await session.flush()
    return _reminded(row)


async def last_days(session: AsyncSession, workspace: int, since: date) -> dict[str, date]:
    """By user id, the last day since `since` on which the person was reminded, or is about to be."""
    of_workspace = col(Reminder.workspace_id) == workspace, col(Reminder.day) >= since
    statement = select(Reminder.person, func.max(Reminder.day)).where(*of_workspace).group_by(col(Reminder.person))
    return dict((await session.exec(statement)).all())


async def unposted(session: AsyncSession, workspace: int, older_than: datetime) -> list[Reminded]:
    """Reminders that were claimed before a moment and neither posted nor given up, the oldest first."""
    rows = await rows_of(
        session,
        Reminder,
        col(Reminder.workspace_id) == workspace,
        col(Reminder.posted_at).is_(None),
        col(Reminder.failed).is_(None),
        col(Reminder.claimed_at) < older_than,
        order=[col(Reminder.id)],
    )
    return [_reminded(row) for row in rows]


async def reclaim(session: AsyncSession, left: Reminded, by: str, now: datetime) -> bool:
    """Take over a reminder that was claimed and not posted; False if somebody else has, or if it is posted."""
    values = {"claimed_at": now, "claimed_by": by, "attempts": left.attempts + 1}
    return await _change_claimed(session, left, values)


async def withdraw(session: AsyncSession, left: Reminded) -> None:
    """Forget a claim for which nothing was posted, so that the person may be reminded another day."""
    still = col(Reminder.id) == left.id, col(Reminder.posted_at).is_(None)
    await session.exec(delete(Reminder).where(*still))


async def give_up(session: AsyncSession, left: Reminded, reason: str) -> bool:
    """Note that a reminder cannot be brought to the person, and why; False if it is posted."""
    still = col(Reminder.id) == left.id, col(Reminder.posted_at).is_(None)
    given_up = await session.exec(update(Reminder).where(*still).values(failed=reason))
    return given_up.rowcount == 1


async def mark_posted(
    session: AsyncSession,
    identity: int,
    *,
    channel: str,
    ts: str,
    keys: Sequence[str],
    now: datetime,
    wants_answer: bool = True,
) -> bool:
    """Note that a reminder is before the person as the message `ts`; False if that was noted before.

    One that does not want an answer counts for nothing where it gets none.
    """
    still = col(Reminder.id) == identity, col(Reminder.posted_at).is_(None)
    values = {"posted_at": now, "channel_id": channel, "message_ts": ts, "keys": list(keys), "failed": None}
    values["wants_answer"] = wants_answer
    marked = await session.exec(update(Reminder).where(*still).values(**values))
    return marked.rowcount == 1


async def mark_answered(session: AsyncSession, identity: int, now: datetime) -> None:
    """Note that the person did something with a reminder; the first time counts."""
    first = col(Reminder.id) == identity, col(Reminder.answered_at).is_(None)
    await session.exec(update(Reminder).where(*first).values(answered_at=now))


async def reminder_with(session: AsyncSession, workspace: int, identity: int) -> Reminded | None:
    """The workspace's reminder with that id."""
    return await _first(session, col(Reminder.workspace_id) == workspace, col(Reminder.id) == identity)


async def reminder_at(session: AsyncSession, workspace: int, person: str, channel: str, ts: str) -> Reminded | None:
    """The person's reminder that is the message `ts` of a direct message.

    One that is about to be marked as posted may be that message, too.
    """
    of_person = _of(workspace, person)
    found = await _first(session, *of_person, col(Reminder.channel_id) == channel, col(Reminder.message_ts) == ts)
    unmarked = col(Reminder.posted_at).is_(None), col(Reminder.failed).is_(None)
    return found or await _first(session, *of_person, *unmarked)


async def last_reminder(session: AsyncSession, workspace: int, person: str, since: datetime) -> Reminded | None:
    """The last reminder that a person got since a moment."""
    return await _first(session, *_of(workspace, person), col(Reminder.posted_at) >= since)


async def unanswered(session: AsyncSession, workspace: int, least: int, now: datetime) -> list[Unanswered]:
    """Who did not answer their last reminders, `least` of them at least, the longest silent first.

    A reminder is answered by whatever was done with it, and by any update or measurement of an entry that it lists,
    recorded since.
    """
    rows = await rows_of(
        session,
        Reminder,
        col(Reminder.workspace_id) == workspace,
        col(Reminder.posted_at) >= now - ATTENTIVE,
        col(Reminder.wants_answer),
        order=[col(Reminder.id).desc()],
    )
    heard = await _last_heard(session, workspace)
    by_person: dict[str, list[Reminded]] = defaultdict(list)
    for row in rows:
        by_person[row.person].append(_reminded(row))
    found = [_silence(reminders, heard) for reminders in by_person.values()]
    return sorted((one for one in found if one and one.reminders >= least), key=lambda one: (one.since, one.person))


def _silence(reminders: Sequence[Reminded], heard: dict[str, datetime]) -> Unanswered | None:
    """How many of a person's reminders, the last first, were not answered in a row."""
    silent: list[Reminded] = []
    for one in reminders:
        if one.answered_at or any(_is_heard(key, one, heard) for key in one.keys):
            break
        silent.append(one)
    return Unanswered(silent[0].person, len(silent), silent[-1].day, silent[0].keys) if silent else None


def _is_heard(key: str, reminder: Reminded, heard: dict[str, datetime]) -> bool:
    last = heard.get(key.casefold())
    return last is not None and reminder.posted_at is not None and last >= reminder.posted_at


async def _last_heard(session: AsyncSession, workspace: int) -> dict[str, datetime]:
    """By folded key, when somebody last recorded something of the active plan's entry."""
    heard: dict[str, datetime] = {}
    for table in (ProgressUpdate, MeasurementRow):
        statement = (
            select(EntryRow.folded_key, func.max(table.recorded_at))
            .join(table, col(table.entry_id) == col(EntryRow.id))
            .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
            .where(col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active))
            .where(col(table.via).not_in([Via.FILE.value, Via.IMPORT.value]))
            .group_by(col(EntryRow.folded_key))
        )
        heard |= dict((await session.exec(statement)).all())
    return heard


async def _change_claimed(session: AsyncSession, left: Reminded, values: dict[str, Any]) -> bool:
    as_known = (
        col(Reminder.id) == left.id,
        col(Reminder.claimed_at) == left.claimed_at,
        col(Reminder.posted_at).is_(None),
    )
    changed = await session.exec(update(Reminder).where(*as_known).values(**values))
    return changed.rowcount == 1


async def _first(session: AsyncSession, *conditions: Any) -> Reminded | None:
    rows = await rows_of(session, Reminder, *conditions, order=[col(Reminder.id).desc()])
    return _reminded(rows[0]) if rows else None


def _of(workspace: int, person: str) -> tuple[Any, Any]:
    return col(Reminder.workspace_id) == workspace, col(Reminder.person) == person


def _reminded(row: Reminder) -> Reminded:
    return Reminded(
        id=kept(row.id),
        workspace=row.workspace_id,
        person=row.person,
        day=row.day,
        claimed_at=row.claimed_at,
        attempts=row.attempts,
        keys=tuple(row.keys),
        posted_at=row.posted_at,
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        answered_at=row.answered_at,
        failed=row.failed,
    )
