"""Messages that may or may not have been posted before a crash: found again by the metadata that they carry."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.slack import Slack

Metadata = dict[str, Any]

LEASE = timedelta(seconds=180)
"""How long a claim belongs to who made it: longer than a post may take, and than the replicas' clocks are apart."""
POST_SECONDS = 45
CLOCKS_APART = timedelta(minutes=10)
"""How far Slack's clock and ours may differ."""
LONGEST_REST = timedelta(hours=1)


def has_rested(claimed_at: datetime, attempts: int, now: datetime) -> bool:
    """Whether what was left half done is to be taken up again: after a lease, after twice as long, up to an hour."""
    return now - claimed_at >= min(LEASE * (1 << min(attempts - 1, 10)), LONGEST_REST)


def marked(sort: str, **of: int) -> Metadata:
    """The metadata of a message: what `sort` it is, and of which row of the record."""
    return {"event_type": sort, "event_payload": {name: str(identity) for name, identity in of.items()}}


async def find_posted(
    slack: Slack, channel: str, metadata: Metadata, *, after: datetime, before: datetime, behind: str | None = None
) -> str | None:
    """The timestamp of the message with that metadata in a channel's history; if need be, later than that of `behind`.

    It is looked for between two moments, and among the newest messages besides: the clock of this machine may be wrong
    by hours. Raises what a call to Slack may raise: then nobody can tell.
    """
    span = {"oldest": f"{after.timestamp():.6f}", "latest": f"{before.timestamp():.6f}"}
    for where, pages in ((span, None), ({}, 1)):
        async for message in _messages(slack, "conversations.history", pages, channel=channel, **where):
            is_it = _payload(message, metadata["event_type"]) == metadata["event_payload"]
            if is_it and float(message["ts"]) > float(behind or 0):
                return str(message["ts"])
    return None


async def find_replies(slack: Slack, channel: str, thread: str, metadata: Metadata, name: str) -> dict[int, str]:
    """The timestamps of the messages of a thread with that metadata, by the number that each has under `name` besides.

    Raises what a call to Slack may raise: then nobody can tell.
    """
    found: dict[int, str] = {}
    async for message in _messages(slack, "conversations.replies", channel=channel, ts=thread):
        payload = dict(_payload(message, metadata["event_type"]))
        number = payload.pop(name, None)
        if number is not None and payload == metadata["event_payload"]:
            found.setdefault(int(number), str(message["ts"]))
    return found


async def _messages(slack: Slack, method: str, pages: int | None = None, **where: str) -> AsyncIterator[dict[str, Any]]:
    """The messages of all pages, or of so many."""
    cursor = ""
    for _ in count() if pages is None else range(pages):
        following = {"cursor": cursor} if cursor else {}
        page = await slack.ask(method, include_all_metadata="true", limit=200, **where, **following)
        for message in page.get("messages") or ():
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _payload(message: dict[str, Any], sort: str) -> Metadata:
    """What the message's metadata say, if it is of that sort."""
    found = message.get("metadata") or {}
    payload: Metadata = found.get("event_payload") or {}
    return payload if found.get("event_type") == sort else {}
