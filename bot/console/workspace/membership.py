"""Joining and leaving channels, archiving them, and the events that tell the app."""

from bot.console.workspace.core import Core
from bot.console.workspace.events import publish
from bot.console.workspace.records import Conversation
from bot.console.workspace.state import TEAM_ID


def join(core: Core, place: Conversation, user_id: str) -> None:
    """Makes the user a member; `member_joined_channel` is sent unless they were one."""
    if user_id not in place.members:
        place.members.append(user_id)
        _tell_membership(core, "member_joined_channel", place, user_id)
    core.changes.announce()


def leave(core: Core, place: Conversation, user_id: str) -> None:
    """Ends membership; `member_left_channel` is sent if they were a member and the app still is."""
    if user_id in place.members:
        place.members.remove(user_id)
        _tell_membership(core, "member_left_channel", place, user_id)
    core.changes.announce()


def set_archived(core: Core, place: Conversation, user_id: str, *, archived: bool) -> None:
    """Archives a channel or brings it back; `channel_archive` or `channel_unarchive` is sent."""
    place.archived = archived
    event = "channel_archive" if archived else "channel_unarchive"
    payload = {"type": event, "channel": place.id, "user": user_id, "event_ts": core.state.new_ts()}
    publish(core, event, payload, place=place)
    core.changes.announce()


def _tell_membership(core: Core, event: str, place: Conversation, user_id: str) -> None:
    payload = {
        "type": event,
        "user": user_id,
        "channel": place.id,
        "channel_type": "G" if place.kind == "private" else "C",
        "team": TEAM_ID,
        "event_ts": core.state.new_ts(),
    }
    publish(core, event, payload, place=place)
