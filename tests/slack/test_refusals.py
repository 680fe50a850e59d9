"""What the Web API refuses, with Slack's own codes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from bot.console.workspace import App
from tests.slack.apps import client_of
from tests.slack.blocks import home, modal, section
from tests.slack.fixtures import Scene, scene_of
from tests.slack.test_methods import open_modal, posted, trigger

Wrong = Callable[[Scene], Awaitable[Any]]


async def refusal(step: Awaitable[Any]) -> dict[str, Any]:
    """The refused answer's body."""
    with pytest.raises(SlackApiError) as caught:
        await step
    return dict(caught.value.response.data)


async def in_archive(scene: Scene) -> Any:
    scene.plan.archive(by=scene.dana)
    return await scene.client.chat_postMessage(channel=scene.plan.id, text="On track")


async def update_in_archive(scene: Scene) -> Any:
    ts = await posted(scene)
    scene.plan.archive(by=scene.dana)
    return await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="At risk")


async def join_archive(scene: Scene) -> Any:
    board = scene.slack.channel("#board", with_app=False)
    board.archive(by=scene.dana)
    return await scene.client.conversations_join(channel=board.id)


async def update_of_a_persons(scene: Scene) -> Any:
    said = scene.dana.says(scene.plan, "hello")
    return await scene.client.chat_update(channel=scene.plan.id, ts=said.ts, text="At risk")


async def delete_of_a_persons(scene: Scene) -> Any:
    said = scene.dana.says(scene.plan, "hello")
    return await scene.client.chat_delete(channel=scene.plan.id, ts=said.ts)


async def update_of_an_ephemeral(scene: Scene) -> Any:
    shown = await scene.client.chat_postEphemeral(channel=scene.plan.id, user=scene.dana.id, text="For you")
    return await scene.client.chat_update(channel=scene.plan.id, ts=shown["message_ts"], text="At risk")


async def same_trigger_twice(scene: Scene) -> Any:
    trigger_id = await trigger(scene)
    await scene.client.views_open(trigger_id=trigger_id, view=modal(section()))
    return await scene.client.views_open(trigger_id=trigger_id, view=modal(section()))


async def fourth_view(scene: Scene) -> Any:
    await open_modal(scene)
    for _ in range(3):
        await scene.client.views_push(trigger_id=await trigger(scene), view=modal(section()))


async def stale_hash(scene: Scene) -> Any:
    view = (await open_modal(scene))["view"]
    await scene.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("first")))
    return await scene.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("second")))


async def stale_home(scene: Scene) -> Any:
    view = (await scene.client.views_publish(user_id=scene.dana.id, view=home(section())))["view"]
    await scene.client.views_publish(user_id=scene.dana.id, view=home(section("first")), hash=view["hash"])
    return await scene.client.views_publish(user_id=scene.dana.id, view=home(section("second")), hash=view["hash"])


async def same_external_id(scene: Scene) -> Any:
    for _ in range(2):
        await scene.client.views_open(trigger_id=await trigger(scene), view=modal(section(), external_id="one"))


async def react_twice(scene: Scene) -> Any:
    ts = await posted(scene)
    for _ in range(2):
        await scene.client.reactions_add(channel=scene.plan.id, timestamp=ts, name="eyes")


async def direct_message_to_a_leaver(scene: Scene) -> Any:
    scene.dana.deactivate()
    return await scene.client.conversations_open(users=[scene.dana.id])


async def elsewhere(scene: Scene) -> Any:
    board = scene.slack.channel("#board", with_app=False)
    return await scene.client.chat_postMessage(channel=board.id, text="On track")


async def history_elsewhere(scene: Scene) -> Any:
    board = scene.slack.channel("#board", with_app=False)
    return await scene.client.conversations_history(channel=board.id)


async def private_elsewhere(scene: Scene) -> Any:
    secret = scene.slack.channel("#secret", private=True, with_app=False)
    return await scene.client.conversations_info(channel=secret.id)


