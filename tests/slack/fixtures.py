"""Fixtures for tests that talk to a workspace; `tests/conftest.py` may import them by name."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.console.workspace import App, Channel, Person, Workspace
from tests.slack.apps import client_of

RETRY_DELAYS = (0.0, 0.02, 0.02)
"""Seconds before each retry of an event, in place of Slack's minutes."""

Opener = Callable[..., AbstractAsyncContextManager[Workspace]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace with Dana in `#plan` beside the app, and the app's client."""

    slack: Workspace
    client: AsyncWebClient
    dana: Person
    plan: Channel


@asynccontextmanager
async def scene_of(app: App | None = None, *, charts: bool = True) -> AsyncIterator[Scene]:
    """A scene with that app (one that may do everything, unless told)."""
    async with Workspace.open(app or App(commands=("/plan",)), retry_delays=RETRY_DELAYS, charts=charts) as slack:
        dana = slack.member("Dana")
        plan = slack.channel("#plan", members=[dana])
        yield Scene(slack, client_of(slack), dana, plan)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """A workspace with Dana in `#plan` beside the app. The test fails if it calls a method that does not exist."""
    async with scene_of() as scene:
        yield scene
        assert scene.slack.unknown_methods == ()
