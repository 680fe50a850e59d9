"""The buttons under a question about a report: save it, save it as something else, edit it, do not save it."""

import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.doubts import DECIDE, dropped
from bot.blocks.receipts import receipt
from bot.listeners.payloads import person_of, reply_to
from bot.service import Service
from commands.progress.doubts import Choice
from commands.progress.keeping import decide


class DoubtListeners:
    """What becomes of a report that was asked about."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for the questions' buttons."""
        app.action(re.compile(rf"^{DECIDE}:[a-z-]+$"))(self.decide_on_draft)

    async def decide_on_draft(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """What was reported is saved or dropped; the question gives way to what became of it."""
        await ack()
        choice = Choice(action["action_id"].rpartition(":")[2])
        token, _, key = action["value"].partition("\n")

        async def work() -> None:
            member, now = await self._service.people.member(person_of(body)), datetime.now(UTC)
            async with self._service.writing() as (session, current):
                workspace, plan, guard = self._service.workspace, current.plan, self._service.guard
                kept = await decide(session, workspace, plan, token, key or None, choice, guard, by=member, now=now)
            instead = reply_to(self._service.slack, body, replace=True)
            await self._service.confirm(instead, receipt(kept) if kept else dropped())

        # Beside the question, which stays where something fails: it has the person's words.
        self._service.after_ack(work, reply_to(self._service.slack, body))
