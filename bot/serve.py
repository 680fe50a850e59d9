"""`planbot serve`: everything opened in order, run until told to stop, and closed again."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.addresses import LOOK_SECONDS, Addressbook
from bot.amending import Amendments
from bot.app import build_app
from bot.departing import CHECK_OWNERS_AFTER_SECONDS, DAY_SECONDS, Departures
from bot.desk import Desk
from bot.holding import Intake
from bot.housekeeping import HOUR_SECONDS, Housekeeping
from bot.introduction import introduce, try_socket
from bot.pacing import Pace
from bot.people import People
from bot.readiness import make_ready
from bot.receiving import ReceivingApp
from bot.reminding import Reminders
from bot.repeating import Repeating
from bot.resuming import Resumer
from bot.scheduler import DigestScheduler
from bot.service import Service
from bot.settings import CommandNames, Settings
from bot.slack import Slack
from bot.web import web_app
from bot.zone_rules import set_right
from commands.guard import PATTERNS, guard
from commands.mistakes import NoPlanYet
from commands.shelf import Shelf
from store.database import Database
from store.workspaces import bind

log = logging.getLogger(__name__)

HOLD_LOOKS = 3
"""How many looks for what is overdue a process may miss before others take what it holds for left behind."""
LEAST_HOLD_SECONDS = 2.0
LOOKS_AN_AMENDMENT = 4
"""How many looks for due digests go by between two looks for digests to amend."""
LOOKS_A_REMINDER = 12
"""How many looks for due digests go by between two looks for owners to remind: those are about days."""
FINISH_SECONDS = 10
"""How long work that was acknowledged may take when the process is told to stop."""


class CannotServe(Exception):
    """The bot cannot start; the message is one sentence that says what to do."""


async def serve(settings: Settings, names: CommandNames) -> None:
    """Run until SIGTERM or SIGINT. Raises CannotServe, SlackUnusable, RecordNotReady or DatabaseUnusable."""
    serving = asyncio.create_task(_serve_for_ever(settings, names))
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _serve_for_ever(settings: Settings, names: CommandNames) -> None:
    async with running(settings, names):
        await asyncio.Event().wait()


@asynccontextmanager
async def running(settings: Settings, names: CommandNames) -> AsyncIterator[Service]:
    """The bot at work while the block runs. Raises as `serve`."""
    async with opened(settings, names) as service:
        app = build_app(service, settings)
        holding = Repeating(service.intake.hold_on, _hold_seconds(settings) / HOLD_LOOKS)
        jobs = _jobs(service, app, settings)
        by_socket = settings.uses_socket_mode
        listening = _by_socket(app, service.slack, settings) if by_socket else _by_http(app, service, settings)
        await set_right(service)
        holding.start()
        service.desk.aside(partial(_make_ready_to_answer, service))
        for job in jobs:  # digests go out although Slack may be unable to deliver anything yet
            job.start()
        try:
            async with listening:
                log.info("planbot serves", extra={"mode": "socket" if by_socket else "http"})
                yield service
        finally:
            for job in reversed(jobs):
                await job.stop(FINISH_SECONDS)
            await service.desk.finish(FINISH_SECONDS)
            await holding.stop(FINISH_SECONDS)


async def _make_ready_to_answer(service: Service) -> None:
    """Nobody's first question waits for the index of a large plan."""
    with contextlib.suppress(NoPlanYet):
        await (await service.current()).at_hand()


def _jobs(service: Service, app: ReceivingApp, settings: Settings) -> list[Repeating]:
    """What is done again and again: first what is resumed, since digests tell of it."""
    pause = settings.planbot_wake_seconds
    addressbook = Addressbook(service.slack, service.database, service.workspace)
    jobs = [
        Repeating(Resumer(service, app).wake, pause),
        Repeating(DigestScheduler(service).wake, pause),
        Repeating(Amendments(service).wake, pause * LOOKS_AN_AMENDMENT),
        Repeating(Housekeeping(service).clean_up, HOUR_SECONDS),
        Repeating(addressbook.look_up, LOOK_SECONDS),
        Repeating(Departures(service).check, DAY_SECONDS, first_after_seconds=CHECK_OWNERS_AFTER_SECONDS),
    ]
    if settings.planbot_reminders:
        jobs.append(Repeating(Reminders(service).wake, pause * LOOKS_A_REMINDER))
    return jobs


@asynccontextmanager
async def opened(settings: Settings, names: CommandNames) -> AsyncIterator[Service]:
    """The bot's connections, and the workspace that it is in. Raises as `serve`."""
    database = Database.at(settings.database_url)
    slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        await make_ready(database)
        me = await introduce(slack)
        async with database.sessions.begin() as session:
            workspace = await bind(session, me.team, me.team_name)
        async with Intake.opened(database, workspace, _hold_seconds(settings)) as intake:
            yield Service(
                database=database,
                slack=slack,
                people=People(slack, settings.planbot_admins, database, workspace),
                shelf=Shelf(workspace),
                desk=Desk(),
                intake=intake,
                names=names,
                guard=guard(settings.planbot_guard_file or PATTERNS),
                bot_user=me.bot_user,
                keeps_words=settings.planbot_keep_words,
                keep_days=settings.planbot_keep_days,
                pace=Pace(settings.planbot_posts_a_minute),
                pause_seconds=settings.planbot_pause_seconds,
                reminds=settings.planbot_reminders,
                holidays=settings.planbot_holidays,
            )
    finally:
        await slack.close()
        await database.close()


def _hold_seconds(settings: Settings) -> float:
    """For how long what is handed in is this process's alone, unless it says again that it is at it."""
    return max(LEAST_HOLD_SECONDS, HOLD_LOOKS * settings.planbot_wake_seconds)


@asynccontextmanager
async def _by_socket(app: AsyncApp, slack: Slack, settings: Settings) -> AsyncIterator[None]:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    await try_socket(slack, token)
    handler = AsyncSocketModeHandler(app, token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's handlers are not annotated
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
