"""What the tests of the command line share."""

import asyncio
from collections.abc import Iterator

import pytest
import time_machine

from tests.bot.cli.digesting import TUESDAY
from tests.bot.running import load


@pytest.fixture
def riverbend_url(sqlite_url: str) -> str:
    """A record with the Riverbend plan."""
    asyncio.run(load(sqlite_url))
    return sqlite_url


@pytest.fixture
def on_tuesday() -> Iterator[None]:
    """It is Tuesday, 24 November 2026; time goes on from there."""
    with time_machine.travel(TUESDAY):
        yield
