"""The card that tells administrators who has left, with what is to be handed over, and the form for that."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.blocks.changes import OPEN as CHANGE
from bot.blocks.message import (
    MOST_BLOCKS,
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    plain_text,
    quotes,
    section,
    sections,
)
from bot.blocks.voice import mention, slack_voice
from bot.wording.departures import departed_sentence, entry_line, left_line, name_of, reason_suggested, unowned_line
from bot.wording.names import Names
from bot.wording.voice import Teller
from commands.departing import Left
from store.amending import Amended
from store.departures import Departed
from store.plan import Action

HAND_OVER = "departure:hand"
HISTORY = "departure:history"
FORM = "departure:form"
ALL = "*"
"""In the place of an entry's key: all that somebody left."""
_MOST = (MOST_BLOCKS - 4) // 2
_MOST_UNOWNED = 10


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a button or a form is about: who has left, and which of their entries."""

    user: str
    key: str
    response_url: str = ""

    @classmethod
    def read(cls, written: str) -> "HandOver":
        """From a button's value or a view's `private_metadata`."""
        return cls(**json.loads(written))

    def written(self) -> str:
        """For a button's value or a view's `private_metadata`."""
        return json.dumps(asdict(self))


def departure_card(departed: Departed, left: Sequence[Left], today: date, names: Names) -> Message:
    """Who has left, and what of theirs is open, each with buttons that hand it over and show its history."""
    voice = slack_voice(today)
    tell = Teller(voice)
    words = departed_sentence(departed, len(left), voice)
    if not left:
        return Message(words, (section(words),))
    lines = [left_line(one, tell) for one in left]
    rows: list[Block] = []
    for at, (one, line) in enumerate(zip(left[:_MOST], lines, strict=False)):
        value = HandOver(departed.user_id, one.entry.key).written()
        hand = button("Hand over", f"{HAND_OVER}:{at}", value, style=None if one.remaining else "primary")
        rows += [section(line), actions(hand, button("History", f"{HISTORY}:{at}", one.entry.key))]
    all_of_it = HandOver(departed.user_id, ALL).written()
    every = (actions(button("Hand all over to one person", f"{HAND_OVER}:all", all_of_it)),) if len(left) > 1 else ()
    more = (context(f"and {len(left) - _MOST} more"),) if len(left) > _MOST else ()
    foot = context(f"Whom you choose is told. Each is kept as a decision: `{names.plan} decisions`.")
    return Message("\n".join((words, *lines)), (section(words), *rows, *more, *every, foot))


def hand_over_form(
    departed: Departed, left: Sequence[Left], key: str, today: date, response_url: str
) -> dict[str, Any]:
    """The form that asks to whom, and why."""
    tell = Teller(slack_voice(today))
    listed = "\n".join(f"• {entry_line(one.entry, tell)}" for one in left)
    why = {
        "type": "plain_text_input",
        "action_id": "reason",
        "initial_value": reason_suggested(departed),
        "max_length": 3_000,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": HandOver(departed.user_id, key, response_url).written(),
        "title": plain_text("Hand over"),
        "submit": plain_text("Hand over"),
        "close": plain_text("Cancel"),
        "blocks": [
            section(f"What {escaped(name_of(departed))} owned:\n{listed}"),
            {
                "type": "input",
                "block_id": "to",
                "label": plain_text("New owner"),
                "element": {"type": "users_select", "action_id": "to"},
            },
            {
                "type": "input",
                "block_id": "reason",
                "label": plain_text("Why"),
                "hint": plain_text("Kept with the decision."),
                "element": why,
            },
        ],
    }


def taken_over(made: Sequence[Amended], departed: Departed, reason: str, *, by: str) -> Message:
    """For who owns several entries from now on."""
    words = f"{mention(by)} made you an owner of what {escaped(name_of(departed))} owned:"
    lines = [f"• *{escaped(f'{one.key} {one.title}')}*" for one in made]
    told = (*sections((words, *lines)), context("Why:"), *quotes(reason))
    return Message("\n".join((words, *lines, escaped(reason))), told)


def unowned_notice(unowned: Sequence[Action], today: date) -> tuple[Block, ...]:
    """For an administrator's App Home: the open actions that nobody can report on, each with a button for an owner."""
    if not unowned:
        return ()
    tell = Teller(slack_voice(today))
    rows = [
        section(unowned_line(one, tell), accessory=button("Name an owner", f"{CHANGE}:{at}", one.key))
        for at, one in enumerate(unowned[:_MOST_UNOWNED])
    ]
    more = (context(f"and {len(unowned) - _MOST_UNOWNED} more"),) if len(unowned) > _MOST_UNOWNED else ()
    return (section("*Actions that nobody can report on*"), *rows, *more)
