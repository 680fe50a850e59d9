"""Owners report progress in a form: it is opened, another action is chosen in it, it is handed in."""

import re
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.forms import CHOOSE, Purpose, View, measurement_form, progress_form
from bot.blocks.mistakes import field_mistakes
from bot.blocks.progress import OPEN_FORM
from bot.blocks.receipts import receipt
from bot.listeners.keeping import keep
from bot.listeners.payloads import delivery_key, reply_to, whole
from bot.service import Service
from commands.member import Member
from commands.mistakes import InvalidFields
from commands.progress.finding import Reportable
from commands.progress.form import FORM, MEASUREMENT_FORM, Filled, FilledFigures, read_form, read_measurement_form
from commands.progress.mistakes import UnknownEntry
from commands.progress.reading import Figures, Report
from commands.progress.recording import entry_with, may_report, reportable
from commands.shelf import Current
from store.plan import Action, Indicator
from store.updates import Via


async def show_form(service: Service, body: dict[str, Any], member: Member, entry: Reportable | None) -> bool:
    """Open the form of `entry`, or where there is none the member's first; False if there is nothing to report on."""
    current, url = await service.current(), body.get("response_url") or ""
    view: View | None
    if isinstance(entry, Indicator):
        view = measurement_form(entry, _today(current), response_url=url)
    else:
        view = progress_form(reportable(current.plan, member), chosen=entry, response_url=url)
    if view is not None:
        await service.slack.open_view(body["trigger_id"], view)
    return view is not None


class FormListeners:
    """The forms of actions and indicators."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what opens a form, and for what is done in one."""
        app.action(re.compile(rf"^{OPEN_FORM}:\d+$"))(self.open_form)
        app.action(CHOOSE)(self.choose_action)
        app.view(FORM)(self.report_by_form)
        app.view(MEASUREMENT_FORM)(self.measure_by_form)

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
            kept = await keep(self._service, said, body["user"]["id"], Via.MODAL, key, purpose.corrects)
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
