"""A clock that is set, and an event loop on which its seconds pass faster than real ones.

Whoever waits on such a loop for half a minute, as for Slack's Retry-After, waits for less than one second; so what
follows a fault takes the time that it would take, and the simulation of it does not.
"""

import asyncio
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine

RATE = 60.0
"""How many of the clock's seconds pass in a real one."""


class FastClock:
    """The time of day, as `datetime.now` tells it in this process while the clock runs."""

    def __init__(self, at: datetime) -> None:
        self._travel = time_machine.travel(at, tick=False)
        self._coordinates: time_machine.Traveller | None = None
        self._set_to, self._set_at = at, self.seconds()

    @contextmanager
    def running(self) -> Iterator[None]:
        """The clock is what this process goes by."""
        with self._travel as coordinates:
            self._coordinates = coordinates
            self.set(self._set_to)
            yield

    def set(self, at: datetime) -> None:
        """It is `at` now. Who waits on the loop goes on waiting for as long as before."""
        self._set_to, self._set_at = at, self.seconds()
        self.tick()

    def tick(self) -> None:
        """Move on to the moment that it has become."""
        if self._coordinates:
            self._coordinates.move_to(self.now())

    def now(self) -> datetime:
        """The moment that it has become, in UTC."""
        return (self._set_to + timedelta(seconds=self.seconds() - self._set_at)).astimezone(UTC)

    def seconds(self) -> float:
        """Seconds of this clock since some moment."""
        return time.perf_counter() * RATE

    def event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop whose timers go by this clock."""
        return _FastLoop(self)


class _FastSelector(selectors.DefaultSelector):
    """Waits for a part of the time it is told to, and moves the clock on after it."""

    def __init__(self, clock: FastClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout / RATE if timeout else timeout)
        self._clock.tick()
        return ready


class _FastLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: FastClock) -> None:
        self._fast_clock = clock
        super().__init__(_FastSelector(clock))

    def time(self) -> float:
        return self._fast_clock.seconds()
