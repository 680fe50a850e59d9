"""Progress in words: receipts, one's own actions, a history."""

from datetime import date

from store.updates import RecordedUpdate, Via

from bot.wording.dates import day, from_today
from bot.wording.dates import due as due_words
from bot.wording.status import status_words
from bot.wording.voice import Teller, Voice
from commands.progress.recording import Receipt
from store.plan import Action, Status
from store.standing import State

_THROUGH = {
    Via.FILE: "plan file",
    Via.IMPORT: "plan import",
    Via.COMMAND: "command",
    Via.MODAL: "form",
    Via.REPLY: "reply",
}


def state_words(state: State) -> str:
    """`on track, 40 %`."""
    return status_words(state.status or Status.NOT_STARTED, state.percent or 0)


def change_words(before: State, after: State) -> str:
    """`on track, 40 % → at risk, 60 %`; the state alone where it stayed as it was."""
    was, is_now = state_words(before), state_words(after)
    return f"still {is_now}" if was == is_now else f"{was} → {is_now}"


def receipt_sentences(receipt: Receipt, voice: Voice) -> tuple[str, ...]:
    """What was recorded, from what it was to what it is, and for whom."""
    named = f"{receipt.action.key} {receipt.action.title}"
    first = f"{voice.strong(voice.plain(named))}: {change_words(receipt.before, receipt.after)}"
    said = [f"{first}." if not first.endswith(".") else first]
    if receipt.on_behalf_of:
        said.append(f"Recorded on behalf of {voice.person(receipt.on_behalf_of)}.")
    if receipt.is_repeat:
        said.append("This had arrived before; it is on the record once.")
    return tuple(said)


def own_action_line(action: Action, tell: Teller) -> str:
    """An action in a list of one's own: key, title, state, due date."""
    parts = [
        f"{tell.strong(action.key)} {tell.plain(action.title)}",
        status_words(action.standing, action.progress),
    ]
    if action.due and not action.standing.is_closed:
        parts.append(due_words(action.due, tell.today, overdue=action.is_overdue(on=tell.today)))
    return " · ".join(parts)


def last_heard(action: Action, today: date) -> str:
    """`last update 3 days ago`."""
    return f"last update {from_today(action.latest.date, today)}" if action.latest else "no update yet"


def history_line(update: RecordedUpdate, voice: Voice) -> str:
    """An update in a history: when, what, by whom, through what."""
    by = f" by {voice.person(update.author)}" if update.author else ""
    behalf = f" on behalf of {voice.person(update.on_behalf_of)}" if update.on_behalf_of else ""
    taken_back = ", taken back later" if update.corrected_by else ""
    through = f"({_THROUGH[update.via]}{taken_back})"
    return f"{day(update.as_of)}: {change_words(update.before, update.after)}{by}{behalf} {through}"
