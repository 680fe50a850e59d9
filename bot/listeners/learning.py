"""What is learnt from questions: thumbs under answers, and the plan command's gaps, for administrators."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.answer import answer_message
from bot.blocks.gaps import (
    FORM,
    RESTORE,
    UNLEARN,
    found_form,
    gaps_shown,
    meaning_form,
    taught,
    untaught,
    with_dismissal,
)
from bot.blocks.message import Message
from bot.blocks.mistakes import field_mistakes
from bot.blocks.thumbs import thumb_noted
from bot.blocks.voice import slack_voice
from bot.listeners.payloads import decode_thumb, person_of, reply_to
from bot.service import Service
from bot.slack import Reply
from bot.wording.mistakes import mistake_sentences
from commands import gaps
from commands.ask.answer import answer
from commands.ask.question import Outcome
from commands.ask.understand import understand
from commands.counting import take_thumb
from commands.gaps import Gap
from commands.mistakes import AdministratorsOnly, InvalidFields, MemberMistake
from commands.shelf import Current
from store.aliases import unlearn_alias
from store.plan import Node
from store.questions import Tally, asked_between, restore_misses

THUMB = re.compile(r"^thumb:(up|down)$")
MEANS = re.compile(r"^gaps:means:\d+$")
DISMISS = re.compile(r"^gaps:dismiss:\d+$")
PAGE = re.compile(r"^gaps:page:\d+$")


@dataclass(frozen=True, slots=True)
class Looked:
    """The plan, the gaps, and how much was asked, as they are now."""

    current: Current
    gaps: tuple[Gap, ...]
    tally: Tally
    now: datetime
    """In the plan's zone."""


