"""Which deliveries of Slack's are kept until their work is done, and what of them: those that a person would miss.

What only shows something is not among them: whoever sees nothing happen asks again, and nothing is lost.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.blocks import (
    asking,
    changes,
    decisions,
    departures,
    digest_buttons,
    doubts,
    forms,
    gaps,
    progress,
    receipts,
    subscription_list,
)
from bot.blocks.answer import SUGGESTION
from bot.listeners.payloads import as_typed, whole
from bot.settings import CommandNames
from store.intake import Handed

SHOWS = frozenset({"", "help", "?", "usage", "mine"})
"""Words after the progress command that only show something; `… history` does, too."""
DIGEST_SHOWS = frozenset({"", "help", "?", "usage", "preview", "new", "change", "edit"})
"""First words after the digest command that only show something, or open a form."""
NAVIGATION = (
    SUGGESTION,
    asking.ASK,
    asking.SHARE,
    changes.CHOOSE,
    changes.OPEN,
    decisions.PAGE,
    departures.HAND_OVER,
    departures.HISTORY,
    digest_buttons.ASK,
    digest_buttons.SHARE,
    digest_buttons.UPDATE,
    forms.CHOOSE,
    gaps.MEANS,
    gaps.PAGE,
    progress.OPEN_FORM,
    receipts.EDIT,
    receipts.SHARE,
    doubts.EDIT_DRAFT,
    subscription_list.CHANGE,
    subscription_list.NEW,
    subscription_list.PAGE,
    subscription_list.PREVIEW,
    "thumb",
)
"""Buttons and menus that show something, open a form, or are pressed again at no loss; a number may follow a colon."""
_NAVIGATION = re.compile(rf"^(?:{'|'.join(map(re.escape, NAVIGATION))})(?::.*)?$")
_SECRET = frozenset({"token"})
"""Slack's verification token: whatever is kept was verified before."""


class Kind(StrEnum):
    """What sort of delivery it is."""

    COMMAND = "command"
    BUTTON = "button"
    FORM = "form"
    MESSAGE = "message"
    DEPARTURE = "departure"


def kind_of(body: Mapping[str, Any], names: CommandNames) -> Kind | None:
    """The kind of a delivery that is kept until its work is done; None for one that is not."""
    if "command" in body:
        return Kind.COMMAND if _is_report(body, names) or _arranges_digest(body, names) else None
    match body.get("type"):
        case "view_submission":
            return Kind.FORM
        case "block_actions":
            pressed = [str(one.get("action_id", "")) for one in body.get("actions") or ()]
            return None if all(_NAVIGATION.match(one) for one in pressed) else Kind.BUTTON
        case "event_callback":
            return _kind_of_event(body.get("event") or {})
    return None


def _is_report(body: Mapping[str, Any], names: CommandNames) -> bool:
    words = str(body.get("text", "")).split()
    if body["command"] != names.progress or (words and words[-1].casefold() == "history"):
        return False
    return " ".join(words).casefold() not in SHOWS


def _arranges_digest(body: Mapping[str, Any], names: CommandNames) -> bool:
    words = str(body.get("text", "")).casefold().split() or [""]
    return body["command"] == names.digest and words[0] not in DIGEST_SHOWS


def _kind_of_event(event: Mapping[str, Any]) -> Kind | None:
    if event.get("type") == "user_change":
        user = event.get("user")
        return Kind.DEPARTURE if isinstance(user, dict) and user.get("deleted") else None
    is_spoken = event.get("type") == "message" and event.get("subtype") in (None, "file_share", "thread_broadcast")
    is_direct = event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
    is_by_a_person = bool(event.get("user")) and "bot_id" not in event
    says = str(event.get("text") or "").strip()
    # A question that is lost is asked again; anything else may be an answer to the bot's own reminder.
    return Kind.MESSAGE if is_spoken and is_direct and is_by_a_person and says and not says.endswith("?") else None


def delivery_of(body: Mapping[str, Any], kind: Kind, now: datetime) -> Handed | None:
    """What is kept of a delivery, without its secrets; None where nothing in it identifies it."""
    view = body.get("view") or {}
    by_view = view.get("id") and f"{view['id']}:{view.get('hash', '')}"
    identity = body.get("trigger_id") or body.get("event_id") or by_view
    if not identity:
        return None
    payload = {name: value for name, value in body.items() if name not in _SECRET}
    return Handed(whole(f"{kind}:{identity}").replace("\x00", ""), kind, payload, now)


def person_in(payload: Mapping[str, Any]) -> str | None:
    """The user id of whoever is to hear what became of a delivery; None where nobody waits for that."""
    event = payload.get("event") or {}
    if event.get("type") == "user_change":
        return None
    user = payload.get("user_id") or event.get("user") or (payload.get("user") or {}).get("id")
    return str(user) if user else None


def words_in(payload: Mapping[str, Any]) -> str:
    """What the person typed, a line for each field of a form; the label of what they pressed."""
    if "command" in payload:
        return f"{payload['command']} {as_typed(str(payload.get('text', '')))}".strip()
    if "event" in payload:
        return as_typed(str(payload["event"].get("text", "")))
    if payload.get("type") == "view_submission":
        return "\n".join(_filled(payload.get("view") or {}))
    return ", ".join(_label(one) for one in payload.get("actions") or ())


def _filled(view: Mapping[str, Any]) -> list[str]:
    values = (view.get("state") or {}).get("values") or {}
    lines = []
    for block in view.get("blocks") or ():
        label = str((block.get("label") or {}).get("text", ""))
        said = [_said(element) for element in values.get(block.get("block_id"), {}).values()]
        lines += [f"{label}: {words}" for words in said if words]
    return [whole(line) for line in lines]


def _said(element: Mapping[str, Any]) -> str:
    chosen = [element.get("selected_option"), *(element.get("selected_options") or ())]
    texts = [str((one.get("text") or {}).get("text", "")) for one in chosen if one]
    plain = (
        element.get("value")
        or element.get("selected_date")
        or element.get("selected_time")
        or element.get("selected_user")
    )
    return ", ".join(filter(None, texts)) or str(plain or "")


def _label(action: Mapping[str, Any]) -> str:
    return whole(str((action.get("text") or {}).get("text", "")))
