"""Counts what is asked, behind the answer: whatever goes wrong here never reaches the person who asked."""

import logging
from datetime import UTC, datetime
from typing import Any

from bot.listeners.payloads import delivery_key
from bot.service import Service
from commands.ask.answer import Answer
from commands.counting import count
from commands.shelf import Current

log = logging.getLogger(__name__)


class QuestionCounter:
    """Counts questions, to be called when their answer has been shown."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def count(
        self, found: Answer, current: Current, *, body: dict[str, Any] | None = None, is_chosen: bool = False
    ) -> None:
        """Count a question with what was answered. Raises nothing.

        `body` is the payload of the command or button that asked, which is counted once however often it comes;
        `is_chosen` tells that a suggestion was pressed.
        """
        if not found.question.strip():
            return
        try:
            async with self._service.database.sessions.begin() as session:
                await count(
                    session,
                    self._service.workspace,
                    current.stamp.plan_id,
                    found,
                    keeps_words=self._service.keeps_words,
                    is_chosen=is_chosen,
                    key=delivery_key(body, "asked") if body else None,
                    now=datetime.now(UTC),
                )
        except Exception as error:  # the question was answered, which is what matters
            log.warning("question not counted", extra={"error": type(error).__name__})
