"""Holds what people handed in: on the record before Slack has the ack, until its work is done and told of.

The record is written by one task, for all deliveries that came or were done since it wrote last: twenty owners who
report at once cost two transactions, not forty. Where the record cannot be written, a delivery is held in memory and
written as soon as that is possible.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from store.database import Database
from store.intake import Handed, hold_on, let_go, put_back, take_in

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
"""How long an ack, for which Slack waits 3 seconds, may wait for the record."""
GATHER_SECONDS = 0.1
"""How long what is done may stay on the record, so that several are forgotten in one transaction."""
AGAIN_SECONDS = 1.0
"""How soon the record is tried again after it could not be written."""
LAST_WRITE_SECONDS = 5.0
"""How long the record may take when the process stops."""
SOONEST_AGAIN, LATEST_AGAIN = timedelta(seconds=2), timedelta(minutes=5)
"""When a delivery is handled again whose work failed for a reason that may pass; the older it is, the later."""


@dataclass(slots=True, eq=False)
class Held:
    """A delivery in this process's hands."""

    handed: Handed
    is_on_record: bool = False
    """Whether it survives this process."""
    is_delay_told: bool = False
    """Whether the person knows that it takes longer."""
    is_done: bool = False
    again_at: datetime | None = None
    """When it is to be handled again; None as long as nothing failed."""
    is_again: bool = False
    """Whether an earlier process, or an earlier attempt, did not come to its end."""
    works: int = 1
    """How many pieces of work there still are to it, its listener's among them."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as this process is no longer at it."""
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as it is known whether it could be put on the record."""

    @property
    def is_waiting(self) -> bool:
        """Whether its person must be told that it would not survive this process."""
        return not (self.is_on_record or self.is_done or self.is_delay_told)


_AT_HAND: ContextVar[Held | None] = ContextVar("delivery", default=None)


def at_hand() -> Held | None:
    """The delivery that is being handled here; None where it is not one that is held."""
    return _AT_HAND.get()


@contextmanager
def handling(held: Held | None) -> Iterator[None]:
    """Inside the block, and in tasks begun there, `held` is at hand."""
    token = _AT_HAND.set(held)
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def put_at_hand(held: Held | None) -> None:
    """From now on, `held` is at hand: for Bolt's middleware, which has no block around the listener."""
    _AT_HAND.set(held)


