"""A small Bolt app, connected to a workspace over Socket Mode or signed HTTP as any app would be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.console.workspace import Workspace

PING_SECONDS = 0.2
"""How often the Socket Mode client looks at its connection: short, so that it notices a dropped one soon."""


def bolt_app(workspace: Workspace) -> AsyncApp:
    """An app without listeners, with the workspace's tokens and address."""
    return AsyncApp(
        client=client_of(workspace),
        signing_secret=workspace.signing_secret,
        request_verification_enabled=True,
    )


def client_of(workspace: Workspace, token: str | None = None) -> AsyncWebClient:
    """The real client of slack_sdk, on the workspace's address."""
    return AsyncWebClient(token=workspace.bot_token if token is None else token, base_url=workspace.api_url)


@asynccontextmanager
async def running(
    app: AsyncApp, workspace: Workspace, delivery: Literal["socket", "http"] = "socket"
) -> AsyncIterator[None]:
    """Runs the app until the block ends."""
    if delivery == "socket":
        async with over_socket(app, workspace):
            yield
    else:
        async with over_http(app, workspace):
            yield


@asynccontextmanager
async def over_socket(app: AsyncApp, workspace: Workspace) -> AsyncIterator[None]:
    """The app on a WebSocket, connected."""
    handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=PING_SECONDS)
    before = workspace.sockets_open
    await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    await workspace.connected(before + 1)
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped


@asynccontextmanager
async def over_http(app: AsyncApp, workspace: Workspace, path: str = "/slack/events") -> AsyncIterator[str]:
    """The app behind HTTP on a free port, its request URL verified and handed over."""
    runner = web.AppRunner(app.web_app(path=path), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
        await workspace.deliver_over_http(url)
        yield url
    finally:
        await runner.cleanup()
