"""Every method of the Web API that the workspace speaks, called once by the real client as it should be called."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.console.workspace.webapi.catalogue import METHODS
from tests.slack.apps import client_of
from tests.slack.blocks import home, modal, section
from tests.slack.fixtures import Scene, scene_of

Step = Callable[[Scene], Awaitable[AsyncSlackResponse]]


async def posted(scene: Scene, **more: Any) -> str:
    """The `ts` of a message by the app."""
    return str((await scene.client.chat_postMessage(channel=scene.plan.id, text="On track", **more))["ts"])


async def trigger(scene: Scene) -> str:
    """A trigger id, from a command that nobody acks."""
    await scene.dana.types("/plan", within=None)
    return str(scene.slack.deliveries[-1].payload["trigger_id"])


async def update_message(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.chat_update(channel=scene.plan.id, ts=await posted(scene), text="At risk")


async def delete_message(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.chat_delete(channel=scene.plan.id, ts=await posted(scene))


async def permalink(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.chat_getPermalink(channel=scene.plan.id, message_ts=await posted(scene))


async def replies(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.conversations_replies(channel=scene.plan.id, ts=await posted(scene))


async def join(scene: Scene) -> AsyncSlackResponse:
    other = scene.slack.channel("#board", with_app=False)
    return await scene.client.conversations_join(channel=other.id)


async def open_modal(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.views_open(trigger_id=await trigger(scene), view=modal(section()))


async def update_modal(scene: Scene) -> AsyncSlackResponse:
    view = (await open_modal(scene))["view"]
    return await scene.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("Changed")))


async def push_modal(scene: Scene) -> AsyncSlackResponse:
    await open_modal(scene)
    return await scene.client.views_push(trigger_id=await trigger(scene), view=modal(section("On top")))


async def react(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.reactions_add(channel=scene.plan.id, timestamp=await posted(scene), name="eyes")


async def unreact(scene: Scene) -> AsyncSlackResponse:
    ts = await posted(scene)
    await scene.client.reactions_add(channel=scene.plan.id, timestamp=ts, name="eyes")
    return await scene.client.reactions_remove(channel=scene.plan.id, timestamp=ts, name="eyes")


async def set_status(scene: Scene) -> AsyncSlackResponse:
    asked = scene.dana.says(scene.dana.dm, "what are our values")
    return await scene.client.assistant_threads_setStatus(
        channel_id=scene.dana.dm.id, thread_ts=asked.ts, status="is looking"
    )


async def set_title(scene: Scene) -> AsyncSlackResponse:
    asked = scene.dana.says(scene.dana.dm, "what are our values")
    return await scene.client.assistant_threads_setTitle(
        channel_id=scene.dana.dm.id, thread_ts=asked.ts, title="Values"
    )


async def upload(scene: Scene) -> AsyncSlackResponse:
    return await scene.client.files_upload_v2(content="a,b", filename="report.csv", channel=scene.plan.id)


STEPS: dict[str, Step] = {
    "api.test": lambda s: s.client.api_test(),
    "apps.connections.open": lambda s: AsyncWebClient(base_url=s.slack.api_url).apps_connections_open(
        app_token=s.slack.app_token
    ),
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": lambda s: s.client.api_call(
        "assistant.threads.setSuggestedPrompts",
        json={"channel_id": s.dana.dm.id, "prompts": [{"title": "Values", "message": "what are our values"}]},
    ),
    "assistant.threads.setTitle": set_title,
    "auth.test": lambda s: s.client.auth_test(),
    "bots.info": lambda s: s.client.bots_info(bot=s.slack.app.bot_id),
    "chat.delete": delete_message,
    "chat.getPermalink": permalink,
    "chat.postEphemeral": lambda s: s.client.chat_postEphemeral(channel=s.plan.id, user=s.dana.id, text="For you"),
    "chat.postMessage": lambda s: s.client.chat_postMessage(channel=s.plan.id, text="On track"),
    "chat.update": update_message,
    "conversations.history": lambda s: s.client.conversations_history(channel=s.plan.id),
    "conversations.info": lambda s: s.client.conversations_info(channel=s.plan.id),
    "conversations.join": join,
    "conversations.list": lambda s: s.client.conversations_list(types="public_channel,private_channel"),
    "conversations.members": lambda s: s.client.conversations_members(channel=s.plan.id),
    "conversations.open": lambda s: s.client.conversations_open(users=[s.dana.id]),
    "conversations.replies": replies,
    "files.completeUploadExternal": upload,
    "files.getUploadURLExternal": lambda s: s.client.files_getUploadURLExternal(filename="report.csv", length=3),
    "reactions.add": react,
    "reactions.remove": unreact,
    "team.info": lambda s: s.client.team_info(),
    "users.conversations": lambda s: s.client.users_conversations(user=s.dana.id),
    "users.info": lambda s: s.client.users_info(user=s.dana.id),
    "users.list": lambda s: s.client.users_list(),
    "users.lookupByEmail": lambda s: s.client.users_lookupByEmail(email="dana@example.com"),
    "views.open": open_modal,
    "views.publish": lambda s: s.client.views_publish(user_id=s.dana.id, view=home(section())),
    "views.push": push_modal,
    "views.update": update_modal,
}


def test_every_method_of_the_workspace_is_in_the_table() -> None:
    assert set(STEPS) == set(METHODS)


@pytest.mark.parametrize("method", STEPS)
async def test_the_method_is_answered_ok(scene: Scene, method: str) -> None:
    response = await STEPS[method](scene)

    assert response["ok"] is True
    assert scene.slack.calls(method)[-1].error is None


async def test_a_method_that_slack_does_not_have_is_refused_and_remembered() -> None:
    async with scene_of() as scene:
        with pytest.raises(SlackApiError, match="unknown_method"):
            await scene.client.api_call("plans.list")

        assert scene.slack.unknown_methods == ("plans.list",)


async def test_the_granted_scopes_come_with_an_answer(scene: Scene) -> None:
    response = await scene.client.auth_test()

    assert response.headers["X-OAuth-Scopes"] == ",".join(scene.slack.app.scopes)


async def test_a_call_is_logged_whole(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.plan.id, text="On track", blocks=[section()])

    call = scene.slack.calls("chat.postMessage")[0]
    assert call.arguments == {"channel": scene.plan.id, "text": "On track", "blocks": [section()]}


async def test_the_token_may_come_in_the_form(scene: Scene) -> None:
    response = await client_of(scene.slack, token="").api_call("auth.test", params={"token": scene.slack.bot_token})

    assert response["user_id"] == scene.slack.bot.id
