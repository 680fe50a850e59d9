"""Forgets, once a day, what is kept only for a while: the words of unanswered questions, and handled deliveries."""

import logging
from datetime import UTC, datetime, timedelta

from bot.service import Service
from store.handled import forget_older
from store.questions import forget_words

log = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0


class Housekeeping:
    """Cleans up; several replicas may do so at once."""

    def __init__(self, service: Service) -> None:
        self._service = service

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
