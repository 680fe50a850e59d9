"""`planbot doctor`: looks at everything the bot needs and says of each how to mend it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.introduction import Identity, SlackUnusable, introduce, try_socket
from bot.manifest import SCOPES
from bot.readiness import RecordNotReady, make_ready
from bot.settings import CommandNames, RecordSettings, Settings, SettingsUnusable
from bot.slack import Slack
from commands.departing import unowned
from store.addresses import known_addresses, unknown_addresses
from store.database import Database
from store.departures import departures
from store.errors import DatabaseUnusable, NoActivePlan, NoSuchWorkspace, SeveralWorkspaces
from store.loading import load_plan
from store.plans import list_plans
from store.workspaces import default, named


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    checked: str
    is_well: bool
    says: str
    mend: str = ""
    """What to do about it; empty where all is well."""


async def examine() -> AsyncIterator[Finding]:
    """Every check, in the order in which things have to work."""
    settings, findings = _settings()
    for finding in findings:
        yield finding
    team: str | None = None
    if settings:
        async for finding, found_team in _slack(settings):
            team = found_team or team
            yield finding
    async for finding in _record(team):
        yield finding


def _settings() -> tuple[Settings | None, tuple[Finding, ...]]:
    try:
        CommandNames.read()
        settings = Settings.read()
    except SettingsUnusable as error:
        where = "set it in the environment or in .env; the README's table has every setting"
        return None, tuple(Finding("settings", False, problem, where) for problem in error.problems)
    mode = "Socket Mode" if settings.uses_socket_mode else f"HTTP on port {settings.port}"
    found = [Finding("settings", True, f"complete, for {mode}")]
    if not settings.planbot_admins:
        found.append(
            Finding(
                "administrators",
                False,
                "nobody is a plan administrator",
                "set PLANBOT_ADMINS to the Slack user ids of those who look after the plan",
            )
        )
    return settings, tuple(found)


async def _slack(settings: Settings) -> AsyncIterator[tuple[Finding, str | None]]:
    slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        try:
            me = await introduce(slack, tries=1)
        except SlackUnusable as error:
            yield Finding("bot token", False, error.says, error.mend), None
            return
        yield Finding("bot token", True, f"{me.bot_name} in {me.team_name}"), me.team
        yield _scopes(me), None
        if settings.slack_app_token:
            yield await _app_token(slack, settings.slack_app_token.get_secret_value()), None
    finally:
        await slack.close()


def _scopes(me: Identity) -> Finding:
    if me.scopes is None:
        return Finding("scopes", True, "not told by this Slack server")
    lacking = [scope for scope in SCOPES if scope not in me.scopes]
    if lacking:
        mend = "paste the output of `planbot manifest` under 'App Manifest', then reinstall the app"
        return Finding("scopes", False, f"not granted: {', '.join(lacking)}", mend)
    return Finding("scopes", True, f"all {len(SCOPES)} granted")


async def _app_token(slack: Slack, token: str) -> Finding:
    try:
        await try_socket(slack, token, tries=1)
    except SlackUnusable as error:
        return Finding("app token", False, error.says, error.mend)
    return Finding("app token", True, "Socket Mode can be opened")


async def _record(team: str | None) -> AsyncIterator[Finding]:
    try:
        database = Database.at(RecordSettings.read().database_url)
        schema = await database.check()
    except (SettingsUnusable, DatabaseUnusable) as error:
        yield Finding("database", False, str(error), "set DATABASE_URL, and see that the database can be reached")
        return
    try:
        yield Finding("database", True, "SQLite" if database.is_embedded else "PostgreSQL")
        try:
            await make_ready(database)
        except RecordNotReady as error:
            yield Finding("schema", False, f"at {schema.revision or 'nothing yet'}, needs {schema.head}", str(error))
            return
        yield Finding("schema", True, f"current ({schema.head})")
        try:
            yield await _plan(database, team)
            async for finding in _owners(database, team):
                yield finding
        except SeveralWorkspaces as error:
            yield Finding("plan", False, str(error), "load a plan for this team: `planbot plan import FILE --team …`")
    finally:
        await database.close()


async def _workspace(session: AsyncSession, team: str | None) -> int:
    try:
        return await named(session, team) if team else await default(session)
    except NoSuchWorkspace:  # `planbot serve` binds the record to the team when it first connects
        return await default(session)


async def _owners(database: Database, team: str | None) -> AsyncIterator[Finding]:
    """Whether somebody can report on every open action; nothing without a plan."""
    async with database.sessions() as session:
        workspace = await _workspace(session, team)
        try:
            plan = await load_plan(session, workspace, people=await known_addresses(session, workspace))
        except NoActivePlan:
            return
        waiting = await departures(session, workspace)
        gone = {one.user_id for one in waiting}
        nobodys = unowned(plan, gone, await unknown_addresses(session, workspace))
    mend = "hand each over from the card in Slack, or with `/plan change KEY`"
    untold = [one.name or one.user_id for one in waiting if not one.is_told]
    if untold:
        yield Finding("departures", False, f"no administrator was told that these have left: {', '.join(untold)}", mend)
    if nobodys:
        keys = ", ".join(one.key for one in nobodys)
        yield Finding("owners", False, f"nobody in Slack can report on {keys}", mend)
    else:
        yield Finding("owners", True, "somebody can report on every open action")


async def _plan(database: Database, team: str | None) -> Finding:
    mend = "run `planbot plan import FILE` (examples are in plans/)"
    async with database.sessions() as session:  # looking may make a workspace, which is dropped again
        workspace = await _workspace(session, team)
        plans = await list_plans(session, workspace)
    active = next((plan for plan in plans if plan.is_active), None)
    if active:
        return Finding("plan", True, f"{active.title} ({active.organization}), {active.status}")
    if plans:
        return Finding("plan", False, "none is active", f"run `planbot plan activate {plans[0].key}`")
    return Finding("plan", False, "none is loaded", mend)
