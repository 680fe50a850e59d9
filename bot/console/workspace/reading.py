"""What a person reads in blocks, and what they can press or fill in there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

INPUTS = frozenset(
    {
        "plain_text_input",
        "rich_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "checkboxes",
        "radio_buttons",
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "file_input",
    }
)
"""Elements that hold a value, which `state.values` tells the app."""

FOLDED = frozenset({"static_select", "external_select", "multi_static_select", "multi_external_select", "overflow"})
"""Elements whose options are read only once they are opened."""

INTERACTIVE = INPUTS | {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press, pick or fill in. `label` is what stands on it or beside it."""

    block_id: str
    action_id: str
    type: str
    label: str
    element: Mapping[str, Any]
    optional: bool = True
    dispatches: bool = True

    @property
    def value(self) -> str | None:
        """The value that the app gave a button."""
        return self.element.get("value")

    @property
    def url(self) -> str | None:
        """Where a link button leads."""
        return self.element.get("url")

    @property
    def options(self) -> tuple[Mapping[str, Any], ...]:
        """The options of a select, overflow, checkboxes or radio buttons, those in groups included."""
        groups = self.element.get("option_groups") or ()
        grouped = [option for group in groups for option in group["options"]]
        return (*(self.element.get("options") or ()), *grouped)


def words(value: Any) -> str:
    """Everything readable in blocks (or one of them), a line for each piece, in reading order."""
    return "\n".join(_pieces(value))


def controls(blocks: Iterable[Mapping[str, Any]]) -> tuple[Control, ...]:
    """Everything interactive in blocks, in reading order."""
    return tuple(control for block in blocks for control in _controls_of(block))


def text_of(value: Any) -> str:
    """The text of a text object, or of a bare string."""
    return str(value.get("text", "")) if isinstance(value, Mapping) else str(value or "")


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, Mapping):
        yield from _pieces_of(value)


def _pieces_of(value: Mapping[str, Any]) -> Iterator[str]:
    sort = value.get("type")
    if sort in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield "".join(_inline(element) for element in value["elements"])
    elif sort in ("plain_text", "mrkdwn", "raw_text", "markdown"):
        yield str(value["text"])
    elif sort == "data_visualization":
        yield str(value["title"])
        yield from _chart_lines(value["chart"])
    elif sort in FOLDED:
        yield from _pieces([value.get("placeholder"), value.get("initial_option"), value.get("initial_options")])
    else:
        yield from (str(value[key]) for key in ("alt_text", "initial_value") if isinstance(value.get(key), str))
        for key, part in value.items():
            if key not in ("metadata", "confirm"):
                yield from _pieces(part)


def _inline(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "usergroup":
            return f"<!subteam^{element['usergroup_id']}>"
        case "emoji":
            return f":{element['name']}:"
        case "link":
            return str(element.get("text") or element["url"])
        case "date":
            return str(element.get("fallback") or element["timestamp"])
        case "broadcast":
            return f"@{element['range']}"
        case _:
            return str(element.get("text", ""))


def _chart_lines(chart: Mapping[str, Any]) -> Iterator[str]:
    for segment in chart.get("segments", ()):
        yield f"{segment['label']} {segment['value']}"
    for series in chart.get("series", ()):
        yield str(series["name"])
        for point in series["data"]:
            yield f"{point['label']} {point['value']}"


def _controls_of(block: Mapping[str, Any]) -> Iterator[Control]:
    if block["type"] == "input":
        element = block["element"]
        yield Control(
            block_id=block["block_id"],
            action_id=element["action_id"],
            type=element["type"],
            label=text_of(block["label"]),
            element=element,
            optional=bool(block.get("optional", False)),
            dispatches=bool(block.get("dispatch_action", False)),
        )
        return
    elements = list(block.get("elements") or ()) if block["type"] in ("actions", "context_actions", "carousel") else []
    elements += [block["accessory"]] if isinstance(block.get("accessory"), Mapping) else []
    elements += list(block.get("actions") or ()) if block["type"] == "card" else []
    for element in elements:
        if element.get("type") in INTERACTIVE:
            yield Control(block["block_id"], element["action_id"], element["type"], _label(block, element), element)
        elif element.get("type") == "card":
            yield from _controls_of({"block_id": block["block_id"], **element})


def _label(block: Mapping[str, Any], element: Mapping[str, Any]) -> str:
    own = element.get("text") or element.get("placeholder")
    return text_of(own) or text_of(block.get("text"))
