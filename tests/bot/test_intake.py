"""Which deliveries are kept until their work is done, and what of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.intake import Kind, delivery_of, kind_of, person_in, words_in
from tests.bot.running import names

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def typed(text: str, command: str = "/progress") -> dict[str, Any]:
    """A command."""
    return {"command": command, "text": text, "user_id": "U02CARTER", "trigger_id": "1.2.3", "token": "verify-me"}


def pressed(action_id: str) -> dict[str, Any]:
    """A button."""
    action = {"action_id": action_id, "text": {"type": "plain_text", "text": "Undo"}}
    return {"type": "block_actions", "user": {"id": "U02CARTER"}, "actions": [action], "trigger_id": "4.5.6"}


def said(text: str, **event: Any) -> dict[str, Any]:
    """A message event."""
    spoken = {"type": "message", "user": "U02CARTER", "channel": "D01", "channel_type": "im", "text": text, "ts": "1.1"}
    return {"type": "event_callback", "event_id": "Ev1", "event": spoken | event}


def changed(**user: Any) -> dict[str, Any]:
    """Somebody's account changed."""
    event = {"type": "user_change", "user": {"id": "U02CARTER", **user}}
    return {"type": "event_callback", "event_id": "Ev2", "event": event}


HANDED_IN: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": "U02CARTER"},
    "trigger_id": "7.8.9",
    "view": {
        "id": "V1",
        "hash": "1.a",
        "blocks": [
            {"block_id": "status", "label": {"type": "plain_text", "text": "Status"}},
            {"block_id": "note:A-12", "label": {"type": "plain_text", "text": "Note"}},
            {"block_id": "evidence", "label": {"type": "plain_text", "text": "Evidence"}},
        ],
        "state": {
            "values": {
                "status": {"status": {"selected_option": {"text": {"text": "At risk"}, "value": "at-risk"}}},
                "note:A-12": {"note": {"value": "cabling is <done>"}},
                "evidence": {"evidence": {"value": None}},
            }
        },
    },
}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(typed("A-12 60% at risk"), Kind.COMMAND, id="an update"),
        pytest.param(typed("undo"), Kind.COMMAND, id="an undo"),
        pytest.param(typed("  UNDO "), Kind.COMMAND, id="an undo with spaces"),
        pytest.param(typed("A-12"), Kind.COMMAND, id="a key, which may be all that somebody says"),
        pytest.param(typed(""), None, id="the form asked for"),
        pytest.param(typed(" help "), None, id="help"),
        pytest.param(typed("Mine"), None, id="the own actions"),
        pytest.param(typed("A-12 history"), None, id="a history"),
        pytest.param(typed("who owns A-12", "/plan"), None, id="a question"),
        pytest.param(typed("weekly monday 09:00", "/digest"), Kind.COMMAND, id="a subscription"),
        pytest.param(typed("Pause traffic", "/digest"), Kind.COMMAND, id="a digest's pause"),
        pytest.param(typed("off", "/digest"), Kind.COMMAND, id="a digest's end"),
        pytest.param(typed("", "/digest"), None, id="a channel's digests"),
        pytest.param(typed("Preview traffic", "/digest"), None, id="a preview"),
        pytest.param(typed("change", "/digest"), None, id="a digest's form"),
        pytest.param(pressed("digest:do:pause:12"), Kind.BUTTON, id="a digest's pause pressed"),
        pytest.param(pressed("digest:do:stop:all"), Kind.BUTTON, id="the end of all digests"),
        pytest.param(pressed("digest:preview:12"), None, id="a preview pressed"),
        pytest.param(pressed("digest:change:12"), None, id="a digest's form pressed"),
        pytest.param(pressed("digest:new"), None, id="a new digest's form"),
        pytest.param(HANDED_IN, Kind.FORM, id="a form"),
        pytest.param(pressed("progress:undo"), Kind.BUTTON, id="undo's button"),
        pytest.param(pressed("progress:offer:2"), Kind.BUTTON, id="what was meant"),
        pytest.param(pressed("something:new"), Kind.BUTTON, id="a button that nobody thought of here"),
        pytest.param(pressed("ask:suggestion:1"), None, id="a suggestion"),
        pytest.param(pressed("progress:open:0"), None, id="a form's button"),
        pytest.param(pressed("thumb:up"), None, id="a thumb"),
        pytest.param(said("60%, waiting on legal"), Kind.MESSAGE, id="an answer to a reminder"),
        pytest.param(said("who owns A-12?"), None, id="a question in a direct message"),
        pytest.param(said("60%", channel="C01", channel_type="channel"), None, id="talk in a channel"),
        pytest.param(said("60%", bot_id="B01"), None, id="a bot's words"),
        pytest.param(said("60%", subtype="message_changed"), None, id="an edit"),
        pytest.param(changed(deleted=True), Kind.DEPARTURE, id="a departure"),
        pytest.param(changed(deleted=False), None, id="a new picture"),
        pytest.param({"type": "view_closed", "view": {"id": "V1"}}, None, id="a form closed"),
        pytest.param({"type": "message_action", "trigger_id": "1"}, None, id="a shortcut, which opens a form"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_what_a_person_would_miss_is_kept(body: dict[str, Any], kind: Kind | None) -> None:
    assert kind_of(body, names()) is kind


def test_nothing_secret_is_kept_of_a_delivery() -> None:
    kept = delivery_of(typed("A-12 60%"), Kind.COMMAND, NOW)
    assert kept is not None
    assert kept.payload == {"command": "/progress", "text": "A-12 60%", "user_id": "U02CARTER", "trigger_id": "1.2.3"}
    assert (kept.key, kept.received_at) == ("command:1.2.3", NOW)


def test_two_presses_in_one_view_are_two_deliveries() -> None:
    first = delivery_of(pressed("a") | {"view": {"id": "V1", "hash": "1"}}, Kind.BUTTON, NOW)
    second = delivery_of(pressed("b") | {"view": {"id": "V1", "hash": "1"}, "trigger_id": "4.5.7"}, Kind.BUTTON, NOW)
    assert first
    assert second
    assert first.key != second.key


def test_what_nothing_identifies_is_not_kept() -> None:
    assert delivery_of({"command": "/progress", "text": "A-12 60%"}, Kind.COMMAND, NOW) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(typed("A-12 60%: R&amp;D"), "/progress A-12 60%: R&D", id="command"),
        pytest.param(HANDED_IN, "Status: At risk\nNote: cabling is <done>", id="form"),
        pytest.param(pressed("progress:undo"), "Undo", id="button"),
        pytest.param(said("60%, waiting"), "60%, waiting", id="message"),
        pytest.param(typed("half \ud83d a face"), "/progress half ? a face", id="half a character"),
    ],
)
def test_a_person_gets_back_what_they_typed(body: dict[str, Any], words: str) -> None:
    assert words_in(body) == words
    assert person_in(body) == "U02CARTER"


def test_nobody_waits_to_hear_of_a_departure() -> None:
    assert person_in(changed(deleted=True)) is None
