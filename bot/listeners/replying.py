"""Owners answer in the direct message: an update is read as after the progress command, and kept when they say so."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.replies import CHOOSE, unread_reply
from bot.errors import explain
from bot.holding import at_hand
from bot.listeners.keeping import keep_or_ask
from bot.listeners.offers import Typed, line_behind, values_of
from bot.listeners.payloads import person_of, reply_to
from bot.service import Service
from bot.slack import Reply
from commands.mistakes import EntryGone, NoPlanYet
from commands.outlook import letter, look
from commands.progress.mistakes import Unread
from commands.progress.reading import Report
from commands.replying import Part, Place, WhichEntry, offers_of_all, read_reply
from commands.shelf import Current
from store.handled import first_time
from store.reminders import Reminded, last_reminder, mark_answered, reminder_at
from store.updates import Via

ANSWERED_WITHIN = timedelta(days=7)
"""For how long after a reminder a direct message outside its thread may be an answer to it."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a message is read against."""

    current: Current
    place: Place
    reminder: Reminded | None


class ReplyListeners:
    """Updates that owners write to the bot."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what was meant by an answer that could not be read."""
        app.action(re.compile(rf"^{CHOOSE}:\d+$"))(self.choose_offer)

    async def takes(self, event: dict[str, Any], words: str, reply: Reply) -> bool:
        """Whether a direct message is an update; asks about each entry that it tells of, before anything is kept.

        A message that Slack delivers twice is asked about once.
        """
        channel, ts, user = event["channel"], event["ts"], event["user"]
        try:
            setting = await self._setting(user, channel, event.get("thread_ts"))
        except NoPlanYet:
            return False
        member = await self._service.people.member(user)
        parts = read_reply(words, setting.current.plan, member, datetime.now(UTC), setting.place)
        if not parts:
            return False
        if await self._is_new(f"message:{channel}:{ts}", setting.reminder):
            typed = Typed(words, user, f"{Via.REPLY.value}:{channel}:{ts}", event)
            await self._ask(parts, typed, reply)
        return True

    async def choose_offer(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """What was meant by an answer: it is read again with that."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)
        beside = reply_to(self._service.slack, body)

        async def work() -> None:
            typed = await line_behind(self._service, action["value"], body)
            current, member = await self._service.current(), await self._service.people.member(person_of(body))
            parts = read_reply(typed.words, current.plan, member, datetime.now(UTC), Place(is_answer=True))
            if not parts:
                raise EntryGone
            await self._ask(parts[:1], typed, reply)
            for at, part in enumerate(parts[1:], 1):
                await self._ask((part,), Typed(part.text, typed.user, f"{typed.key}:{at}", body), beside)

        self._service.after_ack(work, beside)

    async def _ask(self, parts: tuple[Part, ...], typed: Typed, reply: Reply) -> None:
        for at, part in enumerate(parts):
            key = f"{typed.key}:{at}" if at else typed.key
            await self._ask_about(part, Typed(part.text, typed.user, key, typed.body), reply)

    async def _ask_about(self, part: Part, typed: Typed, reply: Reply) -> None:
        if isinstance(part.mistake, Unread):
            await self._offer(part.mistake, typed, reply)
        elif part.mistake:
            await reply(explain(part.mistake, self._service.names))
        elif part.said:
            is_renewal = isinstance(part.said, Report) and part.said.says_nothing_but_no_change
            await keep_or_ask(
                self._service, part.said, typed.user, Via.REPLY, typed.key, reply, asks_always=not is_renewal
            )

    async def _offer(self, misread: Unread, typed: Typed, reply: Reply) -> None:
        offers = offers_of_all(misread) if isinstance(misread, WhichEntry) else misread.offers
        values = await values_of(self._service, offers, typed)
        await reply(unread_reply(misread, offers, typed.words, values, self._service.names))

    async def _setting(self, user: str, channel: str, thread: str | None) -> _Setting:
        now = datetime.now(UTC)
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            workspace = self._service.workspace
            in_thread = await reminder_at(session, workspace, user, channel, thread) if thread else None
            reminder = in_thread or await last_reminder(session, workspace, user, now - ANSWERED_WITHIN)
            if reminder is None:
                return _Setting(current, Place(), None)
            listed = await self._listed(session, reminder, current, now)
        return _Setting(current, Place(listed, is_answer=in_thread is not None), reminder)

    async def _listed(
        self, session: AsyncSession, reminder: Reminded, current: Current, now: datetime
    ) -> tuple[str, ...]:
        """What the reminder lists and still waits; all that it lists where nothing does."""
        outlook = await look(session, self._service.workspace, current.plan, now, reminder.keys)
        left = await letter(session, self._service.workspace, outlook, reminder.person, reminder.keys)
        return tuple(item.key for item in left.open) or reminder.keys

    async def _is_new(self, key: str, reminder: Reminded | None) -> bool:
        """Whether the message was not asked about before, or not to the end."""
        held, now = at_hand(), datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            is_first = await first_time(session, self._service.workspace, key, now)
            if reminder:
                await mark_answered(session, reminder.id, now)
        return is_first or (held is not None and held.is_again)
