"""The buttons under a receipt: take back, edit, share."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.forms import edit_form
from bot.blocks.receipts import EDIT, SHARE, UNDO, receipt, shared_progress, undone
from bot.listeners.payloads import person_of, reply_to
from bot.service import Service
from commands.progress.recording import MeasurementReceipt, Receipt
from commands.progress.undoing import Ref, receipt_of, undo
from store.handled import first_time, forget


class ReceiptListeners:
    """What becomes of a receipt."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for the receipts' buttons."""
        app.action(UNDO)(self.undo_update)
        app.action(EDIT)(self.edit_update)
        app.action(SHARE)(self.share_update)

    async def undo_update(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """What was recorded is taken back; the receipt says so."""
        await ack()
        ref, reply = Ref.parse(action["value"]), reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            member = await self._service.people.member(person_of(body))
            async with self._service.writing() as (session, current):
                workspace, now = self._service.workspace, self._service.now()
                given = await undo(session, workspace, current.plan, ref, by=member, now=now)
            await self._service.confirm(reply, undone(given))

        self._service.after_ack(work, self._beside(body))

    async def edit_update(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form with what was recorded filled in."""
        await ack()
        ref = Ref.parse(action["value"])

        async def work() -> None:
            view = edit_form(await self._given(ref, body), response_url=body.get("response_url") or "")
            await self._service.slack.open_view(body["trigger_id"], view)

        self._service.after_ack(work, self._beside(body))

    async def share_update(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The channel is shown what was recorded, once, and by whom."""
        await ack()
        ref, user = Ref.parse(action["value"]), person_of(body)

        async def work() -> None:
            given = await self._given(ref, body)
            message = shared_progress(given, by=user)
            channel, url = body["channel"]["id"], body.get("response_url")
            await self._once(f"share:{ref}:{channel}", lambda: self._service.slack.show(channel, url, message))
            await reply_to(self._service.slack, body, replace=True)(receipt(given, is_shared=True))

        self._service.after_ack(work, self._beside(body))

    async def _given(self, ref: Ref, body: dict[str, Any]) -> Receipt | MeasurementReceipt:
        member = await self._service.people.member(person_of(body))
        async with self._service.database.reading() as session:
            plan = (await self._service.shelf.current(session)).plan
            return await receipt_of(session, self._service.workspace, plan, ref, by=member, now=datetime.now(UTC))

    async def _once(self, key: str, deed: Callable[[], Awaitable[None]]) -> None:
        """Do what is to be done once however often the button is pressed; again if it failed."""
        async with self._service.database.sessions.begin() as session:
            if not await first_time(session, self._service.workspace, key, datetime.now(UTC)):
                return
        try:
            await deed()
        except Exception:
            async with self._service.database.sessions.begin() as session:
                await forget(session, self._service.workspace, key)
            raise

    def _beside(self, body: dict[str, Any]) -> Any:
        return reply_to(self._service.slack, body)
