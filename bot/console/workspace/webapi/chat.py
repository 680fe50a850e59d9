"""chat.postMessage, postEphemeral, update, delete, getPermalink."""

from dataclasses import replace

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.limits import UPDATE_CHARACTERS
from bot.console.workspace.posting import erase, post, rewrite
from bot.console.workspace.records import Conversation, Message
from bot.console.workspace.rendering import message_payload
from bot.console.workspace.responses import content_of
from bot.console.workspace.webapi.registry import Answer, Request, method


@method("chat.postMessage", scopes=("chat:write",), required=("channel",))
def post_message(request: Request) -> Answer:
    """Posts as the app."""
    core = request.core
    place = destination(core, request.text("channel"))
    content = content_of(core, request.arguments)
    message = post(
        core,
        place,
        core.bot.id,
        content,
        thread_ts=_thread(place, request.text("thread_ts")),
        broadcast=request.flag("reply_broadcast"),
    )
    return {"channel": place.id, "ts": message.ts, "message": message_payload(core, message)}


@method("chat.postEphemeral", scopes=("chat:write",), required=("channel", "user"))
def post_ephemeral(request: Request) -> Answer:
    """Shows a message to one member of the conversation alone."""
    core = request.core
    place = destination(core, request.text("channel"))
    user = core.state.user(request.text("user"))
    if user.id not in place.members:
        raise RefusedError("user_not_in_channel")
    message = post(
        core,
        place,
        core.bot.id,
        content_of(core, request.arguments),
        thread_ts=_thread(place, request.text("thread_ts")),
        ephemeral_for=user.id,
    )
    return {"message_ts": message.ts}


@method("chat.update", scopes=("chat:write",), required=("channel", "ts"))
def update(request: Request) -> Answer:
    """Changes one of the app's own messages. Blocks and attachments that are not given stay as they were."""
    core = request.core
    message = _own(core, request, "cant_update_message")
    if core.state.conversations[message.channel].archived:
        raise RefusedError("is_inactive")
    content = content_of(core, request.arguments, characters=UPDATE_CHARACTERS)
    if request.arguments.get("blocks") is None:
        content = replace(content, blocks=message.blocks)
    if request.arguments.get("attachments") is None:
        content = replace(content, attachments=message.attachments)
    rewrite(core, message, content)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message_payload(core, message),
    }


@method("chat.delete", scopes=("chat:write",), required=("channel", "ts"))
def delete(request: Request) -> Answer:
    """Deletes one of the app's own messages."""
    message = _own(request.core, request, "cant_delete_message")
    erase(request.core, message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", required=("channel", "message_ts"))
def permalink(request: Request) -> Answer:
    """The address of a message."""
    core = request.core
    place = core.state.conversation(request.text("channel"))
    if place.kind != "public" and core.bot.id not in place.members:
        raise RefusedError("channel_not_found")
    message = core.state.message(place.id, request.text("message_ts"))
    address = f"{core.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        address += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"channel": message.channel, "permalink": address}


def destination(core: Core, channel: str) -> Conversation:
    """Where a message goes that the app sends to `channel`: an id, a name, or a person's id.

    Raises RefusedError `channel_not_found`, `not_in_channel`, `is_archived`.
    """
    if channel in core.state.users:
        return core.state.direct_message(channel, core.bot.id)
    row = core.state.conversations.get(channel) or core.state.channel_named(channel)
    if row is None or (row.kind != "public" and core.bot.id not in row.members):
        raise RefusedError("channel_not_found")
    if row.archived:
        raise RefusedError("is_archived")
    if core.bot.id not in row.members and "chat:write.public" not in core.app.scopes:
        raise RefusedError("not_in_channel")
    return row


def _thread(place: Conversation, thread_ts: str) -> str | None:
    """The parent's `ts`: a reply to a reply goes to the same thread, one to nothing is posted as it says."""
    if not thread_ts:
        return None
    parent = place.messages.get(thread_ts)
    return (parent.thread_ts or parent.ts) if parent else thread_ts


def _own(core: Core, request: Request, refusal: str) -> Message:
    message = core.state.message(request.text("channel"), request.text("ts"))
    if message.user != core.bot.id:
        raise RefusedError(refusal)
    return message
