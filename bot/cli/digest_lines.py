"""What `planbot digest` prints of subscriptions and of the ledger, as lines and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cli.digest_record import Known
from bot.cli.plan_lines import printable
from bot.wording.dates import length
from bot.wording.mistakes import closed_words
from bot.wording.schedule import schedule_words, scope_words
from bot.wording.voice import numbered
from commands.ledger import Fate, Row
from store.subscriptions import Subscription

OVERDUE = timedelta(minutes=5)
"""From when on it is said what to do: the bot looks for what is due every few seconds."""


def about(one: Subscription, known: Known) -> str:
    """What a digest is about; by its key where there is no plan."""
    if known.plan is None:
        return printable(one.scope_key or one.department or "the whole plan")
    return printable(scope_words(one, known.plan))


def moment(when: datetime, timezone: str) -> str:
    """`Mon 2026-11-23 09:00`, on the clock of a zone."""
    return f"{when.astimezone(ZoneInfo(timezone)):%a %Y-%m-%d %H:%M}"


def run_words(run: datetime, timezone: str) -> str:
    """`Mon 2026-11-23 09:00 America/Toronto (2026-11-23 14:00 UTC)`."""
    return f"{moment(run, timezone)} {timezone} ({run.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def due_lines(found: Sequence[Subscription], known: Known) -> Iterator[str]:
    """Each subscription: its number and when it comes, then its channel, what it is about and how often."""
    for one in found:
        yield f"{one.id}  {_coming(one, known.now)}"
        yield (
            f"    {printable(one.channel_id)}: {about(one, known)}, {schedule_words(one)}, "
            f"set up by {printable(one.created_by)}"
        )


def due_foot(found: Sequence[Subscription], known: Known) -> Iterator[str]:
    """What to do where nothing is listed, or where something is overdue."""
    if not any(not one.ended_at for one in known.subscriptions.values()):
        yield "No channel gets a digest: in a channel, `/digest weekly monday 09:00` subscribes one."
    elif not found:
        yield "No digest comes so soon: `planbot digest due` lists them all."
    if any(_overdue(one, known.now) > OVERDUE for one in found):
        yield "What is overdue goes out once `planbot serve` runs; after 24 hours, the next one covers its time, too."


def _coming(one: Subscription, now: datetime) -> str:
    if one.ended_at:
        return f"ended on {moment(one.ended_at, one.timezone)} {one.timezone}"
    if one.paused_at:
        why = closed_words(one.paused_reason)
        return f"paused since {moment(one.paused_at, one.timezone)} {one.timezone}: {printable(why)}"
    away = one.next_run_at - now
    when = f"in {length(away)}" if away > timedelta() else f"overdue by {length(-away)}"
    return f"{run_words(one.next_run_at, one.timezone)}, {when}"


def due_json(found: Sequence[Subscription], known: Known) -> str:
    """The same facts for other programs."""
    return _json(
        {
            "id": one.id,
            "channel": one.channel_id,
            "about": about(one, known),
            "scope": one.scope_key,
            "department": one.department,
            "schedule": schedule_words(one),
            "timezone": one.timezone,
            "created_by": one.created_by,
            "next_run_at": None if one.paused_at or one.ended_at else _iso(one.next_run_at),
            "overdue_seconds": int(_overdue(one, known.now).total_seconds()),
            "paused_at": _iso(one.paused_at),
            "paused_reason": one.paused_reason,
            "ended_at": _iso(one.ended_at),
        }
        for one in found
    )


def _overdue(one: Subscription, now: datetime) -> timedelta:
    rests = one.paused_at or one.ended_at
    return timedelta() if rests else max(timedelta(), now - one.next_run_at)


def history_lines(rows: Iterable[Row], known: Known) -> Iterator[str]:
    """Each delivery: its run, what it covers, who claimed it, and what became of it, on the digest's clock."""
    for row in rows:
        one, zone = row.delivery, row.of.timezone
        yield f"{moment(one.period_due_at, zone)} {zone}  digest {row.of.id} in {printable(one.channel_id)}"
        yield f"    covers {moment(one.covers_from, zone)} to {moment(one.period_due_at, zone)}: {about(row.of, known)}"
        times = numbered(one.attempts, "attempt")
        yield f"    claimed {_to_second(one.claimed_at, zone)} by {printable(one.claimed_by)}, {times}"
        yield f"    {_outcome(row)}"


def _outcome(row: Row) -> str:
    one, zone = row.delivery, row.of.timezone
    if one.posted_at is None:
        before = f" (before that it was, as message {one.message_ts})" if one.message_ts else ""
        return f"NOT POSTED{before}: {_why_not(row)}"
    late = one.posted_at - one.period_due_at
    told = [
        f"posted {_to_second(one.posted_at, zone)}, {length(late)} after its time, message {one.message_ts}",
        *([f"thread {one.parts_posted} of {one.parts}"] if one.parts else []),
        *([f"amended {_to_second(one.amended_at, zone)}"] if one.amended_at else []),
    ]
    return "; ".join(told)


def _why_not(row: Row) -> str:
    if row.fate is Fate.IN_HAND:
        return "a process is at it"
    if row.fate is Fate.WAITING:
        return "it came to nothing so far, and `planbot serve` tries again by itself"
    rests = "the subscription was stopped" if row.of.ended_at else "the subscription is paused"
    why = rests if row.of.ended_at or row.of.is_paused else "given up"
    day = row.delivery.period_due_at.astimezone(ZoneInfo(row.of.timezone)).date()
    by_hand = f"`planbot digest send {row.of.id} --period {day}` sends it"
    return f"{why}; the next one covers its time, too" + ("" if row.of.ended_at else f", or {by_hand}")


def _to_second(when: datetime, timezone: str) -> str:
    return f"{when.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M:%S}"


def history_json(rows: Iterable[Row], known: Known) -> str:
    """The same facts for other programs."""
    return _json(_delivery_json(row, known) for row in rows)


def _delivery_json(row: Row, known: Known) -> dict[str, object]:
    one = row.delivery
    return {
        "delivery": one.id,
        "subscription": one.subscription_id,
        "channel": one.channel_id,
        "about": about(row.of, known),
        "timezone": row.of.timezone,
        "run": _iso(one.period_due_at),
        "covers_from": _iso(one.covers_from),
        "state": row.fate.value,
        "claimed_at": _iso(one.claimed_at),
        "claimed_by": one.claimed_by,
        "attempts": one.attempts,
        "posted_at": _iso(one.posted_at),
        "late_seconds": int((one.posted_at - one.period_due_at).total_seconds()) if one.posted_at else None,
        "message_ts": one.message_ts,
        "thread": one.parts,
        "thread_posted": one.parts_posted,
        "amended_at": _iso(one.amended_at),
    }


def _iso(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat() if when else None


def _json(rows: Iterable[dict[str, object]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2)
