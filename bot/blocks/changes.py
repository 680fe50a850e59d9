"""The form in which an administrator changes what the plan promised, and who is told what of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, cast

from bot.blocks.message import (
    BUTTON,
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    plain_text,
    quotes,
    section,
    within,
)
from bot.blocks.progress import OPEN_FORM
from bot.blocks.voice import slack_voice
from bot.wording.decisions import change_words, decided_sentences, person_words, told_sentences
from bot.wording.gaps import entry_words
from bot.wording.misread import unit_words
from bot.wording.names import Names
from commands.changing import marks
from store.amending import Amended, Facts
from store.decisions import RecordedDecision
from store.plan import Action, Figure, Indicator, Kind, Milestone, Nature, Node, Plan

FORM = "change:form"
CHOOSE = "change:choose"
OPEN = "change:open"
_MOST_TYPED = 3_000
_MOST_OPTIONS = 100
MOST_MILESTONES = 20
"""Milestones that the form has a day for."""
_SHORT = 150
"""A title that fits one line of a form."""
REASON_HINT = "Kept with the decision, and told to the owners."


@dataclass(frozen=True, slots=True)
class ChangePurpose:
    """What the form carries along: its entry, where the answer goes, and by marks what it showed."""

    key: str
    response_url: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, written: str) -> "ChangePurpose":
        """From a view's `private_metadata`."""
        return cls(**json.loads(written))

    def written(self) -> str:
        """For a view's `private_metadata`."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Owners:
    """An entry's owners as a form shows them."""

    users: tuple[str, ...] = ()
    """Those who can be chosen among Slack's people."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The others as the plan names them, with what is shown for each: addresses nobody has, people who have left."""


def change_form(
    node: Node,
    shown: Facts,
    now: Facts,
    owners: Owners,
    *,
    response_url: str = "",
    reason: str = "",
    meanwhile: Sequence[RecordedDecision] = (),
) -> dict[str, Any]:
    """The form of an entry, with `shown` filled in; `now` is what holds.

    `meanwhile`: what others decided since the administrator opened it first. The fields' ids differ for what holds
    now, since Slack keeps what was typed for an id that a view had before.
    """
    seen = marks(now)
    version = hashlib.sha256(json.dumps([seen, sorted(map(str, shown.items()))]).encode()).hexdigest()[:6]
    fields = [*_title(shown), *_people(shown, owners), *_of_action(shown), *_of_indicator(node, shown)]
    fields.append(_typed("reason", "Why", reason, is_long=True, is_needed=True, hint=REASON_HINT))
    blocks = [{**block, "block_id": f"{block['block_id']}:{version}"} for block in fields]
    told = [section(f"*{escaped(within(entry_words(node), _SHORT))}*"), *_meanwhile(meanwhile)]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": ChangePurpose(node.key, response_url, seen).written(),
        "title": plain_text("Change the plan"),
        "submit": plain_text("Decide"),
        "close": plain_text("Cancel"),
        "blocks": [*told, *blocks],
    }


def _meanwhile(decisions: Sequence[RecordedDecision]) -> tuple[Block, ...]:
    if not decisions:
        return ()
    voice = slack_voice()
    lines = [
        f"• {change_words(one, voice)}" + (f", by {person_words(one.decided_by, voice)}" if one.decided_by else "")
        for one in decisions
    ]
    words = "*Somebody else changed this meanwhile:*\n" + "\n".join(lines)
    after = "What you had changed is kept below, the rest shows what holds now. Look it through, and decide again."
    return (section(words), context(after))


def _title(shown: Facts) -> tuple[Block, ...]:
    words = str(shown["title"])
    return (_typed("title", "Title", words, is_long=len(words) > _SHORT, is_needed=True),)


def _people(shown: Facts, owners: Owners) -> tuple[Block, ...]:
    if "owners" not in shown:
        return ()
    chosen = {"initial_users": list(owners.users[:_MOST_OPTIONS])} if owners.users else {}
    select = {"type": "multi_users_select", "action_id": "owners", **chosen}
    blocks = [_input("owners", "Owners", select, hint="Those who report on it.")]
    if owners.others:
        options = [_option(words, ref) for ref, words in list(owners.others.items())[:_MOST_OPTIONS]]
        others = {
            "type": "multi_static_select",
            "action_id": "addresses",
            "options": options,
            "initial_options": options,
        }
        hint = "The plan names them, and nobody in Slack is active by that name. Take one away who owns it no longer."
        blocks.append(_input("addresses", "Owners who are not in Slack", others, hint=hint))
    return tuple(blocks)


def _of_action(shown: Facts) -> tuple[Block, ...]:
    if "due" not in shown:
        return ()
    steps = cast("tuple[Milestone, ...]", shown.get("milestones", ()))
    return (
        _day("due", "Due date", shown["due"]),
        *(_day(f"milestone-{at}", _milestone_label(one), one.due) for at, one in enumerate(steps[:MOST_MILESTONES])),
        _typed("department", "Department", str(shown["department"] or "")),
    )


