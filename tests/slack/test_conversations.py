"""Conversations as the Web API tells of them: pages, histories, threads, metadata, members, files."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
import time_machine
from aiohttp import ClientSession, FormData
from slack_sdk.errors import SlackApiError

from bot.console.workspace import App, Workspace
from bot.console.workspace.app import app_of
from tests.slack.apps import client_of
from tests.slack.blocks import section
from tests.slack.fixtures import Scene

DIGEST = {"event_type": "digest", "event_payload": {"delivery": "7"}}


async def post(scene: Scene, text: str, **more: Any) -> str:
    """The `ts` of a message by the app in `#plan`."""
    return str((await scene.client.chat_postMessage(channel=scene.plan.id, text=text, **more))["ts"])


async def test_a_history_comes_newest_first_a_page_at_a_time(scene: Scene) -> None:
    for number in range(5):
        await post(scene, str(number))
    pages = [
        (page["has_more"], [message["text"] for message in page["messages"]])
        async for page in await scene.client.conversations_history(channel=scene.plan.id, limit=2)
    ]

    assert pages == [(True, ["4", "3"]), (True, ["2", "1"]), (False, ["0"])]


async def test_a_history_can_be_asked_for_from_a_moment_to_another(scene: Scene) -> None:
    stamps = [await post(scene, str(number)) for number in range(4)]

    async def texts(**more: Any) -> list[str]:
        page = await scene.client.conversations_history(channel=scene.plan.id, **more)
        return [message["text"] for message in page["messages"]]

    assert await texts(oldest=stamps[1]) == ["3", "2"]
    assert await texts(oldest=stamps[1], latest=stamps[2], inclusive=True) == ["2", "1"]
    assert await texts(latest=stamps[1]) == ["0"]


@pytest.mark.parametrize("every", [True, False], ids=["asked for", "not asked for"])
async def test_a_messages_metadata_is_in_its_history_when_asked_for(scene: Scene, every: bool) -> None:
    await post(scene, "This week", metadata=DIGEST)
    page = await scene.client.conversations_history(channel=scene.plan.id, include_all_metadata=every)

    assert page["messages"][0]["metadata"] == (DIGEST if every else {"event_type": "digest"})
    assert scene.plan.messages[0].metadata == DIGEST


async def test_replies_are_in_their_thread_and_not_in_the_history(scene: Scene) -> None:
    asked = scene.dana.says(scene.plan, "how is the fleet")
    first = await post(scene, "On track", thread_ts=asked.ts)
    await post(scene, "And on budget", thread_ts=first)
    await post(scene, "Everyone", thread_ts=asked.ts, reply_broadcast=True)
    thread = await scene.client.conversations_replies(channel=scene.plan.id, ts=asked.ts)
    history = await scene.client.conversations_history(channel=scene.plan.id)

    assert [m["text"] for m in thread["messages"]] == ["how is the fleet", "On track", "And on budget", "Everyone"]
    assert (thread["messages"][0]["reply_count"], thread["messages"][0]["reply_users"]) == (3, [scene.slack.bot.id])
    assert [m["text"] for m in history["messages"]] == ["Everyone", "how is the fleet"]
    assert [m.text for m in scene.plan.thread(asked.ts)] == ["On track", "And on budget", "Everyone"]


async def test_an_update_without_blocks_keeps_them_and_with_none_takes_them_away(scene: Scene) -> None:
    ts = await post(scene, "On track", blocks=[section("Fleet")], metadata=DIGEST)
    await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="At risk")
    kept = scene.plan.messages[0]
    await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="At risk", blocks=[])
    bare = scene.plan.messages[0]

    assert (kept.text, kept.words, kept.edited, kept.metadata) == ("At risk", "Fleet", True, DIGEST)
    assert bare.words == "At risk"


async def test_a_message_to_a_person_goes_to_their_direct_message(scene: Scene) -> None:
    answer = await scene.client.chat_postMessage(channel=scene.dana.id, text="Due on Friday")

    assert answer["channel"] == scene.dana.dm.id
    assert (await scene.dana.dm.next_message()).text == "Due on Friday"


async def test_a_message_may_name_its_channel(scene: Scene) -> None:
    assert (await scene.client.chat_postMessage(channel="#plan", text="x"))["channel"] == scene.plan.id


async def test_an_app_with_the_scope_for_it_posts_in_public_channels_that_it_is_not_in() -> None:
    app = App(scopes=("chat:write", "chat:write.public"))
    async with Workspace.open(app) as slack:
        board = slack.channel("#board", with_app=False)

        assert (await client_of(slack).chat_postMessage(channel=board.id, text="x"))["ok"]


async def test_a_reply_has_a_permalink_into_its_thread(scene: Scene) -> None:
    asked = scene.dana.says(scene.plan, "how is the fleet")
    ts = await post(scene, "On track", thread_ts=asked.ts)
    answer = await scene.client.chat_getPermalink(channel=scene.plan.id, message_ts=ts)

    assert answer["permalink"].endswith(
        f"/archives/{scene.plan.id}/p{ts.replace('.', '')}?thread_ts={asked.ts}&cid={scene.plan.id}"
    )


async def test_channels_are_listed_by_type(scene: Scene) -> None:
    scene.slack.channel("#secret", private=True)
    scene.slack.channel("#elsewhere", private=True, with_app=False)
    scene.slack.channel("#old").archive(by=scene.dana)
    scene.dana.says(scene.dana.dm, "hello")

    async def names(**more: Any) -> list[str]:
        return [row.get("name", "") for row in (await scene.client.conversations_list(**more))["channels"]]

    assert await names() == ["plan", "old"]
    assert await names(types="public_channel,private_channel", exclude_archived=True) == ["plan", "secret"]
    assert await names(types="im") == [""]


async def test_a_persons_conversations_are_those_that_the_app_may_know_of(scene: Scene) -> None:
    scene.slack.channel("#elsewhere", private=True, members=[scene.dana], with_app=False)
    scene.slack.channel("#board")
    answer = await scene.client.users_conversations(user=scene.dana.id, types="public_channel,private_channel")

    assert [row["name"] for row in answer["channels"]] == ["plan"]


async def test_joining_again_is_a_warning(scene: Scene) -> None:
    assert (await scene.client.conversations_join(channel=scene.plan.id))["warning"] == "already_in_channel"


async def test_people_are_told_with_their_zone_and_address(scene: Scene) -> None:
    user = (await scene.client.users_info(user=scene.dana.id))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("dana", "Dana", "America/Toronto")
    assert user["profile"]["email"] == "dana@example.com"

    scene.dana.deactivate()
    assert (await scene.client.users_info(user=scene.dana.id))["user"]["deleted"] is True
    with pytest.raises(SlackApiError, match="users_not_found"):
        await scene.client.users_lookupByEmail(email="dana@example.com")


async def test_an_address_needs_its_scope() -> None:
    async with Workspace.open(App(scopes=("users:read",))) as slack:
        user = (await client_of(slack).users_info(user=slack.member("Dana").id))["user"]

        assert "email" not in user["profile"]


async def test_a_file_is_uploaded_and_shared(scene: Scene) -> None:
    await scene.client.files_upload_v2(
        content="key,status\nA-01,at risk\n",
        filename="report.csv",
        title="Status report",
        channel=scene.plan.id,
        initial_comment="This quarter",
    )
    message = await scene.plan.next_message()

    assert message.text == "This quarter"
    assert scene.slack.file(message.files[0]) == b"key,status\nA-01,at risk\n"


async def test_an_upload_of_another_length_is_refused(scene: Scene) -> None:
    answer = await scene.client.files_getUploadURLExternal(filename="report.csv", length=3)
    async with ClientSession() as session, session.post(answer["upload_url"], data=b"four") as response:
        assert response.status == 400

    with pytest.raises(SlackApiError, match="file_not_found"):
        await scene.client.files_completeUploadExternal(files=[{"id": answer["file_id"], "title": "x"}])


async def test_an_upload_as_a_form_is_taken_and_a_second_one_is_not(scene: Scene) -> None:
    answer = await scene.client.files_getUploadURLExternal(filename="report.csv", length=3)
    async with ClientSession() as session:
        form = FormData({"file": BytesIO(b"a,b")})
        async with session.post(answer["upload_url"], data=form) as response:
            assert response.status == 200
        async with session.post(answer["upload_url"], data=b"a,b") as response:
            assert response.status == 404

    assert scene.slack.file(answer["file_id"]) == b"a,b"


async def test_a_file_that_was_never_uploaded_has_no_content(scene: Scene) -> None:
    answer = await scene.client.files_getUploadURLExternal(filename="report.csv", length=3)
    with pytest.raises(KeyError):
        scene.slack.file(answer["file_id"])


async def test_an_open_conversation_is_opened_again_by_its_id(scene: Scene) -> None:
    assert (await scene.client.conversations_open(channel=scene.dana.dm.id))["channel"]["id"] == scene.dana.dm.id


async def test_an_update_may_change_metadata_and_attachments(scene: Scene) -> None:
    ts = await post(scene, "This week", metadata=DIGEST)
    later = {"event_type": "digest", "event_payload": {"delivery": "8"}}
    await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="This week", metadata=later, attachments=[])

    assert scene.plan.messages[0].metadata == later


async def test_a_call_is_awaited(scene: Scene) -> None:
    calling = asyncio.create_task(scene.slack.next_call("auth.test", after=1))
    for _ in range(2):
        await scene.client.auth_test()

    assert (await calling).method == "auth.test"


async def test_a_channel_knows_its_members_and_whether_it_is_private(scene: Scene) -> None:
    secret = scene.slack.channel("secret", private=True, members=[scene.dana], with_app=False)

    assert (secret.is_private, secret.members) == (True, (scene.dana.id,))
    assert scene.plan.members == (scene.dana.id, scene.slack.bot.id)


async def test_people_may_have_ids_of_their_own(scene: Scene) -> None:
    sam = scene.slack.member("Sam", user_id="U00000002")

    assert scene.slack.member("Ada").id == "U00000003"
    assert scene.slack.member("sam").id == sam.id


async def test_reactions_are_seen_and_taken_back(scene: Scene) -> None:
    ts = await post(scene, "On track")
    await scene.client.reactions_add(channel=scene.plan.id, timestamp=ts, name="eyes")
    scene.dana.reacts(scene.plan.messages[0], "eyes")
    both = scene.plan.messages[0].reactions
    await scene.client.reactions_remove(channel=scene.plan.id, timestamp=ts, name="eyes")

    assert both == {"eyes": (scene.slack.bot.id, scene.dana.id)}
    assert scene.plan.messages[0].reactions == {"eyes": (scene.dana.id,)}


async def test_what_the_app_is_doing_is_shown_until_it_posts(scene: Scene) -> None:
    asked = scene.dana.says(scene.dana.dm, "what are our values")
    await scene.client.assistant_threads_setStatus(channel_id=scene.dana.dm.id, thread_ts=asked.ts, status="is looking")
    before = scene.dana.dm.status(asked.ts)
    await scene.client.chat_postMessage(channel=scene.dana.dm.id, text="Compassion", thread_ts=asked.ts)

    assert (before, scene.dana.dm.status(asked.ts)) == ("is looking", "")


async def test_the_apps_messages_are_returned_one_after_the_other(scene: Scene) -> None:
    asked = scene.dana.says(scene.plan, "how is the fleet")
    for text in ("one", "two"):
        await post(scene, text)
    await post(scene, "three", thread_ts=asked.ts)

    assert [(await scene.plan.next_message()).text for _ in range(2)] == ["one", "two"]
    assert (await scene.slack.channel("#plan").next_message(thread_ts=asked.ts)).text == "three"


async def test_times_grow_even_where_the_clock_stands_or_runs_back(scene: Scene) -> None:
    with time_machine.travel(1_700_000_000, tick=False):
        stamps = [scene.dana.says(scene.plan, "x").ts for _ in range(3)]
    with time_machine.travel(1_600_000_000, tick=False):
        stamps.append(scene.dana.says(scene.plan, "x").ts)

    assert stamps == sorted(set(stamps))


async def test_ids_are_the_same_in_every_run() -> None:
    async with Workspace.open() as first, Workspace.open() as second:
        for slack in (first, second):
            slack.channel("#plan", members=[slack.member("Dana")])

        assert [person.id for person in first.people] == [person.id for person in second.people] == ["U00000001"]
        assert [channel.id for channel in first.channels] == ["C00000001"]
        assert first.bot_token != second.bot_token


def test_an_app_is_what_its_manifest_declares() -> None:
    manifest = {
        "display_information": {"name": "planbot"},
        "features": {
            "bot_user": {"display_name": "Plan"},
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": "/plan", "should_escape": True}, {"command": "/progress"}],
            "shortcuts": [{"name": "Turn", "type": "message", "callback_id": "turn", "description": "x"}],
            "agent_view": {"agent_description": "x"},
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}, "interactivity": {"is_enabled": True}},
    }
    app = app_of(manifest)

    assert (app.name, app.commands, app.escaped_commands) == ("Plan", ("/plan", "/progress"), frozenset({"/plan"}))
    assert (app.events, app.scopes) == (("app_mention",), ("commands",))
    assert (app.home_tab, app.messages_tab, app.interactivity, app.agent_view) == (True, False, True, True)
    assert [(shortcut.callback_id, shortcut.kind) for shortcut in app.shortcuts] == [("turn", "message")]


def test_what_a_manifest_leaves_out_is_off() -> None:
    app = app_of({"display_information": {"name": "planbot"}})

    assert (app.name, app.commands, app.events, app.scopes, app.shortcuts) == ("planbot", (), (), (), ())
    assert not (app.home_tab)
    assert not (app.messages_tab)
    assert not (app.interactivity)
    assert not (app.agent_view)