class Intake:
    """Holds deliveries for one workspace; opened inside the event loop."""

    def __init__(self, database: Database, workspace: int, hold_seconds: float) -> None:
        self._database = database
        self._workspace = workspace
        self._hold = timedelta(seconds=hold_seconds)
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        """This process, as the record knows it."""
        self._held: dict[str, Held] = {}
        self._changed: dict[str, Held] = {}
        """What the record does not know yet, by key."""
        self._being_written: dict[str, Held] = {}
        """What it is being told."""
        self._wake, self._urgent = asyncio.Event(), asyncio.Event()
        self._is_closing = False
        self._is_written = True
        """Whether the record could be written the last time."""

    def until(self) -> datetime:
        """The moment until which what is taken up now is held."""
        return datetime.now(UTC) + self._hold

    @classmethod
    @asynccontextmanager
    async def opened(cls, database: Database, workspace: int, hold_seconds: float) -> AsyncIterator[Self]:
        """An intake at work while the block runs; what is not done then is left to the next process."""
        intake = cls(database, workspace, hold_seconds)
        writer = asyncio.create_task(intake._write_on())
        try:
            yield intake
        finally:
            intake._leave()
            await asyncio.wait({writer}, timeout=LAST_WRITE_SECONDS)
            if not writer.done():
                log.error("intake not written", extra={"deliveries": len(intake._changed)})
                writer.cancel()

    async def take_in(self, handed: Handed) -> Held:
        """Hold a delivery for its listener: on the record, or after a second at most in memory alone."""
        held = self._held.get(handed.key)
        if held is None:
            held = self._held[handed.key] = Held(handed)
            self._note(held, is_urgent=True)
        else:
            held.works += 1
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await held.tried.wait()
        except TimeoutError:
            log.warning("intake waits for the record", extra={"kind": handed.kind})
        except asyncio.CancelledError:  # nobody waits for the ack any more
            self.end(held)
            raise
        return held

    def take_up(self, handed: Handed) -> Held | None:
        """Hold a delivery that was claimed on the record; None where it is in this process's hands anyway."""
        known = self._held.get(handed.key) or self._changed.get(handed.key) or self._being_written.get(handed.key)
        if known and (handed.key in self._held or known.is_done):
            return None  # a clock that jumps ahead ends every hold, of what is in hand and of what is done, too
        held = self._held[handed.key] = Held(handed, is_on_record=True, is_again=True)
        held.tried.set()
        return held

    def end(self, held: Held) -> None:
        """A piece of its work is done, and the person knows what came of it."""
        held.works -= 1
        if held.works <= 0 and self._held.get(held.handed.key) is held:
            del self._held[held.handed.key]
            held.gone.set()
            held.is_done = held.again_at is None
            self._note(held, is_urgent=not held.is_done)

    def fail(self, held: Held) -> None:
        """A piece of its work could not be done, or not be told of: the delivery is handled again later."""
        now = datetime.now(UTC)
        held.again_at = now + min(LATEST_AGAIN, max(SOONEST_AGAIN, (now - held.handed.received_at) / 4))
        self.end(held)

    async def hold_on(self) -> None:
        """Say on the record that what is in this process's hands still is; to be repeated well within the hold."""
        keys = [key for key, held in self._held.items() if held.is_on_record]
        if not keys:
            return
        try:
            async with self._database.sessions.begin() as session:
                await hold_on(session, self._workspace, keys, by=self.holder, until=self.until())
        except Exception as error:  # should another process take them over, they are done twice and kept once
            log.warning("intake not held on", extra={"error": type(error).__name__})

    def _leave(self) -> None:
        for held in list(self._held.values()):
            held.works, held.again_at = 0, datetime.now(UTC)
            self.end(held)
        self._is_closing = True
        self._wake.set()
        self._urgent.set()

    def _note(self, held: Held, *, is_urgent: bool) -> None:
        self._changed[held.handed.key] = held
        self._wake.set()
        if is_urgent:
            self._urgent.set()

    async def _write_on(self) -> None:
        while self._changed or not self._is_closing:
            await self._wake.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._urgent.wait(), GATHER_SECONDS)
            self._wake.clear()
            self._urgent.clear()
            if self._changed and not await self._write():
                await asyncio.sleep(AGAIN_SECONDS)
                self._wake.set()

    async def _write(self) -> bool:
        """Tell the record what it does not know yet; whether that was possible."""
        changed, self._changed = self._changed, {}
        self._being_written = changed
        new = [held for held in changed.values() if not held.is_on_record and not held.is_done]
        try:
            await self._put_on_record(changed, new)
        except Exception as error:  # whatever it is: nothing that is held may be let go for it
            log.log(
                logging.ERROR if self._is_written else logging.DEBUG,
                "intake not written",
                extra={"error": type(error).__name__, "deliveries": len(changed)},
            )
            self._is_written = False
            self._changed = changed | self._changed
        else:
            self._is_written = True
            for held in new:
                held.is_on_record = True
        self._being_written = {}
        for held in new:
            held.tried.set()
        return self._is_written

    async def _put_on_record(self, changed: dict[str, Held], new: list[Held]) -> None:
        done = [key for key, held in changed.items() if held.is_done and held.is_on_record]
        back = [(key, held.again_at) for key, held in changed.items() if held.again_at and not held.is_done]
        async with self._database.sessions.begin() as session:
            workspace, by = self._workspace, self.holder
            await take_in(session, workspace, [held.handed for held in new], by=by, until=self.until())
            await let_go(session, workspace, done)
            for key, until in back:
                await put_back(session, workspace, key, by=by, until=until)
