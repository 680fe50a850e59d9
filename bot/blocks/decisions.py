"""What was decided about the plan, as everybody may read it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks.message import Block, Message, actions, button, context, header, quotes, section, within
from bot.blocks.voice import slack_voice
from bot.wording.decisions import decision_line
from bot.wording.names import Names
from store.decisions import RecordedDecision

PAGE = "decisions:page"
ON_A_PAGE = 8
REASON = 500
"""Characters of a reason that the list shows; the record and `planbot decisions` have it whole."""


def decisions_shown(
    found: Sequence[RecordedDecision], page: int, names: Names, zone: ZoneInfo, *, has_more: bool
) -> Message:
    """A page of decisions, the last one first; days are in `zone`."""
    title = "What was decided about the plan"
    if not found:
        words = (
            "Nothing of the plan was changed since it was loaded: no title, owner, due date, department or target. "
            f"Plan administrators decide with `{names.plan} change`."
        )
        return Message(words, (section(words),))
    lines = [decision_line(one, slack_voice(), zone) for one in found]
    blocks: list[Block] = []
    for one, line in zip(found, lines, strict=True):
        blocks += [section(line), *quotes(within(one.reason or "", REASON))]
    turns = (("Later ones", page - 1, page > 0), ("Earlier ones", page + 1, has_more))
    buttons = [button(words, f"{PAGE}:{to}", str(to)) for words, to, is_there in turns if is_there]
    foot = context("Decisions are kept for good; the reason stands below each.")
    told = (header(title), *blocks, foot, *((actions(*buttons),) if buttons else ()))
    return Message("\n".join((title, *lines)), told)
