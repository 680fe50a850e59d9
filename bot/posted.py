"""Messages that may or may not have been posted before a crash: found again by the metadata that they carry."""

from datetime import datetime
from typing import Any

from bot.slack import Slack

Metadata = dict[str, Any]


def marked(sort: str, name: str, identity: int) -> Metadata:
    """The metadata of a message: what `sort` it is, and of which row of the record (`name` and id)."""
    return {"event_type": sort, "event_payload": {name: str(identity)}}


async def find_posted(
    slack: Slack, channel: str, metadata: Metadata, *, after: datetime, before: datetime
) -> str | None:
    """The timestamp of the message with that metadata in a channel's history between two moments.

    Raises what a call to Slack may raise: then nobody can tell.
    """
    span = {"oldest": f"{after.timestamp():.6f}", "latest": f"{before.timestamp():.6f}"}
    cursor = ""
    while True:
        page = await slack.ask(
            "conversations.history",
            channel=channel,
            include_all_metadata="true",
            limit=200,
            **span,
            **({"cursor": cursor} if cursor else {}),
        )
        for message in page.get("messages") or ():
            if _carries(message, metadata):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


def _carries(message: dict[str, Any], metadata: Metadata) -> bool:
    found = message.get("metadata") or {}
    is_of_sort = found.get("event_type") == metadata["event_type"]
    payload: Metadata = found.get("event_payload") or {}
    return bool(is_of_sort and payload == metadata["event_payload"])
