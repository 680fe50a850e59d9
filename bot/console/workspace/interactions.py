"""The payloads of slash commands and interactions (https://docs.slack.dev/reference/interaction-payloads)."""

import time
from collections.abc import Mapping
from typing import Any

from bot.console.workspace.core import RESPONSE_URL_SECONDS, Core
from bot.console.workspace.reading import Control
from bot.console.workspace.records import Conversation, Message, ResponseUrl, User, ViewRow
from bot.console.workspace.rendering import message_payload
from bot.console.workspace.state import TEAM_ID


def command_payload(core: Core, user: User, place: Conversation, command: str, text: str) -> dict[str, Any]:
    """What a slash command sends; every value is a string."""
    return {
        "token": core.app.verification_token,
        "team_id": TEAM_ID,
        "team_domain": core.state.team_domain,
        "channel_id": place.id,
        "channel_name": "directmessage" if place.kind == "im" else place.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": core.app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(core, user, place, None),
        "trigger_id": core.new_trigger(user.id),
    }


def message_action_payload(
    core: Core, user: User, message: Message, control: Control, action: Mapping[str, Any]
) -> dict[str, Any]:
    """A click on something in a message."""
    place = core.state.conversations[message.channel]
    ephemeral = message.ephemeral_for is not None
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _common(core, user, "block_actions") | {
        "container": container,
        "channel": _channel(place),
        "state": {"values": message.values},
        "response_url": response_url(core, user, place, message),
        "actions": [_action(control, action)],
    }
    return payload if ephemeral else payload | {"message": message_payload(core, message)}


def view_action_payload(
    core: Core, user: User, row: ViewRow, control: Control, action: Mapping[str, Any]
) -> dict[str, Any]:
    """A click on something in a modal or in App Home."""
    return _common(core, user, "block_actions") | {
        "container": {"type": "view", "view_id": row.id},
        "view": view_payload(core, row),
        "actions": [_action(control, action)],
    }


def suggestion_payload(
    core: Core, user: User, source: Message | ViewRow, control: Control, typed: str
) -> dict[str, Any]:
    """What is typed into a menu whose options the app is asked for."""
    payload = _common(core, user, "block_suggestion") | {
        "action_id": control.action_id,
        "block_id": control.block_id,
        "value": typed,
    }
    del payload["trigger_id"]
    if isinstance(source, ViewRow):
        return payload | {"container": {"type": "view", "view_id": source.id}, "view": view_payload(core, source)}
    place = core.state.conversations[source.channel]
    container = {
        "type": "message",
        "message_ts": source.ts,
        "channel_id": place.id,
        "is_ephemeral": source.ephemeral_for is not None,
    }
    return payload | {"container": container, "channel": _channel(place), "message": message_payload(core, source)}


def submission_payload(core: Core, user: User, row: ViewRow) -> dict[str, Any]:
    """A modal submitted with the row's values."""
    return _common(core, user, "view_submission") | {"view": view_payload(core, row), "response_urls": []}


def closing_payload(core: Core, user: User, row: ViewRow, *, cleared: bool) -> dict[str, Any]:
    """A modal closed; `cleared` when the whole stack was."""
    payload = _common(core, user, "view_closed") | {"view": view_payload(core, row), "is_cleared": cleared}
    del payload["trigger_id"]
    return payload


def global_shortcut_payload(core: Core, user: User, callback_id: str) -> dict[str, Any]:
    """A shortcut used from the search bar or the composer's menu."""
    return _common(core, user, "shortcut") | {"callback_id": callback_id, "action_ts": _action_ts()}


def message_shortcut_payload(core: Core, user: User, callback_id: str, message: Message) -> dict[str, Any]:
    """A shortcut used on a message."""
    place = core.state.conversations[message.channel]
    return _common(core, user, "message_action") | {
        "callback_id": callback_id,
        "action_ts": _action_ts(),
        "message_ts": message.ts,
        "channel": _channel(place),
        "message": message_payload(core, message),
        "response_url": response_url(core, user, place, message),
    }


def view_payload(core: Core, row: ViewRow) -> dict[str, Any]:
    """A view as the Web API answers it and as interactions carry it."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        **row.payload,
        "id": row.id,
        "team_id": TEAM_ID,
        "state": {"values": row.values},
        "hash": row.hash,
        "previous_view_id": row.previous_id,
        "root_view_id": row.root_id,
        "app_id": core.app.app_id,
        "bot_id": core.app.bot_id,
        "app_installed_team_id": TEAM_ID,
    }


def response_url(core: Core, user: User, place: Conversation, message: Message | None) -> str:
    """A new `response_url`; `message` is the one that was clicked, if any."""
    row = ResponseUrl(
        key=core.state.new_id("R"),
        user=user.id,
        channel=place.id,
        expires=time.time() + RESPONSE_URL_SECONDS,
        message_ts=message.ts if message else None,
        ephemeral=message is not None and message.ephemeral_for is not None,
    )
    return core.new_response_url(row)


def _common(core: Core, user: User, sort: str) -> dict[str, Any]:
    return {
        "type": sort,
        "team": {"id": TEAM_ID, "domain": core.state.team_domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM_ID},
        "api_app_id": core.app.app_id,
        "token": core.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": core.new_trigger(user.id),
    }


def _channel(place: Conversation) -> dict[str, str]:
    return {"id": place.id, "name": "directmessage" if place.kind == "im" else place.name}


def _action(control: Control, action: Mapping[str, Any]) -> dict[str, Any]:
    common = {
        "type": control.type,
        "block_id": control.block_id,
        "action_id": control.action_id,
        "action_ts": _action_ts(),
    }
    if control.type == "button":
        common["text"] = control.element["text"]
        if control.value is not None:
            common["value"] = control.value
    return common | {key: value for key, value in action.items() if key != "type"}


def _action_ts() -> str:
    return f"{time.time():.6f}"
