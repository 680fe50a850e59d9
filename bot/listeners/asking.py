"""Members ask about the plan: by mention, in a direct message, by the plan command, by a suggestion's button."""

import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.answer import answer_message
from bot.blocks.asking import SHARE, ask_usage, plan_overview, shared_answer, with_share_button
from bot.blocks.message import Message
from bot.blocks.thumbs import with_thumbs
from bot.counting import QuestionCounter
from bot.holding import at_hand
from bot.listeners.changing import ChangingListeners
from bot.listeners.learning import Gaps
from bot.listeners.payloads import decode_choice, is_by_a_bot, person_of, reply_to, unescape
from bot.listeners.replying import ReplyListeners
from bot.service import Service
from bot.slack import Reply
from commands import conversation
from commands.ask.answer import Answer, answer
from commands.ask.question import Facet, Outcome, Understanding
from commands.ask.understand import Previous, understand
from commands.mistakes import EntryGone
from commands.shelf import Current
from store.handled import first_time
from store.plan import SECTIONS

SUGGESTION = re.compile(r"^ask:suggestion:\d+$")
EXAMPLE = re.compile(r"^ask:example:\d+$")
_HELP = frozenset({"help", "?", "usage", "hilfe", "aide"})
_GAPS = "gaps"


class AskingListeners:
    """Questions and their answers."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._counter = QuestionCounter(service)
        self._gaps = Gaps(service)
        self._replies = ReplyListeners(service)
        self._changing = ChangingListeners(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for what members ask."""
        self._replies.register(app)
        self._changing.register(app)
        app.command(self._service.names.plan)(self.ask_alone)
        app.event("app_mention")(self.ask_in_channel)
        app.event("message")(self.ask_in_direct_message)
        app.action(SUGGESTION)(self.choose_suggestion)
        app.action(EXAMPLE)(self.choose_example)
        app.action(SHARE)(self.share_answer)

    async def ask_alone(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The plan command: an overview, the usage, or an answer for the asker alone."""
        await ack()
        reply = reply_to(self._service.slack, command)
        question = unescape(command.get("text", "")).strip()

        async def work() -> None:
            if question.casefold() in _HELP:
                await reply(ask_usage(self._service.names))
                return
            if question.casefold() == _GAPS:
                self._gaps.require_administrator(command["user_id"])
                await reply(await self._gaps.shown())
                return
            if await self._changing.does(question, command, reply):
                return
            if not question:
                current = await self._service.current()
                whole = Understanding("", Outcome.ANSWER, "plan", Facet.MEANING, 1.0)
                _, overview = await self._word(whole, current, command["user_id"])
                await reply(plan_overview(overview, self._service.names))
                return
            await self.answer_alone(question, command, reply)

        self._service.after_ack(work, reply)

    async def answer_alone(self, question: str, body: dict[str, Any], reply: Reply) -> None:
        """Answer a question for its asker alone, with a button that shares the answer; count it.

        `body` is the payload that brought it, which is counted once however often it comes. Raises NoPlanYet.
        """
        current = await self._service.current()
        found, message = await self._answer(question, current, person_of(body))
        await reply(with_share_button(message, question) if found.outcome is Outcome.ANSWER else message)
        await self._counter.count(found, current, body=body)

    async def ask_in_channel(self, event: dict[str, Any]) -> None:
        """A mention, answered in its thread; what programs say is none of ours."""
        if is_by_a_bot(event, self._service.bot_user):
            return
        thread = event.get("thread_ts") or event["ts"]
        self._answer_message(event, self._service.slack.to_channel(event["channel"], thread), thread)

    async def ask_in_direct_message(self, event: dict[str, Any]) -> None:
        """A direct message, answered there; what bots and Slack itself say is none of ours."""
        is_direct = event.get("channel_type") == "im" or (
            "channel_type" not in event and str(event.get("channel", "")).startswith("D")
        )
        is_spoken = event.get("subtype") in (None, "file_share", "thread_broadcast")
        if is_direct and is_spoken and not is_by_a_bot(event, self._service.bot_user):
            thread = event.get("thread_ts")
            reply = self._service.slack.to_channel(event["channel"], thread)
            self._answer_message(event, reply, thread, may_report=True)

    def _answer_message(
        self, event: dict[str, Any], reply: Reply, thread: str | None, *, may_report: bool = False
    ) -> None:
        question = self._without_mention(event.get("text", ""))
        place = _place(event["channel"], thread)

        async def work() -> None:
            if may_report and await self._replies.takes(event, question, reply):
                return
            if not await self._is_new(event):
                return
            async with self._service.database.reading() as session:
                current = await self._service.shelf.current(session)
                last = await conversation.previous(session, self._service.workspace, place, datetime.now(UTC))
            found, message = await self._answer(question, current, event["user"], last)
            await self._remember(place, found)  # before the person can ask on
            await reply(message)
            await self._counter.count(found, current)

        self._service.after_ack(work, reply)

    async def _remember(self, place: str, found: Answer) -> None:
        async with self._service.database.sessions.begin() as session:
            await conversation.keep(session, self._service.workspace, place, found, datetime.now(UTC))

    async def choose_suggestion(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A suggestion's button: the answer takes the suggestions' place."""
        await ack()
        subject, facet, words = decode_choice(action["value"])
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            current = await self._service.current()
            if current.plan.find(subject) is None and subject not in SECTIONS:
                raise EntryGone
            chosen = Understanding(words or subject, Outcome.ANSWER, subject, Facet(facet), 1.0)
            found, message = await self._word(chosen, current, body["user"]["id"])
            await reply(message)
            if "message" in body:  # what only one person sees is no conversation that others could go on with
                await self._remember(_place(body["channel"]["id"], body["message"].get("thread_ts")), found)
            await self._counter.count(found, current, body=body, is_chosen=True)

        self._service.after_ack(work, reply)

    async def choose_example(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A question on a button, answered as if it had been typed after the plan command."""
        await ack()
        question = action["value"]
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            current = await self._service.current()
            found, message = await self._answer(question, current, body["user"]["id"])
            await reply(with_share_button(message, question))
            await self._counter.count(found, current, body=body)

        self._service.after_ack(work, reply)

    async def share_answer(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button under an answer that only its asker sees: the channel sees it too."""
        await ack()
        user, question = body["user"]["id"], action["value"]

        async def work() -> None:
            current = await self._service.current()
            _, message = await self._answer(question, current, user)
            shared = shared_answer(message, question, by=user)
            if body.get("response_url"):
                await self._service.slack.share(body["response_url"], shared)
            else:
                await self._service.slack.post(body["channel"]["id"], shared)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _answer(
        self, question: str, current: Current, user: str, previous: Previous | None = None
    ) -> tuple[Answer, Message]:
        return await self._word(understand(question, await current.at_hand(), previous=previous), current, user)

    async def _word(self, understood: Understanding, current: Current, user: str) -> tuple[Answer, Message]:
        member = await self._service.people.member(user)
        found = answer(understood, current.plan, today=_today(current), asker=member.names)
        return found, with_thumbs(answer_message(found), found)

    async def _is_new(self, event: dict[str, Any]) -> bool:
        """Whether this message was not answered before, to the end; Slack may deliver it again, or as two events."""
        async with self._service.database.sessions.begin() as session:
            key, held = f"message:{event['channel']}:{event['ts']}", at_hand()
            is_first = await first_time(session, self._service.workspace, key, datetime.now(UTC))
        return is_first or (held is not None and held.is_again)

    def _without_mention(self, text: str) -> str:
        return unescape(text.replace(f"<@{self._service.bot_user}>", " ")).strip()


def _place(channel: str, thread: str | None) -> str:
    return f"{channel}:{thread or ''}"


def _today(current: Current) -> date:
    return datetime.now(current.plan.about.zone).date()
