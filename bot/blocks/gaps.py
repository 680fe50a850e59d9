"""What members asked in vain, as administrators see it, and the form in which they say what was meant."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.blocks.message import (
    BUTTON,
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    header,
    plain_text,
    section,
    within,
)
from bot.blocks.voice import slack_voice
from bot.wording.gaps import SHOWN, entry_words, gap_lines, nothing_sentence, tally_sentence
from bot.wording.voice import Teller
from commands.gaps import LONGEST_ALIAS, Gap
from store.aliases import Learned
from store.plan import Kind, Node, Plan
from store.questions import Tally

MEANS = "gaps:means"
DISMISS = "gaps:dismiss"
RESTORE = "gaps:restore"
PAGE = "gaps:page"
UNLEARN = "gaps:unlearn"
FORM = "gaps:meaning"
ON_A_PAGE = 8
"""Gaps shown at once: three sections each fill two screens of a phone, far from Slack's 50 blocks."""
MOST_OPTIONS = 100
"""Slack's limit for the options of one group, and for groups."""
MOST_ENTRIES = 400
"""From more entries than these, whose options could outgrow a view's 250 kB, one is searched for instead."""
MOST_IDS = 150
HINT = "The words by which members name it: questions that have them are answered at once."
_GROUPS = {Kind.VALUE: "Values", Kind.BACKGROUND: "Background"}


def gaps_shown(
    gaps: Sequence[Gap], plan: Plan, tally: Tally, *, page: int, days: int, keeps_words: bool, today: date
) -> Message:
    """A page of gaps, the most frequent first, each with its two buttons. A page that is not there is the last."""
    tell = Teller(slack_voice(today))
    title, asked = "What members asked in vain", tally_sentence(tally, days)
    if not gaps:
        words = nothing_sentence(keeps_words=keeps_words, days=days)
        return Message(f"{words}\n{asked}", (header(title), section(words), context(asked)))
    pages = -(-len(gaps) // ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = gaps[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    lines = ["\n".join(gap_lines(gap, plan, tell)) for gap in shown]
    note = f"{asked} Nobody is told who asked." + (f" Page {page + 1} of {pages}." if pages > 1 else "")
    blocks = [
        block
        for at, (gap, words) in enumerate(zip(shown, lines, strict=True))
        for block in (section(words), _buttons(gap, page, at))
    ]
    text = "\n".join((title, *lines, note))
    return Message(text, (header(title), context(note), *blocks, *_page_buttons(page, pages)))


def _buttons(gap: Gap, page: int, at: int) -> Block:
    value = f"{gap.id}|{page}"
    return actions(
        button("This means …", f"{MEANS}:{at}", value), button("Not about the plan", f"{DISMISS}:{at}", value)
    )


def _page_buttons(page: int, pages: int) -> tuple[Block, ...]:
    turns = (("Previous page", page - 1), ("Next page", page + 1))
    buttons = [button(words, f"{PAGE}:{to}", str(to)) for words, to in turns if 0 <= to < pages]
    return (actions(*buttons),) if buttons else ()


def with_dismissal(shown: Message, dismissed: Gap, page: int) -> Message:
    """The gaps that are left, telling which one was left out just now, with an undo."""
    words = f"“{escaped(within(dismissed.words, SHOWN))}” is left out from now on, as not about the plan."
    ids = ",".join(map(str, dismissed.misses[:MOST_IDS]))
    undo = actions(button("Undo", RESTORE, f"{ids}|{page}"))
    return Message(f"{words}\n{shown.text}", (section(words), undo, *shown.blocks))


def taught(learned: Learned | None, alias: str, node: Node, gap: Gap, answered: Message | None) -> Message:
    """For the administrator who said what was meant: what is called so now, and how the question is answered."""
    said = f"“{escaped(alias)}” " + ("means" if learned else "was a name of")
    words = f"{said} {escaped(entry_words(node))}{' from now on.' if learned else ' already.'}"
    question = f"“{escaped(within(gap.words, SHOWN))}”"
    undo = (actions(button("Take it back", UNLEARN, str(learned.id))),) if learned else ()
    if answered is None:
        words += f" But {question} is not answered with it yet: a name closer to those words may help."
        return Message(words, (section(words), *undo))
    words += f" {question} is answered now:"
    return Message(f"{words}\n{answered.text}", (section(words), *answered.blocks)).ending(*undo)


def untaught(learned: Learned | None) -> Message:
    """For the administrator who took an alias back."""
    words = (
        f"Taken back: {escaped(learned.key)} is no longer called “{escaped(learned.alias)}”."
        if learned
        else ("That was taken back before.")
    )
    return Message(words, (section(words),))


def meaning_form(gap: Gap, plan: Plan, nodes: Sequence[Node], alias: str, metadata: str) -> dict[str, Any]:
    """The form that asks which entry was meant and by which words; of a large plan it asks what to look for."""
    groups = _groups(plan, nodes)
    entry = _search() if groups is None else _select({"option_groups": groups}, _likely(gap, groups))
    return _form(gap, entry, alias, metadata)


def found_form(gap: Gap, nodes: Sequence[Node], alias: str, metadata: str) -> dict[str, Any]:
    """The form with the few entries that were found, the likeliest chosen."""
    options = [_option(node) for node in nodes]
    return _form(gap, _select({"options": options}, options[0]), alias, metadata)


def _form(gap: Gap, entry: Block, alias: str, metadata: str) -> dict[str, Any]:
    element = {
        "type": "plain_text_input",
        "action_id": "alias",
        "initial_value": alias,
        "max_length": LONGEST_ALIAS,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": plain_text("What was meant?"),
        "submit": plain_text("Teach"),
        "close": plain_text("Cancel"),
        "blocks": [
            section("\n".join(f"“{escaped(within(words, SHOWN))}”" for words, _ in gap.wordings[:5])),
            entry,
            {
                "type": "input",
                "block_id": "alias",
                "label": plain_text("Also called"),
                "hint": plain_text(HINT),
                "element": element,
            },
        ],
    }


def _search() -> Block:
    return {
        "type": "input",
        "block_id": "search",
        "label": plain_text("Which entry of the plan?"),
        "hint": plain_text("Its key or a piece of its title, even misspelt; you choose among what is found."),
        "element": {"type": "plain_text_input", "action_id": "search", "max_length": 150},
    }


def _select(offered: dict[str, Any], initial: dict[str, Any] | None) -> Block:
    chosen = {"initial_option": initial} if initial else {}
    return {
        "type": "input",
        "block_id": "entry",
        "label": plain_text("Which entry of the plan?"),
        "element": {"type": "static_select", "action_id": "entry", **offered, **chosen},
    }


def _groups(plan: Plan, nodes: Sequence[Node]) -> list[dict[str, Any]] | None:
    """The entries by priority; None where Slack could not show them all."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for node in nodes:
        top = (node, *plan.above(node.key))[-1]
        groups.setdefault(_GROUPS.get(node.kind, top.entry.title), []).append(_option(node))
    longest = max(map(len, (groups, *groups.values())))
    if len(nodes) > MOST_ENTRIES or longest > MOST_OPTIONS:
        return None
    return [{"label": plain_text(within(label, BUTTON)), "options": options} for label, options in groups.items()]


def _likely(gap: Gap, groups: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The option that the members were offered first."""
    offered = {option["value"]: option for one in groups for option in one["options"]}
    return next((offered[key] for key in gap.suggested if key in offered), None)


def _option(node: Node) -> dict[str, Any]:
    return {"text": plain_text(within(entry_words(node), BUTTON)), "value": node.key}
