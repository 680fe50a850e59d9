"""What listeners and jobs work with, made once where the process starts and passed on as a value."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import aiohttp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.intake import not_kept_yet
from bot.blocks.message import Message
from bot.desk import Desk
from bot.errors import explain
from bot.holding import Held, Intake, at_hand, handling
from bot.intake import person_in, words_in
from bot.pacing import Pace
from bot.people import People
from bot.settings import CommandNames
from bot.slack import Reply, Slack
from commands.guard import Guard
from commands.shelf import Current, Shelf
from store.database import Database, is_unreachable

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
    intake: Intake
    """What people handed in, held until it is done."""
    names: CommandNames
    guard: Guard
    """What a note is asked about before it is kept."""
    bot_user: str
    keeps_words: bool
    """Whether the words of unanswered questions are kept."""
    keep_days: int
    """For how many days."""
    pace: Pace = field(default_factory=lambda: Pace(300))
    """Of the messages of digests that this process posts or amends."""
    pause_seconds: float = 1.0
    """Between two of a digest's thread; Slack takes one a second in a channel (docs.slack.dev, rate limits)."""
    reminds: bool = True
    """Whether owners are reminded."""
    holidays: frozenset[date] = frozenset()
    """Days on which nobody is reminded."""

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

    def now(self) -> datetime:
        """The moment that the delivery at hand came, if it is one that is held: it may be handled again much later.

        Else the moment that it is.
        """
        held = at_hand()
        return held.handed.received_at if held else datetime.now(UTC)

    async def confirm(self, reply: Reply, message: Message) -> None:
        """Have what is on the record shown, trying for a while: no failure to show it may look like one to record it.

        Nobody's work waits for that. A delivery that is held stays so until its person has been told.
        """
        held = at_hand()
        if held:
            held.works += 1
        self.desk.aside(lambda: self._confirm(held, reply, message))

    async def _confirm(self, held: Held | None, reply: Reply, message: Message) -> None:
        for pause in CONFIRM_AFTER_SECONDS:
            await asyncio.sleep(pause)
            try:
                await reply(message)
            except Exception as error:  # whatever it is, it is not the recording that failed
                log.warning("receipt not shown", extra={"error": type(error).__name__})
            else:
                if held:
                    self.intake.end(held)
                return
        log.error("receipt given up", extra={"is_held": held is not None})
        if held:
            self.intake.fail(held)

    def beside(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do beside all else what mostly waits, and nobody waits for.

        A delivery that is held stays so until that is done, and is handled again where it failed.
        """
        held = at_hand()
        if held:
            held.works += 1

        async def work_on() -> None:
            try:
                await work()
            except Exception:
                if held:
                    self.intake.fail(held)
                raise
            if held:
                self.intake.end(held)

        self.desk.aside(work_on)

    def after_ack(self, work: Callable[[], Awaitable[None]], reply: Reply) -> None:
        """Do `work` soon, after the listener has returned; an error of it is worded and shown by `reply`.

        A delivery that is held stays so until that is done, and is handled again where the record was out of reach or
        the error could not be shown.
        """
        held = at_hand()

        async def tell(error: Exception) -> None:
            await reply(explain(error, self.names))

        if held is None:
            self.desk.take(work, tell)
            return
        held.works += 1

        async def work_on_held() -> None:
            with handling(held):
                await work()
            self.intake.end(held)

        async def tell_or_fail(error: Exception) -> None:
            if is_unreachable(error) and not isinstance(error, aiohttp.ClientError):
                await self._put_off(held, reply, error)
                return
            try:
                await tell(error)
            except Exception:
                self.intake.fail(held)
                raise
            self.intake.end(held)

        self.desk.take(work_on_held, tell_or_fail, whose=person_in(held.handed.payload))

    async def _put_off(self, held: Held, reply: Reply, error: Exception) -> None:
        log.warning("work put off", extra={"kind": held.handed.kind, "error": type(error).__name__})
        was_told, held.is_delay_told = held.is_delay_told or held.is_again, True
        self.intake.fail(held)
        if not was_told:
            await reply(not_kept_yet(words_in(held.handed.payload)))
