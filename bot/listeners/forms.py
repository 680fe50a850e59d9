"""Owners report progress in a form: it is opened, another entry is chosen in it, it is handed in or closed."""

import asyncio
import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.doubts import doubt_blocks
from bot.blocks.forms import CHOOSE, View, lost_form, measurement_form, progress_form, suggestions
from bot.blocks.message import Message, context, section
from bot.blocks.mistakes import field_mistakes
from bot.blocks.progress import OPEN_FORM, my_entries
from bot.blocks.purpose import Purpose
from bot.blocks.receipts import receipt
from bot.errors import explain, log_failure
from bot.listeners.filled import block_for, chosen_in, done_before, filled_figures_of, filled_of, words_in
from bot.listeners.helping import check_helper, tell_helper
from bot.listeners.keeping import doubts_about, keep
from bot.listeners.opening import Words, form_of, member_of, named_by, show_form, today_in
from bot.listeners.payloads import delivery_key, person_of, reply_to
from bot.profiles import names_of
from bot.service import Service
from bot.slack import FormGone
from bot.wording import forms as wording
from commands.member import Member
from commands.mistakes import InvalidFields, MemberMistake
from commands.progress.choices import choices, found_in
from commands.progress.doubts import Doubt
from commands.progress.form import (
    FORM,
    MEASUREMENT_FORM,
    NOTE_LENGTH,
    Overtaken,
    overtaken,
    read_correction,
    read_form,
    read_measurement_form,
)
from commands.progress.keeping import on_record
from commands.progress.looking import to_correct
from commands.progress.mistakes import ReplacedAlready, UnknownEntry
from commands.progress.reading import Figures, Report
from commands.progress.recording import Receipt, entry_with, may_report
from commands.progress.undoing import Ref, Sort
from commands.shelf import Current
from store.plan import Action, Indicator
from store.updates import RecordedUpdate, Via

log = logging.getLogger(__name__)

CHECK_SECONDS = 1.5
"""For looking at what is handed in; Slack waits 3 seconds for what is wrong with it."""
MOST_REMEMBERED = 1_000
MOST_DOUBTS = 100


