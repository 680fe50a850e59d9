"""A report on its way to the record: put there, or kept as a draft until whoever made it has answered a question."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from commands.guard import Guard
from commands.member import Member
from commands.progress.doubts import Choice, Doubt, doubts, doubts_of_figures, settled, states
from commands.progress.finding import Reportable
from commands.progress.mistakes import DraftGone, NotSaved, UnknownEntry
from commands.progress.reading import Figures, Report
from commands.progress.recording import (
    MeasurementReceipt,
    Receipt,
    entry_with,
    may_report,
    record,
    record_figures,
)
from commands.progress.undoing import Ref, Sort, receipt_of
from store.drafts import draft_of, keep_draft, take_draft
from store.handled import first_time, was_handled
from store.measurements import measurement_with_key
from store.plan import Action, Plan
from store.standing import State
from store.updates import RecordedUpdate, Via, update_with, update_with_key


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody reported that is not on the record yet."""

    said: Report | Figures
    via: Via
    key: str | None
    """What identifies its delivery."""
    corrects: int | None = None
    """What on the record it is to replace."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to whoever reported something, which is kept as a draft until it is answered."""

    entry: Reportable
    draft: Draft
    token: str
    """The draft's."""
    doubts: tuple[Doubt, ...]
    before: State | None = None
    """How the action stands."""
    after: State | None = None
    """How it would stand."""


_DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)


async def keep_or_ask(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    draft: Draft,
    guard: Guard,
    *,
    by: Member,
    now: datetime,
    asks_always: bool = False,
) -> Receipt | MeasurementReceipt | Asked:
    """Put a report on the record; where there is a doubt, or always, keep it as a draft and say what to ask.

    Raises what `record` and `record_figures` raise; nothing is written then.
    """
    found = await doubts_about(session, workspace, plan, draft.said, guard, by=by, corrects=draft.corrects)
    if not (found or asks_always) or await on_record(session, workspace, draft.key):
        return await keep(session, workspace, plan, draft, by=by, now=now)
    token = await keep_draft(session, workspace, by.id, _DRAFT.dump_json(draft).decode(), now)
    entry = _entry_of(draft.said, plan)
    if not (isinstance(draft.said, Report) and isinstance(entry, Action)):
        return Asked(entry, draft, token, found)
    replaced = await _replaced(session, workspace, draft.corrects)
    return Asked(entry, draft, token, found, *states(entry, draft.said, replaced))


async def doubts_about(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    said: Report | Figures,
    guard: Guard,
    *,
    by: Member,
    corrects: int | None = None,
) -> tuple[Doubt, ...]:
    """What to ask about a report before it is kept. Raises UnknownEntry, and what `may_report` raises."""
    entry = _entry_of(said, plan)
    may_report(entry, by)
    if isinstance(said, Figures):
        return doubts_of_figures(said, guard)
    if not isinstance(entry, Action):
        raise UnknownEntry(said.action)
    return doubts(entry, said, guard, replaced=await _replaced(session, workspace, corrects))


async def keep(
    session: AsyncSession, workspace: int, plan: Plan, draft: Draft, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """Put a report on the record without asking; see `record`."""
    said, via, key, corrects = draft.said, draft.via, draft.key, draft.corrects
    if isinstance(said, Report):
        return await record(session, workspace, plan, said, by=by, via=via, key=key, now=now, corrects=corrects)
    return await record_figures(session, workspace, plan, said, by=by, via=via, key=key, now=now, corrects=corrects)


async def draft_with(session: AsyncSession, workspace: int, token: str, by: Member) -> Draft:
    """What the member reported and was asked about. Raises DraftGone."""
    written = await draft_of(session, workspace, by.id, token)
    if written is None:
        raise DraftGone
    return _read(written)


async def decide(
    session: AsyncSession,
    workspace: int,
    plan: Plan,
    token: str,
    key: str | None,
    choice: Choice,
    guard: Guard,
    *,
    by: Member,
    now: datetime,
) -> Receipt | MeasurementReceipt | None:
    """Do with a draft what was chosen; None where it is not saved. `key` is the draft's own.

    Chosen twice, it is done once. Raises DraftGone where the draft is forgotten, NotSaved where it was dropped before,
    and what `keep` raises; the draft is kept then.
    """
    written = await take_draft(session, workspace, by.id, token)
    if written is None:
        return await _decided_before(session, workspace, plan, token, key, by=by, now=now)
    draft = _read(written)
    if choice is Choice.DROP:
        await first_time(session, workspace, _dropped(token), now)
        return None
    if isinstance(draft.said, Report):
        asked = await doubts_about(session, workspace, plan, draft.said, guard, by=by, corrects=draft.corrects)
        draft = replace(draft, said=settled(draft.said, asked, choice))
    return await keep(session, workspace, plan, draft, by=by, now=now)


def _read(written: str) -> Draft:
    """What was reported. Raises DraftGone where another version of planbot has kept it in a form of its own."""
    try:
        return _DRAFT.validate_json(written)
    except ValidationError:
        raise DraftGone from None  # without the cause, which would take the person's words to the log


async def _decided_before(
    session: AsyncSession, workspace: int, plan: Plan, token: str, key: str | None, *, by: Member, now: datetime
) -> Receipt | MeasurementReceipt:
    """The receipt of what was saved already."""
    ref = await on_record(session, workspace, key)
    if ref:
        return await receipt_of(session, workspace, plan, ref, by=by, now=now)
    if await was_handled(session, workspace, _dropped(token)):
        raise NotSaved
    raise DraftGone


async def on_record(session: AsyncSession, workspace: int, key: str | None) -> Ref | None:
    """What was recorded of the delivery that `key` identifies; None where nothing was."""
    if key is None:
        return None
    update = await update_with_key(session, workspace, key)
    if update:
        return Ref(Sort.UPDATE, update.id)
    measurement = await measurement_with_key(session, workspace, key)
    return Ref(Sort.MEASUREMENT, measurement.id) if measurement else None


async def _replaced(session: AsyncSession, workspace: int, corrects: int | None) -> RecordedUpdate | None:
    return await update_with(session, workspace, corrects) if corrects is not None else None


def _entry_of(said: Report | Figures, plan: Plan) -> Reportable:
    return entry_with(said.action if isinstance(said, Report) else said.indicator, plan)


def _dropped(token: str) -> str:
    return f"dropped:{token}"