def _milestone_label(milestone: Milestone) -> str:
    return within(f"Milestone: {' '.join(milestone.title.split())}", _SHORT)


def _of_indicator(node: Node, shown: Facts) -> tuple[Block, ...]:
    if "target" not in shown or not isinstance(node.entry, Indicator):
        return ()
    target = shown["target"] if isinstance(shown["target"], Figure) else None
    value = target.value if target else ""
    typed = value if isinstance(value, str) else repr(value).removesuffix(".0")
    in_words_ = node.entry.nature is Nature.QUALITATIVE
    hint = f"In {unit_words(node.entry)}."
    return (
        _typed("value", "Target", typed, is_long=in_words_, hint=hint),
        _day("value_day", "To be reached by", target.date if target else None),
    )


def _typed(name: str, label: str, has: str, *, is_long: bool = False, is_needed: bool = False, hint: str = "") -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": is_long,
        "max_length": _MOST_TYPED,
    } | ({"initial_value": has[:_MOST_TYPED]} if has else {})
    return _input(name, label, element, is_needed=is_needed, hint=hint)


def _day(name: str, label: str, when: Any) -> Block:
    initial = {"initial_date": when.isoformat()} if isinstance(when, date) else {}
    return _input(name, label, {"type": "datepicker", "action_id": name, **initial})


def _input(name: str, label: str, element: Block, *, is_needed: bool = False, hint: str = "") -> Block:
    block = {
        "type": "input",
        "block_id": name,
        "optional": not is_needed,
        "label": plain_text(label),
        "element": element,
    }
    return block | ({"hint": plain_text(hint)} if hint else {})


def _option(words: str, value: str) -> dict[str, Any]:
    return {"text": plain_text(within(" ".join(words.split()), BUTTON)), "value": value}


def choose_entry(plan: Plan, names: Names) -> Message:
    """The change command without an entry: a choice of actions and indicators."""
    example = f"`{names.plan} change A-12` changes any entry by its key or a piece of its title."
    groups = _groups(plan)
    if not groups or len(groups) > _MOST_OPTIONS or any(len(one["options"]) > _MOST_OPTIONS for one in groups):
        return Message(example, (section(example),))
    words = "What is to be changed?"
    select = {
        "type": "static_select",
        "action_id": CHOOSE,
        "placeholder": plain_text("Choose an action or an indicator"),
        "option_groups": groups,
    }
    return Message(f"{words} {example}", (section(words, accessory=select), context(example)))


def _groups(plan: Plan) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for node in (*plan.of_kind(Kind.ACTION), *plan.of_kind(Kind.INDICATOR)):
        top = plan.above(node.key)[-1]
        groups.setdefault(top.entry.title, []).append(_option(f"{node.key} {node.entry.title}", node.key))
    return [{"label": plain_text(within(label, BUTTON)), "options": options} for label, options in groups.items()]


def which_entry(typed: str, nodes: Sequence[Node], names: Names) -> Message:
    """Several entries, or none, may be meant by what was typed."""
    named = f"“{escaped(within(typed, 300))}”"
    if not nodes:
        words = f"Nothing in the plan is like {named}. `{names.plan} change` lets you choose."
        return Message(words, (section(words),))
    words = f"Which one do you mean by {named}?"
    buttons = [button(entry_words(node), f"{OPEN}:{at}", node.key) for at, node in enumerate(nodes)]
    listed = "\n".join(escaped(entry_words(node)) for node in nodes)
    return Message(f"{words}\n{listed}", (section(words), actions(*buttons)))


def decided(made: Amended, reason: str, *, is_owner_told: bool, names: Names) -> Message:
    """For the administrator: what was changed."""
    voice = slack_voice()
    first, *rest = decided_sentences(made.decisions, voice, is_owner_told=is_owner_told)
    heading = f"*{escaped(f'{made.key} {made.title}')}*"
    words = "\n".join((heading, first, *rest[:-1]))
    foot = f"{rest[-1]} `{names.plan} decisions` lists them all."
    return Message(f"{words}\n{escaped(reason)}\n{foot}", (section(words), *quotes(reason), context(foot)))


def owner_told(made: Amended, reason: str, *, by: str, owns: bool, owned: bool, entry: Action | Indicator) -> Message:
    """For an owner: what somebody changed of what is theirs, or was."""
    words = "\n".join(told_sentences(made.decisions, by, slack_voice(), owns=owns, owned=owned))
    update = (actions(button("Update", f"{OPEN_FORM}:0", entry.key)),) if owns and isinstance(entry, Action) else ()
    return Message(f"{words}\n{escaped(reason)}", (section(words), context("Why:"), *quotes(reason), *update))
