"""Which events the app is told of, and how they look."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.console.workspace import App, Workspace
from bot.console.workspace.app import KNOWN_EVENTS
from tests.slack.blocks import home, section
from tests.slack.fixtures import RETRY_DELAYS, Scene, scene_of


def events(slack: Workspace) -> list[dict[str, Any]]:
    """The events sent so far."""
    return [delivery.payload["event"] for delivery in slack.deliveries if delivery.sort == "events_api"]


def seen_types(slack: Workspace) -> list[str]:
    """Their types, `message` with its channel type."""
    return [
        f"{event['type']}.{event['channel_type']}" if event["type"] == "message" else event["type"]
        for event in events(slack)
    ]


def in_private(scene: Scene) -> None:
    scene.dana.says(scene.slack.channel("#secret", private=True, members=[scene.dana]), "hello")


def react(scene: Scene) -> None:
    scene.dana.reacts(scene.dana.says(scene.plan, "hello"), "eyes")


ACTS: dict[str, tuple[Callable[[Scene], Any], str]] = {
    "user_change": (lambda s: s.dana.deactivate(), "user_change"),
    "message.channels": (lambda s: s.dana.says(s.plan, "hello"), "message.channel"),
    "message.groups": (in_private, "message.group"),
    "message.im": (lambda s: s.dana.says(s.dana.dm, "hello"), "message.im"),
    "app_mention": (lambda s: s.dana.mentions(s.plan, "hello"), "app_mention"),
    "member_joined_channel": (lambda s: s.slack.member("Sam").joins(s.plan), "member_joined_channel"),
    "member_left_channel": (lambda s: s.dana.leaves(s.plan), "member_left_channel"),
    "channel_archive": (lambda s: s.plan.archive(by=s.dana), "channel_archive"),
    "channel_unarchive": (lambda s: s.plan.unarchive(by=s.dana), "channel_unarchive"),
    "reaction_added": (react, "reaction_added"),
}


@pytest.mark.parametrize("subscription", ACTS)
async def test_the_app_is_told_of_what_it_subscribes_to_and_of_nothing_else(subscription: str) -> None:
    act, expected = ACTS[subscription]
    async with scene_of(App(events=(subscription,))) as scene:
        act(scene)
        assert seen_types(scene.slack)[-1] == expected
        assert {*seen_types(scene.slack)} == {expected}
    others = tuple(event for event in KNOWN_EVENTS if event != subscription)
    async with scene_of(App(events=others)) as scene:
        act(scene)
        assert expected not in seen_types(scene.slack)


async def test_an_event_without_its_scope_is_not_sent() -> None:
    app = App()
    scopes = tuple(scope for scope in app.scopes if scope != "app_mentions:read")
    async with scene_of(replace(app, events=("app_mention",), scopes=scopes)) as scene:
        scene.dana.mentions(scene.plan, "hello")

        assert events(scene.slack) == []


async def test_the_app_is_not_told_of_channels_that_it_is_not_in() -> None:
    async with scene_of() as scene:
        scene.dana.mentions(scene.slack.channel("#board", members=[scene.dana], with_app=False), "hello")

        assert events(scene.slack) == []


async def test_an_event_carries_what_slack_puts_around_it() -> None:
    async with scene_of(App(events=("app_mention",))) as scene:
        asked = scene.dana.mentions(scene.plan, "what are our values")
        payload = scene.slack.deliveries[0].payload

    assert payload["type"] == "event_callback"
    assert (payload["team_id"], payload["api_app_id"]) == ("T00000001", scene.slack.app.app_id)
    assert payload["authorizations"][0]["user_id"] == scene.slack.bot.id
    assert payload["event"] == {
        "type": "app_mention",
        "user": scene.dana.id,
        "text": "<@UBOT00001> what are our values",
        "ts": asked.ts,
        "team": "T00000001",
        "channel": scene.plan.id,
        "event_ts": asked.ts,
    }


async def test_a_reply_names_its_thread_and_the_person_who_began_it() -> None:
    async with scene_of(App(events=("message.channels",))) as scene:
        asked = scene.dana.says(scene.plan, "how is the fleet")
        scene.dana.says(scene.plan, "anyone?", thread_ts=asked.ts)
        event = events(scene.slack)[-1]

    assert (event["thread_ts"], event["parent_user_id"]) == (asked.ts, scene.dana.id)


async def test_a_direct_message_that_names_the_app_is_no_mention() -> None:
    async with scene_of() as scene:
        scene.dana.mentions(scene.dana.dm, "hello")

        assert seen_types(scene.slack) == ["message.im"]


async def test_the_app_hears_its_own_messages_with_its_bot_id() -> None:
    async with scene_of(App(events=("message.channels",))) as scene:
        await scene.client.chat_postMessage(channel=scene.plan.id, text="On track")
        event = events(scene.slack)[-1]

    assert (event["bot_id"], event["app_id"]) == (scene.slack.app.bot_id, scene.slack.app.app_id)


async def test_the_app_hears_of_messages_edited_and_deleted() -> None:
    async with scene_of(App(events=("message.channels",))) as scene:
        said = scene.dana.says(scene.plan, "helo")
        scene.dana.deletes(scene.dana.edits(said, "hello"))
        _, changed, deleted = events(scene.slack)

    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "hello")
    assert changed["previous_message"]["text"] == "helo"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)


async def test_opening_home_tells_what_is_published_there() -> None:
    async with scene_of(App(events=("app_home_opened",))) as scene:
        await scene.dana.opens_home(within=None)
        await scene.client.views_publish(user_id=scene.dana.id, view=home(section("My actions")))
        shown = await scene.dana.opens_home(within=None)
        await scene.dana.opens_home("messages")
        first, second, third = events(scene.slack)

    assert [event["tab"] for event in (first, second, third)] == ["home", "home", "messages"]
    assert "view" not in first
    assert second["view"]["blocks"][0]["text"]["text"] == "My actions"
    assert shown is not None
    assert shown.words == "My actions"


async def test_opening_home_shows_what_is_published_in_answer() -> None:
    async with scene_of(App(events=("app_home_opened",))) as scene:
        opening = asyncio.create_task(scene.dana.opens_home())
        await scene.slack.delivered("app_home_opened")
        await scene.client.views_publish(user_id=scene.dana.id, view=home(section("My actions")))
        shown = await opening

    assert shown is not None
    assert (shown.type, shown.words) == ("home", "My actions")


async def test_everything_sent_is_awaited() -> None:
    async with scene_of() as scene:
        scene.dana.mentions(scene.plan, "hello")
        await scene.slack.handed_over()

        assert all(delivery.attempts for delivery in scene.slack.deliveries)


async def test_every_event_has_an_id_and_a_time_of_its_own() -> None:
    async with Workspace.open(App(), retry_delays=RETRY_DELAYS) as slack:
        dana = slack.member("Dana")
        plan = slack.channel("#plan", members=[dana])
        for number in range(50):
            dana.says(plan, str(number))
        stamps = [message.ts for message in plan.messages]

        assert len({delivery.payload["event_id"] for delivery in slack.deliveries}) == 50
        assert stamps == sorted(set(stamps))


async def test_a_change_of_a_person_tells_all_that_is_known_of_them() -> None:
    async with scene_of(App()) as scene:
        scene.dana.deactivate()
        scene.dana.reactivate()
        scene.dana.changes_profile(real_name="Dana Doe", email="dana.doe@example.org")

        left, back, renamed = events(scene.slack)
    assert (left["type"], left["user"]["id"], left["user"]["deleted"]) == ("user_change", scene.dana.id, True)
    assert left["user"]["profile"]["email"]
    assert not back["user"]["deleted"]
    assert renamed["user"]["profile"]["real_name"] == "Dana Doe"
    assert renamed["user"]["profile"]["email"] == "dana.doe@example.org"
    assert renamed["cache_ts"] == int(float(renamed["event_ts"]))
