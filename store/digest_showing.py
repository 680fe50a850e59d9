"""What digests have shown: their counts, the threads under them, and whether a late update has to amend them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestDelivery, DigestSubscription
from store.digests import Delivery, deliveries_where
from store.tables import EntryRow, ProgressUpdate, Via


@dataclass(frozen=True, slots=True)
class Shown:
    """What a digest shows, as far as is remembered of it."""

    parts: int
    """How many messages its thread holds."""
    counts: dict[str, int]
    named: tuple[str, ...]
    fingerprint: str


async def note_shown(session: AsyncSession, delivery_id: int, shown: Shown) -> None:
    """Note what a delivery shows, when it is posted or amended."""
    values = {
        "parts": shown.parts,
        "counts": shown.counts,
        "named": list(shown.named),
        "fingerprint": shown.fingerprint,
    }
    await session.exec(update(DigestDelivery).where(col(DigestDelivery.id) == delivery_id).values(**values))


async def note_part(
    session: AsyncSession, delivery_id: int, number: int, *, expected_claimed_at: datetime, now: datetime
) -> bool:
    """Note that the thread is posted up to its message `number`, and go on holding it; False if somebody else does."""
    return await _swap(
        session,
        delivery_id,
        col(DigestDelivery.claimed_at) == expected_claimed_at,
        parts_posted=number,
        claimed_at=now,
    )


async def take_thread(
    session: AsyncSession, delivery_id: int, *, expected_claimed_at: datetime, by: str, now: datetime
) -> bool:
    """Take over a digest whose thread is incomplete; False if somebody else has."""
    return await _swap(
        session,
        delivery_id,
        col(DigestDelivery.claimed_at) == expected_claimed_at,
        claimed_at=now,
        claimed_by=by,
        attempts=col(DigestDelivery.attempts) + 1,
    )


async def incomplete(session: AsyncSession, *, older_than: datetime, posted_since: datetime) -> list[Delivery]:
    """Digests of every workspace posted since a moment whose threads lack messages, and that nobody is at."""
    return await deliveries_where(
        session,
        col(DigestDelivery.posted_at) >= posted_since,
        col(DigestDelivery.parts_posted) < col(DigestDelivery.parts),
        col(DigestDelivery.claimed_at) < older_than,
        order=col(DigestDelivery.claimed_at),
    )


async def amendable(session: AsyncSession, workspace: int, *, posted_since: datetime, now: datetime) -> list[Delivery]:
    """The workspace's complete digests posted since a moment of which something may have to be amended.

    That are those in which an entry is named that was reported on since, and those whose amendment was broken off.
    """
    of_day = (
        col(DigestDelivery.workspace_id) == workspace,
        col(DigestDelivery.posted_at) >= posted_since,
        col(DigestDelivery.posted_at) <= now,
    )
    earliest: Any = func.min(col(DigestDelivery.period_due_at))
    first = (await session.exec(select(earliest).where(*of_day))).one()
    if first is None:
        return []
    last = await _last_reports(session, workspace, first)
    newest = max(last.values(), default=first)
    looked_at: Any = func.coalesce(col(DigestDelivery.amended_at), col(DigestDelivery.period_due_at))
    posted = await deliveries_where(
        session,
        *of_day,
        col(DigestDelivery.parts_posted) >= col(DigestDelivery.parts),
        col(DigestSubscription.ended_at).is_(None),
        or_(_is_broken_off(), looked_at <= newest) if last else _is_broken_off(),
        order=col(DigestDelivery.posted_at),
    )
    return [one for one in posted if one.fingerprint is None or _has_news(one, last)]


def _is_broken_off() -> Any:
    return col(DigestDelivery.fingerprint).is_(None)


def _has_news(one: Delivery, last: dict[str, datetime]) -> bool:
    since = one.amended_at or one.period_due_at
    return any(key in last and last[key] >= since for key in one.named)


async def _last_reports(session: AsyncSession, workspace: int, since: datetime) -> dict[str, datetime]:
    """By key, when an action was last reported on, of those that were since a moment."""
    last: Any = func.max(col(ProgressUpdate.recorded_at))
    statement = (
        select(EntryRow.key, last)
        .join(EntryRow, col(EntryRow.id) == col(ProgressUpdate.entry_id))
        .where(
            col(ProgressUpdate.workspace_id) == workspace,
            col(ProgressUpdate.recorded_at) >= since,
            col(ProgressUpdate.via) != Via.FILE.value,
        )
        .group_by(col(EntryRow.key))
    )
    return dict((await session.exec(statement)).all())


async def take_amendment(session: AsyncSession, delivery: Delivery, *, now: datetime, not_since: datetime) -> bool:
    """Take the amending of a digest upon oneself, unless somebody did so since a moment; until it is noted what the
    digest shows then, it counts as broken off."""
    unseen = col(DigestDelivery.amended_at).is_(None)
    known = unseen if delivery.amended_at is None else col(DigestDelivery.amended_at) == delivery.amended_at
    may = or_(unseen, col(DigestDelivery.amended_at) <= not_since)
    return await _swap(session, delivery.id, known, may, amended_at=now, fingerprint=None)


async def shown_before(session: AsyncSession, subscription_id: int, before: datetime, limit: int) -> Sequence[Delivery]:
    """The subscription's posted digests whose runs were before a moment, and of which is known what they showed.

    At most `limit`, the last ones; the oldest of them first.
    """
    found = await deliveries_where(
        session,
        col(DigestDelivery.subscription_id) == subscription_id,
        col(DigestDelivery.posted_at).is_not(None),
        col(DigestDelivery.fingerprint).is_not(None) | col(DigestDelivery.amended_at).is_not(None),
        col(DigestDelivery.period_due_at) < before,
        order=col(DigestDelivery.period_due_at).desc(),
        limit=limit,
    )
    return [one for one in reversed(found) if one.counts is not None]


async def delivery_with(session: AsyncSession, workspace: int, identity: int) -> Delivery | None:
    """The workspace's delivery with that id."""
    of_workspace = col(DigestDelivery.workspace_id) == workspace
    found = await deliveries_where(session, of_workspace, col(DigestDelivery.id) == identity, order=None)
    return found[0] if found else None


async def _swap(session: AsyncSession, delivery_id: int, *expected: Any, **values: Any) -> bool:
    statement = update(DigestDelivery).where(col(DigestDelivery.id) == delivery_id, *expected).values(**values)
    return (await session.exec(statement)).rowcount == 1
