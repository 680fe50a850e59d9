"""Counts what is asked, behind the answer: whatever goes wrong here never reaches the person who asked."""

import logging

from bot.service import Service
from commands.ask.answer import Answer
from commands.counting import count
from commands.shelf import Current

log = logging.getLogger(__name__)


class QuestionCounter:
    """Counts questions, to be called when their answer has been shown."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def count(self, found: Answer, current: Current, *, is_chosen: bool = False) -> None:
        """Count a question with what was answered; `is_chosen` where a suggestion was pressed. Raises nothing."""
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
                )
        except Exception as error:  # the question was answered, which is what matters
            log.warning("question not counted", extra={"error": type(error).__name__})
