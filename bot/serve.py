"""`planbot serve`: everything opened in order, run until told to stop, and closed again."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.app import build_app
from bot.desk import Desk
from bot.people import People
from bot.readiness import make_ready
from bot.scheduler import DigestScheduler
from bot.service import Service
from bot.settings import CommandNames, Settings
from bot.slack import Slack, error_code
from bot.web import web_app
from commands.shelf import Shelf
from store.database import Database
from store.workspaces import bind

log = logging.getLogger(__name__)

FINISH_SECONDS = 10
"""How long work that was acknowledged may take when the process is told to stop."""
SLACK_TRIES = 6


class CannotServe(Exception):
    """The bot cannot start; the message is one sentence that says what to do."""


async def serve(settings: Settings, names: CommandNames) -> None:
    """Run until SIGTERM or SIGINT. Raises CannotServe, RecordNotReady or DatabaseUnusable."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    async with running(settings, names):
        await stop.wait()


@asynccontextmanager
async def running(settings: Settings, names: CommandNames) -> AsyncIterator[Service]:
    """The bot at work while the block runs. Raises CannotServe."""
    async with _opened(settings, names) as service:
        app = build_app(service, settings)
        scheduler = DigestScheduler(service, settings.planbot_wake_seconds)
        listening = _by_socket(app, settings) if settings.uses_socket_mode else _by_http(app, service, settings)
        async with listening:
            scheduler.start()
            log.info("planbot serves", extra={"mode": "socket" if settings.uses_socket_mode else "http"})
            try:
                yield service
            finally:
                await scheduler.stop(FINISH_SECONDS)
        await service.desk.finish(FINISH_SECONDS)


@asynccontextmanager
async def _opened(settings: Settings, names: CommandNames) -> AsyncIterator[Service]:
    database = Database.at(settings.database_url)
    slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        await make_ready(database)
        team, team_name, bot_user = await _introduce(slack)
        async with database.sessions.begin() as session:
            workspace = await bind(session, team, team_name)
        yield Service(
            database=database,
            slack=slack,
            people=People(slack, settings.planbot_admins),
            shelf=Shelf(workspace),
            desk=Desk(),
            names=names,
            bot_user=bot_user,
        )
    finally:
        await slack.close()
        await database.close()


async def _introduce(slack: Slack) -> tuple[str, str, str]:
    """Who we are at Slack: team id, team name, the bot's user id."""
    for attempt in range(1, SLACK_TRIES + 1):
        try:
            me = await slack.client.auth_test()
            return str(me["team_id"]), str(me.get("team") or ""), str(me["user_id"])
        except SlackApiError as error:
            if error.response.status_code < 500:
                raise CannotServe(
                    f"Slack does not take SLACK_BOT_TOKEN ({error_code(error)}): "
                    "copy the bot token again from 'OAuth & Permissions' and start again."
                ) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            if attempt == SLACK_TRIES:
                raise CannotServe(
                    "Slack cannot be reached: check the network and SLACK_API_URL, then start again."
                ) from error
        log.warning("slack not reached", extra={"attempt": attempt})
        await asyncio.sleep(0.5 * 2**attempt)
    raise CannotServe("Slack is in trouble (it answers with server errors): start again in some minutes.")


@asynccontextmanager
async def _by_socket(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    token = settings.slack_app_token
    handler = AsyncSocketModeHandler(app, token.get_secret_value() if token else None)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's handlers are not annotated
    except SlackApiError as error:
        raise CannotServe(
            f"Slack does not take SLACK_APP_TOKEN ({error_code(error)}): make an app-level token with the scope "
            "connections:write under 'Basic Information' and start again."
        ) from error
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _by_http(app: AsyncApp, service: Service, settings: Settings) -> AsyncIterator[None]:
    runner = web.AppRunner(web_app(app, service), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, port=settings.port).start()
        except OSError as error:
            raise CannotServe(
                f"Port {settings.port} cannot be used: set PORT to a free one and start again."
            ) from error
        yield
    finally:
        await runner.cleanup()
