"""Reactions to messages, by people and by the app."""

from bot.console.workspace.core import Core
from bot.console.workspace.events import publish
from bot.console.workspace.records import Message


def react(core: Core, message: Message, name: str, user_id: str) -> None:
    """Adds a reaction; `reaction_added` is sent where the app subscribes to it."""
    message.reactions.setdefault(name, []).append(user_id)
    _tell(core, "reaction_added", message, name, user_id)


def unreact(core: Core, message: Message, name: str, user_id: str) -> None:
    """Takes a reaction back; `reaction_removed` is sent where the app subscribes to it."""
    message.reactions[name].remove(user_id)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(core, "reaction_removed", message, name, user_id)


def _tell(core: Core, event: str, message: Message, name: str, user_id: str) -> None:
    payload = {
        "type": event,
        "user": user_id,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": core.state.new_ts(),
    }
    publish(core, event, payload, place=core.state.conversations[message.channel])
    core.changes.announce()
