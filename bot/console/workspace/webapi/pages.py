"""Lists a page at a time, with cursors (https://docs.slack.dev/apis/web-api/pagination)."""

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.webapi.registry import Answer, Request

T = TypeVar("T")


def page(request: Request, rows: Sequence[T], *, usual: int = 100, most: int = 1000) -> tuple[Sequence[T], Answer]:
    """The rows asked for by `limit` and `cursor`, and `response_metadata` with the next cursor, empty at the end.

    Raises RefusedError `invalid_limit`, `invalid_cursor`.
    """
    limit = request.number("limit", usual)
    if not 0 < limit <= most:
        raise RefusedError("invalid_limit")
    start = _start(request.text("cursor"))
    following = start + limit
    cursor = base64.b64encode(f"next:{following}".encode()).decode() if following < len(rows) else ""
    return rows[start:following], {"response_metadata": {"next_cursor": cursor}}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError:
        raise RefusedError("invalid_cursor") from None


def chosen_types(request: Request, known: dict[str, Any]) -> list[str]:
    """The `types` argument, public channels unless told. Raises RefusedError `invalid_types`."""
    types = request.entries("types") or ["public_channel"]
    if any(name not in known for name in types):
        raise RefusedError("invalid_types")
    return types
