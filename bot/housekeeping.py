"""Forgets what is kept only for a while: the words of unanswered questions, drafts, and handled deliveries."""

import logging
from datetime import UTC, datetime, timedelta

from bot.service import Service
from store.drafts import forget_drafts
from store.handled import forget_older
from store.questions import forget_words

log = logging.getLogger(__name__)

HOUR_SECONDS = 3_600.0


class Housekeeping:
    """Cleans up; several replicas may do so at once."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def clean_up(self) -> None:
        """Forget what is older than the setting says. An error is logged; the next hour comes."""
        now = datetime.now(UTC)
        oldest = now - timedelta(days=self._service.keep_days)
        try:
            async with self._service.database.sessions.begin() as session:
                words = await forget_words(session, self._service.workspace, oldest.date())
                deliveries = await forget_older(session, oldest)
                drafts = await forget_drafts(session, now)
        except Exception as error:  # whatever it is, the bot goes on
            log.warning("not cleaned up", extra={"error": type(error).__name__})
            return
        if words or deliveries or drafts:
            log.info("cleaned up", extra={"questions": words, "deliveries": deliveries, "drafts": drafts})
