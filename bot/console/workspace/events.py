"""Events of the Events API: which of them the app gets, and how they look."""

import time
from collections.abc import Mapping
from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.records import Conversation, Message, User
from bot.console.workspace.rendering import message_payload, user_payload
from bot.console.workspace.state import TEAM_ID

SCOPES = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
}
"""The scope without which Slack does not send the event (https://docs.slack.dev/reference/events)."""

MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}


def publish(core: Core, subscription: str, event: Mapping[str, Any], *, place: Conversation | None) -> bool:
    """Sends `event` to the app if it subscribes to it, has the scope, and is a member of `place`.

    Returns whether it was sent.
    """
    scope = SCOPES.get(subscription)
    if subscription not in core.app.events or (scope is not None and scope not in core.app.scopes):
        return False
    if place is not None and core.bot.id not in place.members:
        return False
    core.courier.send_event(_event_callback(core, event))
    return True


def publish_message(core: Core, message: Message) -> None:
    """The `message` event of a new message, and the `app_mention` event if it names the app."""
    place = core.state.conversations[message.channel]
    event = {
        **message_payload(core, message),
        "channel": place.id,
        "event_ts": message.ts,
        "channel_type": CHANNEL_TYPES[place.kind],
    }
    publish(core, MESSAGE_EVENTS[place.kind], event, place=place)
    if place.kind != "im" and message.user != core.bot.id and f"<@{core.bot.id}>" in message.text:
        mention = {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}
        publish(core, "app_mention", {**mention, "type": "app_mention"}, place=place)


def publish_change(core: Core, message: Message, before: Mapping[str, Any]) -> None:
    """The `message_changed` event of a message that was edited; `before` is what `message_payload` said of it."""
    after = message_payload(core, message)
    _publish_about(core, message, {"subtype": "message_changed", "message": after, "previous_message": before})


def publish_user(core: Core, user: User) -> None:
    """The `user_change` event: what is known of a person now (https://docs.slack.dev/reference/events/user_change)."""
    ts = core.state.new_ts()
    payload = {**user_payload(core, user), "updated": int(float(ts))}
    event = {"type": "user_change", "user": payload, "cache_ts": int(float(ts)), "event_ts": ts}
    publish(core, "user_change", event, place=None)


def publish_deletion(core: Core, message: Message) -> None:
    """The `message_deleted` event of a message that is gone."""
    before = message_payload(core, message)
    _publish_about(core, message, {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before})


def _publish_about(core: Core, message: Message, event: Mapping[str, Any]) -> None:
    place, ts = core.state.conversations[message.channel], core.state.new_ts()
    common = {
        "type": "message",
        "hidden": True,
        "channel": place.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": CHANNEL_TYPES[place.kind],
    }
    publish(core, MESSAGE_EVENTS[place.kind], {**common, **event}, place=place)


def _event_callback(core: Core, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "token": core.app.verification_token,
        "team_id": TEAM_ID,
        "api_app_id": core.app.app_id,
        "event": dict(event),
        "type": "event_callback",
        "event_id": core.state.new_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": core.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": core.state.new_id("EC"),
    }
