"""planbot at work against a Slack workspace, as `planbot serve` runs it."""

import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from bot.console.workspace import Workspace
from bot.manifest import manifest
from bot.serve import running
from bot.service import Service
from bot.settings import CommandNames, Settings
from store import planfile
from store.database import Database
from store.plans import import_plan
from store.workspaces import default

Delivery = Literal["socket", "http"]
PLANS = Path(__file__).parents[2] / "plans"
RIVERBEND = PLANS / "riverbend-2025-2028.yml"
ADMINISTRATOR = "U0ADMIN"


def names() -> CommandNames:
    """The default names, whatever the environment says."""
    return CommandNames(
        planbot_plan_command="/plan", planbot_progress_command="/progress", planbot_digest_command="/digest"
    )


def settings_for(
    workspace: Workspace, database_url: str, delivery: Delivery, port: int = 3000, **others: Any
) -> Settings:
    """Settings with which only the address tells the bot that this is not Slack."""
    by_socket = delivery == "socket"
    return Settings(
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token) if by_socket else None,
        slack_signing_secret=SecretStr(workspace.signing_secret),
        slack_api_url=workspace.api_url,
        database_url=database_url,
        port=port,
        log_level="INFO",
        **{
            "planbot_admins": frozenset({ADMINISTRATOR}),
            "planbot_reminders": False,
            "planbot_wake_seconds": 0.05,
            "planbot_pause_seconds": 0.1,
            **others,
        },
    )


async def load(database_url: str, plan: Path = RIVERBEND) -> None:
    """Import a plan file, as `planbot plan import` does."""
    database = Database.at(database_url)
    try:
        await database.upgrade()
        async with database.sessions.begin() as session:
            await import_plan(session, await default(session), planfile.read(plan), datetime.now(UTC))
    finally:
        await database.close()


@asynccontextmanager
async def planbot(
    workspace: Workspace, database_url: str, delivery: Delivery = "socket", **others: Any
) -> AsyncIterator[Service]:
    """The bot, connected to the workspace until the block ends; `others` are settings. It reminds nobody unless told.

    Else whether a test's owner gets a reminder would depend on the day on which the test runs.
    """
    port = free_port()
    before = workspace.sockets_open
    async with running(settings_for(workspace, database_url, delivery, port, **others), names()) as service:
        if delivery == "http":
            await workspace.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
        else:
            await workspace.connected(before + 1)
        yield service


def open_workspace(delivery: Delivery = "socket") -> AbstractAsyncContextManager[Workspace]:
    """A workspace with planbot's app in it."""
    return Workspace.open(manifest(names()), delivery=delivery, team_name="Riverbend")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
