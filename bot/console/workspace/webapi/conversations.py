"""conversations.info, list, members, join, open."""

from collections.abc import Sequence

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.membership import join
from bot.console.workspace.records import Conversation
from bot.console.workspace.rendering import conversation_payload
from bot.console.workspace.webapi.pages import chosen_types, page
from bot.console.workspace.webapi.registry import Answer, Request, method, require_scopes

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
TYPE_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


@method("conversations.info", required=("channel",))
def info(request: Request) -> Answer:
    """One conversation."""
    row = readable(request)
    require_scopes(request.core, READ_SCOPES[row.kind])
    return {"channel": conversation_payload(request.core, row)}


@method("conversations.list")
def conversations(request: Request) -> Answer:
    """The team's channels, and the app's direct messages."""
    rows = of_types(request)
    rows = [row for row in rows if row.kind == "public" or request.core.bot.id in row.members]
    return _page_of(request, rows)


@method("users.conversations")
def conversations_of_user(request: Request) -> Answer:
    """The conversations that a person (the app, if nobody is named) is a member of."""
    core = request.core
    user = core.state.user(request.text("user", core.bot.id))
    rows = [row for row in of_types(request) if user.id in row.members]
    if user.id != core.bot.id:
        rows = [row for row in rows if row.kind == "public" or core.bot.id in row.members]
    return _page_of(request, rows)


@method("conversations.members", required=("channel",))
def members(request: Request) -> Answer:
    """The ids of a conversation's members."""
    row = readable(request)
    require_scopes(request.core, READ_SCOPES[row.kind])
    ids, more = page(request, row.members)
    return {"members": list(ids), **more}


@method("conversations.join", scopes=("channels:join",), required=("channel",))
def join_channel(request: Request) -> Answer:
    """Makes the app a member of a public channel."""
    core = request.core
    row = core.state.conversation(request.text("channel"))
    if row.kind != "public":
        raise RefusedError("method_not_supported_for_channel_type")
    if row.archived:
        raise RefusedError("is_archived")
    already = core.bot.id in row.members
    join(core, row, core.bot.id)
    return {
        "channel": conversation_payload(core, row),
        **({"warning": "already_in_channel"} if already else {}),
    }


@method("conversations.open", scopes=("im:write",))
def open_direct_message(request: Request) -> Answer:
    """The direct message with one person, opened if there is none yet."""
    core, users = request.core, request.entries("users")
    if request.text("channel"):
        return {"channel": {"id": core.state.conversation(request.text("channel")).id}, "no_op": True}
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > 1:
        raise RefusedError("method_not_supported_for_channel_type")
    user = core.state.user(users[0])
    if user.deleted:
        raise RefusedError("user_disabled")
    if user.id == core.bot.id:
        raise RefusedError("invalid_user_combination")
    row = core.state.direct_message(user.id, core.bot.id)
    return {"channel": conversation_payload(core, row) if request.flag("return_im") else {"id": row.id}}


def readable(request: Request) -> Conversation:
    """The conversation of the `channel` argument, if the app may know of it. Raises `channel_not_found`."""
    core = request.core
    row = core.state.conversation(request.text("channel"))
    if row.kind != "public" and core.bot.id not in row.members:
        raise RefusedError("channel_not_found")
    return row


def of_types(request: Request) -> list[Conversation]:
    """The conversations of the `types` asked for. Raises RefusedError `invalid_types`, `missing_scope`."""
    types = chosen_types(request, TYPES)
    require_scopes(request.core, *(TYPE_SCOPES[name] for name in types))
    kinds = {TYPES[name] for name in types}
    rows = [row for row in request.core.state.conversations.values() if row.kind in kinds]
    return [row for row in rows if not (row.archived and request.flag("exclude_archived"))]


def _page_of(request: Request, rows: Sequence[Conversation]) -> Answer:
    core: Core = request.core
    shown, more = page(request, rows)
    return {"channels": [conversation_payload(core, row) for row in shown], **more}
