"""What a person chooses or types into a control, as `state.values` and `actions` carry it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.console.workspace.errors import NotPossibleError
from bot.console.workspace.reading import INPUTS, Control, text_of

TEXT_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
"""For each element that takes a value as it is, the key under which `state.values` has it."""

INITIAL_KEYS = {
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "selected_users": "initial_users",
    "selected_conversations": "initial_conversations",
    "selected_channels": "initial_channels",
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
}

ONE_OPTION = frozenset({"static_select", "radio_buttons", "overflow"})
SEVERAL_OPTIONS = frozenset({"multi_static_select", "checkboxes"})
LOOKED_UP = frozenset({"external_select", "multi_external_select"})
"""Menus whose options the app is asked for, by `block_suggestion`."""
REQUIRED = "Please complete this required field."


def chosen(control: Control, value: Any) -> dict[str, Any]:
    """`value` as the control holds it. For a menu, `value` is an option's value or text (a list of them for several);
    for one whose options are looked up, the option itself.

    Raises NotPossibleError for an option that is not offered.
    """
    if control.type in ONE_OPTION:
        option = option_named(control, control.options, value) if value is not None else None
        return {"type": control.type, "selected_option": option}
    if control.type in SEVERAL_OPTIONS:
        names = [value] if isinstance(value, str) else list(value or ())
        return {
            "type": control.type,
            "selected_options": [option_named(control, control.options, name) for name in names],
        }
    if control.type == "external_select":
        return {"type": control.type, "selected_option": value}
    if control.type == "multi_external_select":
        return {"type": control.type, "selected_options": list(value or ())}
    if control.type in TEXT_KEYS:
        return {"type": control.type, TEXT_KEYS[control.type]: value}
    return {"type": control.type}


def initial_values(fields: Sequence[Control]) -> dict[str, dict[str, Any]]:
    """`state.values` of a form that nobody has touched yet."""
    values: dict[str, dict[str, Any]] = {}
    for control in fields:
        if control.type in INPUTS:
            values.setdefault(control.block_id, {})[control.action_id] = _initial(control)
    return values


def filled(fields: Sequence[Control], values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`values`, named by `block_id`, `action_id` or label, as changes to `state.values`.

    Raises NotPossibleError for a name that no field has.
    """
    changes: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        control = field_named(fields, name)
        changes.setdefault(control.block_id, {})[control.action_id] = chosen(control, value)
    return changes


def objections(fields: Sequence[Control], state: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What Slack's client refuses before it sends a form, by `block_id`."""
    found = {}
    for control in fields:
        held = state.get(control.block_id, {}).get(control.action_id, {})
        objection = _objection(control, _value(held))
        if objection is not None:
            found[control.block_id] = objection
    return found


def _objection(control: Control, value: Any) -> str | None:
    if value in (None, "", []):
        return None if control.optional else REQUIRED
    if control.type == "number_input":
        return _number_objection(control.element, str(value))
    if control.type in ("plain_text_input", "email_text_input", "url_text_input"):
        return _text_objection(control, str(value))
    return None


def _number_objection(element: Mapping[str, Any], value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    if element.get("min_value") is not None and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if element.get("max_value") is not None and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _text_objection(control: Control, value: str) -> str | None:
    shortest, longest = control.element.get("min_length", 0), control.element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    if len(value) > longest:
        return f"Please enter at most {longest} characters."
    if control.type == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Please enter a valid email address."
    if control.type == "url_text_input" and not re.match(r"https?://", value):
        return "Please enter a valid URL."
    return None


def _value(held: Mapping[str, Any]) -> Any:
    return next((value for key, value in held.items() if key != "type"), None)


def field_named(fields: Sequence[Control], name: str) -> Control:
    """The field of that `block_id`, `action_id` or label. Raises NotPossibleError."""
    for control in fields:
        if name in (control.block_id, control.action_id, control.label):
            return control
    known = [(control.block_id, control.action_id, control.label) for control in fields]
    raise NotPossibleError(f"no field is called {name!r}; there are {known}")


def option_named(control: Control, options: Sequence[Mapping[str, Any]], name: Any) -> dict[str, Any]:
    """The one of `options` with that value or text. Raises NotPossibleError."""
    for option in options:
        if name in (option.get("value"), text_of(option["text"])):
            return {"text": option["text"], "value": option.get("value")}
    offered = [text_of(option["text"]) for option in options]
    raise NotPossibleError(f"{control.label!r} has no option {name!r}; there are {offered}")


def _initial(control: Control) -> dict[str, Any]:
    key = "selected_option" if control.type in ONE_OPTION | {"external_select"} else "selected_options"
    if control.type in TEXT_KEYS:
        key = TEXT_KEYS[control.type]
    empty: Any = [] if key.endswith("s") and key != "files" else None
    return {"type": control.type, key: control.element.get(INITIAL_KEYS.get(key, ""), empty)}
