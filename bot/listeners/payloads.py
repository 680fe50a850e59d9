"""What Slack's payloads hold, read into the bot's own terms."""

import html
import re
from typing import Any

from bot.blocks.thumbs import THUMB_UP
from bot.slack import Reply, Slack
from commands.counting import Thumb
from store.questions import Counted


def unescape(text: str) -> str:
    """What a person typed: Slack sends `&`, `<` and `>` as entities (docs.slack.dev, formatting message text)."""
    return html.unescape(whole(text)) if "&" in text else whole(text)


_REFERENCE = re.compile(
    r"<(?:(?P<sign>[@#!])(?P<id>[A-Za-z][\w^]+)|(?P<link>(?:https?://|mailto:|tel:)[^<>|]+))(?:\|(?P<shown>[^<>]*))?>"
)
"""What Slack makes of a name, a channel or a link where a command is escaped (docs.slack.dev, slash commands)."""


def as_typed(text: str, *, with_ids: bool = False) -> str:
    """As `unescape`, with names, channels and links as the person typed them; `with_ids` keeps people as `<@ID>`."""

    def typed(found: re.Match[str]) -> str:
        to, shown = found["id"], found["shown"] or ""
        match found["sign"]:
            case "@":
                return f"@{shown}" if shown and not with_ids else f"<@{to}>"
            case "#":
                return f"#{shown}" if shown else found[0]
            case "!":
                return shown or found[0]
        return _link_as_typed(found[0], found["link"], shown)

    return unescape(_REFERENCE.sub(typed, text))


def _link_as_typed(written: str, address: str, shown: str) -> str:
    if not shown:
        return address.removeprefix("mailto:").removeprefix("tel:")
    ways = (shown, *(f"{scheme}{shown}" for scheme in ("http://", "https://", "mailto:", "tel:")))
    return shown if address.rstrip("/") in ways else written


def whole(text: str) -> str:
    """The text with a question mark for each half a character, which JSON can carry and no database keeps."""
    return text.encode("utf-8", "replace").decode()


def delivery_key(body: dict[str, Any], prefix: str) -> str | None:
    """What identifies what a person did once, however often Slack delivers it; None where nothing does."""
    view = body.get("view") or {}
    what = (view.get("id") and f"{view['id']}:{view.get('hash', '')}") or body.get("trigger_id")
    return f"{prefix}:{what}" if what else None


def person_of(body: dict[str, Any]) -> str:
    """The user id of who typed a command, pressed a button or handed in a form."""
    return str(body["user_id"] if "user_id" in body else body["user"]["id"])


def reply_to(slack: Slack, body: dict[str, Any], *, replace: bool = False) -> Reply:
    """Where the person waits: at the response URL, else (a view has none) in the direct message.

    A button's message may stand in a thread, where the reply belongs, too.
    """
    url, thread = body.get("response_url"), body.get("container", {}).get("thread_ts")
    return (
        slack.to_response_url(url, person=person_of(body), replace=replace, thread=thread)
        if url
        else slack.to_channel(person_of(body))
    )


def is_by_a_bot(event: dict[str, Any], own_user: str) -> bool:
    """Whether a message comes from a program, this one included, and so asks nothing."""
    return "bot_id" in event or event.get("subtype") == "bot_message" or event.get("user") in (None, own_user)


def decode_choice(value: str) -> tuple[str, str, str]:
    """Subject, facet and the words that were asked, from a suggestion's button."""
    subject, _, rest = value.partition("|")
    facet, _, words = rest.partition("|")
    return subject, facet, words


def decode_thumb(action: dict[str, Any]) -> Thumb:
    """The thumb that a button under an answer stands for."""
    outcome, subject, facet, words = action["value"].split("|", 3)
    return Thumb(words, Counted(outcome), subject, facet, is_up=action["action_id"] == THUMB_UP)
