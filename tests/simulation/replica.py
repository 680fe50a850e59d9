"""A replica of planbot as a process of its own, which is told what time it is and looks for what is due.

Processes are forked from one that has everything imported, so that hundreds of them can be killed and replaced.
"""

import asyncio
import logging
import multiprocessing
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from pydantic import SecretStr
from sqlalchemy.orm import configure_mappers

from bot.amending import Amendments
from bot.console.workspace import Workspace
from bot.desk import ASIDE_SECONDS
from bot.scheduler import DigestScheduler
from bot.serve import opened
from bot.service import Service
from bot.settings import Settings
from tests.bot.running import names
from tests.simulation.fastclock import FastClock

log = logging.getLogger(__name__)

READY, DONE = "ready", "done"
LOOK_SECONDS = 15.0
"""How long after a look the next one follows, while something is being done beside."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.simulation.replica", "aiosqlite", "asyncpg"])
configure_mappers()  # by the process that is forked, once


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a replica needs to know of the world."""

    token: str
    secret: str
    api_url: str
    database_url: str
    is_talkative: bool
    """Whether it tells on standard error what it warns of."""

    @classmethod
    def of(cls, workspace: Workspace, database_url: str, *, is_talkative: bool) -> "Surroundings":
        """That workspace and database."""
        return cls(workspace.bot_token, workspace.signing_secret, workspace.api_url, database_url, is_talkative)

    def settings(self) -> Settings:
        """planbot's settings."""
        return Settings(
            slack_bot_token=SecretStr(self.token),
            slack_app_token=None,
            slack_signing_secret=SecretStr(self.secret),
            slack_api_url=self.api_url,
            database_url=self.database_url,
            port=3000,
            planbot_posts_a_minute=60_000,
            log_level="WARNING",
        )


class Replica:
    """A running process, seen from the one that tells it the time."""

    def __init__(self, around: Surroundings, at: datetime, apart: timedelta) -> None:
        self._link, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_live, args=(theirs, around, at + apart), daemon=True)
        self._process.start()
        theirs.close()
        self._apart = apart
        """How far its clock is from the true time."""

    async def until_ready(self) -> bool:
        """Whether it has started."""
        return await self._heard() == READY

    async def look(self, at: datetime) -> bool:
        """Let it do what is due at the true time `at`; whether it came to an end with it."""
        try:
            self._link.send(at + self._apart)
        except OSError:
            return False
        return await self._heard() == DONE

    def kill(self) -> None:
        """End it at once, whatever it is at."""
        self._process.kill()

    async def bury(self) -> None:
        """Kill it and give back what it held."""
        self.kill()
        await asyncio.to_thread(self._process.join)
        self._link.close()
        self._process.close()

    async def _heard(self) -> str | None:
        try:
            said: str = await asyncio.to_thread(self._link.recv)
        except (EOFError, OSError):
            return None
        return said


def _live(link: Connection, around: Surroundings, at: datetime) -> None:
    if around.is_talkative:
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(name)s %(message)s")
    else:
        logging.disable(logging.CRITICAL)
    clock = FastClock(at)
    with clock.running(), asyncio.Runner(loop_factory=clock.event_loop) as runner:
        try:
            runner.run(_work(link, around, clock))
        except Exception:  # such as a Slack that is away as it starts: it ends, and another one is started
            log.exception("replica ended")


async def _work(link: Connection, around: Surroundings, clock: FastClock) -> None:
    async with opened(around.settings(), names()) as service:
        scheduler, amendments = DigestScheduler(service), Amendments(service)
        link.send(READY)
        while True:
            clock.set(await asyncio.to_thread(link.recv))
            await scheduler.wake()
            while not await _is_idle(service):
                await scheduler.wake()
            await amendments.wake()
            link.send(DONE)


async def _is_idle(service: Service) -> bool:
    """Whether nothing is done beside any more, before the next look has to follow."""
    for _ in range(int(LOOK_SECONDS / ASIDE_SECONDS)):
        if await service.desk.finish(ASIDE_SECONDS):
            return True
    return False
