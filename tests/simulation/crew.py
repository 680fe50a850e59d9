"""The replicas that are meant to run: whoever was killed is replaced."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from tests.simulation.replica import LOOK_SECONDS, Replica, Surroundings

CLOCK_OFF_SECONDS = 30.0
"""How far a replica's clock is off at most, either way: so two of them are up to a minute apart."""


class Crew:
    """Some replicas, each at its place."""

    def __init__(self, around: Surroundings, places: int, dice: random.Random) -> None:
        self._around = around
        self._dice = dice
        self._places: list[Replica | None] = [None] * places
        self.kills = 0

    @classmethod
    @asynccontextmanager
    async def of(cls, around: Surroundings, places: int, dice: random.Random) -> AsyncIterator["Crew"]:
        """So many replicas, ended with the block."""
        crew = cls(around, places, dice)
        try:
            yield crew
        finally:
            await crew.end()

    async def look(self) -> None:
        """Let everyone look for what is due; and those who are done again and again, while anybody is still at it.

        Whoever cannot start, as when Slack is away, is started again for the next look.
        """
        at_work: dict[asyncio.Task[bool], int] = {}
        places = set(range(len(self._places)))
        while True:
            for place in sorted(places - set(at_work.values())):
                at_work[asyncio.create_task(self._look_at(place))] = place
            done, left = await asyncio.wait(at_work, timeout=LOOK_SECONDS)
            places -= {at_work[task] for task in done if not task.result()}
            if not left:
                return
            at_work = {task: at_work[task] for task in left}

    def kill(self, *, everyone: bool) -> None:
        """Kill all replicas, or one."""
        running = [one for one in self._places if one]
        for one in running if everyone else self._dice.sample(running, min(1, len(running))):
            one.kill()
            self.kills += 1

    async def end(self) -> None:
        """End all replicas at once; the next look begins with new ones."""
        for place, replica in enumerate(self._places):
            if replica:
                self._places[place] = None
                await replica.bury()

    async def _look_at(self, place: int) -> bool:
        """Whether there is a replica that did so, or died of it."""
        replica = self._places[place] or await self._replaced(place)
        if replica is None:
            return False
        if not await replica.look(datetime.now(UTC)):
            await self._bury(place, replica)
        return True

    async def _replaced(self, place: int) -> Replica | None:
        """A new replica; None where it could not start."""
        apart = timedelta(seconds=self._dice.uniform(-CLOCK_OFF_SECONDS, CLOCK_OFF_SECONDS))
        replica = self._places[place] = Replica(self._around, datetime.now(UTC), apart)
        if await replica.until_ready():
            return replica
        await self._bury(place, replica)
        return None

    async def _bury(self, place: int, replica: Replica) -> None:
        self._places[place] = None
        await replica.bury()
