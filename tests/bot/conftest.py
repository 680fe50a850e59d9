"""planbot with the Riverbend plan, in a Slack workspace."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.harbour import Harbour, harbour, reminding
from tests.bot.running import ADMINISTRATOR, load, open_workspace, planbot


@pytest.fixture
async def slack(sqlite_url: str) -> AsyncIterator[Workspace]:
    """A workspace in which planbot is at work, reached by WebSocket."""
    await load(sqlite_url)
    async with open_workspace() as workspace, planbot(workspace, sqlite_url):
        yield workspace
        assert workspace.unknown_methods == ()


@pytest.fixture(params=["socket", "http"])
async def slack_both_ways(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Workspace]:
    """A workspace in which planbot is at work, once reached by WebSocket and once by signed HTTP."""
    await load(sqlite_url)
    async with open_workspace(request.param) as workspace, planbot(workspace, sqlite_url, request.param):
        yield workspace
        assert workspace.unknown_methods == ()


@pytest.fixture
def carter(slack: Workspace) -> Person:
    """An owner: of A-01, A-12 and the indicator KSI."""
    return slack.member("Carter", user_id="U02CARTER")


@pytest.fixture
def admin(slack: Workspace) -> Person:
    """A plan administrator, who owns nothing."""
    return slack.member("Ada", user_id=ADMINISTRATOR)


@pytest.fixture
def plan_channel(slack: Workspace, carter: Person, admin: Person) -> Channel:
    """A public channel with an owner, an administrator and the bot."""
    return slack.channel("#plan", members=[carter, admin])


@pytest.fixture
async def board(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Harbour]:
    """The harbour, where owners are reminded ahead of the digest that comes on Mondays."""
    async with harbour(sqlite_url, tmp_path) as place, reminding(place):
        await place.subscribe()
        yield place
