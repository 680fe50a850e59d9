"""What listeners and jobs work with, made once where the process starts and passed on as a value."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.message import Message
from bot.desk import Desk
from bot.errors import explain
from bot.people import People
from bot.settings import CommandNames
from bot.slack import Reply, Slack
from commands.guard import Guard
from commands.shelf import Current, Shelf
from store.database import Database

log = logging.getLogger(__name__)

CONFIRM_AFTER_SECONDS = (0, 1, 5, 30)
"""The pauses before each attempt to show a receipt."""


@dataclass(frozen=True, slots=True)
class Service:
    """The bot's connections and what it knows of its workspace."""

    database: Database
    slack: Slack
    people: People
    shelf: Shelf
    desk: Desk
    names: CommandNames
    guard: Guard
    """What a note is asked about before it is kept."""
    bot_user: str
    keeps_words: bool
    """Whether the words of unanswered questions are kept."""
    keep_days: int
    """For how many days."""

    @property
    def workspace(self) -> int:
        """The workspace's id in the record."""
        return self.shelf.workspace

    async def current(self) -> Current:
        """The plan in force as it stands now. Raises NoPlanYet."""
        async with self.database.reading() as session:
            return await self.shelf.current(session)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[tuple[AsyncSession, Current]]:
        """A transaction and the plan in force: committed when the block ends, rolled back by any error."""
        async with self.database.sessions.begin() as session:
            yield session, await self.shelf.current(session)

    async def confirm(self, reply: Reply, message: Message) -> None:
        """Show what is on the record, trying for a while: no failure to show it may look like one to record it."""
        for pause in CONFIRM_AFTER_SECONDS:
            await asyncio.sleep(pause)
            try:
                await reply(message)
            except Exception as error:  # whatever it is, it is not the recording that failed
                log.warning("receipt not shown", extra={"error": type(error).__name__})
            else:
                return
        log.error("receipt given up")

    def after_ack(self, work: Callable[[], Awaitable[None]], reply: Reply) -> None:
        """Do `work` soon, after the listener has returned; an error of it is worded and shown by `reply`."""

        async def tell(error: Exception) -> None:
            await reply(explain(error, self.names))

        self.desk.take(work, tell)
