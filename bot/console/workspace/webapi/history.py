"""conversations.history and replies."""

import re
from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.records import Conversation, Message
from bot.console.workspace.rendering import message_payload
from bot.console.workspace.webapi.conversations import readable
from bot.console.workspace.webapi.pages import page
from bot.console.workspace.webapi.registry import Answer, Request, method, require_scopes

HISTORY_SCOPES = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
TS = re.compile(r"\d+(\.\d+)?")


@method("conversations.history", required=("channel",))
def history(request: Request) -> Answer:
    """A conversation's messages, newest first, without thread replies that were not broadcast."""
    row = _conversation(request)
    shown = [
        message
        for message in reversed(row.messages.values())
        if message.thread_ts in (None, message.ts) or message.broadcast
    ]
    return _answer(request, [message for message in shown if _within(request, message)])


@method("conversations.replies", required=("channel", "ts"))
def replies(request: Request) -> Answer:
    """A thread: its first message, then the replies, oldest first."""
    row = _conversation(request)
    start = row.messages.get(request.text("ts"))
    if start is None:
        raise RefusedError("thread_not_found")
    root = start.thread_ts or start.ts
    thread = [message for message in row.messages.values() if root in (message.ts, message.thread_ts)]
    return _answer(request, [message for message in thread if message.ts == root or _within(request, message)])


def _conversation(request: Request) -> Conversation:
    core = request.core
    row = readable(request)
    require_scopes(core, HISTORY_SCOPES[row.kind])
    if core.bot.id not in row.members:
        raise RefusedError("not_in_channel")
    for name in ("oldest", "latest"):
        if request.text(name) and not TS.fullmatch(request.text(name)):
            raise RefusedError(f"invalid_ts_{name}")
    return row


def _within(request: Request, message: Message) -> bool:
    oldest, latest = request.text("oldest", "0"), request.text("latest")
    ts = float(message.ts)
    if request.flag("inclusive"):
        return ts >= float(oldest) and (not latest or ts <= float(latest))
    return ts > float(oldest) and (not latest or ts < float(latest))


def _answer(request: Request, messages: list[Message]) -> Answer:
    shown, more = page(request, messages, most=999)
    with_metadata = request.flag("include_all_metadata")
    return {
        "messages": [_payload(request.core, message, with_metadata=with_metadata) for message in shown],
        "has_more": bool(more["response_metadata"]["next_cursor"]),
        **more,
    }


def _payload(core: Core, message: Message, *, with_metadata: bool) -> dict[str, Any]:
    payload = message_payload(core, message)
    if message.metadata is None:
        return payload
    return payload | {"metadata": message.metadata if with_metadata else {"event_type": message.metadata["event_type"]}}
