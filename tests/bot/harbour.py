"""The harbour board: its plan, its people, and planbot reminding them when it is told to look."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from bot.console.workspace import Person, SeenMessage, Workspace
from bot.reminding import Reminders
from bot.scheduler import DigestScheduler
from bot.service import Service
from tests.bot.running import load, open_workspace, planbot

TORONTO = ZoneInfo("America/Toronto")
PLAN = """\
# FICTIONAL
plan:
  key: harbour-2025-2028
  title: Harbour Board Plan
  organization: Harbour Board
  status: {status}
  timezone: America/Toronto
priorities:
- key: safe-water
  title: Safe Water
  objectives:
  - key: mark-the-channel
    title: Mark the Channel
    indicators:
    - key: LIGHTS
      title: Lights that burn
      nature: quantitative
      unit: lights
      owners: [U02CARTER]
      measurements: [{{value: 7, date: 2026-01-15}}]
    actions:
    - {{key: A-01, title: Replace the channel buoys, owners: [U02CARTER], due: 2026-12-31, status: on-track,
       percent: 40, updates: [{{date: 2026-05-04, status: on-track, percent: 40}}]}}
    - {{key: A-02, title: Dredge the northern basin, owners: [U02CARTER, U03DANA], due: 2026-06-10, status: at-risk,
       percent: 60, updates: [{{date: 2026-06-01, status: at-risk, percent: 60}}]}}
    - {{key: A-03, title: Paint the pier, owners: [U02CARTER], status: complete, percent: 100}}
    - {{key: A-04, title: Chart the shoals, owners: [dana@example.org], status: cancelled}}
"""
SUBSCRIBED = datetime(2026, 6, 16, 10, tzinfo=TORONTO)
"""A Tuesday; the digest comes on Mondays at nine."""
THURSDAY = datetime(2026, 6, 18, 9, 5, tzinfo=TORONTO)
"""Two working days before the first digest."""


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Time moved to a moment; it goes on running."""
    with time_machine.travel(moment):
        yield


def reminders(person: Person) -> list[SeenMessage]:
    """The reminders that a person got."""
    return [
        one for one in person.messages(person.dm) if one.metadata and one.metadata["event_type"] == "planbot_reminder"
    ]


class Harbour:
    """The workspace of the harbour board, with its plan and its people."""

    def __init__(self, slack: Workspace, url: str) -> None:
        self.slack = slack
        self.url = url
        self.carter = slack.member("Carter", user_id="U02CARTER")
        self.dana = slack.member("Dana", user_id="U03DANA", email="dana@example.org", tz="Europe/Berlin")
        self.admin = slack.member("Ada", user_id="U0ADMIN")
        self.at_work: list[Service] = []
        self.channel = slack.channel("#plan", members=[self.carter, self.dana])

    async def subscribe(self) -> None:
        """The channel gets the digest on Mondays at nine."""
        await self.carter.types("/digest weekly monday 09:00", channel=self.channel)
        await self.carter.sees("Done: this channel", channel=self.channel)

    async def looks(self) -> None:
        """Every bot at work looks once which digest is due and whom to remind, all at the same time, and sends it."""
        await asyncio.gather(*(DigestScheduler(service).wake() for service in self.at_work))
        await asyncio.gather(*(Reminders(service).wake() for service in self.at_work))


@asynccontextmanager
async def harbour(url: str, tmp_path: Path, status: str = "adopted") -> AsyncIterator[Harbour]:
    """The harbour with nobody at work, on a Tuesday morning."""
    file = tmp_path / "harbour.yml"
    file.write_text(PLAN.format(status=status), encoding="utf-8")
    with at(SUBSCRIBED):
        await load(url, file)
        async with open_workspace() as slack:
            yield Harbour(slack, url)
            assert slack.unknown_methods == ()


@asynccontextmanager
async def reminding(place: Harbour, **others: Any) -> AsyncIterator[None]:
    """The bot at work; whom to remind it looks when it is told to."""
    async with planbot(place.slack, place.url, **others) as service:
        place.at_work.append(service)
        yield
        place.at_work.remove(service)
