"""What people can do in the workspace and what not, and what of it reaches the app."""

import asyncio

import pytest

from bot.console.workspace import App, NotPossibleError, NotSeenError, SeenMessage, Shortcut
from tests.slack.blocks import Json, actions, button, home, menu, option, section
from tests.slack.fixtures import Scene, scene_of
from tests.slack.listening import listening, opened

STATUS = menu(option("On track", "on"), option("At risk", "risk"))


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


async def test_a_command_may_have_names_and_links_made_references() -> None:
    app = App(commands=("/plan",), escaped_commands=frozenset({"/plan"}))
    async with scene_of(app) as scene:
        await scene.dana.types("/plan ask @dana in #plan, see https://example.org/a?b=1&c.", within=None)

        text = scene.slack.deliveries[0].payload["text"]
        link = "<https://example.org/a?b=1&amp;c>"
        assert text == f"ask <@{scene.dana.id}|dana> in <#{scene.plan.id}|plan>, see {link}."


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


async def test_a_click_in_a_thread_tells_the_thread(scene: Scene) -> None:
    asked = scene.dana.says(scene.plan, "@nobody how is the fleet")
    await scene.client.chat_postMessage(
        channel=scene.plan.id, thread_ts=asked.ts, text="Report?", blocks=[actions(button())]
    )
    async with listening(scene) as app:
        await scene.dana.clicks(scene.plan.thread(asked.ts)[0], "Report", within=None)

    assert asked.text == "@nobody how is the fleet"
    assert app.payloads[-1]["container"]["thread_ts"] == asked.ts


async def test_a_click_may_make_the_message_go_away(scene: Scene) -> None:
    message = await shown(scene, actions(button()))
    async with listening(scene):
        clicking = asyncio.create_task(scene.dana.clicks(message, "Report"))
        await scene.slack.delivered("block_actions")
        await scene.client.chat_delete(channel=scene.plan.id, ts=message.ts)
        answer = await clicking

    assert (answer.closed, answer.text, answer.blocks) == (True, "", ())


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


async def test_a_button_in_a_modal_and_in_the_home_tell_the_view(scene: Scene) -> None:
    view = await opened(scene, actions(button()))
    await scene.client.views_publish(user_id=scene.dana.id, view=home(actions(button())))
    assert scene.dana.home is not None
    async with listening(scene) as app:
        await scene.dana.clicks(view, "Report", within=None)
        await scene.dana.clicks(scene.dana.home, "Report", within=None)

    assert view.buttons == scene.dana.home.buttons == ("Report",)
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


async def test_a_shortcut_that_nobody_takes_fails() -> None:
    async with scene_of(App(shortcuts=(Shortcut("report", "Report progress", "global"),))) as scene:
        assert (await scene.dana.uses_shortcut("report")).failure == "dispatch_failed"


async def test_the_app_hears_nothing_of_people_who_only_read(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.plan.id, text="On track")
    await scene.dana.sees("On track")
    await scene.plan.shows(lambda message: message.by_app)

    assert [delivery.name for delivery in scene.slack.deliveries] == ["message"]
