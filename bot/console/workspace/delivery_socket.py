"""Socket Mode: the app's WebSockets, the envelopes sent over them and the acks that come back.

See https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import json
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.console.workspace.delivery import Ack, Delivery, Retry
from bot.console.workspace.waiting import Changes

MAX_CONNECTIONS = 10
"""How many WebSockets an app may hold open at once."""

PING_SECONDS = 10.0
CLOSING_SECONDS = 1.0
CONNECTION_SECONDS = 18_060
"""How long Slack says that a connection will last."""


class SocketCarrier:
    """The open WebSockets of the app. Each envelope goes over one of them, in turn."""

    def __init__(self, app_id: str, changes: Changes) -> None:
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self.opened = 0
        self._app_id = app_id
        self._changes = changes
        self._acks: dict[str, asyncio.Future[Ack]] = {}
        self._envelopes = 0

    @property
    def open_now(self) -> int:
        """How many WebSockets are open."""
        return len(self._sockets)

    async def attempt(self, delivery: Delivery, retry: Retry | None, within: float) -> Ack:
        """Sends one envelope. Fails with `no_connection` where no socket is open, with `timeout` without an ack."""
        socket = self._next_socket()
        if socket is None:
            return Ack("no_connection")
        envelope = self._envelope(delivery, retry)
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = future
        try:
            await socket.send_str(json.dumps(envelope))
            async with asyncio.timeout(within):
                return await future
        except (TimeoutError, ConnectionError):
            return Ack("timeout")
        finally:
            del self._acks[envelope["envelope_id"]]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One WebSocket from its opening to its end."""
        socket = web.WebSocketResponse(heartbeat=PING_SECONDS, timeout=CLOSING_SECONDS)
        await socket.prepare(request)
        if len(self._sockets) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return socket
        self._sockets[socket] = request
        self.opened += 1
        await socket.send_json(self._hello())
        self._changes.announce()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            del self._sockets[socket]
            self._changes.announce()
        return socket

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks the app to open a new connection, for each that it has, as Slack does every few hours."""
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})

    async def drop(self, *, abruptly: bool = False) -> None:
        """Closes every WebSocket without a warning; `abruptly`, the connection is cut without a closing frame too."""
        for socket, request in list(self._sockets.items()):
            if abruptly and request.transport is not None:
                request.transport.abort()
            else:
                await socket.close(code=WSCloseCode.GOING_AWAY)

    def _next_socket(self) -> web.WebSocketResponse | None:
        live = [socket for socket in self._sockets if not socket.closed]
        return live[self._envelopes % len(live)] if live else None

    def _envelope(self, delivery: Delivery, retry: Retry | None) -> dict[str, Any]:
        self._envelopes += 1
        envelope = {
            "envelope_id": f"00000000-0000-4000-8000-{self._envelopes:012d}",
            "payload": delivery.payload,
            "type": delivery.sort,
            "accepts_response_payload": delivery.sort != "events_api",
        }
        if delivery.sort == "events_api":
            envelope |= {
                "retry_attempt": retry.number if retry else 0,
                "retry_reason": retry.reason if retry else "",
            }
        return envelope

    def _receive(self, text: str) -> None:
        message = json.loads(text)
        future = self._acks.get(message.get("envelope_id", ""))
        if future is not None and not future.done():
            payload = message.get("payload")
            future.set_result(Ack(body=payload if isinstance(payload, dict) and payload else None))

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "debug_info": {
                "host": "loopback",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._app_id},
        }
