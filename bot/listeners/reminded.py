"""What owners do with a reminder: nothing changed, remind me later, not mine any more; and what they wish of them."""

import logging
import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.receipts import receipt
from bot.blocks.reminder import DISOWN, LATER, UNCHANGED
from bot.blocks.reminder_wishes import comes_later, disowned_card, disowning_told, no_new_figure, wish_kept
from bot.lettering import reminder_message
from bot.listeners.keeping import keep
from bot.listeners.offers import Typed
from bot.listeners.payloads import person_of, reply_to
from bot.service import Service
from bot.slack import SLACK_FAILURES, Reply
from commands.member import Member
from commands.mistakes import ChannelClosed, EntryGone, NotInChannel
from commands.outlook import letter, look
from commands.progress.finding import Reportable
from commands.progress.mistakes import UnknownEntry
from commands.progress.reading import Report
from commands.progress.recording import entry_with, may_report
from commands.reminder_wishes import is_about_reminders, read_wish, wish_for
from store.plan import Indicator, Kind
from store.reminder_wishes import Wish, disown, disowned, keep_wish, leave_unchanged, mark_told, wish_of
from store.reminders import Reminded, mark_answered, reminder_with
from store.updates import Via

log = logging.getLogger(__name__)


class ReminderListeners:
    """Reminders, as far as people answer them with buttons and wishes."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for a reminder's buttons."""
        app.action(re.compile(rf"^{UNCHANGED}:\d+$"))(self.leave_unchanged)
        app.action(re.compile(rf"^{DISOWN}:\d+$"))(self.disown_entry)
        app.action(LATER)(self.remind_later)

    async def does(self, typed: Typed, reply: Reply) -> bool:
        """Whether a line after the progress command is about the person's reminders; does what it asks for.

        Raises UnreadableWish and NoDayAhead.
        """
        if not is_about_reminders(typed.words):
            return False
        member = await self._service.people.member(typed.user)
        today = member.today().date()
        wish = read_wish(typed.words, today)
        if wish is None:
            async with self._service.database.reading() as session:
                wish = await wish_of(session, self._service.workspace, typed.user)
        else:
            await self._keep_wish(typed.user, wish)
        await reply(wish_kept(wish, today, self._service.names, reminds=self._service.reminds))
        return True

    async def leave_unchanged(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Nothing changed: an update that says so, which renews what was said before."""
        await ack()
        number, key = _read(action["value"])
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            answered, member = await self._answered(number, body), await self._service.people.member(person_of(body))
            entry = await self._entry(key)
            may_report(entry, member)
            if isinstance(entry, Indicator):
                await self._leave_indicator(entry, member)
                await self._service.confirm(reply, no_new_figure(entry.key))
            else:
                once = f"unchanged:{number}:{entry.key}"
                kept = await keep(self._service, Report(entry.key, is_renewal=True), member.id, Via.REPLY, once)
                await self._service.confirm(reply, receipt(kept))
            await self._show_again(answered, member)

        self._service.after_ack(work, reply)

    async def disown_entry(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Not mine any more: kept, and told to the administrators once."""
        await ack()
        number, key = _read(action["value"])
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            answered, member = await self._answered(number, body), await self._service.people.member(person_of(body))
            entry = await self._entry(key)
            may_report(entry, member)
            kind = Kind.INDICATOR if isinstance(entry, Indicator) else Kind.ACTION
            async with self._service.database.sessions.begin() as session:
                await disown(session, self._service.workspace, entry.key, kind, member.id, datetime.now(UTC))
            await self._tell_administrators(entry.key, member.id)
            has_administrators = bool(self._service.people.administrators)
            told = disowning_told(entry.key, self._service.names, administrators=has_administrators)
            await self._service.confirm(reply, told)
            await self._show_again(answered, member)

        self._service.after_ack(work, reply)

    async def remind_later(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Remind me on a day: no reminder before it, and one on it."""
        await ack()
        number, reply = int(action["block_id"].rpartition(":")[2]), reply_to(self._service.slack, body)
        chosen = action.get("selected_date")
        if not chosen:  # a date that was taken out again
            return

        async def work() -> None:
            member = await self._service.people.member(person_of(body))
            wish = wish_for(date.fromisoformat(chosen), member.today().date(), self._service.holidays)
            await self._answered(number, body)
            await self._keep_wish(member.id, wish)
            await reply(comes_later(wish, self._service.names))

        self._service.after_ack(work, reply)

    async def _answered(self, number: int, body: dict[str, Any]) -> Reminded:
        """The person's own reminder with that number, which is answered now. Raises EntryGone."""
        async with self._service.database.sessions.begin() as session:
            found = await reminder_with(session, self._service.workspace, number)
            if found is None or found.person != person_of(body):
                raise EntryGone
            await mark_answered(session, number, datetime.now(UTC))
        return found

    async def _entry(self, key: str) -> Reportable:
        try:
            return entry_with(key, (await self._service.current()).plan)
        except UnknownEntry as gone:
            raise EntryGone from gone

    async def _leave_indicator(self, indicator: Indicator, member: Member) -> None:
        async with self._service.writing() as (session, current):
            today = datetime.now(current.plan.about.zone).date()
            await leave_unchanged(session, self._service.workspace, indicator.key, member.id, today)

    async def _keep_wish(self, person: str, wish: Wish) -> None:
        async with self._service.database.sessions.begin() as session:
            await keep_wish(session, self._service.workspace, person, wish)

    async def _tell_administrators(self, key: str, person: str) -> None:
        async with self._service.database.sessions.begin() as session:
            said = await disowned(session, self._service.workspace)
            mine = next((one for one in said if (one.key, one.person) == (key, person)), None)
            if mine is None or not await mark_told(session, mine.id, datetime.now(UTC)):
                return
        card = disowned_card(mine, self._service.names)
        for administrator in sorted(self._service.people.administrators):
            await self._service.confirm(self._service.slack.to_channel(administrator), card)

    async def _show_again(self, answered: Reminded, member: Member) -> None:
        """The reminder says what is left of it. That it cannot be shown is no failure of what was done."""
        if not answered.channel_id or not answered.message_ts:
            return
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            now = datetime.now(UTC)
            outlook = await look(session, self._service.workspace, current.plan, now, answered.keys)
            left = await letter(session, self._service.workspace, outlook, answered.person, answered.keys)
        message = await reminder_message(self._service, left, number=answered.id, zone=member.zone)
        try:
            await self._service.slack.update(answered.channel_id, answered.message_ts, message)
        except (*SLACK_FAILURES, NotInChannel, ChannelClosed) as error:
            log.warning("reminder not shown again", extra={"reminder": answered.id, "error": type(error).__name__})


def _read(value: str) -> tuple[int, str]:
    number, _, key = value.partition("|")
    return int(number), key
