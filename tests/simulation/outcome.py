"""What became of every digest that was due, counted by what stands in the channels."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from bot.console.workspace import Channel, SeenMessage
from bot.delivering import METADATA
from bot.digest_threads import NUMBER, PART
from store.digest_tables import DigestDelivery
from tests.simulation.expected import GRACE
from tests.simulation.world import World

LATE = timedelta(minutes=15)
MARGIN = timedelta(minutes=20)
"""What clocks that are apart, a post that takes its time, and the last attempts of an outage make uncertain."""

Due = tuple[int, datetime]
"""A subscription, and when its digest was due."""


@dataclass(frozen=True, slots=True)
class Away:
    """A time in which nothing could be posted: planbot was down, or Slack was."""

    since: datetime
    until: datetime

    def outlasts_grace(self, due: datetime) -> bool:
        """Whether what was due then may be left to the next digest."""
        return self.since - MARGIN <= due and self.until + MARGIN >= due + GRACE


@dataclass(frozen=True, slots=True)
class Posted:
    """A digest in its channel."""

    row: DigestDelivery
    at: datetime
    parts: tuple[int, ...]
    """The numbers of the messages in its thread, in their order."""

    @property
    def due(self) -> Due:
        """What it is for."""
        return self.row.subscription_id, self.row.period_due_at

    def is_torn(self, *, may_be_open: bool) -> bool:
        """Whether its thread has a message twice or in the wrong place, or lacks one although nothing was changed.

        An amendment may have made it longer.
        """
        lacks = len(self.parts) < self.row.parts and not may_be_open
        return lacks or self.parts != tuple(range(1, len(self.parts) + 1))


@dataclass(slots=True)
class Outcome:
    """What became of the digests that were due."""

    due: int = 0
    delivered: int = 0
    late: int = 0
    """Of those delivered, how many more than a quarter of an hour after their time."""
    covered: int = 0
    """Not posted, for nothing could be for longer than the grace: the next one tells of their time."""
    left_open: int = 0
    """Due while their subscription was changed, stopped or paused, and not posted, as it may be then."""
    replies: int = 0
    """Messages in the threads of digests."""
    pauses: int = 0
    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    duplicates: list[Due] = field(default_factory=list)
    missing: list[Due] = field(default_factory=list)
    not_wanted: list[Due] = field(default_factory=list)
    """Posted for a moment at which nothing was due."""
    too_late: list[Due] = field(default_factory=list)
    """Posted after the grace."""
    gaps: list[Due] = field(default_factory=list)
    """Digests that do not begin where the one before ended."""
    torn: list[Due] = field(default_factory=list)
    """Digests whose thread lacks a message, or has one twice."""
    untold_pauses: int = 0
    """How many pauses the maker was not told of; less than none where they were told of one twice."""

    @property
    def is_well(self) -> bool:
        """Whether every digest came exactly once, or was covered as it should be."""
        wrong = self.duplicates, self.missing, self.not_wanted, self.too_late, self.gaps, self.torn
        return not any(wrong) and not self.untold_pauses


async def outcome_of(world: World, aways: Sequence[Away]) -> Outcome:
    """What became of everything that was due up to now."""
    outcome = Outcome(pauses=world.pauses, untold_pauses=world.pauses - world.told_of_pause())
    posted = await _posted(world)
    by_due: dict[Due, list[Posted]] = defaultdict(list)
    for digest in posted:
        by_due[digest.due].append(digest)
    wanted: dict[Due, bool] = {}
    for one in world.wanted:
        for moment in one.due(world.now):
            due = one.subscription, moment
            wanted[due] = one.leaves_open(moment)
            _judge(outcome, due, by_due.get(due, []), aways, may_be_open=wanted[due])
    outcome.not_wanted = sorted(by_due.keys() - wanted.keys())
    outcome.replies = sum(len(digest.parts) for digest in posted)
    outcome.torn = [one.due for one in posted if one.is_torn(may_be_open=wanted.get(one.due, False))]
    outcome.gaps = list(_gaps(posted))
    return outcome


def _judge(outcome: Outcome, due: Due, found: Sequence[Posted], aways: Iterable[Away], *, may_be_open: bool) -> None:
    outcome.due += 1
    if found:
        outcome.delivered += 1
        outcome.late += found[0].at - due[1] > LATE
    elif may_be_open:
        outcome.left_open += 1
    elif any(away.outlasts_grace(due[1]) for away in aways):
        outcome.covered += 1
    else:
        outcome.missing.append(due)
    if len(found) > 1:
        outcome.duplicates.append(due)
    if any(digest.at - due[1] > GRACE + MARGIN for digest in found):
        outcome.too_late.append(due)


def _gaps(posted: Iterable[Posted]) -> Iterable[Due]:
    told: dict[int, datetime] = {}
    for digest in sorted(posted, key=lambda one: one.due):
        row = digest.row
        if told.get(row.subscription_id, row.covers_from) != row.covers_from:
            yield digest.due
        told[row.subscription_id] = row.period_due_at


async def _posted(world: World) -> list[Posted]:
    """The digests that stand in the channels, in the order in which they came."""
    async with world.database.reading() as session:
        rows = (await session.exec(select(DigestDelivery).order_by(col(DigestDelivery.id)))).all()
    known = {str(row.id): row for row in rows}
    return [digest for channel in world.slack.channels for digest in _digests(channel, known)]


def _digests(channel: Channel, known: dict[str, DigestDelivery]) -> Iterable[Posted]:
    replies: dict[str, list[int]] = defaultdict(list)
    firsts: list[tuple[SeenMessage, DigestDelivery]] = []
    for message in channel.messages:
        marked = message.metadata or {}
        if marked.get("event_type") == METADATA:
            firsts.append((message, known[marked["event_payload"]["delivery"]]))
        elif marked.get("event_type") == PART:
            replies[message.thread_ts or ""].append(int(marked["event_payload"][NUMBER]))
    for message, row in firsts:
        yield Posted(row, datetime.fromtimestamp(float(message.ts), UTC), tuple(replies[message.ts]))
