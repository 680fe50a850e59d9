"""Owners report progress: typed after the progress command, or in its form."""

import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.mistakes import field_mistakes
from bot.blocks.progress import my_actions, progress_form, progress_history, progress_receipt, progress_usage, undone
from bot.listeners.payloads import delivery_key, reply_to, unescape, whole
from bot.service import Service
from bot.slack import Reply
from commands.member import Member
from commands.mistakes import InvalidFields
from commands.progress.form import FORM, Filled, read_form
from commands.progress.reading import Report, read_report
from commands.progress.recording import Receipt, action_meant, may_report, own_actions, record, reportable, undo
from commands.shelf import Current
from store.updates import Via, history

OPEN_FORM = re.compile(r"^progress:open:\d+$")
CHOOSE = "progress:action"
HISTORY_SHOWN = 10
_HELP = frozenset({"help", "?", "usage"})


class ReportingListeners:
    """Progress updates."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what owners report."""
        app.command(self._service.names.progress)(self.report_by_command)
        app.action(OPEN_FORM)(self.open_form)
        app.action(CHOOSE)(self.choose_action)
        app.view(FORM)(self.report_by_form)

    async def report_by_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The progress command: the form, the member's own actions, a history, an undo, or an update."""
        await ack()
        typed = unescape(command.get("text", "")).strip()
        reply = reply_to(self._service.slack, command)

        async def work() -> None:
            await self._do_command(typed, command, reply)

        self._service.after_ack(work, reply)

    async def _do_command(self, typed: str, command: dict[str, Any], reply: Reply) -> None:
        if typed.casefold() in _HELP:
            await reply(progress_usage(self._service.names))
            return
        member = await self._service.people.member(command["user_id"])
        current = await self._service.current()
        words = typed.split()
        if typed.casefold() == "mine":
            await reply(my_actions(own_actions(current.plan, member), today=_today(current), names=self._service.names))
        elif typed.casefold() == "undo":
            await self._service.confirm(reply, undone(await self._undo(member, command)))
        elif len(words) > 1 and words[-1].casefold() == "history":
            await self._show_history(" ".join(words[:-1]), current, member, reply)
        else:
            await self._report(read_report(typed, current.plan.actions()), command, current, member, reply)

    async def _report(
        self, report: Report, command: dict[str, Any], current: Current, member: Member, reply: Reply
    ) -> None:
        if not report.says_nothing:
            kept = await self._record(report, command, member, Via.COMMAND)
            await self._service.confirm(reply, progress_receipt(kept))
            return
        action = action_meant(report.action, current.plan, member) if report.action else None
        if action:
            may_report(action, member)
        view = progress_form(
            reportable(current.plan, member), chosen=action, response_url=command.get("response_url") or ""
        )
        if view is None:
            await reply(my_actions((), today=_today(current), names=self._service.names))
        else:
            await self._service.slack.open_view(command["trigger_id"], view)

    async def _record(self, report: Report, body: dict[str, Any], member: Member, via: Via) -> Receipt:
        async with self._service.writing() as (session, current):
            return await record(
                session,
                self._service.workspace,
                current.plan,
                report,
                by=member,
                via=via,
                key=delivery_key(body, via.value),
                now=datetime.now(UTC),
            )

    async def _undo(self, member: Member, command: dict[str, Any]) -> Receipt:
        async with self._service.writing() as (session, current):
            return await undo(
                session,
                self._service.workspace,
                current.plan,
                by=member,
                key=delivery_key(command, "undo"),
                now=datetime.now(UTC),
            )

    async def _show_history(self, typed: str, current: Current, member: Member, reply: Reply) -> None:
        action = action_meant(typed, current.plan, member)
        async with self._service.database.reading() as session:
            updates = await history(session, self._service.workspace, action.key, limit=HISTORY_SHOWN)
        await reply(progress_history(action, updates))

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A button 'Update' beside an action: its form."""
        await ack()
        user = body["user"]["id"]

        async def work() -> None:
            member = await self._service.people.member(user)
            current = await self._service.current()
            chosen = action_meant(action["value"], current.plan, member)
            may_report(chosen, member)
            view = progress_form(reportable(current.plan, member), chosen=chosen)
            if view is not None:
                await self._service.slack.open_view(body["trigger_id"], view)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def choose_action(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Another action chosen in the form: its last state is loaded."""
        await ack()
        key, view = action["selected_option"]["value"], body["view"]

        async def work() -> None:
            member = await self._service.people.member(body["user"]["id"])
            current = await self._service.current()
            chosen = action_meant(key, current.plan, member)
            form = progress_form(
                reportable(current.plan, member), chosen=chosen, response_url=view.get("private_metadata", "")
            )
            if form is not None:
                await self._service.slack.update_view(view["id"], form)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def report_by_form(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: what is wrong is shown beside its field, else the update is recorded."""
        try:
            report = read_form(_filled(view))
        except InvalidFields as mistake:
            block_of = {_field(block): block for block in view["state"]["values"]}
            wrong = field_mistakes(mistake).items()
            await ack(response_action="errors", errors={block_of[field]: words for field, words in wrong})
            return
        await ack()
        reply = reply_to(self._service.slack, {"response_url": view.get("private_metadata"), **body})

        async def work() -> None:
            member = await self._service.people.member(body["user"]["id"])
            kept = await self._record(report, body, member, Via.MODAL)
            await self._service.confirm(reply, progress_receipt(kept))

        self._service.after_ack(work, reply)


def _filled(view: dict[str, Any]) -> Filled:
    """The form's fields, as typed; each block has one element."""
    fields = {_field(block): next(iter(elements.values())) for block, elements in view["state"]["values"].items()}
    chosen = {name: (field.get("selected_option") or {}).get("value") for name, field in fields.items()}
    return Filled(
        action=chosen.get("action") or "",
        status=chosen.get("status") or "",
        percent=fields.get("percent", {}).get("value") or "",
        note=whole(fields.get("note", {}).get("value") or ""),
    )


def _field(block: str) -> str:
    """The field that a block is for; the id of a block may name the action behind a colon."""
    return block.partition(":")[0]


def _today(current: Current) -> date:
    return datetime.now(current.plan.about.zone).date()
