"""Blocks and views for tests, as small as Slack takes them."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def section(text: str = "Fleet renewal", **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str = "Report", action_id: str = "report", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def field(block_id: str, element: Json, *, label: str = "Percent", **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def option(text: str, value: str | None = None) -> Json:
    """An option of a menu."""
    return {"text": plain(text), "value": text if value is None else value}


def menu(*options: Json, kind: str = "static_select", action_id: str = "status", **more: Any) -> Json:
    """A menu."""
    return {"type": kind, "action_id": action_id, "options": list(options), **more}


def text_input(action_id: str = "percent", **more: Any) -> Json:
    """A text field."""
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal with a Submit button."""
    view = {"type": "modal", "title": plain("Progress"), "submit": plain("Record"), "blocks": list(blocks)}
    return view | {"callback_id": "progress"} | more


def home(*blocks: Json, **more: Any) -> Json:
    """An App Home."""
    return {"type": "home", "blocks": list(blocks), **more}


def pie(*segments: tuple[str, float], title: str = "Actions by status") -> Json:
    """A pie chart."""
    parts = [{"label": label, "value": value} for label, value in segments]
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": parts}}


def bars(categories: list[str], *series: tuple[str, Sequence[float]], kind: str = "bar") -> Json:
    """A bar, line or area chart."""
    chart = {
        "type": kind,
        "axis_config": {"categories": categories},
        "series": [
            {"name": name, "data": [{"label": c, "value": v} for c, v in zip(categories, values, strict=False)]}
            for name, values in series
        ],
    }
    return {"type": "data_visualization", "title": "Progress", "chart": chart}
