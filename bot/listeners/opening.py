"""Opening a progress form: of an entry that is named, else of the first that the member may report on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.blocks.forms import View, measurement_form, progress_form
from bot.blocks.message import Block, context
from bot.blocks.purpose import Purpose
from bot.listeners.payloads import person_of
from bot.service import Service
from bot.wording.forms import FROM_MESSAGE, cut_words
from commands.member import Member
from commands.mistakes import EntryGone
from commands.progress.choices import Choices, choices
from commands.progress.finding import Reportable
from commands.progress.form import NOTE_LENGTH, FilledFigures, filled_of_action
from commands.progress.mistakes import UnknownEntry
from commands.progress.recording import entry_with
from commands.shelf import Current
from store.plan import Action


@dataclass(frozen=True, slots=True)
class Words:
    """A message that is to become an update."""

    note: str
    evidence: str


async def show_form(
    service: Service, body: dict[str, Any], member: Member, entry: Reportable | None, words: Words | None = None
) -> bool:
    """Open the form of `entry`, or where there is none the member's first; False if there is nothing to report on.

    The member may report on `entry`. Raises NoPlanYet, and FormTooLate where too long ago was pressed what opens it.
    """
    current = await service.current()
    offered = choices(current.plan, member, today_in(current))
    chosen = entry or offered.first
    if chosen is None:
        return False
    purpose = Purpose(response_url=body.get("response_url") or "", keeps_words=words is not None)
    form = form_of(chosen, purpose.of(chosen), offered.having(chosen), today_in(current), words)
    await service.slack.open_view(body["trigger_id"], form)
    return True


def form_of(
    entry: Reportable,
    purpose: Purpose,
    offered: Choices | None,
    today: date,
    words: Words | None = None,
    lead: tuple[Block, ...] = (),
) -> View:
    """The form of an entry as it stands, with the words of a message in it."""
    note, evidence = (words.note, words.evidence) if words else ("", "")
    if words:
        lead = (*lead, context(FROM_MESSAGE))
    if len(note) > NOTE_LENGTH:
        lead = (*lead, context(cut_words(len(note))))
    note = note[:NOTE_LENGTH]
    if isinstance(entry, Action):
        filled = replace(filled_of_action(entry), note=note, evidence=evidence)
        return progress_form(entry, purpose, today=today, offered=offered, filled=filled, lead=lead)
    figures = FilledFigures("", note=note, evidence=evidence)
    return measurement_form(entry, purpose, today=today, offered=offered, filled=figures, lead=lead)


def named_by(key: str, current: Current) -> Reportable:
    """The entry with the key that a button or a menu has. Raises EntryGone where the plan no longer has it."""
    try:
        return entry_with(key, current.plan)
    except UnknownEntry as gone:
        raise EntryGone from gone


def today_in(current: Current) -> date:
    """The day in the plan's zone."""
    return datetime.now(current.plan.about.zone).date()


async def member_of(service: Service, body: dict[str, Any]) -> Member:
    """Who pressed, typed or filled in."""
    return await service.people.member(person_of(body))
