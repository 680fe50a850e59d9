"""The work that follows an ack: a bounded number of people's at a time, each person's in the order it came.

A burst of commands is acknowledged at once, whatever the work takes; the bound keeps the work of the first ones
from holding up the acks of the next (Slack waits 3 seconds for an ack, and a person rather longer for an answer).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

ASIDE_SECONDS = 2.0
"""How long the end may wait for what is done beside the rest."""

Work = Callable[[], Awaitable[None]]
OnError = Callable[[Exception], Awaitable[None]]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What is still to be done of one person's; what is being done comes first."""

    whose: str | None
    works: deque[tuple[Work, OnError]]


class Desk:
    """Takes work and does it in the background."""

    def __init__(self, at_once: int = 4) -> None:
        self._at_once = at_once
        self._lines: dict[str, Line] = {}
        """By person."""
        self._waiting: deque[Line] = deque()
        """The lines of which nothing is being done, the one that waits longest first."""
        self._hands: set[asyncio.Task[None]] = set()
        self._aside: set[asyncio.Task[None]] = set()

    def take(self, work: Work, on_error: OnError, whose: str | None = None) -> None:
        """Do `work` soon; what it raises goes to `on_error`, which must tell whoever waits for it.

        Of the same person's works (`whose`, a user id) one is done after the other, as they came: 40 % and then 60 %
        is no fall.
        """
        line = self._lines.get(whose) if whose else None
        if line is not None:
            line.works.append((work, on_error))
            return
        line = Line(whose, deque([(work, on_error)]))
        if whose:
            self._lines[whose] = line
        self._waiting.append(line)
        if len(self._hands) < self._at_once:
            hand = asyncio.get_running_loop().create_task(self._clear())
            self._hands.add(hand)
            hand.add_done_callback(self._hands.discard)

    def aside(self, work: Work) -> None:
        """Do `work` at once and beside all else: for what mostly waits, and tells of its failure by itself."""
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _guarded(self, work: Work) -> None:
        try:
            await work()
        except Exception:
            log.exception("work beside failed")

    async def _clear(self) -> None:
        while self._waiting:
            line = self._waiting.popleft()
            work, on_error = line.works[0]
            try:
                await work()
            except Exception as error:  # whatever it is, the person hears of it
                await self._tell(on_error, error)
            line.works.popleft()
            if line.works:
                self._waiting.append(line)
            elif line.whose:
                del self._lines[line.whose]

    async def _tell(self, on_error: OnError, error: Exception) -> None:
        try:
            await on_error(error)
        except Exception:
            log.exception("failure could not be told")

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is being done."""
        return not self._waiting and not self._hands and not self._aside

    async def finish(self, seconds: float) -> bool:
        """Wait until all is done, at most `seconds`; whether it is."""
        await _ended(self._hands, seconds)
        # What waits beside, waits for Slack, and may do so for long.
        await _ended(self._aside, min(seconds, ASIDE_SECONDS))
        return self.is_idle


async def _ended(tasks: set[asyncio.Task[None]], seconds: float) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while tasks and asyncio.get_running_loop().time() < deadline:
        await asyncio.wait(tasks, timeout=max(0, deadline - asyncio.get_running_loop().time()))
