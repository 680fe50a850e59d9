"""The pace at which messages that nobody waits for go out.

Slack takes one message a second in a channel and several hundred a minute in a workspace (docs.slack.dev, rate limits);
what is over that is turned away, answers to members along with it.
"""

import asyncio
import heapq
from enum import IntEnum
from itertools import count

BURST = 20
"""Messages that may go out at once after a rest; Slack is generous with short bursts."""


class Rank(IntEnum):
    """Whose turn comes first."""

    FIRST = 0
    """A digest's first message, which tells the most."""
    THREAD = 1


class Pace:
    """Gives turns, so many a minute; of those who wait, to the highest rank, then to who came first."""

    def __init__(self, a_minute: float, burst: int = BURST) -> None:
        self._apart = 60 / a_minute
        self._ahead = burst * self._apart
        self._at = float("-inf")
        """Up to when turns were given, on the loop's clock; ahead of it by at most a burst."""
        self._waiting: list[tuple[Rank, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, rank: Rank = Rank.FIRST) -> None:
        """Wait until it is one's turn."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._numbers), mine))
        if self._timer is None:
            self._give()
        await mine

    def _give(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        while self._waiting:
            self._at = max(self._at, loop.time())
            if self._at - loop.time() > self._ahead - self._apart:
                self._timer = loop.call_at(self._at - self._ahead + self._apart, self._give)
                return
            _, _, theirs = heapq.heappop(self._waiting)
            if not theirs.done():  # else they have given up
                theirs.set_result(None)
                self._at += self._apart
