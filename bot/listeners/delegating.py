"""Owners let colleagues report for them: named, listed and ended after the progress command, and by buttons."""

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.delegates import END, delegate_ended, delegate_named, delegate_told, delegates_listed
from bot.blocks.message import Message
from bot.listeners.offers import Typed
from bot.listeners.payloads import as_typed, person_of, reply_to
from bot.service import Service
from bot.slack import SLACK_FAILURES, Reply
from commands import delegating
from commands.delegating import (
    Asked,
    CannotLookUp,
    Colleague,
    NotYoursToDelegate,
    UnknownColleague,
    is_about_delegates,
    read_delegation,
)
from commands.member import Member
from commands.mistakes import CannotTellOwner, ChannelClosed, NotInChannel
from commands.progress.recording import entry_with
from store import delegations
from store.delegations import Delegated
from store.handled import first_time, forget

log = logging.getLogger(__name__)


class DelegatingListeners:
    """Delegates."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for delegations that are to end."""
        app.action(re.compile(rf"^{END}:\d+$"))(self.end_delegation)

    async def does(self, typed: Typed, reply: Reply) -> bool:
        """Whether a line after the progress command is about delegates; does what it asks for.

        Raises what `read_delegation` raises, and the mistakes of `commands.delegating`.
        """
        words = _with_ids(typed)
        if not is_about_delegates(words):
            return False
        member, current = await self._service.people.member(typed.user), await self._service.current()
        asked = read_delegation(words, current.plan, member, self._service.now())
        if asked is None:
            return False
        if asked.user is None and asked.name is None:
            await self._list(asked, member, reply)
            return True
        if not asked.is_end:  # else a delegate may end their own
            delegating.may_delegate(asked.entry, member)
        colleague = await self._colleague(asked)
        if asked.is_end:
            await self._end(asked, colleague, member, reply)
        else:
            await self._grant(asked, colleague, member, reply)
        return True

    async def _list(self, asked: Asked, member: Member, reply: Reply) -> None:
        async with self._service.database.reading() as session:
            now = self._service.now()
            found = await delegations.delegations_of(session, self._service.workspace, [asked.entry.key], now)
        try:
            delegating.may_delegate(asked.entry, member)
            may = True
        except (NotYoursToDelegate, CannotTellOwner):
            may = False
        zone = (await self._service.current()).plan.about.zone
        await reply(delegates_listed(asked.entry, found, self._service.names, zone, may=may))

    async def _colleague(self, asked: Asked) -> Colleague:
        """Who is meant. Raises UnknownColleague, or CannotLookUp where Slack does not tell."""
        people = self._service.people
        try:
            by_id = await people.colleague(asked.user) if asked.user else None
            found = [by_id] if by_id else await people.called(asked.name) if asked.name else []
        except SLACK_FAILURES as error:
            log.warning("colleague not looked up", extra={"error": type(error).__name__})
            raise CannotLookUp from error
        if len(found) != 1:
            raise UnknownColleague(asked.name or asked.user or "", is_several=bool(found))
        return found[0]

    async def _grant(self, asked: Asked, colleague: Colleague, member: Member, reply: Reply) -> None:
        now = self._service.now()
        async with self._service.writing() as (session, _):
            made = await delegating.grant(session, self._service.workspace, asked, colleague, by=member, now=now)
        is_told = await self._tell_once(made, delegate_told(made, asked.entry, self._service.names))
        await self._service.confirm(reply, delegate_named(made, is_told=is_told))

    async def _end(self, asked: Asked, colleague: Colleague, member: Member, reply: Reply) -> None:
        async with self._service.writing() as (session, _):
            ended = await delegating.end(
                session, self._service.workspace, asked.entry, colleague.id, by=member, now=self._service.now()
            )
        await self._tell_of_end(ended, member, reply)

    async def end_delegation(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'End' beside a delegate."""
        await ack()
        identity, reply = int(action["value"]), reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            member = await self._service.people.member(person_of(body))
            async with self._service.writing() as (session, current):
                workspace, now = self._service.workspace, self._service.now()
                found = await delegations.delegation_with(session, workspace, identity)
                if found and found.delegate != member.id:
                    delegating.may_delegate(entry_with(found.key, current.plan), member)
                if found:
                    found = await delegations.end(session, workspace, identity, by=member.id, now=now)
            await self._tell_of_end(found, member, reply)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _tell_of_end(self, ended: Delegated | None, member: Member, reply: Reply) -> None:
        if ended and ended.delegate != member.id:
            await self._tell(ended.delegate, delegate_ended(ended, for_delegate=True))
        elif ended:
            await self._tell(ended.granted_by, delegate_ended(ended))
        await self._service.confirm(
            reply, delegate_ended(ended, for_delegate=bool(ended and ended.delegate == member.id))
        )

    async def _tell_once(self, made: Delegated, message: Message) -> bool:
        """Tell the delegate, however often the line comes; whether they know."""
        key = f"delegate:{made.id}"
        async with self._service.database.sessions.begin() as session:
            if not await first_time(session, self._service.workspace, key, self._service.now()):
                return True
        if await self._tell(made.delegate, message):
            return True
        async with self._service.database.sessions.begin() as session:
            await forget(session, self._service.workspace, key)
        return False

    async def _tell(self, person: str, message: Message) -> bool:
        """Send somebody a direct message; whether Slack took it."""
        try:
            await self._service.slack.post(person, message)
        except (NotInChannel, ChannelClosed, *SLACK_FAILURES) as error:
            log.warning("not told of a delegation", extra={"error": type(error).__name__})
            return False
        return True


def _with_ids(typed: Typed) -> str:
    """The line with people as `<@ID>`, where it came from the command and not from a button."""
    text = typed.body.get("text") if "command" in typed.body else None
    return as_typed(text, with_ids=True).strip() if text and as_typed(text).strip() == typed.words else typed.words
