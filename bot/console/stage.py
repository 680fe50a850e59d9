"""The bot at work on a scratch record in a Slack workspace on loopback, with the plan's people in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.console.cast import Role, gather
from bot.console.workspace import Channel, NotSeenError, Workspace
from bot.manifest import manifest
from bot.serve import running
from bot.service import Service
from bot.settings import CommandNames, Settings
from store.addresses import remember_addresses
from store.database import Database
from store.plan import Plan
from store.plans import import_plan
from store.workspaces import bind

WAKE_SECONDS = 1.0
TEAM = "T00000001"


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that the console plays with."""

    workspace: Workspace
    service: Service
    plan: Plan
    roles: tuple[Role, ...]
    strategy: Channel

    async def settle(self, within: float) -> bool:
        """Wait until the bot has taken whatever was sent to it and done its work; whether it has."""
        try:
            await self.workspace.handed_over(within=within)
            # An event is acked only when its work lies on the desk.
            return await self.service.desk.finish(within)
        except NotSeenError:
            return False


@asynccontextmanager
async def staged(plan: Plan, names: CommandNames, folder: Path) -> AsyncIterator[Stage]:
    """The stage; its record is a SQLite file in `folder`, which the caller removes."""
    url = f"sqlite:///{folder / 'scratch.db'}"
    async with Workspace.open(manifest(names), team_name=plan.about.organization) as workspace:
        roles = gather(workspace, plan)
        await _record(plan, url, workspace, roles)
        strategy = workspace.channel("#strategy", members=[role.person for role in roles])
        async with running(_settings(workspace, roles, url), names) as service:
            await workspace.connected()
            yield Stage(workspace, service, plan, roles, strategy)


async def _record(plan: Plan, url: str, workspace: Workspace, roles: tuple[Role, ...]) -> None:
    """The plan, and whose its owners' addresses are, which the bot would else ask for while one speaks to it."""
    database, now = Database.at(url), datetime.now(UTC)
    addresses = [(role.reference, role.person.id) for role in roles if role.reference and "@" in role.reference]
    try:
        await database.upgrade()
        async with database.sessions.begin() as session:
            own = await bind(session, TEAM, workspace.app.name)
            await import_plan(session, own, plan, now)
            await remember_addresses(session, own, addresses, now)
    finally:
        await database.close()


def _settings(workspace: Workspace, roles: tuple[Role, ...], url: str) -> Settings:
    """Every setting, so that none is taken from the environment."""
    return Settings(
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token),
        slack_signing_secret=SecretStr(workspace.signing_secret),
        slack_api_url=workspace.api_url,
        database_url=url,
        port=3000,
        planbot_admins=frozenset(role.person.id for role in roles if role.is_administrator),
        planbot_reminders=False,  # nobody wants to be reminded while trying things out
        planbot_wake_seconds=WAKE_SECONDS,
        log_level="WARNING",
    )
