"""Owners report progress: typed after the progress command."""

import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.mistakes import CHOOSE_OFFER, unread
from bot.blocks.progress import my_entries, progress_usage
from bot.blocks.receipts import undone
from bot.listeners.delegating import DelegatingListeners
from bot.listeners.history import HistoryListeners
from bot.listeners.keeping import keep_or_ask
from bot.listeners.offers import Typed, line_behind, values_of
from bot.listeners.opening import show_form
from bot.listeners.payloads import as_typed, delivery_key, reply_to
from bot.listeners.reminded import ReminderListeners
from bot.service import Service
from bot.slack import Reply
from commands.progress.mistakes import Unread
from commands.progress.recording import MeasurementReceipt, Receipt, own_entries, read_line
from commands.progress.undoing import undo_last
from commands.progress.wanting import wanted_of
from commands.shelf import Current
from store.updates import Via

_HELP = frozenset({"help", "?", "usage"})


class ReportingListeners:
    """Progress updates and measurements."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._delegating = DelegatingListeners(service)
        self._reminders = ReminderListeners(service)
        self._history = HistoryListeners(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for what owners report."""
        self._delegating.register(app)
        app.command(self._service.names.progress)(self.report_by_command)
        app.action(re.compile(rf"^{CHOOSE_OFFER}:\d+$"))(self.choose_offer)

    async def report_by_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The progress command: the form, the member's own actions, a history, an undo, or an update."""
        await ack()
        words = as_typed(command.get("text", "")).strip()
        typed = Typed(words, command["user_id"], delivery_key(command, Via.COMMAND.value), command)
        reply = reply_to(self._service.slack, command)

        async def work() -> None:
            await self._read(typed, reply)

        self._service.after_ack(work, reply)

    async def choose_offer(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """What was meant by a line that could not be read: it is read again with that."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            await self._read(await line_behind(self._service, action["value"], body), reply)

        self._service.after_ack(work, reply)

    async def _read(self, typed: Typed, reply: Reply) -> None:
        try:
            await self._do(typed, reply)
        except Unread as misread:
            values = await values_of(self._service, misread.offers, typed)
            await reply(unread(misread, typed.words, values, self._service.names))

    async def _do(self, typed: Typed, reply: Reply) -> None:
        words = typed.words.casefold()
        if words in _HELP:
            await reply(progress_usage(self._service.names))
        elif words == "mine":
            current, member = await self._service.current(), await self._service.people.member(typed.user)
            own = own_entries(current.plan, member)
            await reply(my_entries(own, today=_today(current), names=self._service.names, delegated=member.delegated))
        elif words == "undo":
            await self._service.confirm(reply, undone(await self._undo(typed)))
        elif not (await self._delegating.does(typed, reply) or await self._reminders.does(typed, reply)):
            await self._report(typed, reply)

    async def _report(self, typed: Typed, reply: Reply) -> None:
        current, member = await self._service.current(), await self._service.people.member(typed.user)
        wanted = wanted_of(typed.words, current.plan, member, datetime.now(UTC))
        if wanted:
            await self._history.does(wanted, member, typed.body, reply)
            return
        line = read_line(typed.words, current.plan, member, self._service.now())
        if line.said:
            await keep_or_ask(self._service, line.said, typed.user, Via.COMMAND, typed.key, reply)
            return
        if not await show_form(self._service, typed.body, member, line.entry):
            await reply(my_entries((), today=_today(current), names=self._service.names))

    async def _undo(self, typed: Typed) -> Receipt | MeasurementReceipt:
        member = await self._service.people.member(typed.user)
        key = delivery_key(typed.body, "undo")
        async with self._service.writing() as (session, current):
            return await undo_last(
                session, self._service.workspace, current.plan, by=member, key=key, now=self._service.now()
            )


def _today(current: Current) -> date:
    return datetime.now(current.plan.about.zone).date()
