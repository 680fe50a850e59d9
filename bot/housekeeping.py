"""Forgets, once a day, what is kept only for a while: the words of unanswered questions, and handled deliveries."""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta

from bot.service import Service
from store.handled import forget_older
from store.questions import forget_words

log = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0


class Housekeeping:
    """Cleans up when the bot starts and every day from then on; several replicas may do so at once."""

    def __init__(self, service: Service, every_seconds: float = DAY_SECONDS) -> None:
        self._service = service
        self._every_seconds = every_seconds
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, inside the event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self, seconds: float) -> None:
        """Clean up no more; what takes longer than `seconds` is rolled back."""
        self._stopping.set()
        if self._task:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._task, seconds)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self.clean_up()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._every_seconds)

    async def clean_up(self) -> None:
        """Forget what is older than the setting says. An error is logged; the next day comes."""
        oldest = datetime.now(UTC) - timedelta(days=self._service.keep_days)
        try:
            async with self._service.database.sessions.begin() as session:
                words = await forget_words(session, self._service.workspace, oldest.date())
                deliveries = await forget_older(session, oldest)
        except Exception as error:  # whatever it is, the bot goes on
            log.warning("not cleaned up", extra={"error": type(error).__name__})
            return
        if words or deliveries:
            log.info("cleaned up", extra={"questions": words, "deliveries": deliveries})
