"""The ledger of digests: what became of each of the last deliveries, and which subscriptions rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from store.digests import Delivery
from store.ledger import ledger
from store.subscriptions import Subscription, by_id, subscriptions

MOST_SHOWN = 15
"""Deliveries that are looked at."""


class Fate(StrEnum):
    """What became of a delivery."""

    POSTED = "posted"
    CUT = "cut"
    """Posted, but its thread lacks messages."""
    IN_HAND = "in hand"
    """A process is at it."""
    WAITING = "waiting"
    """A process ended, or Slack failed, while it was in hand; it is taken up again."""
    LEFT = "left"
    """Nobody takes it up again; the next digest covers its time too."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How long a delivery may take before it counts as what."""

    late: timedelta
    lease: timedelta
    """How long a claim belongs to the process that made it."""
    grace: timedelta
    """After which it is left to the next one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery, of which subscription, and what became of it."""

    delivery: Delivery
    of: Subscription
    fate: Fate
    late_by: timedelta | None = None
    """How much later than it was due it was posted, if that is worth telling."""
    is_in_hand: bool = False
    """Whether a process is at it now."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an administrator sees of digests."""

    rows: tuple[Row, ...] = ()
    """The last claimed first."""
    resting: tuple[Subscription, ...] = ()
    """The subscriptions that are paused, the last paused first."""


async def read_ledger(session: AsyncSession, workspace: int, rules: Rules, now: datetime) -> Ledger:
    """The workspace's last deliveries and all that are paused."""
    running = await subscriptions(session, workspace)
    known = {one.id: one for one in running}
    rows = []
    for one in await ledger(session, workspace, limit=MOST_SHOWN):
        of = known.get(one.subscription_id) or await by_id(session, one.subscription_id)
        rows.append(row_of(one, of, rules, now))
    return Ledger(tuple(rows), _resting(running))


def _resting(running: Sequence[Subscription]) -> tuple[Subscription, ...]:
    paused = [(one.paused_at, one) for one in running if one.paused_at]
    return tuple(one for _, one in sorted(paused, key=lambda pair: (pair[0], pair[1].id), reverse=True))


def row_of(delivery: Delivery, of: Subscription, rules: Rules, now: datetime) -> Row:
    """What became of one delivery."""
    is_in_hand = now - delivery.claimed_at < rules.lease
    if delivery.posted_at is not None:
        behind = delivery.posted_at - delivery.period_due_at
        is_cut = delivery.parts_posted < delivery.parts
        return Row(
            delivery,
            of,
            Fate.CUT if is_cut else Fate.POSTED,
            behind if behind > rules.late else None,
            is_in_hand and is_cut,
        )
    if of.ended_at or of.is_paused or delivery.claimed_at - delivery.period_due_at > rules.grace:
        return Row(delivery, of, Fate.LEFT)
    if is_in_hand:
        return Row(delivery, of, Fate.IN_HAND, is_in_hand=True)
    is_over = now - delivery.period_due_at > rules.grace
    return Row(delivery, of, Fate.LEFT if is_over else Fate.WAITING)
