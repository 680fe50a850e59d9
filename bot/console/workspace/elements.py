"""The shapes of composition objects and block elements, with their documented limits.

Sources: https://docs.slack.dev/reference/block-kit/composition-objects and .../block-elements.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.console.workspace.shapes import (
    Rule,
    any_field,
    anything,
    both,
    distinct,
    flag,
    listing,
    number,
    objection,
    one_of,
    shape,
    string,
    typed,
)

ID = string(255)
URL = string(3000, pattern=r"https?://.+|mailto:.+|slack://.+")


def text(most: int, *kinds: str) -> Rule:
    """A text object of at most `most` characters; `kinds` are `plain_text` and `mrkdwn` unless fewer are named."""
    words = {"text": string(most)}
    shapes = {"plain_text": shape(words, emoji=flag), "mrkdwn": shape(words, verbatim=flag)}
    inner = typed(lambda: shapes, *(kinds or ("plain_text", "mrkdwn")))

    def check(value: Any, pointer: str) -> Iterator[str]:
        found = list(inner(value, pointer))
        if found:
            yield objection("failed to match all allowed schemas", pointer)
            yield from found

    return check


def plain(most: int) -> Rule:
    """A `plain_text` object."""
    return text(most, "plain_text")


CONFIRM = shape({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, style=anything)
OPTION = shape({"text": text(75), "value": string(150, least=0)}, description=text(75), url=URL)
PLAIN_OPTION = shape({"text": plain(75), "value": string(150, least=0)}, description=plain(75), url=URL)
GROUP = shape({"label": plain(75), "options": listing(PLAIN_OPTION, 100)})
SUGGESTIONS = shape(options=listing(PLAIN_OPTION, 100, least=0), option_groups=listing(GROUP, 100, least=0))
"""The answer to a `block_suggestion` (docs.slack.dev, reference, interaction payloads)."""
DISPATCH = shape(trigger_actions_on=listing(one_of("on_enter_pressed", "on_character_entered"), 2))
FILTER = shape(
    include=listing(one_of("im", "mpim", "private", "public"), 4),
    exclude_external_shared_channels=flag,
    exclude_bot_users=flag,
)
IMAGE = both(
    shape({"alt_text": string(2000)}, image_url=URL, slack_file=shape(id=string(), url=URL)),
    any_field("image_url", "slack_file"),
)


def _element(required: Mapping[str, Rule] | None = None, **optional: Rule) -> Rule:
    return shape(required, action_id=ID, confirm=CONFIRM, focus_on_load=flag, **optional)


def _field(required: Mapping[str, Rule] | None = None, **optional: Rule) -> Rule:
    return _element(required, placeholder=plain(150), **optional)


def _menu(**optional: Rule) -> Rule:
    menu = _field(None, options=listing(PLAIN_OPTION, 100), option_groups=listing(GROUP, 100), **optional)
    return both(menu, any_field("options", "option_groups"))


_BUTTON = _element(
    {"text": plain(75)},
    url=URL,
    value=string(2000, least=0),
    style=one_of("primary", "danger"),
    accessibility_label=string(75),
    agent_prompt=string(4000),
    agent_prompt_display=anything,
    visible_to_user_ids=listing(string(), 100),
)
_FEEDBACK = shape({"text": plain(75), "value": string(2000)}, accessibility_label=string(75))

ELEMENTS: dict[str, Rule] = {
    "button": _BUTTON,
    "workflow_button": _element(
        {"text": plain(75), "workflow": anything}, style=one_of("primary", "danger"), accessibility_label=string(75)
    ),
    "icon_button": _element(
        {"icon": string(), "text": plain(75)},
        value=string(2000),
        accessibility_label=string(75),
        visible_to_user_ids=listing(string(), 100),
    ),
    "feedback_buttons": _element({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}),
    "overflow": _element({"options": listing(PLAIN_OPTION, 5)}),
    "image": IMAGE,
    "checkboxes": _element({"options": listing(OPTION, 10)}, initial_options=listing(OPTION, 10)),
    "radio_buttons": _element({"options": listing(OPTION, 10)}, initial_option=OPTION),
    "static_select": _menu(initial_option=PLAIN_OPTION),
    "multi_static_select": _menu(initial_options=listing(PLAIN_OPTION, 100), max_selected_items=number),
    "external_select": _field(min_query_length=number, initial_option=PLAIN_OPTION),
    "multi_external_select": _field(
        min_query_length=number, initial_options=listing(PLAIN_OPTION, 100), max_selected_items=number
    ),
    "users_select": _field(initial_user=string()),
    "multi_users_select": _field(initial_users=listing(string(), 100), max_selected_items=number),
    "conversations_select": _field(
        initial_conversation=string(), default_to_current_conversation=flag, response_url_enabled=flag, filter=FILTER
    ),
    "multi_conversations_select": _field(
        initial_conversations=listing(string(), 100),
        default_to_current_conversation=flag,
        filter=FILTER,
        max_selected_items=number,
    ),
    "channels_select": _field(initial_channel=string(), response_url_enabled=flag),
    "multi_channels_select": _field(initial_channels=listing(string(), 100), max_selected_items=number),
    "datepicker": _field(initial_date=string(10, pattern=r"\d{4}-\d{2}-\d{2}")),
    "timepicker": _field(initial_time=string(5, pattern=r"\d{2}:\d{2}"), timezone=string()),
    "datetimepicker": _element(initial_date_time=number),
    "plain_text_input": _field(
        initial_value=string(3000, least=0),
        multiline=flag,
        min_length=number,
        max_length=number,
        dispatch_action_config=DISPATCH,
    ),
    "rich_text_input": _field(
        initial_value=anything, dispatch_action_config=DISPATCH, min_lines=number, max_lines=number
    ),
    "email_text_input": _field(initial_value=string(), dispatch_action_config=DISPATCH),
    "url_text_input": _field(initial_value=string(), dispatch_action_config=DISPATCH),
    "number_input": _field(
        {"is_decimal_allowed": flag},
        initial_value=string(),
        min_value=string(),
        max_value=string(),
        dispatch_action_config=DISPATCH,
    ),
    "file_input": _element(filetypes=listing(string(), 100), max_files=number),
    "url": shape({"url": URL, "text": string()}),
}
"""The rule of each element, by its `type`."""


def element(*allowed: str) -> Rule:
    """One of these elements."""
    return typed(lambda: ELEMENTS, *allowed)


SELECTS = tuple(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
FIELDS = (
    *SELECTS,
    *PICKERS,
    "plain_text_input",
    "rich_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
)
IN_ACTIONS = ("button", "workflow_button", "icon_button", "overflow", "rich_text_input", *SELECTS, *PICKERS)
BESIDE_SECTION = ("button", "workflow_button", "overflow", "image", *SELECTS, *PICKERS)

UNIQUE_IDS = distinct("action_id", "elements")
"""Within one block no two elements have the same `action_id`."""
