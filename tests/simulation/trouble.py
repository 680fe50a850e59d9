"""What goes wrong with Slack, drawn at random: single calls, and whole hours."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from bot.console.workspace import Faults

POST, HISTORY, REPLIES = "chat.postMessage", "conversations.history", "conversations.replies"
RETRY_AFTER = 30
SLOW_SECONDS = 5
HANG_SECONDS = (25, 50)
"""Longer than planbot waits for an answer; the call is carried out in the end."""

Hours = Literal["bot", "slack", "history"]
"""What is away for a longer time: planbot, Slack, or only what can be read of it."""
LASTS: dict[Hours, tuple[timedelta, ...]] = {
    "bot": tuple(timedelta(hours=hours) for hours in (0.3, 2, 5, 12, 20, 30, 60, 9 * 24, 16 * 24, 40 * 24)),
    "slack": tuple(timedelta(hours=hours) for hours in (0.1, 0.5, 3, 14, 28)),
    "history": tuple(timedelta(hours=hours) for hours in (0.5, 2, 6)),
}


class Trouble:
    """Slack's faults; `counts` tells how often each was brought about."""

    def __init__(self, faults: Faults, dice: random.Random) -> None:
        self.counts: Counter[str] = Counter()
        self._faults = faults
        self._dice = dice
        self._away: Hours | None = None
        self._under_way = 0.0
        self._of_a_call: dict[str, Callable[[], None]] = {
            "429": lambda: faults.rate_limit(POST, times=dice.randint(1, 5), retry_after=RETRY_AFTER),
            "500": lambda: faults.http_error(POST, times=dice.randint(1, 3)),
            "accepted and dropped": lambda: faults.drop(POST, times=dice.randint(1, 3)),
            "hang": lambda: self._slow(dice.choice(HANG_SECONDS), times=dice.randint(1, 2)),
            "slow": lambda: self._slow(SLOW_SECONDS, times=dice.randint(1, 4)),
        }

    def of_a_call(self) -> None:
        """One of the next calls goes wrong, or some of them."""
        name, bring_about = self._dice.choice(list(self._of_a_call.items()))
        self.counts[name] += 1
        bring_about()

    async def call_is_over(self) -> None:
        """Single calls go well again; what is away for hours stays away.

        A call that hung is carried out, although nobody waits for its answer any more.
        """
        seconds, self._under_way = self._under_way, 0.0
        await asyncio.sleep(seconds)
        self._set()

    def begins(self, away: Hours) -> timedelta:
        """Slack or its history is away from now on, or planbot is; for how long."""
        self.counts[f"{away} away"] += 1
        self._away = away
        self._set()
        return self._dice.choice(LASTS[away])

    def ends(self) -> None:
        """All is there again."""
        self._away = None
        self._set()

    @property
    def away(self) -> Hours | None:
        """What is away for hours."""
        return self._away

    def _slow(self, seconds: float, *, times: int) -> None:
        self._under_way = seconds
        self._faults.slow(POST, seconds, times=times)

    def _set(self) -> None:
        self._faults.clear()
        if self._away == "slack":
            self._faults.down()
        elif self._away == "history":
            for method in (HISTORY, REPLIES):
                self._faults.http_error(method, times=None)
            # The answer to the next message is lost, so that there is something to look for in the history.
            self._faults.drop(POST)
