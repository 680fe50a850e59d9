"""Modals filled in, submitted and closed, and what the app's ack makes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.console.workspace import NotPossibleError
from bot.console.workspace.app import app_of
from tests.slack.blocks import Json, menu, modal, option, section, text_input
from tests.slack.blocks import field as input_block
from tests.slack.fixtures import Scene
from tests.slack.listening import listening, opened
from tests.slack.test_methods import trigger

STATUS = menu(option("On track", "on"), option("At risk", "risk"))


async def test_a_form_is_sent_with_all_its_values(scene: Scene) -> None:
    view = await opened(
        scene,
        input_block("percent", text_input(initial_value="50"), label="Percent"),
        input_block("status", STATUS, label="Status"),
        input_block("note", text_input("note"), label="Note", optional=True),
        private_metadata="A-01",
    )
    async with listening(scene) as app:
        done = await scene.dana.submits(view, {"Status": "At risk"})
    sent = app.payloads[-1]

    assert done.closed
    assert scene.dana.modal is None
    assert (sent["type"], sent["view"]["private_metadata"]) == ("view_submission", "A-01")
    values = sent["view"]["state"]["values"]
    assert values["percent"]["percent"]["value"] == "50"
    assert values["status"]["status"]["selected_option"]["value"] == "risk"
    assert values["note"]["note"]["value"] is None


FIELDS: dict[str, tuple[Json, Any, str]] = {
    "nothing in a required field": (text_input("a"), None, "Please complete this required field."),
    "too short": (text_input("a", min_length=3), "ab", "Please enter at least 3 characters."),
    "too long": (text_input("a", max_length=3), "abcd", "Please enter at most 3 characters."),
    "no number": ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a number."),
    "too small": (
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "0"},
        "-1",
        "Please enter a number of at least 0.",
    ),
    "too large": (
        {"type": "number_input", "is_decimal_allowed": False, "max_value": "100"},
        "101",
        "Please enter a number of at most 100.",
    ),
    "no address": ({"type": "email_text_input"}, "dana", "Please enter a valid email address."),
    "no link": ({"type": "url_text_input"}, "dana", "Please enter a valid URL."),
    "no choice": (menu(option("x"), kind="checkboxes"), [], "Please complete this required field."),
}


@pytest.mark.parametrize("case", FIELDS)
async def test_slacks_client_refuses_a_form_before_sending_it(scene: Scene, case: str) -> None:
    element, value, objection = FIELDS[case]
    view = await opened(scene, input_block("field", {"action_id": "a"} | element))
    before = len(scene.slack.deliveries)
    answer = await scene.dana.submits(view, {"field": value})

    assert answer.errors == {"field": objection}
    assert len(scene.slack.deliveries) == before


VALUES: dict[str, tuple[Json, Any, Json]] = {
    "date": ({"type": "datepicker"}, "2026-03-09", {"selected_date": "2026-03-09"}),
    "time": ({"type": "timepicker"}, "09:00", {"selected_time": "09:00"}),
    "moment": ({"type": "datetimepicker"}, 1_700_000_000, {"selected_date_time": 1_700_000_000}),
    "person": ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
    "people": ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
    "channel": ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
    "conversation": ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
    "radio": (menu(option("x"), kind="radio_buttons"), "x", {"selected_option": option("x")}),
    "boxes": (menu(option("x"), option("y"), kind="checkboxes"), ["y"], {"selected_options": [option("y")]}),
    "menus": (menu(option("x"), kind="multi_static_select"), "x", {"selected_options": [option("x")]}),
    "groups": (
        {
            "type": "static_select",
            "option_groups": [{"label": {"type": "plain_text", "text": "g"}, "options": [option("x")]}],
        },
        "x",
        {"selected_option": option("x")},
    ),
}


@pytest.mark.parametrize("case", VALUES)
async def test_each_kind_of_field_holds_its_value_as_slack_does(scene: Scene, case: str) -> None:
    element, value, held = VALUES[case]
    view = await opened(scene, input_block("field", {**element, "action_id": "a"}))
    async with listening(scene) as app:
        await scene.dana.submits(view, {"a": value})

    assert app.payloads[-1]["view"]["state"]["values"]["field"]["a"] == {"type": element["type"], **held}


async def test_one_cannot_fill_in_a_field_that_is_not_there(scene: Scene) -> None:
    view = await opened(scene, input_block("percent", text_input()))
    with pytest.raises(NotPossibleError, match="no field is called 'Note'"):
        await scene.dana.submits(view, {"Note": "x"})


async def test_an_ack_can_point_out_errors(scene: Scene) -> None:
    view = await opened(scene, input_block("percent", text_input()))
    async with listening(scene) as app:
        app.ack = {"response_action": "errors", "errors": {"percent": "A number, please."}}
        answer = await scene.dana.submits(view, {"Percent": "most"})

    assert answer.errors == {"percent": "A number, please."}
    assert scene.dana.modal is not None


async def test_an_ack_can_change_the_modal_and_keeps_what_was_typed(scene: Scene) -> None:
    view = await opened(scene, input_block("percent", text_input()))
    async with listening(scene) as app:
        app.ack = {"response_action": "update", "view": modal(section("Sure?"), input_block("percent", text_input()))}
        answer = await scene.dana.submits(view, {"Percent": "100"})

    assert answer.view is not None
    assert answer.words.startswith("Sure?")
    assert (answer.text, answer.blocks) == ("Progress", answer.view.blocks)
    assert answer.view.values["percent"]["percent"]["value"] == "100"


async def test_an_ack_can_lay_a_modal_on_top_and_clear_them_all(scene: Scene) -> None:
    view = await opened(scene, section())
    async with listening(scene) as app:
        app.ack = {"response_action": "push", "view": modal(section("On top"))}
        top = await scene.dana.submits(view)
        assert top.view is not None
        app.ack = {"response_action": "clear"}
        await scene.dana.submits(top.view)

    assert top.words == "On top"
    assert scene.dana.modal is None


async def test_an_ack_with_a_broken_view_is_trouble_in_front_of_the_person(scene: Scene) -> None:
    view = await opened(scene, section())
    async with listening(scene) as app:
        app.ack = {"response_action": "update", "view": modal()}
        answer = await scene.dana.submits(view)

    assert (answer.failure, answer.errors) == ("invalid_arguments", {"": "We had some trouble connecting. Try again?"})
    assert scene.dana.modal is not None


async def test_a_submission_that_nobody_takes_leaves_the_modal_open(scene: Scene) -> None:
    view = await opened(scene, section())
    answer = await scene.dana.submits(view)

    assert answer.failure == "dispatch_failed"
    assert scene.dana.modal is not None


async def test_closing_a_modal_shows_the_one_below_and_tells_the_app_that_asked(scene: Scene) -> None:
    await opened(scene, section("Below"))
    await scene.client.views_push(trigger_id=await trigger(scene), view=modal(section("On top"), notify_on_close=True))
    top = await scene.dana.sees_view()
    async with listening(scene) as app:
        await scene.dana.closes(top)

    assert app.payloads[-1]["type"] == "view_closed"
    assert scene.dana.modal is not None
    assert scene.dana.modal.words == "Below"
    with pytest.raises(NotPossibleError, match="no longer has the view"):
        await scene.dana.submits(top)


async def test_a_modal_may_close_the_whole_stack(scene: Scene) -> None:
    await opened(scene, section("Below"))
    await scene.client.views_push(trigger_id=await trigger(scene), view=modal(section(), clear_on_close=True))
    await scene.dana.closes(await scene.dana.sees_view())

    assert scene.dana.modal is None


def named(options: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What stands on options."""
    return tuple(one["text"]["text"] for one in options)


