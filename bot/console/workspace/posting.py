"""Putting a message before people: stored, announced, sent to the app as an event where it subscribes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.events import publish_change, publish_deletion, publish_message
from bot.console.workspace.records import Blocks, Conversation, Message
from bot.console.workspace.rendering import message_payload


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, however it came to be sent."""

    text: str = ""
    blocks: Blocks = field(default_factory=list)
    attachments: Blocks = field(default_factory=list)
    metadata: dict[str, Any] | None = None


def post(
    core: Core,
    place: Conversation,
    user_id: str,
    content: Content,
    *,
    thread_ts: str | None = None,
    ephemeral_for: str | None = None,
    broadcast: bool = False,
    files: tuple[str, ...] = (),
) -> Message:
    """A new message by that user. A bot's carries `bot_id`, and the app's own `app_id` too, as in Slack."""
    by_app = user_id == core.bot.id
    message = Message(
        ts=core.state.new_ts(),
        channel=place.id,
        user=user_id,
        text=content.text,
        blocks=with_block_ids(core, content.blocks),
        attachments=list(content.attachments),
        thread_ts=thread_ts,
        metadata=content.metadata,
        app_id=core.app.app_id if by_app else None,
        bot_id=_bot_id(core, user_id),
        ephemeral_for=ephemeral_for,
        broadcast=broadcast,
        files=list(files),
    )
    if by_app:
        core.state.statuses.pop((place.id, thread_ts or ""), None)
    if ephemeral_for is None:
        place.messages[message.ts] = message
        publish_message(core, message)
    else:
        place.ephemerals[message.ts] = message
    core.changes.announce()
    return message


def _bot_id(core: Core, user_id: str) -> str | None:
    if user_id == core.bot.id:
        return core.app.bot_id
    return f"B{user_id[1:]}" if core.state.users[user_id].is_bot else None


def rewrite(core: Core, message: Message, content: Content) -> None:
    """Replaces what a message says; a `message_changed` event is sent unless it is ephemeral.

    Metadata stays unless new metadata comes.
    """
    before = message_payload(core, message)
    message.text = content.text
    message.blocks = with_block_ids(core, content.blocks)
    message.attachments = list(content.attachments)
    if content.metadata is not None:
        message.metadata = content.metadata
    message.edited_ts = core.state.new_ts()
    if message.ephemeral_for is None:
        publish_change(core, message, before)
    core.changes.announce()


def with_block_ids(core: Core, blocks: Blocks) -> Blocks:
    """Copies of the blocks with a `block_id` and `action_id`s where the app gave none, as Slack fills them in."""
    return [_with_ids(core, block) for block in blocks]


def _with_ids(core: Core, block: Mapping[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {"block_id": core.state.new_id("bl"), **block}
    if "elements" in filled and filled["type"] in ("actions", "context_actions"):
        filled["elements"] = [_with_action_id(core, element) for element in filled["elements"]]
    for key in ("accessory", "element"):
        if isinstance(filled.get(key), Mapping):
            filled[key] = _with_action_id(core, filled[key])
    return filled


def _with_action_id(core: Core, element: Mapping[str, Any]) -> dict[str, Any]:
    if element.get("type") == "image":
        return dict(element)
    return {"action_id": core.state.new_id("ac"), **element}


def erase(core: Core, message: Message) -> None:
    """Takes a message away; a `message_deleted` event is sent unless it is ephemeral."""
    place = core.state.conversations[message.channel]
    if message.ephemeral_for is None:
        del place.messages[message.ts]
        publish_deletion(core, message)
    else:
        del place.ephemerals[message.ts]
    core.state.erased.append((core.state.new_ts(), message))
    core.changes.announce()
