"""A form as Slack's payload holds it, read into the fields that commands know."""

from collections.abc import Mapping
from typing import Any

from bot.blocks.message import size
from bot.listeners.payloads import whole
from commands.progress.form import NOTE_LENGTH, Filled, FilledFigures

View = Mapping[str, Any]


def filled_of(view: View) -> Filled:
    """What stands in an action's form."""
    fields = _fields(view)
    return Filled(
        status=_chosen(fields, "status"),
        percent=_typed_in(fields, "percent"),
        note=_typed_in(fields, "note"),
        evidence=_typed_in(fields, "evidence"),
        day=_first(fields, "day").get("selected_date") or "",
        help_from=_first(fields, "help").get("selected_user") or "",
        done=frozenset(_mark(one["value"]) for held in fields.get("milestones", ()) for one in _ticked(held)),
    )


def filled_figures_of(view: View) -> FilledFigures:
    """What stands in an indicator's form."""
    fields = _fields(view)
    return FilledFigures(
        value=_typed_in(fields, "value"),
        day=_first(fields, "day").get("selected_date") or "",
        note=_typed_in(fields, "note"),
        evidence=_typed_in(fields, "evidence"),
    )


def chosen_in(view: View) -> str:
    """The key of the entry that the form's menu is set to; empty where it has none."""
    return _chosen(_fields(view), "action")


def done_before(view: View) -> frozenset[str]:
    """The marks of the milestones that were done when the form was opened; see `bot.blocks.forms`."""
    boxes = (block for block in view.get("blocks") or () if _field(block.get("block_id", "")) == "milestones")
    values = (one["value"] for block in boxes for one in block["element"]["options"])
    return frozenset(_mark(value) for value in values if value.endswith(":1"))


def block_for(view: View, field: str) -> str:
    """The `block_id` at which a mistake in a field is shown; where there is no such field, the first one's."""
    blocks = [str(block["block_id"]) for block in view.get("blocks") or () if block.get("type") == "input"]
    return next((block for block in blocks if _field(block) == field), blocks[0])


def words_in(view: View) -> tuple[str, ...]:
    """What was typed into the form's long fields: note, value, evidence."""
    fields = _fields(view)
    return tuple(words for name in ("value", "note", "evidence") if (words := _typed_in(fields, name)))


def _fields(view: View) -> dict[str, list[dict[str, Any]]]:
    """The fields by name, each block's element; milestones may be several blocks."""
    found: dict[str, list[dict[str, Any]]] = {}
    order = {block.get("block_id", ""): at for at, block in enumerate(view.get("blocks") or ())}
    for block, elements in sorted(view["state"]["values"].items(), key=lambda one: order.get(one[0], 0)):
        found.setdefault(_field(block), []).extend(elements.values())
    return found


def _first(fields: dict[str, list[dict[str, Any]]], name: str) -> dict[str, Any]:
    return next(iter(fields.get(name, ())), {})


def _chosen(fields: dict[str, list[dict[str, Any]]], name: str) -> str:
    return (_first(fields, name).get("selected_option") or {}).get("value") or ""


def _typed_in(fields: dict[str, list[dict[str, Any]]], name: str) -> str:
    """What was typed; of words that fill several fields, all of it."""
    typed = [whole(one.get("value") or "") for one in fields.get(name, ())]
    return "".join(map(_joining, typed, [*typed[1:], ""]))


def _joining(part: str, following: str) -> str:
    """A part of long words; a field that does not end them may have lost the space between it and the next one."""
    is_apart = part[-1:].isspace() or following[:1].isspace() or size(part) >= NOTE_LENGTH - 1
    return part if not part or not following or is_apart else f"{part} "


def _ticked(held: dict[str, Any]) -> list[dict[str, Any]]:
    return held.get("selected_options") or []


def _mark(value: str) -> str:
    return value.rpartition(":")[0]


def _field(block: str) -> str:
    """The field that a block is for; its id names the entry and the turn behind a colon."""
    return block.partition(":")[0]