class FormListeners:
    """The forms of actions and indicators."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._last_choice: dict[str, str] = {}
        """By view: when the last choice in it was made."""
        self._told: dict[str, dict[str, Any]] = {}
        """By view: what somebody else had reported meanwhile, as its person was told."""

    def register(self, app: AsyncApp) -> None:
        """Listen for what opens a form, and for what is done in one."""
        app.action(re.compile(rf"^{OPEN_FORM}(:\d+)?$"))(self.open_form)
        app.action(CHOOSE)(self.choose_entry)
        app.options(CHOOSE)(self.suggest_entries)
        for form in (FORM, MEASUREMENT_FORM):
            app.view(form)(self.report_by_form)
            app.view_closed(form)(self.close_form)

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A button: the form of the entry whose key it has; without one, the first of the member's own."""
        await ack()
        key, reply = action["value"] if action["action_id"] != OPEN_FORM else "", reply_to(self._service.slack, body)

        async def work() -> None:
            member, current = await member_of(self._service, body), await self._service.current()
            chosen = named_by(key, current) if key else None
            if chosen:
                may_report(chosen, member)
            if not await show_form(self._service, body, member, chosen):
                await reply(my_entries((), today=today_in(current), names=self._service.names))

        self._service.after_ack(work, reply)

    async def suggest_entries(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is typed into a menu that has more entries than it can show: those that are like it."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                member, current = await member_of(self._service, body), await self._service.current()
        except Exception as error:  # a menu can tell nothing but that there is nothing
            log_failure(error)
            await ack(options=[])
            return
        offered = choices(current.plan, member, today_in(current))
        await ack(**suggestions(found_in(offered, str(body.get("value") or ""))))

    async def choose_entry(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Another action or indicator chosen in the form: its last state is loaded."""
        await ack()
        key, view, at = action["selected_option"]["value"], body["view"], str(action.get("action_ts", ""))
        _remember(self._last_choice, view["id"], at)

        async def work() -> None:
            if self._last_choice.get(view["id"], at) != at:
                return  # another one was chosen since
            current, member = await self._service.current(), await member_of(self._service, body)
            await self._load(view, self._anew(view, key, current, member), at)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _load(self, view: View, form: View, at: str) -> None:
        try:
            loaded = await self._service.slack.update_view(view["id"], form, unless_changed_since=view["hash"])
            if not loaded and self._last_choice.get(view["id"], at) == at:
                # It changed by a choice before this one, which is the last.
                await self._service.slack.update_view(view["id"], form)
        except FormGone:
            log.info("form closed before its fields came")

    def _anew(self, view: View, key: str, current: Current, member: Member, *lead: Any) -> View:
        """The form with the fields of another entry; the words of a message go along."""
        entry, today = named_by(key, current), today_in(current)
        may_report(entry, member)
        purpose = Purpose.read(view.get("private_metadata", "")).of(entry)
        held = filled_of(view) if purpose.keeps_words else None
        words = Words(held.note, held.evidence) if held else None
        return form_of(entry, purpose, choices(current.plan, member, today).having(entry), today, words, lead)

    async def report_by_form(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: what is wrong is shown beside its field, what is doubtful above all; else it is kept."""
        purpose = Purpose.read(view.get("private_metadata", ""))
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                found = await self._look_at(body, view, purpose)
        except InvalidFields as mistake:
            await _refuse(ack, view, field_mistakes(mistake))
        except Overtaken as meanwhile:
            await _refuse(ack, view, await self._overtaken_words(meanwhile, body, view))
        except UnknownEntry:
            await ack(response_action="update", view=lost_form([wording.gone_words(purpose.key)], words_in(view)))
        except MemberMistake as mistake:
            said = explain(mistake, self._service.names).text
            await ack(response_action="update", view=lost_form([said], words_in(view)))
        except Exception as error:  # whatever it is, what was typed stays before the person
            log_failure(error)
            await _refuse(ack, view, {"": wording.NOT_LOOKED_UP})
        else:
            if isinstance(found, dict):
                await ack(response_action="update", view=found)
                return
            await ack()
            self._keep(found, body, purpose)

    async def _look_at(self, body: dict[str, Any], view: View, purpose: Purpose) -> View | Report | Figures:
        """What the form says; or the form as it is to be looked at again. Raises what it may not say."""
        current, member = await self._service.current(), await member_of(self._service, body)
        if await self._is_on_record(body):  # so that keeping it again tells what was kept
            return _nothing_more(entry_with(purpose.key, current.plan))
        chosen = chosen_in(view)
        if chosen and chosen != purpose.key:
            return self._anew(view, chosen, current, member, context(wording.AFRESH))
        entry = entry_with(purpose.key, current.plan)
        may_report(entry, member)
        said = await self._read(entry, view, purpose, member, current)
        if isinstance(said, Report) and said.help_from:
            await check_helper(self._service, said.help_from)
        doubts = await doubts_about(self._service, said, member.id, purpose.corrects)
        if marks_of(doubts) - set(purpose.doubted):
            return self._doubtful(entry, view, purpose, member, current, doubts)
        return said

    async def _is_on_record(self, body: dict[str, Any]) -> bool:
        async with self._service.database.reading() as session:
            ref = await on_record(session, self._service.workspace, delivery_key(body, Via.MODAL.value))
        return ref is not None

    async def _read(
        self, entry: Action | Indicator, view: View, purpose: Purpose, member: Member, current: Current
    ) -> Report | Figures:
        today = today_in(current)
        if isinstance(entry, Indicator):
            return read_measurement_form(entry, filled_figures_of(view), today)
        filled = filled_of(view)
        if purpose.corrects is not None:
            old = await self._corrected(purpose.corrects, member)
            return read_correction(entry, filled, old, by=member.id, today=today)
        was = purpose.shown(done_before(view))
        report = read_form(entry, filled, was, by=member.id, today=today)
        meanwhile = overtaken(entry, report, was)
        if meanwhile and self._told.get(view["id"]) != meanwhile.fields:
            raise meanwhile
        return report

    async def _corrected(self, identity: int, member: Member) -> RecordedUpdate:
        async with self._service.database.reading() as session:
            plan, now = (await self._service.shelf.current(session)).plan, datetime.now(UTC)
            ref = Ref(Sort.UPDATE, identity)
            given = await to_correct(session, self._service.workspace, plan, ref, by=member, now=now)
        if not isinstance(given.kept, RecordedUpdate):
            raise ReplacedAlready
        return given.kept

    def _doubtful(
        self,
        entry: Action | Indicator,
        view: View,
        purpose: Purpose,
        member: Member,
        current: Current,
        doubts: Iterable[Doubt],
    ) -> View:
        """The same form as it was filled in, with what is doubtful above it."""
        today = today_in(current)
        lead = (section(wording.DOUBTED), *doubt_blocks(tuple(doubts)))
        asked = replace(purpose, doubted=tuple(sorted({*purpose.doubted, *marks_of(doubts)})))
        if any(len(words) > NOTE_LENGTH for words in words_in(view)):
            asked = replace(asked, turn=asked.turn + 1)  # long words may be parted otherwise than they were
        offered = choices(current.plan, member, today).having(entry) if chosen_in(view) else None
        if isinstance(entry, Indicator):
            held = filled_figures_of(view)
            return measurement_form(entry, asked, today=today, offered=offered, filled=held, lead=lead)
        was = done_before(view)
        return progress_form(
            entry, asked, today=today, offered=offered, filled=filled_of(view), was_done=was, lead=lead
        )

    async def _overtaken_words(self, error: Overtaken, body: dict[str, Any], view: View) -> dict[str, str]:
        _remember(self._told, view["id"], error.fields)
        author = error.action.latest.author if error.action.latest else None
        if author is None or "@" in author:
            return wording.overtaken_words(error, author or "")
        names = await names_of(self._service.slack, [author])
        return wording.overtaken_words(error, "yourself" if author == person_of(body) else names.get(author, ""))

    def _keep(self, said: Report | Figures, body: dict[str, Any], purpose: Purpose) -> None:
        user = body["user"]["id"]
        place = {**body, "response_url": purpose.response_url}
        reply = reply_to(self._service.slack, place, replace=bool(purpose.draft))

        async def work() -> None:
            key = delivery_key(body, Via.MODAL.value)
            kept = await keep(self._service, said, user, Via.MODAL, key, purpose.corrects, draft=purpose.draft)
            await self._service.confirm(reply, receipt(kept))
            if isinstance(kept, Receipt):
                await tell_helper(self._service, kept, user, reply)

        self._service.after_ack(work, reply)

    async def close_form(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form closed: nothing of it is kept, which is said where it began, or where it was asked about."""
        await ack()
        purpose = Purpose.read(view.get("private_metadata", ""))
        if purpose.draft or not (purpose.response_url or purpose.doubted):
            return  # the question about a draft is still there, with its buttons
        words = wording.CLOSED_ASKED if purpose.doubted else wording.CLOSED
        reply = reply_to(self._service.slack, {**body, "response_url": purpose.response_url})

        async def work() -> None:
            await reply(Message(words, (context(words),)))

        self._service.after_ack(work, reply)


def _nothing_more(entry: Action | Indicator) -> Report | Figures:
    return Report(entry.key) if isinstance(entry, Action) else Figures(entry.key)


async def _refuse(ack: AsyncAck, view: View, wrong: dict[str, str]) -> None:
    await ack(response_action="errors", errors={block_for(view, field): words for field, words in wrong.items()})


def marks_of(doubts: Iterable[Doubt]) -> set[str]:
    """What stands for doubts in a form: not the words that were found, which belong nowhere."""
    marks = sorted({hashlib.blake2b(repr(one).encode(), digest_size=6).hexdigest() for one in doubts})
    return set(marks) if len(marks) <= MOST_DOUBTS else {hashlib.blake2b("".join(marks).encode()).hexdigest()[:12]}


def _remember(known: dict[str, Any], view: str, what: Any) -> None:
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[view] = what