class Gaps:
    """Looks at the gaps and shows them."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def look(self) -> Looked:
        """The gaps as they are now. Raises NoPlanYet."""
        service = self._service
        async with service.database.reading() as session:
            current = await service.shelf.current(session)
            zone = current.plan.about.zone
            now = datetime.now(zone)
            span = now - timedelta(days=service.keep_days), now + timedelta(days=1)
            found = await gaps.open_gaps(
                session,
                service.workspace,
                current.stamp.plan_id,
                today=now.date(),
                keep_days=service.keep_days,
            )
            tally = await asked_between(session, service.workspace, *span, zone)
        return Looked(current, found, tally, now)

    async def shown(self, page: int = 0) -> Message:
        """A page of them as a message."""
        looked = await self.look()
        return gaps_shown(
            looked.gaps,
            looked.current.plan,
            looked.tally,
            page=page,
            days=self._service.keep_days,
            keeps_words=self._service.keeps_words,
            today=looked.now.date(),
        )

    def require_administrator(self, user: str) -> None:
        """Raises AdministratorsOnly for anybody else."""
        if not self._service.people.is_administrator(user):
            raise AdministratorsOnly


class LearningListeners:
    """Thumbs, and what administrators make of unanswered questions."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._gaps = Gaps(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for thumbs and for what administrators press."""
        app.action(THUMB)(self.take_thumb)
        app.action(PAGE)(self.turn_page)
        app.action(MEANS)(self.ask_meaning)
        app.action(DISMISS)(self.dismiss_gap)
        app.action(RESTORE)(self.restore_gap)
        app.action(UNLEARN)(self.take_alias_back)
        app.view(FORM)(self.teach)

    async def take_thumb(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A thumb under an answer: counted once an answer, whoever gives it, and thanked for."""
        await ack()
        thumb = decode_thumb(action)
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            current = await self._service.current()
            async with self._service.database.sessions.begin() as session:
                await take_thumb(
                    session,
                    self._service.workspace,
                    current.stamp.plan_id,
                    thumb,
                    answer_id=_answer_id(body),
                    today=datetime.now(current.plan.about.zone).date(),
                    now=datetime.now(UTC),
                    keeps_words=self._service.keeps_words,
                )
            await reply(thumb_noted(is_up=thumb.is_up, keeps_words=self._service.keeps_words))

        self._service.after_ack(work, reply)

    async def turn_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Another page of gaps, in the place of the one that is shown."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            await reply(await self._gaps.shown(int(action["value"])))

        self._by_administrator(work, body)

    async def ask_meaning(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'This means …': the form."""
        await ack()
        identity, page = _gap_and_page(action)

        async def work() -> None:
            looked = await self._gaps.look()
            gap = gaps.gap_with(identity, looked.gaps)
            metadata = json.dumps({"gap": gap.id, "page": page, "url": body.get("response_url") or ""})
            plan = looked.current.plan
            alias = gaps.alias_in(gap.words, await looked.current.at_hand())
            view = meaning_form(gap, plan, gaps.entries(plan), alias, metadata)
            await self._service.slack.open_view(body["trigger_id"], view)

        self._by_administrator(work, body)

    async def dismiss_gap(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'Not about the plan': the gap is left out from now on."""
        await ack()
        identity, page = _gap_and_page(action)
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            gap = gaps.gap_with(identity, (await self._gaps.look()).gaps)
            async with self._service.database.sessions.begin() as session:
                await gaps.dismiss(session, self._service.workspace, gap, datetime.now(UTC))
            await self._service.confirm(reply, with_dismissal(await self._gaps.shown(page), gap, page))

        self._by_administrator(work, body)

    async def restore_gap(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The undo of a dismissal."""
        await ack()
        listed, _, page = action["value"].partition("|")
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            async with self._service.database.sessions.begin() as session:
                await restore_misses(session, self._service.workspace, map(int, listed.split(",")))
            await self._service.confirm(reply, await self._gaps.shown(int(page)))

        self._by_administrator(work, body)

    async def teach(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: what is wrong is shown beside its field, else the entry has another name.

        What is wrong can only be told in the ack, so the record is looked at before it; nothing of Slack is asked.
        """
        self._gaps.require_administrator(person_of(body))
        told = json.loads(view["private_metadata"])
        fields = _filled(view)
        try:
            looked = await self._gaps.look()
            gap = gaps.gap_with(told["gap"], looked.gaps)
            alias = gaps.alias_typed(fields["alias"])
            if "search" in fields:
                found = gaps.entries_like(fields["search"], await looked.current.at_hand())
                await ack(response_action="update", view=found_form(gap, found, alias, view["private_metadata"]))
                return
            node = gaps.entry_called(looked.current.plan, fields["entry"], alias)
        except InvalidFields as mistake:
            await ack(response_action="errors", errors=field_mistakes(mistake))
            return
        except MemberMistake as mistake:
            words = " ".join(mistake_sentences(mistake, slack_voice(), self._service.names))
            await ack(response_action="errors", errors={"alias": words})
            return
        await ack()
        told_at = {"response_url": told["url"], **body}

        async def work() -> None:
            await self._teach(gap, node, alias, person_of(body), reply_to(self._service.slack, told_at))
            if told["url"]:
                await reply_to(self._service.slack, told_at, replace=True)(await self._gaps.shown(told["page"]))

        self._service.after_ack(work, reply_to(self._service.slack, told_at))

    async def _teach(self, gap: Gap, node: Node, alias: str, user: str, reply: Reply) -> None:
        async with self._service.writing() as (session, current):
            learned = await gaps.learn(
                session,
                self._service.workspace,
                current.plan,
                gap,
                key=node.key,
                alias=alias,
                by=user,
                now=datetime.now(UTC),
            )
        current = await self._service.current()
        await self._service.confirm(reply, taught(learned, alias, node, gap, self._answered(gap, node, current)))

    def _answered(self, gap: Gap, node: Node, current: Current) -> Message | None:
        """How the question is answered now; None where it is not, or with something else."""
        understood = understand(gap.words, current.index)
        if understood.outcome is not Outcome.ANSWER or understood.subject != node.key:
            return None
        return answer_message(answer(understood, current.plan, today=datetime.now(current.plan.about.zone).date()))

    async def take_alias_back(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The undo of an alias."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            async with self._service.database.sessions.begin() as session:
                learned = await unlearn_alias(session, self._service.workspace, int(action["value"]), datetime.now(UTC))
            await self._service.confirm(reply, untaught(learned))

        self._by_administrator(work, body)

    def _by_administrator(self, work: Callable[[], Awaitable[None]], body: dict[str, Any]) -> None:
        async def guarded() -> None:
            self._gaps.require_administrator(person_of(body))
            await work()

        self._service.after_ack(guarded, reply_to(self._service.slack, body))


def _answer_id(body: dict[str, Any]) -> str:
    """What tells an answer from any other; the press itself, where Slack does not say under which message it was."""
    container = body.get("container") or {}
    if container.get("message_ts"):
        return f"{container.get('channel_id')}:{container['message_ts']}"
    return str(body["trigger_id"])


def _gap_and_page(action: dict[str, Any]) -> tuple[int, int]:
    identity, _, page = action["value"].partition("|")
    return int(identity), int(page)


def _filled(view: dict[str, Any]) -> dict[str, str]:
    """What each field holds; a field that the form does not have is not there."""
    filled = {}
    for block, elements in view["state"]["values"].items():
        (element,) = elements.values()
        filled[block] = (element.get("selected_option") or {}).get("value") or element.get("value") or ""
    return filled
