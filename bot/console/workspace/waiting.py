"""Waiting for a condition with a deadline, in place of sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.console.workspace.errors import NotSeenError

T = TypeVar("T")


class Changes:
    """Wakes whoever waits, each time that something in the workspace changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Something changed: every waiting condition is looked at again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T | None], within: float, missing: Callable[[], str]) -> T:
        """The first value of `look` that is not None, looked for at once and then at every change.

        `within` is in seconds. Raises NotSeenError, worded by `missing`, when it has passed.
        """
        try:
            async with asyncio.timeout(within):
                while True:
                    if (found := look()) is not None:
                        return found
                    await self._next()
        except TimeoutError:
            raise NotSeenError(f"{missing()} (waited {within:g} s)") from None

    async def still(self, seconds: float, within: float) -> None:
        """Returns when nothing has changed for `seconds`. Raises NotSeenError when that takes more than `within`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while loop.time() < end:
            try:
                async with asyncio.timeout(seconds):
                    await self._next()
            except TimeoutError:
                return
        raise NotSeenError(f"the workspace did not come to rest (waited {within:g} s)")

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
