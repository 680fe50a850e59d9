"""The documented limits of messages and views, checked as Slack checks them."""

from collections.abc import Mapping
from typing import Any

from bot.console.workspace.errors import RefusedError

MESSAGE_CHARACTERS = 40_000


def check_message(body: Mapping[str, Any], *, charts: bool) -> None:
    """Raises RefusedError `no_text`, `msg_too_long`, `invalid_blocks`."""
    if not any(body.get(key) for key in ("text", "blocks", "attachments", "markdown_text")):
        raise RefusedError("no_text")
    if len(str(body.get("text") or "")) > MESSAGE_CHARACTERS:
        raise RefusedError("msg_too_long")


def check_view(view: Mapping[str, Any], *, charts: bool) -> None:
    """Raises RefusedError `invalid_arguments`."""
