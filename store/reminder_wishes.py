"""What people wish about reminders: none, none for a while, one on a day; and which entries are theirs no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.entries import active_entry
from store.plan import Kind
from store.recorded import kept
from store.reminder_tables import Disowning, ReminderWish, Unchanged
from store.rows import insert_all, rows_of, take_turn
from store.tables import EntryRow, PlanRow


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wishes about reminders. Days are in the person's zone."""

    is_off: bool = False
    rests_until: date | None = None
    """The day from which there are reminders again."""
    comes_on: date | None = None
    """The day for which the person asked for one; until then there is none."""


@dataclass(frozen=True, slots=True)
class Disowned:
    """An entry of the active plan of which one of its owners says that it is no longer theirs."""

    id: int
    key: str
    title: str
    person: str
    """The user id."""
    said_at: datetime
    told_at: datetime | None
    """When the administrators were told."""


async def wishes(session: AsyncSession, workspace: int) -> dict[str, Wish]:
    """The wishes by user id; who has none is left out."""
    rows = await rows_of(session, ReminderWish, col(ReminderWish.workspace_id) == workspace)
    return {row.person: Wish(row.is_off, row.rests_until, row.comes_on) for row in rows}


async def wish_of(session: AsyncSession, workspace: int, person: str) -> Wish:
    """What one person wishes."""
    of_person = col(ReminderWish.workspace_id) == workspace, col(ReminderWish.person) == person
    rows = await rows_of(session, ReminderWish, *of_person)
    return Wish(rows[0].is_off, rows[0].rests_until, rows[0].comes_on) if rows else Wish()


async def keep_wish(session: AsyncSession, workspace: int, person: str, wish: Wish) -> None:
    """Keep what a person wishes, in the place of what they wished before."""
    await take_turn(session, workspace)
    of_person = col(ReminderWish.workspace_id) == workspace, col(ReminderWish.person) == person
    await session.exec(delete(ReminderWish).where(*of_person))
    values = {"is_off": wish.is_off, "rests_until": wish.rests_until, "comes_on": wish.comes_on}
    await insert_all(session, ReminderWish, [{"workspace_id": workspace, "person": person, **values}])


async def leave_unchanged(session: AsyncSession, workspace: int, key: str, person: str, day: date) -> None:
    """Note that there was nothing new about an indicator on a day. Raises NoActivePlan or NoSuchEntry."""
    await take_turn(session, workspace)
    entry = await active_entry(session, workspace, key, Kind.INDICATOR)
    same = col(Unchanged.entry_id) == entry.id, col(Unchanged.person) == person
    await session.exec(delete(Unchanged).where(*same))
    row = {"workspace_id": workspace, "entry_id": entry.id, "person": person, "day": day}
    await insert_all(session, Unchanged, [row])


async def unchanged(session: AsyncSession, workspace: int) -> dict[str, date]:
    """By key of the active plan's indicators, the last day on which an owner said that there is nothing new."""
    statement = (
        select(EntryRow.key, col(Unchanged.day))
        .join(EntryRow, col(EntryRow.id) == col(Unchanged.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
        .where(col(Unchanged.workspace_id) == workspace, col(PlanRow.is_active))
        .order_by(col(Unchanged.day))
    )
    return dict((await session.exec(statement)).all())


async def disown(session: AsyncSession, workspace: int, key: str, kind: Kind, person: str, now: datetime) -> bool:
    """Keep that an entry is no longer a person's; False if they had said so. Raises NoActivePlan or NoSuchEntry."""
    await take_turn(session, workspace)
    entry = await active_entry(session, workspace, key, kind)
    said = col(Disowning.entry_id) == entry.id, col(Disowning.person) == person, col(Disowning.settled_at).is_(None)
    if await rows_of(session, Disowning, *said):
        return False
    row = {"workspace_id": workspace, "entry_id": entry.id, "person": person, "said_at": now}
    await insert_all(session, Disowning, [row])
    return True


async def disowned(session: AsyncSession, workspace: int) -> list[Disowned]:
    """What owners of the active plan's entries say is no longer theirs, the first said first."""
    statement = (
        select(Disowning, EntryRow)
        .join(EntryRow, col(EntryRow.id) == col(Disowning.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
        .where(col(Disowning.workspace_id) == workspace, col(Disowning.settled_at).is_(None))
        .where(col(PlanRow.is_active), col(EntryRow.archived_at).is_(None))
        .order_by(col(Disowning.id))
    )
    return [
        Disowned(kept(row.id), entry.key, entry.title, row.person, row.said_at, row.told_at)
        for row, entry in (await session.exec(statement)).all()
    ]


async def mark_told(session: AsyncSession, identity: int, now: datetime) -> bool:
    """Note that the administrators are told; False if they were told, or are being told by another process."""
    first = col(Disowning.id) == identity, col(Disowning.told_at).is_(None)
    return (await session.exec(update(Disowning).where(*first).values(told_at=now))).rowcount == 1


async def settle(session: AsyncSession, identities: Iterable[int], now: datetime) -> None:
    """Note that the plan no longer names those persons as owners."""
    which = col(Disowning.id).in_(list(identities)), col(Disowning.settled_at).is_(None)
    await session.exec(update(Disowning).where(*which).values(settled_at=now))
