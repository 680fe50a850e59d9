"""Answers that come outside the Web API: the body of a command's ack, and posts to a `response_url`.

See https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
"""

import time
from collections.abc import Mapping
from typing import Any

from bot.console.workspace.core import RESPONSE_URL_USES, Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.limits import MESSAGE_CHARACTERS, check_message
from bot.console.workspace.posting import Content, erase, post, rewrite
from bot.console.workspace.records import Message, ResponseUrl


def use_response_url(core: Core, key: str, body: Mapping[str, Any]) -> None:
    """One post to a `response_url`.

    Raises RefusedError `invalid_url`, `expired_url` (after 30 minutes), `used_url` (after 5 uses), `no_text`,
    `invalid_blocks` and the like.
    """
    row = core.state.response_urls.get(key)
    if row is None:
        raise RefusedError("invalid_url")
    if time.time() > row.expires:
        raise RefusedError("expired_url")
    if row.uses >= RESPONSE_URL_USES:
        raise RefusedError("used_url")
    respond(core, row, body)
    row.uses += 1


def respond(core: Core, row: ResponseUrl, body: Mapping[str, Any]) -> None:
    """Shows the answer: to the person alone unless `response_type` is `in_channel`, or in place of the original."""
    if body.get("delete_original"):
        erase(core, _original(core, row))
        return
    content = content_of(core, body)
    if body.get("replace_original") and row.message_ts is not None:
        rewrite(core, _original(core, row), content)
        return
    place = core.state.conversation(row.channel)
    in_channel = body.get("response_type") == "in_channel"
    post(
        core,
        place,
        core.bot.id,
        content,
        thread_ts=body.get("thread_ts"),
        ephemeral_for=None if in_channel else row.user,
    )


def content_of(core: Core, body: Mapping[str, Any], *, characters: int = MESSAGE_CHARACTERS) -> Content:
    """The content of a message as apps send it, checked. Raises RefusedError as `chat.postMessage` does."""
    check_message(body, charts=core.charts, characters=characters)
    return Content(
        text=str(body.get("text") or body.get("markdown_text") or ""),
        blocks=list(body.get("blocks") or ()),
        attachments=list(body.get("attachments") or ()),
        metadata=body.get("metadata"),
    )


def _original(core: Core, row: ResponseUrl) -> Message:
    place = core.state.conversation(row.channel)
    rows = place.ephemerals if row.ephemeral else place.messages
    message = rows.get(row.message_ts or "")
    if message is None:
        raise RefusedError("message_not_found")
    return message
