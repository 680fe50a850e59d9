"""Socket Mode, with the real client of slack_sdk at the other end and, for the bare protocol, aiohttp."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay

from bot.console.workspace import App, NotSeenError, Workspace
from tests.slack.apps import bolt_app, over_socket
from tests.slack.fixtures import RETRY_DELAYS, Scene, scene_of


@asynccontextmanager
async def link(scene: Scene) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A bare WebSocket, opened as the protocol says; its hello is still to be read."""
    answer = await scene.client.apps_connections_open(app_token=scene.slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        yield socket


async def read(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    """The next message."""
    return dict(await socket.receive_json(timeout=5))


def answering(workspace: Workspace) -> AsyncApp:
    """An app that answers every mention with the same words."""
    app = bolt_app(workspace)

    @app.event("app_mention")
    async def answer(say: AsyncSay) -> None:
        await say("Compassion")

    return app


async def test_a_connection_begins_with_hello(scene: Scene) -> None:
    async with link(scene) as first, link(scene) as second:
        hellos = [await read(first), await read(second)]

    assert [hello["type"] for hello in hellos] == ["hello", "hello"]
    assert [hello["num_connections"] for hello in hellos] == [1, 2]
    assert hellos[0]["connection_info"] == {"app_id": scene.slack.app.app_id}


async def test_the_eleventh_connection_is_turned_away(scene: Scene) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await scene.client.apps_connections_open(app_token=scene.slack.app_token)
        sockets = [await session.ws_connect(answer["url"]) for _ in range(11)]

        assert (await read(sockets[10]))["reason"] == "too_many_websockets"
        assert scene.slack.sockets_open == 10


async def test_envelopes_take_turns_between_connections(scene: Scene) -> None:
    async with link(scene) as first, link(scene) as second:
        await read(first)
        await read(second)
        scene.dana.mentions(scene.plan, "one")
        scene.dana.mentions(scene.plan, "two")
        envelopes = [await read(socket) for socket in (first, second, first, second)]

    assert [envelope["type"] for envelope in envelopes] == ["events_api"] * 4
    assert len({envelope["envelope_id"] for envelope in envelopes}) == 4


async def test_an_event_that_is_not_acked_comes_again_with_the_same_event_id() -> None:
    async with (
        Workspace.open(App(events=("app_mention",)), ack_seconds=0.02, retry_delays=RETRY_DELAYS) as slack,
        link(Scene(slack, bolt_app(slack).client, slack.member("Dana"), slack.channel("#plan"))) as socket,
    ):
        dana, plan = slack.member("Dana"), slack.channel("#plan", members=[slack.member("Dana")])
        await read(socket)
        dana.mentions(plan, "what are our values")
        envelopes = [await read(socket) for _ in range(4)]
        delivery = await slack.delivered("app_mention")

    assert [(envelope["retry_attempt"], envelope["retry_reason"]) for envelope in envelopes] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 1
    assert not delivery.acked


async def test_an_event_that_is_acked_comes_once(scene: Scene) -> None:
    async with over_socket(answering(scene.slack), scene.slack):
        scene.dana.mentions(scene.plan, "what are our values")
        delivery = await scene.slack.delivered("app_mention")

    assert delivery.acked
    assert len(delivery.attempts) == 1


async def test_an_event_can_be_made_to_come_twice(scene: Scene) -> None:
    scene.slack.faults.deliver_twice(name="app_mention")
    async with over_socket(answering(scene.slack), scene.slack):
        scene.dana.mentions(scene.plan, "what are our values")
        await scene.plan.next_message()
        await scene.plan.next_message()

    assert [message.text for message in scene.plan.messages if message.by_app] == ["Compassion", "Compassion"]


async def test_a_command_can_be_made_to_come_twice(scene: Scene) -> None:
    app, texts = bolt_app(scene.slack), []

    @app.command("/plan")
    async def answer(ack: AsyncAck, command: dict[str, str]) -> None:
        texts.append(command["trigger_id"])
        await ack("Once")

    scene.slack.faults.deliver_twice()
    async with over_socket(app, scene.slack):
        await scene.dana.types("/plan")
        await scene.slack.rests(quiet=0.05)

    assert len(texts) == 2
    assert len(set(texts)) == 1


@pytest.mark.parametrize("abruptly", [False, True], ids=["closed", "cut"])
async def test_the_client_comes_back_after_its_socket_was_dropped(scene: Scene, abruptly: bool) -> None:
    async with over_socket(answering(scene.slack), scene.slack):
        await scene.slack.drop_sockets(abruptly=abruptly)
        await scene.slack.reconnected(after=1)
        scene.dana.mentions(scene.plan, "what are our values")

        assert (await scene.plan.next_message()).text == "Compassion"


async def test_the_client_opens_a_new_connection_when_asked_to(scene: Scene) -> None:
    async with over_socket(answering(scene.slack), scene.slack):
        await scene.slack.refresh_sockets()
        await scene.slack.reconnected(after=1)
        scene.dana.mentions(scene.plan, "what are our values")

        assert (await scene.plan.next_message()).text == "Compassion"


async def test_the_client_gets_over_refused_connections(scene: Scene) -> None:
    async with over_socket(answering(scene.slack), scene.slack):
        scene.slack.faults.refuse_sockets(2)
        await scene.slack.drop_sockets()
        await scene.slack.reconnected(after=1)
        scene.dana.mentions(scene.plan, "what are our values")

        assert (await scene.plan.next_message()).text == "Compassion"


async def test_an_event_with_nobody_connected_is_lost_after_its_retries(scene: Scene) -> None:
    scene.dana.mentions(scene.plan, "what are our values")
    delivery = await scene.slack.delivered("app_mention")

    assert [ack.failure for ack in delivery.attempts] == ["no_connection"] * 4


async def test_a_command_with_nobody_connected_fails_in_front_of_the_person(scene: Scene) -> None:
    answer = await scene.dana.types("/plan", channel=scene.plan)

    assert answer.failure == "dispatch_failed"
    assert answer.text == "/plan failed with the error “dispatch_failed”"
    assert answer.message in scene.dana.messages(scene.plan)


async def test_a_command_that_is_not_acked_in_time_fails_in_front_of_the_person() -> None:
    async with (
        Workspace.open(App(commands=("/plan",)), ack_seconds=0.02) as slack,
        link(Scene(slack, bolt_app(slack).client, slack.member("Dana"), slack.channel("#plan"))),
    ):
        answer = await slack.member("Dana").types("/plan")

    assert answer.text == "/plan failed with the error “operation_timeout”"


async def test_an_ack_may_carry_the_answer(scene: Scene) -> None:
    async with link(scene) as socket:
        await read(socket)
        typing = asyncio.create_task(scene.dana.types("/plan", channel=scene.plan))
        envelope = await read(socket)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "On track"}})
        answer = await typing

    assert envelope["accepts_response_payload"] is True
    assert envelope["type"] == "slash_commands"
    assert answer.text == "On track"


async def test_an_app_without_a_way_to_it_misses_everything() -> None:
    async with Workspace.open(App(commands=("/plan",)), delivery="http") as slack:
        assert (await slack.member("Dana").types("/plan")).failure == "dispatch_failed"


async def test_an_ack_of_nothing_known_is_ignored(scene: Scene) -> None:
    async with link(scene) as socket:
        await read(socket)
        await socket.send_json({"envelope_id": "nobody"})
        await socket.send_str("{}")

        assert (await scene.client.auth_test())["ok"]


async def test_waiting_for_a_connection_that_does_not_come(scene: Scene) -> None:
    with pytest.raises(NotSeenError, match="0 WebSockets are open"):
        await scene.slack.connected(within=0.01)


async def test_a_new_socket_is_refused_while_slack_is_down() -> None:
    async with scene_of() as scene:
        answer = await scene.client.apps_connections_open(app_token=scene.slack.app_token)
        scene.slack.faults.down()
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(answer["url"])