async def address_elsewhere(scene: Scene) -> Any:
    secret = scene.slack.channel("#secret", private=True, members=[scene.dana], with_app=False)
    said = scene.dana.says(secret, "hello")
    return await scene.client.chat_getPermalink(channel=secret.id, message_ts=said.ts)


async def join_private(scene: Scene) -> Any:
    secret = scene.slack.channel("#secret", private=True, with_app=False)
    return await scene.client.conversations_join(channel=secret.id)


async def ephemeral_to_a_stranger(scene: Scene) -> Any:
    sam = scene.slack.member("Sam")
    return await scene.client.chat_postEphemeral(channel=scene.plan.id, user=sam.id, text="For you")


async def five_prompts(scene: Scene) -> Any:
    prompts = [{"title": "Values", "message": "what are our values"}] * 5
    return await scene.client.api_call(
        "assistant.threads.setSuggestedPrompts", json={"channel_id": scene.dana.dm.id, "prompts": prompts}
    )


async def unreact_without(scene: Scene) -> Any:
    ts = await posted(scene)
    return await scene.client.reactions_remove(channel=scene.plan.id, timestamp=ts, name="eyes")


async def push_on_nothing(scene: Scene) -> Any:
    return await scene.client.views_push(trigger_id=await trigger(scene), view=modal(section()))


def prompts(scene: Scene, **more: Any) -> Awaitable[Any]:
    arguments = {"channel_id": scene.dana.dm.id, "prompts": [{"title": "Values", "message": "what are our values"}]}
    return scene.client.api_call("assistant.threads.setSuggestedPrompts", json=arguments | more)


