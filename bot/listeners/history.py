"""Looking at an entry's history, and correcting what one had reported there."""

import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.forms import edit_form
from bot.blocks.history import CORRECT, NEWER, OLDER, WHOLE, history_page, whole_report
from bot.listeners.opening import member_of, named_by
from bot.listeners.payloads import reply_to
from bot.service import Service
from bot.slack import Reply
from commands.member import Member
from commands.progress.finding import Reportable
from commands.progress.looking import Page, Told, last_to_correct, one_with, page_of, to_correct
from commands.progress.undoing import Ref
from commands.progress.wanting import Look, Wanted


class HistoryListeners:
    """What was reported, page by page."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for the buttons of a history."""
        for turn in (NEWER, OLDER):
            app.action(turn)(self.turn_page)
        app.action(re.compile(rf"^{WHOLE}:\d+$"))(self.show_whole)
        app.action(re.compile(rf"^{CORRECT}:\d+$"))(self.correct)

    async def does(self, wanted: Wanted, member: Member, body: dict[str, Any], reply: Reply) -> None:
        """What a typed line wants: the history, or the form of the last report that the member may correct."""
        if wanted.look is Look.HISTORY:
            await self.show(wanted.entry, wanted.page, member, reply)
            return
        async with self._service.database.reading() as session:
            plan, now = (await self._service.shelf.current(session)).plan, datetime.now(UTC)
            given = await last_to_correct(session, self._service.workspace, plan, wanted.entry, by=member, now=now)
        view = edit_form(given, response_url=body.get("response_url") or "")
        await self._service.slack.open_view(body["trigger_id"], view)

    async def turn_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Another page, in the place of the one that is shown."""
        await ack()
        key, _, number = action["value"].partition("|")
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            entry = named_by(key, await self._service.current())
            await self.show(entry, int(number), await member_of(self._service, body), reply)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def show(self, entry: Reportable, number: int, member: Member, reply: Reply) -> None:
        """A page of an entry's history, on the member's clock."""
        async with self._service.database.reading() as session:
            page = await page_of(session, self._service.workspace, entry, number, by=member)
        await reply(history_page(page, member.zone, self._service.names))

    async def show_whole(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A report with every word of it."""
        await ack()
        ref = Ref.parse(action["value"])

        async def work() -> None:
            member = await member_of(self._service, body)
            async with self._service.database.reading() as session:
                plan = (await self._service.shelf.current(session)).plan
                entry, found = await one_with(session, self._service.workspace, plan, ref)
            page = Page(entry, 1, 1, (Told(found, None, None, may_correct=False),))
            await self._service.slack.open_view(body["trigger_id"], whole_report(page, member.zone))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def correct(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form of a report that is to be corrected."""
        await ack()
        ref = Ref.parse(action["value"])

        async def work() -> None:
            member, now = await member_of(self._service, body), datetime.now(UTC)
            async with self._service.database.reading() as session:
                plan = (await self._service.shelf.current(session)).plan
                given = await to_correct(session, self._service.workspace, plan, ref, by=member, now=now)
            view = edit_form(given, response_url=body.get("response_url") or "")
            await self._service.slack.open_view(body["trigger_id"], view)

        self._service.after_ack(work, reply_to(self._service.slack, body))
