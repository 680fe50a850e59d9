"""The buttons under a question about a report: save it, save it as something else, edit it, do not save it."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.doubts import DECIDE, EDIT_DRAFT, doubt_blocks, dropped
from bot.blocks.forms import draft_form
from bot.blocks.purpose import Purpose
from bot.blocks.receipts import receipt
from bot.listeners.forms import marks_of
from bot.listeners.opening import member_of, named_by, today_in
from bot.listeners.payloads import person_of, reply_to
from bot.service import Service
from commands.progress.doubts import Choice
from commands.progress.keeping import decide, doubts_about, draft_with
from commands.progress.reading import Report


class DoubtListeners:
    """What becomes of a report that was asked about."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for the questions' buttons."""
        app.action(re.compile(rf"^{DECIDE}:[a-z-]+$"))(self.decide_on_draft)
        app.action(EDIT_DRAFT)(self.edit_draft)

    async def decide_on_draft(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """What was reported is saved or dropped; the question gives way to what became of it."""
        await ack()
        choice = Choice(action["action_id"].rpartition(":")[2])
        token, _, key = action["value"].partition("\n")

        async def work() -> None:
            member, now = await self._service.people.member(person_of(body)), self._service.now()
            async with self._service.writing() as (session, current):
                workspace, plan, guard = self._service.workspace, current.plan, self._service.guard
                kept = await decide(session, workspace, plan, token, key or None, choice, guard, by=member, now=now)
            instead = reply_to(self._service.slack, body, replace=True)
            await self._service.confirm(instead, receipt(kept) if kept else dropped())

        # Beside the question, which stays where something fails: it has the person's words.
        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def edit_draft(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form with what was reported filled in, and what is doubtful about it on top."""
        await ack()
        token = action["value"].partition("\n")[0]

        async def work() -> None:
            member, guard, workspace = (
                await member_of(self._service, body),
                self._service.guard,
                self._service.workspace,
            )
            async with self._service.database.reading() as session:
                current = await self._service.shelf.current(session)
                draft = await draft_with(session, workspace, token, member)
                said, corrects = draft.said, draft.corrects
                found = await doubts_about(session, workspace, current.plan, said, guard, by=member, corrects=corrects)
            entry = named_by(said.action if isinstance(said, Report) else said.indicator, current)
            purpose = Purpose(
                response_url=body.get("response_url") or "", doubted=tuple(sorted(marks_of(found))), draft=token
            )
            form = draft_form(entry, draft, purpose, today=today_in(current), lead=doubt_blocks(found))
            await self._service.slack.open_view(body["trigger_id"], form)

        self._service.after_ack(work, reply_to(self._service.slack, body))
