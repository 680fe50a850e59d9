"""Progress as a person sees it: receipt, form, one's own actions, a history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.blocks.message import Block, Message, button, context, escaped, plain_text, quote, section, within
from bot.blocks.mistakes import CHOOSE_ACTION
from bot.blocks.voice import slack_voice
from bot.wording.names import Names
from bot.wording.progress import history_line, last_heard, own_action_line, receipt_sentences
from bot.wording.status import SIGNS, WORDS
from bot.wording.voice import Teller
from commands.progress.form import FORM
from commands.progress.recording import Receipt
from store.plan import Action, Status
from store.updates import RecordedUpdate

CHOOSE = "progress:action"
MOST_OPTIONS = 100
"""Slack's limit for a select."""
MOST_SHOWN = 20
NOTE_LENGTH = 3_000


def progress_receipt(receipt: Receipt) -> Message:
    """What was recorded, for the one who reported it."""
    words = " ".join(receipt_sentences(receipt, slack_voice()))
    note = (quote(receipt.note),) if receipt.note else ()
    text = f"{words}\n{escaped(receipt.note)}" if receipt.note else words
    return Message(text, (section(f"{SIGNS[receipt.after.status or Status.NOT_STARTED]} {words}"), *note))


def undone(receipt: Receipt) -> Message:
    """What an undo brought back."""
    words = f"Taken back. {' '.join(receipt_sentences(receipt, slack_voice()))}"
    return Message(words, (section(words), context("The record keeps both the update and its undoing.")))


def my_actions(own: Sequence[Action], *, today: date, names: Names) -> Message:
    """One's own actions, each with a button that opens its form."""
    if not own:
        words = (
            "You own no action of the plan, so there is nothing to report. "
            f"`{names.plan} who owns …` tells whose an action is."
        )
        return Message(words, (section(words),))
    lines = [own_action_line(action, Teller(slack_voice(today))) for action in own]
    return Message("Your actions:\n" + "\n".join(lines), (section("*Your actions*"), *action_rows(own, today)))


def action_rows(own: Sequence[Action], today: date) -> tuple[Block, ...]:
    """Rows of actions with their buttons; of many, the first 20 and how many more there are."""
    tell = Teller(slack_voice(today))
    rows = [
        section(
            f"{SIGNS[action.standing]} {own_action_line(action, tell)}\n_{last_heard(action, today)}_",
            accessory=button("Update", f"{CHOOSE_ACTION}:{at}", action.key),
        )
        for at, action in enumerate(own[:MOST_SHOWN])
    ]
    more = [context(f"and {len(own) - MOST_SHOWN} more")] if len(own) > MOST_SHOWN else []
    return (*rows, *more)


def progress_history(action: Action, updates: Sequence[RecordedUpdate]) -> Message:
    """The last updates of an action, the newest first."""
    title = f"{action.key} {action.title}"
    if not updates:
        words = f"Nobody has reported on {escaped(title)} yet."
        return Message(words, (section(words),))
    lines = [history_line(update, slack_voice()) for update in updates]
    rows: list[Block] = [section(f"*{escaped(title)}*")]
    for update, line in zip(updates, lines, strict=True):
        rows.append(section(line))
        if update.note:
            rows.append(quote(update.note))
    return Message(f"{escaped(title)}\n" + "\n".join(lines), tuple(rows))


def progress_usage(names: Names) -> Message:
    """How the progress command is used."""
    lines = (
        f"`{names.progress}` opens a form with your actions",
        f"`{names.progress} A-01` opens the form of one action; a piece of its title will do, even misspelt",
        f"`{names.progress} A-01 60% at risk: waiting for procurement` records at once; any part may be missing",
        f"`{names.progress} mine` lists your actions",
        f"`{names.progress} A-01 history` shows what was reported",
        f"`{names.progress} undo` takes your last update back, within 15 minutes",
    )
    words = "\n".join(lines)
    return Message(words, (section(words),))


def progress_form(
    choices: Sequence[Action], *, chosen: Action | None = None, response_url: str = ""
) -> dict[str, Any] | None:
    """The form for an update, on the `chosen` action or the first; None where there is nothing to choose from.

    `response_url` is where the receipt goes. Fields have ids of their own for each action, since Slack keeps what was
    typed for an id that a view had before.
    """
    offered = list(choices[:MOST_OPTIONS])
    chosen = chosen or (offered[0] if offered else None)
    if chosen is None:
        return None
    if chosen.key not in {action.key for action in offered}:
        offered = [chosen, *offered[: MOST_OPTIONS - 1]]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": response_url,
        "title": plain_text("Progress update"),
        "submit": plain_text("Record"),
        "close": plain_text("Cancel"),
        "blocks": [
            _select("action", "Action", offered, chosen),
            context(f"Now: {own_state(chosen)}"),
            _status_select(chosen),
            _input(f"percent:{chosen.key}", "Percent complete", f"{chosen.progress}", 5),
            _input(f"note:{chosen.key}", "Note", "What happened, what is in the way", NOTE_LENGTH, is_long=True),
        ],
    }


def own_state(action: Action) -> str:
    """How an action stands, for the form."""
    return f"{SIGNS[action.standing]} {WORDS[action.standing]}, {action.progress} %"


def _select(name: str, label: str, offered: Sequence[Action], chosen: Action) -> Block:
    options = [_option(f"{action.key} {action.title}", action.key) for action in offered]
    initial = next(option for option in options if option["value"] == chosen.key)
    return {
        "type": "input",
        "block_id": name,
        "dispatch_action": True,
        "label": plain_text(label),
        "element": {"type": "static_select", "action_id": CHOOSE, "options": options, "initial_option": initial},
    }


def _status_select(chosen: Action) -> Block:
    options = [_option(f"{SIGNS[status]} {WORDS[status]}", status.value) for status in Status]
    initial = next(option for option in options if option["value"] == chosen.standing.value)
    return {
        "type": "input",
        "block_id": f"status:{chosen.key}",
        "label": plain_text("Status"),
        "element": {"type": "static_select", "action_id": "status", "options": options, "initial_option": initial},
    }


def _input(name: str, label: str, hint: str, most: int, *, is_long: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label),
        "element": {
            "type": "plain_text_input",
            "action_id": name.partition(":")[0],
            "multiline": is_long,
            "max_length": most,
            "placeholder": plain_text(hint),
        },
    }


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain_text(within(text, 75)), "value": value}
