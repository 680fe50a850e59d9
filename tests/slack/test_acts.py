"""What people can do in the workspace and what not, and what of it reaches the app."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.console.workspace import App, NotPossibleError, NotSeenError, SeenMessage, Shortcut, View
from tests.slack.blocks import Json, actions, button, home, menu, modal, option, section, text_input
from tests.slack.blocks import field as input_block
from tests.slack.fixtures import Scene, scene_of
from tests.slack.test_methods import trigger

STATUS = menu(option("On track", "on"), option("At risk", "risk"))


@dataclass(slots=True)
class Listener:
    """An app that acks everything with the payload set for it, and keeps what it got."""

    ack: Json = field(default_factory=dict)
    payloads: list[Json] = field(default_factory=list)

    async def listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = message.json()
            if "envelope_id" in envelope:
                self.payloads.append(envelope["payload"])
                await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": self.ack})


@asynccontextmanager
async def listening(scene: Scene) -> AsyncIterator[Listener]:
    """That app, connected."""
    listener = Listener()
    answer = await scene.client.apps_connections_open(app_token=scene.slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        task = asyncio.create_task(listener.listen(socket))
        await scene.slack.connected()
        yield listener
        task.cancel()


async def opened(scene: Scene, *blocks: Json, **more: Any) -> View:
    """A modal of these blocks, open before Dana."""
    await scene.client.views_open(trigger_id=await trigger(scene), view=modal(*blocks, **more))
    return await scene.dana.sees_view()


async def shown(scene: Scene, *blocks: Json) -> SeenMessage:
    """A message of these blocks, in `#plan`."""
    await scene.client.chat_postMessage(channel=scene.plan.id, text="Report?", blocks=list(blocks))
    return await scene.plan.next_message()


async def test_a_command_that_the_app_does_not_have_is_slackbots_to_answer(scene: Scene) -> None:
    answer = await scene.dana.types("/plans", channel=scene.plan)

    assert answer.failure == "invalid_command"
    assert answer.text.startswith("/plans is not a valid command.")
    assert scene.slack.deliveries == ()


async def test_a_command_says_who_where_and_what(scene: Scene) -> None:
    await scene.dana.types("/plan  how is <it> & @sam ", channel=scene.plan, within=None)
    await scene.dana.types("/plan", within=None)
    first, second = [delivery.payload for delivery in scene.slack.deliveries]

    assert (first["user_id"], first["user_name"]) == (scene.dana.id, "dana")
    assert (first["channel_id"], first["channel_name"]) == (scene.plan.id, "plan")
    assert (first["command"], first["text"]) == ("/plan", "how is &lt;it&gt; &amp; @sam")
    assert (second["channel_id"], second["channel_name"]) == (scene.dana.dm.id, "directmessage")


async def test_a_command_may_have_names_made_references() -> None:
    app = App(commands=("/plan",), escaped_commands=frozenset({"/plan"}))
    async with scene_of(app) as scene:
        await scene.dana.types("/plan ask @dana in #plan", within=None)

        text = scene.slack.deliveries[0].payload["text"]
        assert text == f"ask <@{scene.dana.id}|dana> in <#{scene.plan.id}|plan>"


async def test_what_one_types_is_escaped_and_names_become_references(scene: Scene) -> None:
    said = scene.dana.says(scene.plan, f"@planbot: R&D <3 #plan and <@{scene.dana.id}>, a@example.com")

    assert said.text == (
        f"<@{scene.slack.bot.id}>: R&amp;D &lt;3 <#{scene.plan.id}|plan> and <@{scene.dana.id}>, a@example.com"
    )


async def test_one_cannot_post_where_one_is_not_or_nobody_may(scene: Scene) -> None:
    sam = scene.slack.member("Sam")
    with pytest.raises(NotPossibleError, match="sam cannot post in plan"):
        sam.says(scene.plan, "hello")
    scene.plan.archive(by=scene.dana)
    with pytest.raises(NotPossibleError, match="dana cannot post"):
        scene.dana.says(scene.plan, "hello")


@pytest.mark.parametrize("app", [App(messages_tab=False), App(messages_tab_read_only=True)], ids=["none", "read-only"])
async def test_one_cannot_write_to_an_app_without_a_messages_tab(app: App) -> None:
    async with scene_of(app) as scene:
        with pytest.raises(NotPossibleError, match="the direct message"):
            scene.dana.says(scene.dana.dm, "hello")


async def test_one_cannot_open_a_tab_that_is_not_there() -> None:
    async with scene_of(App(home_tab=False)) as scene:
        with pytest.raises(NotPossibleError, match="no home tab"):
            await scene.dana.opens_home()


async def test_a_private_channel_is_read_by_its_members_alone(scene: Scene) -> None:
    secret = scene.slack.channel("#secret", private=True, members=[scene.dana])
    scene.dana.says(secret, "hello")

    assert [message.text for message in scene.dana.messages(secret)] == ["hello"]
    assert scene.slack.member("Sam").messages(secret) == ()


async def test_a_click_tells_the_message_the_channel_and_the_value(scene: Scene) -> None:
    message = await shown(scene, actions(button("Report", value="A-01"), block_id="choice"))
    async with listening(scene) as app:
        await scene.dana.clicks(message, "Report", within=None)
    click = app.payloads[-1]

    assert (click["type"], click["container"]["message_ts"]) == ("block_actions", message.ts)
    assert (click["channel"]["id"], click["message"]["text"]) == (scene.plan.id, "Report?")
    action = {key: value for key, value in click["actions"][0].items() if key != "action_ts"}
    assert action == {
        "type": "button",
        "block_id": "choice",
        "action_id": "report",
        "text": {"type": "plain_text", "text": "Report"},
        "value": "A-01",
    }


async def test_a_click_on_an_ephemeral_message_does_not_carry_it(scene: Scene) -> None:
    await scene.client.chat_postEphemeral(
        channel=scene.plan.id, user=scene.dana.id, text="Report?", blocks=[actions(button())]
    )
    async with listening(scene) as app:
        await scene.dana.clicks(scene.dana.messages()[-1], action_id="report", within=None)

    assert app.payloads[-1]["container"]["is_ephemeral"] is True
    assert "message" not in app.payloads[-1]


async def test_a_choice_from_a_menu_is_told_and_kept(scene: Scene) -> None:
    message = await shown(scene, actions(STATUS, button(), block_id="choice"))
    async with listening(scene) as app:
        await scene.dana.clicks(message, action_id="status", value="At risk", within=None)
        await scene.dana.clicks(message, "Report", within=None)
    choice, click = app.payloads

    assert choice["actions"][0]["selected_option"]["value"] == "risk"
    assert click["state"]["values"]["choice"]["status"]["selected_option"]["value"] == "risk"


async def test_one_cannot_press_what_is_not_there(scene: Scene) -> None:
    message = await shown(scene, actions(button(), STATUS))
    with pytest.raises(NotPossibleError, match="Undo"):
        await scene.dana.clicks(message, "Undo")
    with pytest.raises(NotPossibleError, match="no option 'Done'"):
        await scene.dana.clicks(message, action_id="status", value="Done")
    await scene.client.chat_delete(channel=scene.plan.id, ts=message.ts)
    with pytest.raises(NotPossibleError, match="no longer sees"):
        await scene.dana.clicks(message, "Report")


async def test_one_cannot_change_what_others_wrote(scene: Scene) -> None:
    message = await shown(scene, section())
    with pytest.raises(NotPossibleError, match="not dana's to change"):
        scene.dana.edits(message, "mine")


async def test_clicks_reach_no_app_without_interactivity() -> None:
    async with scene_of(App(interactivity=False)) as scene:
        message = await shown(scene, actions(button()))

        assert (await scene.dana.clicks(message, "Report")).failure == "interactivity_disabled"
        assert not [delivery for delivery in scene.slack.deliveries if delivery.sort == "interactive"]


async def test_a_click_that_nobody_takes_fails(scene: Scene) -> None:
    message = await shown(scene, actions(button()))

    assert (await scene.dana.clicks(message, "Report")).failure == "dispatch_failed"


async def test_a_click_after_which_nothing_happens_is_told_of(scene: Scene) -> None:
    message = await shown(scene, actions(button()))
    async with listening(scene):
        with pytest.raises(NotSeenError, match="dana saw nothing happen"):
            await scene.dana.clicks(message, "Report", within=0.05)


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
    assert answer.view.words.startswith("Sure?")
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


async def test_a_button_in_a_modal_and_in_the_home_tell_the_view(scene: Scene) -> None:
    view = await opened(scene, actions(button()))
    await scene.client.views_publish(user_id=scene.dana.id, view=home(actions(button())))
    assert scene.dana.home is not None
    async with listening(scene) as app:
        await scene.dana.clicks(view, "Report", within=None)
        await scene.dana.clicks(scene.dana.home, "Report", within=None)

    assert [payload["container"]["type"] for payload in app.payloads] == ["view", "view"]
    assert [payload["view"]["type"] for payload in app.payloads] == ["modal", "home"]


async def test_shortcuts_reach_the_app_that_has_them() -> None:
    shortcuts = (Shortcut("report", "Report progress", "global"), Shortcut("turn", "Turn into update", "message"))
    async with scene_of(App(shortcuts=shortcuts)) as scene, listening(scene) as app:
        said = scene.dana.says(scene.plan, "Fleet is late")
        await scene.dana.uses_shortcut("report", within=None)
        await scene.dana.uses_shortcut("turn", message=said, within=None)
        with pytest.raises(NotPossibleError, match="no message shortcut 'report'"):
            await scene.dana.uses_shortcut("report", message=said)

    everywhere, on_message = [payload for payload in app.payloads if payload["type"] != "event_callback"]
    assert (everywhere["type"], everywhere["callback_id"]) == ("shortcut", "report")
    assert (on_message["type"], on_message["message"]["text"]) == ("message_action", "Fleet is late")


async def test_one_watches_everything_that_comes_or_changes(scene: Scene) -> None:
    watching = scene.dana.watches()
    ts = (await scene.client.chat_postMessage(channel=scene.plan.id, text="On track"))["ts"]
    await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="At risk")
    first = await anext(watching)
    await opened(scene, section("Progress"))
    later = [await anext(watching) for _ in range(2)]

    assert first.words == "At risk"
    assert [item.words for item in later] == ["/plan failed with the error “dispatch_failed”", "Progress"]


async def test_the_app_hears_nothing_of_people_who_only_read(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.plan.id, text="On track")
    await scene.dana.sees("On track")
    await scene.plan.shows(lambda message: message.by_app)

    assert [delivery.name for delivery in scene.slack.deliveries] == ["message"]
