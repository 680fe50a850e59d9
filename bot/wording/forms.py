"""What a form says beside its fields, and where one came to nothing."""

from datetime import date

from bot.wording.age import action_sign, action_words
from bot.wording.dates import day
from bot.wording.dates import due as due_words
from bot.wording.status import WORDS
from commands.progress.form import NOTE_LENGTH, Overtaken
from store.plan import Action, Status

AFRESH = "Its fields had not come yet when you pressed Record. Here they are; nothing was recorded so far."
CLOSED = "Closed without recording: nothing of what stood in the form was kept."
CLOSED_ASKED = "You closed the form at the question about your update, so it was not recorded. Nothing was kept."
NOT_LOOKED_UP = "I could not look at the record just now. Nothing was recorded; press Record again in a moment."
DOUBTED = "*Please look once more.* Change what is wrong, or save it as it is."
FROM_MESSAGE = "From a message. Whatever you record can be read by everyone who reads the plan."


def now_words(action: Action, today: date) -> str:
    """How an action stands, when that was said, when it is due."""
    status = action.standing
    parts = [f"Now: {action_sign(action)} {action_words(action, today)}"]
    if action.due and not status.is_closed:
        parts.append(due_words(action.due, today, overdue=action.is_overdue(today)))
    return " · ".join(parts)


def gone_words(key: str) -> str:
    """That what a form was about is no longer in the plan."""
    return f"The plan has changed while the form was open, and no longer has {key}. Nothing was recorded."


def cut_words(length: int) -> str:
    """That a message was longer than a note may be."""
    return f"The message has {length:,} characters, more than a note takes: its first {NOTE_LENGTH:,} are in the note."


def overtaken_words(error: Overtaken, by: str) -> dict[str, str]:
    """By field, what was reported since the form was opened, by whom, and how to go on."""
    latest = error.action.latest
    since = f" since {day(latest.date)}" if latest else ""
    whose = f", reported by {by}" if by else ""
    said = {}
    for field, now in error.fields.items():
        was = error.shown.status if field == "status" else error.shown.percent
        said[field] = (
            f"It is {_value(now)}{since}{whose}; when you opened the form it was {_value(was)}. "
            f"Press Record once more to make it {_value(error.wanted[field])}."
        )
    return said


def _value(value: object) -> str:
    if isinstance(value, Status):
        return WORDS[value]
    return "not said" if value is None else f"{value} %"
