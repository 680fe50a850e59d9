"""Work that is done again and again, with a pause in between.

The pause is counted on the monotonic clock: a timer that reckons with the wall clock would sleep through the hour by
which that is set back.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable


class Repeating:
    """Does a piece of work at once or after a while, and again after every pause, until it is stopped.

    Where the work says that there is more to do (True), it is done again without a pause.
    """

    def __init__(
        self, work: Callable[[], Awaitable[bool | None]], pause_seconds: float, *, first_after_seconds: float = 0.0
    ) -> None:
        self._work = work
        self._pause_seconds = pause_seconds
        self._first_after_seconds = first_after_seconds
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, inside the event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self, seconds: float) -> None:
        """Do it no more. What takes longer than `seconds` is cut short."""
        self._stopping.set()
        if self._task:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._task, seconds)

    async def _run(self) -> None:
        if self._first_after_seconds:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._first_after_seconds)
        while not self._stopping.is_set():
            if await self._work():
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._pause_seconds)
