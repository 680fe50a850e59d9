"""An event loop in a thread of its own: the terminal may wait for a line while the bot goes on working."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CLOSE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Background(Generic[T]):
    """What was opened in the other thread, and its event loop."""

    opened: T
    loop: asyncio.AbstractEventLoop

    def call(self, work: Coroutine[Any, Any, R]) -> R:
        """Do `work` over there and wait for what it returns or raises."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


@contextmanager
def in_background(opening: Callable[[], AbstractAsyncContextManager[T]]) -> Iterator[Background[T]]:
    """What `opening` opens, kept open in an event loop of its own while the block runs.

    Raises whatever keeps it from opening.
    """
    ready: Future[tuple[Background[T], asyncio.Event]] = Future()
    thread = Thread(target=lambda: asyncio.run(_keep_open(opening, ready)), name="planbot", daemon=True)
    thread.start()
    background, stop = ready.result()
    try:
        yield background
    finally:
        background.loop.call_soon_threadsafe(stop.set)
        thread.join(CLOSE_SECONDS)


async def _keep_open(
    opening: Callable[[], AbstractAsyncContextManager[T]], ready: "Future[tuple[Background[T], asyncio.Event]]"
) -> None:
    stop = asyncio.Event()
    try:
        async with opening() as opened:
            ready.set_result((Background(opened, asyncio.get_running_loop()), stop))
            await stop.wait()
    except Exception as error:
        if ready.done():
            raise
        ready.set_exception(error)
