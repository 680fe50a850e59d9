"""Somebody was deactivated in Slack: administrators hand over what was theirs."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.departures import ALL, FORM, HAND_OVER, HISTORY, HandOver, hand_over_form, taken_over
from bot.blocks.history import history_page
from bot.blocks.message import Message
from bot.blocks.mistakes import field_mistakes
from bot.deciding import owners_of, tell_owners
from bot.departing import Departures
from bot.listeners.payloads import person_of, reply_to, whole
from bot.service import Service
from bot.slack import SLACK_FAILURES
from commands.departing import CannotTakeOver, HandedOver, hand_over
from commands.mistakes import AdministratorsOnly, ChannelClosed, InvalidFields, NotInChannel
from commands.progress.looking import page_of
from commands.progress.recording import entry_with
from store.departures import Departed

log = logging.getLogger(__name__)


class DepartingListeners:
    """Departures."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._departures = Departures(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for who leaves, and for what administrators do about it."""
        app.event("user_change")(self.note_change)
        app.action(re.compile(rf"^{HAND_OVER}:\w+$"))(self.open_form)
        app.action(re.compile(rf"^{HISTORY}:\d+$"))(self.show_history)
        app.view(FORM)(self.hand_over)

    async def note_change(self, event: dict[str, Any]) -> None:
        """Slack says that something about a person has changed; mostly it is a picture or a status."""
        user = event.get("user") or {}

        async def work() -> None:
            await self._departures.changed(user)

        async def reply(_: object) -> None:
            """Nobody waits for an answer; the error is in the log."""

        if user.get("id"):
            self._service.after_ack(work, reply)

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'Hand over': to whom, and why."""
        await ack()
        asked, url = HandOver.read(action["value"]), body.get("response_url") or ""

        async def work() -> None:
            self._require_administrator(person_of(body))
            departed = await self._departed(asked)
            left = await self._departures.left(asked.user)
            wanted = [one for one in left if asked.key in (ALL, one.entry.key)]
            if not wanted:
                current = await self._service.current()
                await reply_to(self._service.slack, body, replace=True)(await self._departures.card(departed))
                raise HandedOver(asked.key, owners_of(asked.key, current.plan))
            today = datetime.now((await self._service.current()).plan.about.zone).date()
            form = hand_over_form(departed, wanted, asked.key, today, url)
            await self._service.slack.open_view(body["trigger_id"], form)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def hand_over(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: the entries are the new owner's, who is told; the card shows what is left."""
        self._require_administrator(person_of(body))
        asked = HandOver.read(view["private_metadata"])
        values = view["state"]["values"]
        to, reason = values["to"]["to"].get("selected_user") or "", whole(values["reason"]["reason"].get("value") or "")
        if not reason.strip():
            await ack(response_action="errors", errors=field_mistakes(InvalidFields({"reason": "no reason"})))
            return
        await ack()
        where = {**body, "response_url": asked.response_url}

        async def work() -> None:
            await self._hand_over(asked, to, reason.strip(), person_of(body))
            departed = await self._departed(asked)
            card = await self._departures.card(departed)
            await self._service.confirm(reply_to(self._service.slack, where, replace=True), card)

        self._service.after_ack(work, reply_to(self._service.slack, where))

    async def _hand_over(self, asked: HandOver, to: str, reason: str, by: str) -> None:
        """Raises HandedOver where nothing of it is theirs any more, and CannotTakeOver."""
        await self._require_person(to)
        departed = await self._departed(asked)
        every = [one.entry.key for one in await self._departures.left(asked.user)]
        keys = every if asked.key == ALL else [asked.key]
        taken = []
        for key in keys:
            async with self._service.writing() as (session, current):
                before = owners_of(key, current.plan)
                made = await hand_over(
                    session,
                    self._service.workspace,
                    key,
                    departed,
                    to,
                    reason=reason,
                    by=by,
                    now=self._service.now(),
                )
            taken.append(made)
            besides = to if len(keys) > 1 else ""
            await tell_owners(self._service, made, reason, by=by, before=before, besides=besides)
        if len(keys) > 1 and to != by:
            await self._tell(to, taken_over(taken, departed, reason, by=by))

    async def _tell(self, person: str, message: Message) -> None:
        try:
            await self._service.slack.post(person, message)
        except (NotInChannel, ChannelClosed, *SLACK_FAILURES) as error:
            log.warning("new owner not told", extra={"error": type(error).__name__})

    async def _require_person(self, user: str) -> None:
        try:
            found = await self._service.people.colleague(user)
        except SLACK_FAILURES:
            return  # Slack's own list was chosen from
        if found is None or found.is_bot or found.is_gone:
            raise CannotTakeOver(user)

    async def show_history(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'History' beside an entry."""
        await ack()
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            current, member = await self._service.current(), await self._service.people.member(person_of(body))
            entry = entry_with(action["value"], current.plan)
            async with self._service.database.reading() as session:
                page = await page_of(session, self._service.workspace, entry, 1, by=member)
            await reply(history_page(page, member.zone, self._service.names))

        self._service.after_ack(work, reply)

    async def _departed(self, asked: HandOver) -> Departed:
        """Who has left; by the id alone where it was settled meanwhile."""
        found = await self._departures.departed(asked.user)
        return found or Departed(asked.user, None, None, datetime.now(UTC), is_told=True)

    def _require_administrator(self, user: str) -> None:
        if not self._service.people.is_administrator(user):
            raise AdministratorsOnly
