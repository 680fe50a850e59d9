"""Owners report progress: typed after the progress command, or in a form."""

import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.forms import CHOOSE, Purpose, View, measurement_form, progress_form
from bot.blocks.mistakes import CHOOSE_OFFER, field_mistakes, unread
from bot.blocks.progress import OPEN_FORM, measurement_history, my_actions, progress_history, progress_usage
from bot.blocks.receipts import receipt, undone
from bot.listeners.offers import Typed, line_behind, values_of
from bot.listeners.payloads import delivery_key, reply_to, unescape, whole
from bot.service import Service
from bot.slack import Reply
from commands.mistakes import InvalidFields
from commands.progress.form import FORM, MEASUREMENT_FORM, Filled, FilledFigures, read_form, read_measurement_form
from commands.progress.mistakes import UnknownEntry, Unread
from commands.progress.reading import Figures, Report
from commands.progress.recording import (
    MeasurementReceipt,
    Receipt,
    entry_named,
    entry_with,
    may_report,
    own_actions,
    read_line,
    record,
    record_figures,
    reportable,
)
from commands.progress.undoing import undo_last
from commands.shelf import Current
from store.measurements import measurements
from store.plan import Action, Indicator
from store.updates import Via, history

HISTORY_SHOWN = 10
_HELP = frozenset({"help", "?", "usage"})


