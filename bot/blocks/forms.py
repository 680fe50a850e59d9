"""The forms in which progress is reported: of an action, of an indicator, and of what is to be edited."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.blocks.fields import (
    MOST_OPTIONS,
    Field,
    box,
    boxes_fields,
    choosing_field,
    day_field,
    menu_field,
    option,
    person_field,
    text_field,
)
from bot.blocks.message import Block, context, escaped, parts, plain_text, quotes, section
from bot.blocks.purpose import Purpose
from bot.blocks.voice import slack_voice
from bot.wording.dates import dated
from bot.wording.figures import number
from bot.wording.forms import now_words
from bot.wording.misread import unit_words
from bot.wording.progress import state_words, value_words
from bot.wording.status import SIGNS, WORDS
from commands.progress.choices import Choices
from commands.progress.finding import Reportable
from commands.progress.form import (
    FORM,
    MEASUREMENT_FORM,
    NOTE_LENGTH,
    Filled,
    FilledFigures,
    filled_of_action,
    filled_of_figures,
    filled_of_measurement,
    filled_of_report,
    filled_of_update,
    mark_of,
    shown_of,
)
from commands.progress.keeping import Draft
from commands.progress.reading import Figures, Report
from commands.progress.recording import MeasurementReceipt, Receipt
from store.plan import Action, Indicator, Nature, Status

View = dict[str, Any]

CHOOSE = "progress:action"
PERCENT_LENGTH = 100
"""Longer than any percentage, so that planbot says what is wrong with it."""
MOST_MILESTONES = 100
"""As many as a form has room for: Slack takes 250 kB."""
MOST_WITH_MORE_WORDS = 30
"""As many as there is room for with the rest of long titles under them."""
_RECORD, _SAVE = "Record", "Save as it is"


def progress_form(
    action: Action,
    purpose: Purpose,
    *,
    today: date,
    offered: Choices | None = None,
    filled: Filled | None = None,
    was_done: frozenset[str] | None = None,
    lead: Sequence[Block] = (),
) -> View:
    """The form for an update of `action`, `filled` as it stands or as it was filled in; `today` in the plan's zone.

    `offered` are the entries that may be chosen instead, `was_done` the marks of the milestones that were done when the
    form was opened (None: it is being opened), `lead` what stands above all.
    """
    held = filled or filled_of_action(action)
    was_done = shown_of(action).done if was_done is None else was_done
    blocks = (
        *lead,
        *_heading(action, offered),
        context(now_words(action, today)),
        *_report_fields(action, held, purpose, was_done),
    )
    return _modal(FORM, "Edit your update" if purpose.corrects else "Progress update", purpose, blocks)


def measurement_form(
    indicator: Indicator,
    purpose: Purpose,
    *,
    today: date,
    offered: Choices | None = None,
    filled: FilledFigures | None = None,
    lead: Sequence[Block] = (),
) -> View:
    """The form for a measurement; see `progress_form`."""
    now = _measured(indicator, today)
    fields_ = _measurement_fields(indicator, filled or FilledFigures(""), purpose)
    title = "Edit your measurement" if purpose.corrects else "Measurement"
    return _modal(MEASUREMENT_FORM, title, purpose, (*lead, *_heading(indicator, offered), context(now), *fields_))


def edit_form(given: Receipt | MeasurementReceipt, *, response_url: str = "") -> View:
    """The form for what was recorded, with what it says filled in; what is handed in replaces it."""
    if isinstance(given, MeasurementReceipt):
        purpose = Purpose(given.indicator.key, response_url, given.kept.id)
        return measurement_form(
            given.indicator, purpose, today=given.today, filled=filled_of_measurement(given.kept, number)
        )
    recorded = f"Recorded: {state_words(given.after)}. What you hand in replaces it; the record keeps both."
    purpose = replace(Purpose(response_url=response_url, corrects=given.kept.id).of(given.action), turn=0)
    filled = filled_of_update(given.action, given.kept)
    return progress_form(given.action, purpose, today=given.today, filled=filled, lead=(context(recorded),))


def draft_form(entry: Reportable, draft: Draft, purpose: Purpose, *, today: date, lead: Sequence[Block]) -> View:
    """The form for what was reported and is not on the record, with what was typed filled in."""
    said = draft.said
    purpose = replace(replace(purpose, corrects=draft.corrects).of(entry), turn=0, doubted=purpose.doubted)
    if isinstance(entry, Action) and isinstance(said, Report):
        return progress_form(entry, purpose, today=today, filled=filled_of_report(entry, said), lead=lead)
    if isinstance(entry, Indicator) and isinstance(said, Figures):
        return measurement_form(entry, purpose, today=today, filled=filled_of_figures(said, number), lead=lead)
    raise ValueError("a draft is of an action or of an indicator")


def _measured(indicator: Indicator, today: date) -> str:
    latest = indicator.latest
    if latest is None:
        return "Nothing measured yet"
    return f"Now: {value_words(latest.value, latest.date, indicator, slack_voice())}, {dated(latest.date, today)}"


def lost_form(sentences: Sequence[str], words: Sequence[str]) -> View:
    """In the place of a form that came to nothing: why, and the words that were typed, to be taken elsewhere."""
    kept = [block for one in words if one for block in quotes(one)]
    typed = (context("What you typed, to copy:"), *kept) if kept else ()
    return {
        "type": "modal",
        "title": plain_text("Not recorded"),
        "close": plain_text("Close"),
        "blocks": [section("\n".join(sentences)), *typed],
    }


def suggestions(found: Choices) -> dict[str, Any]:
    """What a menu whose options are looked up shows: the answer to a `block_suggestion`."""
    groups = _groups(found)
    return {"option_groups": groups} if groups else {"options": []}


def _heading(entry: Reportable, offered: Choices | None) -> tuple[Block, ...]:
    if offered is None:
        return (section(f"*{escaped(f'{entry.key} {entry.title}')}*"),)
    offered = offered.having(entry)
    label = "Action or indicator" if any(isinstance(one, Indicator) for one in offered) else "Action"
    return (choosing_field(Field("action", label, is_needed=True), CHOOSE, _menu(entry, offered)),)


def _menu(entry: Reportable, offered: Choices) -> Block:
    """All of them in a menu; where they are too many for one, a menu in which one types to find more."""
    initial = _entry_option(entry)
    if len(offered) > MOST_OPTIONS:
        return {
            "type": "external_select",
            "placeholder": plain_text("Type a key or a piece of the title"),
            "min_query_length": 0,
            "initial_option": initial,
        }
    groups = _groups(offered)
    several = {"option_groups": groups} if len(groups) > 1 else {"options": groups[0]["options"]}
    return {"type": "static_select", **several, "initial_option": initial}


def _groups(offered: Choices) -> list[Block]:
    named = (("Late", offered.late), ("Yours", offered.yours), ("All others", offered.others))
    return [{"label": plain_text(label), "options": list(map(_entry_option, group))} for label, group in named if group]


def _entry_option(entry: Reportable) -> Block:
    return option(f"{entry.key} {entry.title}", entry.key)


def _report_fields(action: Action, held: Filled, purpose: Purpose, was_done: frozenset[str]) -> tuple[Block, ...]:
    def field(name: str, label: str, hint: str = "") -> Field:
        return Field(_id(name, action.key, purpose), label, hint)

    statuses = [option(f"{SIGNS[status]} {WORDS[status]}", status.value) for status in Status]
    return (
        menu_field(replace(field("status", "Status"), is_needed=True), statuses, held.status or action.standing.value),
        text_field(field("percent", "Percent complete"), placeholder="0 to 100", most=PERCENT_LENGTH, has=held.percent),
        *_milestone_fields(action, held.done, was_done, field("milestones", "Milestones done")),
        _day(field("day", "Day it speaks of", "Left empty, it is today."), held.day),
        *_long(field("note", "Note"), "What happened, what is in the way", held.note),
        _evidence(field("evidence", "Evidence"), held.evidence),
        person_field(
            field("help", "I need help from", "I tell them once, with this update and how to answer you."),
            placeholder="A colleague",
            has=held.help_from,
        ),
    )


def _measurement_fields(indicator: Indicator, held: FilledFigures, purpose: Purpose) -> tuple[Block, ...]:
    def field(name: str, label: str, hint: str = "") -> Field:
        return Field(_id(name, indicator.key, purpose), label, hint)

    return (
        *_value(replace(field("value", "Value"), is_needed=True), indicator, held.value),
        _day(field("day", "Day it is of", "Left empty, it is today."), held.day),
        *_long(field("note", "Note"), "What to know about it", held.note),
        _evidence(field("evidence", "Evidence"), held.evidence),
    )


def _id(name: str, key: str, purpose: Purpose) -> str:
    return f"{name}:{key}:{purpose.turn}"


def _milestone_fields(
    action: Action, done: frozenset[str], was_done: frozenset[str], field: Field
) -> tuple[Block, ...]:
    """A box for each milestone; its value says, too, whether it was done when the form was opened."""
    steps = [(step.title, mark_of(step.title)) for step in action.milestones[:MOST_MILESTONES]]
    made = box if len(steps) <= MOST_WITH_MORE_WORDS else option
    boxes = [made(title, f"{mark}:{int(mark in was_done)}") for title, mark in steps]
    ticked = [one["value"] for one, (_, mark) in zip(boxes, steps, strict=True) if mark in done]
    left = len(action.milestones) - len(steps)
    more = (context(f"and {left:,} more milestones, which are told of by the command"),) if left else ()
    return (*boxes_fields(field, boxes, ticked), *more)


def _day(field: Field, held: str) -> Block:
    return day_field(field, date.fromisoformat(held) if held else None)


def _value(field: Field, indicator: Indicator, held: str) -> tuple[Block, ...]:
    hint = unit_words(indicator)
    if indicator.nature is Nature.QUALITATIVE:
        return _long(field, hint, held)
    return (text_field(field, placeholder=hint, most=NOTE_LENGTH, has=held),)


def _long(field: Field, placeholder: str, held: str) -> tuple[Block, ...]:
    """Words in as many fields as it takes; they come together again when the form is handed in."""
    first, *rest = list(parts(held, NOTE_LENGTH)) or [""]
    more = [
        (Field(f"{field.id}:{at}", f"{field.label}, continued ({at})"), part) for at, part in enumerate(rest, start=2)
    ]
    return tuple(
        text_field(one, placeholder=placeholder, most=NOTE_LENGTH, is_long=True, has=part)
        for one, part in ((field, first), *more)
    )


def _evidence(field: Field, held: str) -> Block:
    return text_field(field, placeholder="https://…", most=NOTE_LENGTH, has=held)


def _modal(callback: str, title: str, purpose: Purpose, blocks: Sequence[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": purpose.written(),
        "notify_on_close": True,
        "title": plain_text(title),
        "submit": plain_text(_SAVE if purpose.doubted else _RECORD),
        "close": plain_text("Cancel"),
        "blocks": list(blocks),
    }
