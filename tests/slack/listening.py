"""An app at its barest: it acks whatever comes over its WebSocket, and keeps it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.console.workspace import View
from tests.slack.blocks import Json, modal
from tests.slack.fixtures import Scene
from tests.slack.test_methods import trigger


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
