"""The rows of the workspace as the Web API and the events show them."""

from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.records import Conversation, Message, User
from bot.console.workspace.state import TEAM_ID


def message_payload(core: Core, message: Message) -> dict[str, Any]:
    """A message as in `conversations.history`; its metadata is left out, since Slack shows that only when asked."""
    payload: dict[str, Any] = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    optional = {
        "subtype": message.subtype,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
        "username": message.username,
        "thread_ts": message.thread_ts,
        "parent_user_id": _parent_user(core, message),
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": [{"id": file_id, "name": core.state.files[file_id].name} for file_id in message.files],
        "edited": {"user": message.user, "ts": message.edited_ts} if message.edited_ts else None,
        "reactions": [{"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()],
    }
    payload |= {key: value for key, value in optional.items() if value}
    payload["team"] = TEAM_ID
    return payload | _thread_summary(core, message)


def _parent_user(core: Core, message: Message) -> str | None:
    parent = core.state.conversations[message.channel].messages.get(message.thread_ts or "")
    return parent.user if parent and parent.ts != message.ts else None


def _thread_summary(core: Core, message: Message) -> dict[str, Any]:
    replies = [
        reply
        for reply in core.state.conversations[message.channel].messages.values()
        if reply.thread_ts == message.ts and reply.ts != message.ts
    ]
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "latest_reply": replies[-1].ts,
    }


def user_payload(core: Core, user: User) -> dict[str, Any]:
    """A user as in `users.info`; the address only for an app with `users:read.email`."""
    profile: dict[str, Any] = {"real_name": user.real_name, "display_name": user.name, "team": TEAM_ID}
    if "users:read.email" in core.app.scopes and user.email:
        profile["email"] = user.email
    if user.id == core.bot.id:
        profile |= {"api_app_id": core.app.app_id, "bot_id": core.app.bot_id}
    return {
        "id": user.id,
        "team_id": TEAM_ID,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_admin": user.is_admin,
        "is_app_user": False,
        "tz": user.tz,
        "profile": profile,
    }


def conversation_payload(core: Core, row: Conversation) -> dict[str, Any]:
    """A conversation as in `conversations.info`, from the app's point of view."""
    if row.kind == "im":
        return {
            "id": row.id,
            "created": row.created,
            "is_im": True,
            "is_archived": row.archived,
            "user": row.user,
            "is_user_deleted": core.state.users[row.user].deleted if row.user else False,
        }
    return {
        "id": row.id,
        "name": row.name,
        "created": row.created,
        "creator": row.creator,
        "is_channel": row.kind == "public",
        "is_group": row.kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_private": row.kind == "private",
        "is_archived": row.archived,
        "is_general": False,
        "is_member": core.bot.id in row.members,
        "num_members": len(row.members),
        "topic": {"value": row.topic},
        "purpose": {"value": row.purpose},
    }