class ReportingListeners:
    """Progress updates and measurements."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what owners report."""
        app.command(self._service.names.progress)(self.report_by_command)
        app.action(re.compile(rf"^{CHOOSE_OFFER}:\d+$"))(self.choose_offer)
        app.action(re.compile(rf"^{OPEN_FORM}:\d+$"))(self.open_form)
        app.action(CHOOSE)(self.choose_action)
        app.view(FORM)(self.report_by_form)
        app.view(MEASUREMENT_FORM)(self.measure_by_form)

    async def report_by_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The progress command: the form, the member's own actions, a history, an undo, or an update."""
        await ack()
        words = unescape(command.get("text", "")).strip()
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
            own = own_actions(current.plan, member)
            await reply(my_actions(own, today=_today(current), names=self._service.names))
        elif words == "undo":
            await self._service.confirm(reply, undone(await self._undo(typed)))
        elif len(words.split()) > 1 and words.split()[-1] == "history":
            await self._show_history(typed, reply)
        else:
            await self._report(typed, reply)

    async def _report(self, typed: Typed, reply: Reply) -> None:
        current, member = await self._service.current(), await self._service.people.member(typed.user)
        line = read_line(typed.words, current.plan, member, datetime.now(UTC))
        if line.said:
            kept = await self._record(line.said, typed.user, Via.COMMAND, typed.key)
            await self._service.confirm(reply, receipt(kept))
            return
        url = typed.body.get("response_url") or ""
        view: View | None
        if isinstance(line.entry, Indicator):
            view = measurement_form(line.entry, _today(current), response_url=url)
        else:
            view = progress_form(reportable(current.plan, member), chosen=line.entry, response_url=url)
        if view is None:
            await reply(my_actions((), today=_today(current), names=self._service.names))
        else:
            await self._service.slack.open_view(typed.body["trigger_id"], view)

    async def _record(
        self, said: Report | Figures, user: str, via: Via, key: str | None, corrects: int | None = None
    ) -> Receipt | MeasurementReceipt:
        member, now = await self._service.people.member(user), datetime.now(UTC)
        async with self._service.writing() as (session, current):
            put, workspace, plan = session, self._service.workspace, current.plan
            if isinstance(said, Report):
                return await record(put, workspace, plan, said, by=member, via=via, key=key, now=now, corrects=corrects)
            return await record_figures(
                put, workspace, plan, said, by=member, via=via, key=key, now=now, corrects=corrects
            )

    async def _undo(self, typed: Typed) -> Receipt | MeasurementReceipt:
        member = await self._service.people.member(typed.user)
        key = delivery_key(typed.body, "undo")
        async with self._service.writing() as (session, current):
            return await undo_last(
                session, self._service.workspace, current.plan, by=member, key=key, now=datetime.now(UTC)
            )

    async def _show_history(self, typed: Typed, reply: Reply) -> None:
        current, member = await self._service.current(), await self._service.people.member(typed.user)
        named = typed.words[: -len("history")].strip()
        entry = entry_named(named, current.plan, member, datetime.now(UTC))
        async with self._service.database.reading() as session:
            if isinstance(entry, Action):
                updates = await history(session, self._service.workspace, entry.key, limit=HISTORY_SHOWN)
                message = progress_history(entry, updates)
            else:
                measured = await measurements(session, self._service.workspace, entry.key, limit=HISTORY_SHOWN)
                message = measurement_history(entry, measured)
        await reply(message)

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A button 'Update' beside an action: its form."""
        await ack()
        user = body["user"]["id"]

        async def work() -> None:
            member = await self._service.people.member(user)
            current = await self._service.current()
            chosen = _action_with(action["value"], current)
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
            url = Purpose.read(view.get("private_metadata", "")).response_url
            form = progress_form(reportable(current.plan, member), chosen=_action_with(key, current), response_url=url)
            if form is not None:
                await self._service.slack.update_view(view["id"], form)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def report_by_form(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: what is wrong is shown beside its field, else the update is recorded."""
        purpose = Purpose.read(view.get("private_metadata", ""))
        try:
            report = read_form(_filled(view, purpose))
        except InvalidFields as mistake:
            await _refuse(ack, view, mistake)
            return
        await ack()
        self._keep(report, body, purpose)

    async def measure_by_form(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """An indicator's form handed in."""
        purpose = Purpose.read(view.get("private_metadata", ""))
        try:
            current = await self._service.current()
            indicator = entry_with(purpose.key, current.plan)
            if not isinstance(indicator, Indicator):
                raise UnknownEntry(purpose.key)
            figures = read_measurement_form(indicator, _filled_figures(view), _today(current))
        except InvalidFields as mistake:
            await _refuse(ack, view, mistake)
            return
        await ack()
        self._keep(figures, body, purpose)

    def _keep(self, said: Report | Figures, body: dict[str, Any], purpose: Purpose) -> None:
        reply = reply_to(self._service.slack, {**body, "response_url": purpose.response_url})

        async def work() -> None:
            key = delivery_key(body, Via.MODAL.value)
            kept = await self._record(said, body["user"]["id"], Via.MODAL, key, purpose.corrects)
            await self._service.confirm(reply, receipt(kept))

        self._service.after_ack(work, reply)


async def _refuse(ack: AsyncAck, view: dict[str, Any], mistake: InvalidFields) -> None:
    block_of = {_field(block): block for block in view["state"]["values"]}
    wrong = field_mistakes(mistake).items()
    await ack(response_action="errors", errors={block_of[field]: words for field, words in wrong})


def _filled(view: dict[str, Any], purpose: Purpose) -> Filled:
    fields = _fields(view)
    chosen = {name: (field.get("selected_option") or {}).get("value") for name, field in fields.items()}
    return Filled(
        action=purpose.key or chosen.get("action") or "",
        status=chosen.get("status") or "",
        percent=_typed_in(fields, "percent"),
        note=_typed_in(fields, "note"),
        evidence=_typed_in(fields, "evidence"),
    )


def _filled_figures(view: dict[str, Any]) -> FilledFigures:
    fields = _fields(view)
    return FilledFigures(
        value=_typed_in(fields, "value"),
        day=fields.get("day", {}).get("selected_date") or "",
        note=_typed_in(fields, "note"),
        evidence=_typed_in(fields, "evidence"),
    )


def _fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The form's fields by name; each block has one element."""
    return {_field(block): next(iter(elements.values())) for block, elements in view["state"]["values"].items()}


def _typed_in(fields: dict[str, dict[str, Any]], name: str) -> str:
    return whole(fields.get(name, {}).get("value") or "")


def _field(block: str) -> str:
    """The field that a block is for; the id of a block may name the entry behind a colon."""
    return block.partition(":")[0]


def _action_with(key: str, current: Current) -> Action:
    entry = entry_with(key, current.plan)
    if not isinstance(entry, Action):
        raise UnknownEntry(key)
    return entry


def _today(current: Current) -> date:
    return datetime.now(current.plan.about.zone).date()
