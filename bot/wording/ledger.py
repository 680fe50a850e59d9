"""The ledger of digests in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.wording.dates import day, length
from bot.wording.voice import Teller, numbered
from commands.ledger import Fate, Row


def fate_words(row: Row, zone: ZoneInfo, tell: Teller) -> str:
    """What became of a delivery: `posted at 09:00`, `not posted yet: attempt 2, in the hands of plan-1:7`."""
    delivery, hands = row.delivery, f"in the hands of {tell.plain(row.delivery.claimed_by)}"
    tried = f"attempt {delivery.attempts}"
    match row.fate:
        case Fate.POSTED | Fate.CUT:
            return "; ".join([_posted_words(row, zone), *([_cut_words(row, hands)] if row.fate is Fate.CUT else [])])
        case Fate.IN_HAND:
            return f"being posted: {tried}, {hands} since {_clock(delivery.claimed_at, delivery.period_due_at, zone)}"
        case Fate.WAITING:
            last = _clock(delivery.claimed_at, delivery.period_due_at, zone)
            return f"*not posted yet*: {tried} at {last} came to nothing, last {hands}; it is tried again by itself"
        case Fate.LEFT if row.of.is_paused:
            return f"*not posted*: paused after {numbered(delivery.attempts, 'attempt')}"
        case Fate.LEFT:
            times = numbered(delivery.attempts, "attempt")
            return f"*not posted*: given up after {times}, last {hands}; the next digest covers its time too"


def _posted_words(row: Row, zone: ZoneInfo) -> str:
    delivery = row.delivery
    when = _clock(delivery.posted_at or delivery.claimed_at, delivery.period_due_at, zone)
    late = f", *{length(row.late_by)} late*" if row.late_by else ""
    tries = f", after {delivery.attempts} attempts" if delivery.attempts > 1 else ""
    return f"posted at {when}{late}{tries}"


def _cut_words(row: Row, hands: str) -> str:
    lacking = row.delivery.parts - row.delivery.parts_posted
    words = f"{lacking} of the {numbered(row.delivery.parts, 'message')} in its thread still missing"
    return f"{words}, {hands}" if row.is_in_hand else f"*{words}*"


def _clock(when: datetime, due: datetime, zone: ZoneInfo) -> str:
    """The time of day, with the day where it is not the one of the run."""
    local = when.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == due.astimezone(zone).date() else f"{local:%H:%M} on {day(local.date())}"