LOOKED_UP: Json = {"type": "external_select", "action_id": "entry", "min_query_length": 0}
FOUND = {"options": [option("A-01 Fleet renewal", "A-01"), option("A-02 Radios", "A-02")]}


async def test_a_menu_may_ask_the_app_for_its_options(scene: Scene) -> None:
    view = await opened(scene, input_block("entry", LOOKED_UP, label="Action"))
    async with listening(scene) as app:
        app.ack = FOUND
        assert named(await scene.dana.looks_up(view, "Action", "fle")) == ("A-01 Fleet renewal", "A-02 Radios")
    asked = app.payloads[-1]

    assert (asked["type"], asked["action_id"], asked["block_id"], asked["value"]) == (
        "block_suggestion",
        "entry",
        "entry",
        "fle",
    )
    assert asked["container"] == {"type": "view", "view_id": view.id}
    assert asked["view"]["id"] == view.id


async def test_an_option_that_was_looked_up_is_sent_with_the_form(scene: Scene) -> None:
    view = await opened(scene, input_block("entry", LOOKED_UP, label="Action"))
    async with listening(scene) as app:
        app.ack = {"option_groups": [{"label": {"type": "plain_text", "text": "Yours"}, "options": FOUND["options"]}]}
        with pytest.raises(NotPossibleError, match="no option 'A-03'"):
            await scene.dana.submits(view, {"Action": "A-03"})
        await scene.dana.submits(view, {"Action": "A-02 Radios"})

    held = app.payloads[-1]["view"]["state"]["values"]["entry"]["entry"]
    assert held == {"type": "external_select", "selected_option": option("A-02 Radios", "A-02")}


BAD_OPTIONS: dict[str, Json] = {
    "too many": {"options": [option(str(number)) for number in range(101)]},
    "no list": {"options": "A-01"},
    "text too long": {"options": [option("x" * 76)]},
}


@pytest.mark.parametrize("case", BAD_OPTIONS)
async def test_options_beyond_the_limits_are_not_shown(scene: Scene, case: str) -> None:
    view = await opened(scene, input_block("entry", LOOKED_UP, label="Action"))
    async with listening(scene) as app:
        app.ack = BAD_OPTIONS[case]
        assert named(await scene.dana.looks_up(view, "Action", "x")) == ()


async def test_over_http_an_app_is_asked_only_where_it_says_at_which_address() -> None:
    manifest: Json = {
        "display_information": {"name": "planbot"},
        "settings": {"interactivity": {"is_enabled": True, "request_url": "https://plan.example.org"}},
    }
    assert not app_of(manifest).looks_up
    manifest["settings"]["interactivity"]["message_menu_options_url"] = "https://plan.example.org"
    assert app_of(manifest).looks_up
    assert app_of({"display_information": {"name": "p"}, "settings": {"socket_mode_enabled": True}}).looks_up


@pytest.mark.parametrize("errors", [{}, {"elsewhere": "No."}], ids=["none", "no such field"])
async def test_errors_beside_no_field_are_trouble_in_front_of_the_person(scene: Scene, errors: Json) -> None:
    view = await opened(scene, input_block("percent", text_input()))
    async with listening(scene) as app:
        app.ack = {"response_action": "errors", "errors": errors}
        answer = await scene.dana.submits(view, {"Percent": "1"})

    assert (answer.failure, answer.errors) == ("invalid_errors", {"": "We had some trouble connecting. Try again?"})
    assert scene.dana.modal is not None
