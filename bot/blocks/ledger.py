"""The ledger of digests, for an administrator's App Home."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks.message import Block, context, escaped, sections
from bot.blocks.voice import mention, slack_voice
from bot.wording.dates import moment
from bot.wording.ledger import fate_words
from bot.wording.mistakes import closed_words
from bot.wording.names import Names
from bot.wording.schedule import schedule_words, scope_words
from bot.wording.voice import Teller
from commands.ledger import Ledger, Row
from store.plan import Plan
from store.subscriptions import Subscription

MOST_RESTING = 10
_TITLE = 80
"""Characters of what a digest is about."""


def ledger(found: Ledger, plan: Plan, zone: ZoneInfo, names: Names) -> tuple[Block, ...]:
    """What became of the last digests, on the reader's clock, and which are paused and why."""
    tell = Teller(slack_voice())
    resting = [_resting_line(one, plan, zone, tell) for one in found.resting]
    return (
        *_part("Digests that are paused", resting, MOST_RESTING, _to_mend(found.resting, names)),
        *_part("The last digests", [_line(one, plan, zone, tell) for one in found.rows], len(found.rows), _clock(zone)),
    )


def _line(row: Row, plan: Plan, zone: ZoneInfo, tell: Teller) -> str:
    run = moment(row.delivery.period_due_at, zone)
    return f"• <#{row.delivery.channel_id}> {_about(row.of, plan, tell)}, due {run}: {fate_words(row, zone, tell)}"


def _resting_line(one: Subscription, plan: Plan, zone: ZoneInfo, tell: Teller) -> str:
    since = f" since {moment(one.paused_at, zone)}" if one.paused_at else ""
    return (
        f"• <#{one.channel_id}> {_about(one, plan, tell)}, {schedule_words(one)}, set up by {mention(one.created_by)}: "
        f"paused{since}; {escaped(closed_words(one.paused_reason))}"
    )


def _about(one: Subscription, plan: Plan, tell: Teller) -> str:
    return tell.plain(scope_words(one, plan), _TITLE)


def _to_mend(resting: Sequence[Subscription], names: Names) -> str:
    return f"`{names.digest}` in the channel shows it, and lets it go on once that is mended." if resting else ""


def _clock(zone: ZoneInfo) -> str:
    return f"Times are on your clock ({zone.key})."


def _part(title: str, lines: Sequence[str], most: int, foot: str) -> tuple[Block, ...]:
    if not lines:
        return ()
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return (*sections([f"*{title}*", *lines[:most], *more]), context(foot))