CASES: dict[str, tuple[str, Wrong]] = {
    "no token": ("not_authed", lambda s: client_of(s.slack, token="").auth_test()),
    "a token of nobody": ("invalid_auth", lambda s: client_of(s.slack, token="xoxb-other").auth_test()),
    "an app token where a bot token belongs": (
        "not_allowed_token_type",
        lambda s: client_of(s.slack, token=s.slack.app_token).auth_test(),
    ),
    "a bot token where an app token belongs": (
        "not_allowed_token_type",
        lambda s: s.client.apps_connections_open(app_token=s.slack.bot_token),
    ),
    "no channel": ("invalid_arguments", lambda s: s.client.api_call("chat.postMessage", json={"text": "x"})),
    "no such channel": ("channel_not_found", lambda s: s.client.chat_postMessage(channel="C999", text="x")),
    "a channel that the app is not in": ("not_in_channel", elsewhere),
    "the history of a channel that the app is not in": ("not_in_channel", history_elsewhere),
    "a private channel that the app is not in": ("channel_not_found", private_elsewhere),
    "the address of a message where the app is not": ("channel_not_found", address_elsewhere),
    "joining a private channel": ("method_not_supported_for_channel_type", join_private),
    "an archived channel": ("is_archived", in_archive),
    "joining an archived channel": ("is_archived", join_archive),
    "an update in an archived channel": ("is_inactive", update_in_archive),
    "an update of a person's message": ("cant_update_message", update_of_a_persons),
    "an update of an ephemeral message": ("message_not_found", update_of_an_ephemeral),
    "deleting a person's message": ("cant_delete_message", delete_of_a_persons),
    "deleting what is not there": ("message_not_found", lambda s: s.client.chat_delete(channel=s.plan.id, ts="1.0")),
    "an ephemeral message to somebody elsewhere": ("user_not_in_channel", ephemeral_to_a_stranger),
    "an ephemeral message to nobody": (
        "user_not_found",
        lambda s: s.client.chat_postEphemeral(channel=s.plan.id, user="U999", text="x"),
    ),
    "an unknown person": ("user_not_found", lambda s: s.client.users_info(user="U999")),
    "an address of nobody": ("users_not_found", lambda s: s.client.users_lookupByEmail(email="x@example.com")),
    "a direct message to nobody": ("users_list_not_supplied", lambda s: s.client.api_call("conversations.open")),
    "a direct message to a deactivated account": ("user_disabled", direct_message_to_a_leaver),
    "an unknown bot": ("bot_not_found", lambda s: s.client.bots_info(bot="B999")),
    "a thread of nothing": ("thread_not_found", lambda s: s.client.conversations_replies(channel=s.plan.id, ts="1.0")),
    "a time that is none": (
        "invalid_ts_oldest",
        lambda s: s.client.conversations_history(channel=s.plan.id, oldest="x"),
    ),
    "a page of nothing": ("invalid_limit", lambda s: s.client.conversations_history(channel=s.plan.id, limit=-1)),
    "a cursor that is none": ("invalid_cursor", lambda s: s.client.users_list(cursor="?")),
    "a limit that is no number": (
        "invalid_arguments",
        lambda s: s.client.api_call("users.list", params={"limit": "x"}),
    ),
    "an unknown type of channel": ("invalid_types", lambda s: s.client.conversations_list(types="secret")),
    "a trigger of nobody": ("invalid_trigger_id", lambda s: s.client.views_open(trigger_id="x", view=modal(section()))),
    "a trigger used twice": ("trigger_exchanged", same_trigger_twice),
    "a fourth view on the stack": ("push_limit_reached", fourth_view),
    "an old hash of a modal": ("hash_conflict", stale_hash),
    "an old hash of a home": ("hash_conflict", stale_home),
    "an external id that is taken": ("duplicate_external_id", same_external_id),
    "an update of a view that is gone": (
        "not_found",
        lambda s: s.client.views_update(view_id="V999", view=modal(section())),
    ),
    "an update of no view": (
        "invalid_arguments",
        lambda s: s.client.api_call("views.update", json={"view": modal(section())}),
    ),
    "a home for nobody": ("user_not_found", lambda s: s.client.views_publish(user_id="U999", view=home(section()))),
    "a modal published as home": (
        "invalid_arguments",
        lambda s: s.client.views_publish(user_id=s.dana.id, view=modal(section())),
    ),
    "reacting twice": ("already_reacted", react_twice),
    "taking back no reaction": (
        "message_not_found",
        lambda s: s.client.reactions_remove(channel=s.plan.id, timestamp="1.0", name="eyes"),
    ),
    "taking back a reaction that is not one's own": ("no_reaction", unreact_without),
    "a reaction of no name": (
        "invalid_name",
        lambda s: s.client.reactions_add(channel=s.plan.id, timestamp=s.dana.says(s.plan, "x").ts, name="a b"),
    ),
    "a view on top of none": ("not_found", push_on_nothing),
    "prompts that are none": ("invalid_arguments", lambda s: prompts(s, prompts=["Values"])),
    "prompts nowhere": ("channel_not_found", lambda s: prompts(s, channel_id="D999")),
    "prompts where the app is not": (
        "channel_not_found",
        lambda s: prompts(s, channel_id=s.slack.channel("#board", with_app=False).id),
    ),
    "prompts in a thread of nothing": ("invalid_thread_ts", lambda s: prompts(s, thread_ts="1.0")),
    "an error asked for": ("my_error", lambda s: s.client.api_test(error="my_error")),
    "a group message": (
        "method_not_supported_for_channel_type",
        lambda s: s.client.conversations_open(users=[s.dana.id, s.slack.member("Sam").id]),
    ),
    "a direct message with itself": (
        "invalid_user_combination",
        lambda s: s.client.conversations_open(users=[s.slack.bot.id]),
    ),
    "a file of no length": (
        "invalid_arguments",
        lambda s: s.client.files_getUploadURLExternal(filename="x", length=0),
    ),
    "more than 12,000 characters of markdown_text": (
        "msg_too_long",
        lambda s: s.client.chat_postMessage(channel=s.plan.id, markdown_text="x" * 12_001),
    ),
    "five prompts": ("invalid_arguments", five_prompts),
    "completing an upload of nothing": (
        "file_not_found",
        lambda s: s.client.files_completeUploadExternal(files=[{"id": "F999", "title": "x"}]),
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_slack_refuses(scene: Scene, case: str) -> None:
    error, wrong = CASES[case]

    assert (await refusal(wrong(scene)))["error"] == error


SCOPED: dict[str, tuple[str, Wrong]] = {
    "posting": ("chat:write", lambda s: s.client.chat_postMessage(channel=s.plan.id, text="x")),
    "reading a public channel": ("channels:history", lambda s: s.client.conversations_history(channel=s.plan.id)),
    "reading a direct message": ("im:history", lambda s: s.client.conversations_history(channel=s.dana.dm.id)),
    "listing private channels": ("groups:read", lambda s: s.client.conversations_list(types="private_channel")),
    "looking a person up": ("users:read", lambda s: s.client.users_info(user=s.dana.id)),
    "looking an address up": ("users:read.email", lambda s: s.client.users_lookupByEmail(email="dana@example.com")),
    "opening a direct message": ("im:write", lambda s: s.client.conversations_open(users=[s.dana.id])),
    "joining": ("channels:join", lambda s: s.client.conversations_join(channel=s.plan.id)),
    "reacting": ("reactions:write", lambda s: s.client.reactions_add(channel=s.plan.id, timestamp="1.0", name="eyes")),
    "uploading": ("files:write", lambda s: s.client.files_getUploadURLExternal(filename="x", length=1)),
}


@pytest.mark.parametrize("case", SCOPED)
async def test_slack_refuses_for_want_of_a_scope_and_names_it(case: str) -> None:
    needed, wrong = SCOPED[case]
    app = App(commands=("/plan",))
    async with scene_of(replace(app, scopes=tuple(scope for scope in app.scopes if scope != needed))) as scene:
        answer = await refusal(wrong(scene))

        assert (answer["error"], answer["needed"]) == ("missing_scope", needed)
        assert answer["provided"] == ",".join(scene.slack.app.scopes)


async def test_a_missing_argument_is_named(scene: Scene) -> None:
    answer = await refusal(scene.client.api_call("chat.postEphemeral", json={"channel": scene.plan.id, "text": "x"}))

    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


async def test_a_trigger_expires() -> None:
    async with scene_of() as scene:
        trigger_id = await trigger(scene)
        scene.slack.expire_triggers()

        answer = await refusal(scene.client.views_open(trigger_id=trigger_id, view=modal(section())))

    assert answer["error"] == "expired_trigger_id"


async def test_a_home_is_refused_where_the_manifest_has_none() -> None:
    async with scene_of(App(home_tab=False)) as scene:
        answer = await refusal(scene.client.views_publish(user_id=scene.dana.id, view=home(section())))

    assert answer["error"] == "not_enabled"


async def test_an_agents_prompts_with_a_thread_are_taken_and_not_shown() -> None:
    async with scene_of(App(agent_view=True)) as scene:
        prompts = [{"title": "Values", "message": "what are our values"}]
        arguments = {"channel_id": scene.dana.dm.id, "prompts": prompts}
        await scene.client.api_call("assistant.threads.setSuggestedPrompts", json=arguments | {"thread_ts": "1.0"})
        unseen = scene.dana.dm.suggested_prompts
        await scene.client.api_call("assistant.threads.setSuggestedPrompts", json=arguments)

        assert (unseen, scene.dana.dm.suggested_prompts) == ((), ("Values",))


async def test_a_message_reaches_a_deactivated_account_without_an_error(scene: Scene) -> None:
    scene.dana.deactivate()

    assert (await scene.client.chat_postMessage(channel=scene.dana.id, text="Goodbye"))["ok"]


@pytest.mark.parametrize(
    ("body", "error"), [(b"{", "invalid_json"), (b"[1]", "json_not_object")], ids=["broken", "list"]
)
async def test_a_body_that_is_no_json_object_is_refused(scene: Scene, body: bytes, error: str) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {scene.slack.bot_token}"}
    async with ClientSession() as session:
        response = await session.post(f"{scene.slack.api_url}chat.postMessage", data=body, headers=headers)

        assert (await response.json())["error"] == error
