"""The forms in which progress is reported: of an action, of an indicator, and of what is to be edited."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.blocks.message import Block, context, escaped, plain_text, section, within
from bot.blocks.voice import slack_voice
from bot.wording.figures import number
from bot.wording.misread import unit_words
from bot.wording.progress import state_words, value_words
from bot.wording.status import SIGNS, WORDS
from commands.progress.form import FORM, MEASUREMENT_FORM
from store.measurements import RecordedMeasurement
from store.plan import Action, Indicator, Nature, Status
from store.updates import RecordedUpdate

View = dict[str, Any]

CHOOSE = "progress:action"
MOST_OPTIONS = 100
"""Slack's limit for a select."""
NOTE_LENGTH = 3_000
"""Slack's limit for what is typed into a field."""
PLACEHOLDER = 150


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a form is for, as it carries it along."""

    response_url: str = ""
    """Where the receipt goes."""
    key: str = ""
    """The entry's, where the form does not let choose."""
    corrects: int | None = None
    """What is replaced by what is handed in."""

    @classmethod
    def read(cls, written: str) -> "Purpose":
        """From a view's `private_metadata`."""
        return cls(**json.loads(written)) if written else cls()

    def written(self) -> str:
        """For a view's `private_metadata`."""
        return json.dumps(asdict(self))


def progress_form(choices: Sequence[Action], *, chosen: Action | None = None, response_url: str = "") -> View | None:
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
    fields = (
        _select("action", "Action", offered, chosen),
        context(f"Now: {own_state(chosen)}"),
        *_report_fields(chosen, chosen.standing),
    )
    return _modal(FORM, "Progress update", Purpose(response_url), fields)


def edit_form(action: Action, update: RecordedUpdate, *, response_url: str = "") -> View:
    """The form for an update that was recorded, with what it says filled in; what is handed in replaces it."""
    state = update.after
    fields = (
        section(f"*{escaped(f'{action.key} {action.title}')}*"),
        context(f"Recorded: {state_words(state)}. What you hand in replaces it; the record keeps both."),
        *_report_fields(action, state.status or Status.NOT_STARTED, state.percent, update.note, update.evidence),
    )
    return _modal(FORM, "Edit your update", Purpose(response_url, action.key, update.id), fields)


def measurement_form(
    indicator: Indicator, today: date, *, edited: RecordedMeasurement | None = None, response_url: str = ""
) -> View:
    """The form for a measurement; `edited` is the one that it replaces. `today` is in the plan's zone."""
    value = edited.value if edited else None
    shown = number(value) if isinstance(value, float) else value
    in_words = indicator.nature is Nature.QUALITATIVE
    latest = indicator.latest
    now = (
        f"Now: {value_words(latest.value, latest.date, indicator, slack_voice())}" if latest else "Nothing measured yet"
    )
    fields = (
        section(f"*{escaped(f'{indicator.key} {indicator.title}')}*"),
        context(now),
        _input(
            f"value:{indicator.key}",
            "Value",
            unit_words(indicator),
            NOTE_LENGTH,
            is_long=in_words,
            has=shown,
            is_needed=True,
        ),
        _day_input(f"day:{indicator.key}", edited.date if edited else today),
        _input(
            f"note:{indicator.key}",
            "Note",
            "What to know about it",
            NOTE_LENGTH,
            is_long=True,
            has=edited.note if edited else None,
        ),
        _input(
            f"evidence:{indicator.key}", "Evidence", "https://…", NOTE_LENGTH, has=edited.evidence if edited else None
        ),
    )
    purpose = Purpose(response_url, indicator.key, edited.id if edited else None)
    return _modal(MEASUREMENT_FORM, "Edit your measurement" if edited else "Measurement", purpose, fields)


def _report_fields(
    action: Action, status: Status, percent: int | None = None, note: str | None = None, evidence: str | None = None
) -> tuple[Block, ...]:
    shown = None if percent is None else str(percent)
    return (
        _status_select(action, status),
        _input(f"percent:{action.key}", "Percent complete", f"{action.progress}", 5, has=shown),
        _input(f"note:{action.key}", "Note", "What happened, what is in the way", NOTE_LENGTH, is_long=True, has=note),
        _input(f"evidence:{action.key}", "Evidence", "https://…", NOTE_LENGTH, has=evidence),
    )


def _modal(callback: str, title: str, purpose: Purpose, fields: Sequence[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": purpose.written(),
        "title": plain_text(title),
        "submit": plain_text("Record"),
        "close": plain_text("Cancel"),
        "blocks": list(fields),
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


def _status_select(chosen: Action, standing: Status) -> Block:
    options = [_option(f"{SIGNS[status]} {WORDS[status]}", status.value) for status in Status]
    initial = next(option for option in options if option["value"] == standing.value)
    return {
        "type": "input",
        "block_id": f"status:{chosen.key}",
        "label": plain_text("Status"),
        "element": {"type": "static_select", "action_id": "status", "options": options, "initial_option": initial},
    }


def _input(
    name: str,
    label: str,
    hint: str,
    most: int,
    *,
    is_long: bool = False,
    has: str | None = None,
    is_needed: bool = False,
) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": name.partition(":")[0],
        "multiline": is_long,
        "max_length": most,
        "placeholder": plain_text(within(hint, PLACEHOLDER)),
    } | ({"initial_value": has} if has else {})
    return {
        "type": "input",
        "block_id": name,
        "optional": not is_needed,
        "label": plain_text(label),
        "element": element,
    }


def _day_input(name: str, when: date) -> Block:
    element = {"type": "datepicker", "action_id": "day", "initial_date": when.isoformat()}
    return {"type": "input", "block_id": name, "label": plain_text("Day it is of"), "element": element}


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain_text(within(text, 75)), "value": value}
