"""What Slack's payloads hold, read into the bot's own terms."""

import html
from typing import Any


def unescape(text: str) -> str:
    """What a person typed: Slack sends `&`, `<` and `>` as entities (docs.slack.dev, formatting message text)."""
    return html.unescape(text) if "&" in text else text


def delivery_key(body: dict[str, Any], prefix: str) -> str:
    """What identifies what a person did once, however often Slack delivers it."""
    view = body.get("view") or {}
    what = (view.get("id") and f"{view['id']}:{view.get('hash', '')}") or body.get("trigger_id") or ""
    return f"{prefix}:{what}" if what else ""


def decode_choice(value: str) -> tuple[str, str]:
    """Subject and facet from a button's value."""
    subject, _, facet = value.rpartition("|")
    return subject, facet
