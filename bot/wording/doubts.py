"""What to ask about a report before it is kept."""

from collections.abc import Sequence

from bot.wording.dates import day
from bot.wording.progress import change_words, value_words
from bot.wording.status import WORDS
from bot.wording.voice import Voice, joined, numbered
from commands.guard import Flagged
from commands.progress.doubts import Choice, Doubt, HundredNotComplete, OpenMilestones, PercentFalls
from commands.progress.keeping import Asked
from commands.progress.reading import Figures, Report
from store.plan import Indicator

CHOICES = {
    Choice.SAVE: "Save as it is",
    Choice.COMPLETE: "It is complete",
    Choice.ALL_DONE: "They are all done",
    Choice.DROP: "Don't save",
}
WITHOUT_DOUBT = {Choice.SAVE: "Save", Choice.DROP: "No"}
"""The same where nothing is doubtful, and what was read is shown before it is kept."""
EDIT = "Edit"
_NAMED = 5


def doubt_sentences(asked: Sequence[Doubt], voice: Voice) -> tuple[str, ...]:
    """A sentence for each doubt; what the guard found is put together in one."""
    said = [_sentence(one, voice) for one in asked if not isinstance(one, Flagged)]
    found = [one for one in asked if isinstance(one, Flagged)]
    if found:
        pieces = joined(f"“{voice.plain(one.words)}” ({voice.plain(one.name)})" for one in found)
        said.append(
            f"This looks personal or operational: {pieces}. It would stay on the plan's record, for everyone to read."
        )
    return tuple(said)


def reported_words(asked: Asked, voice: Voice) -> str:
    """What would be saved, without the note: `on track, 65 % → at risk, 60 %; milestone “Pilot” done`."""
    said = asked.draft.said
    parts = _measured(asked, said, voice) if isinstance(said, Figures) else _said_of_action(asked, said, voice)
    as_of = [f"as of {day(said.day)}"] if said.day else []
    return "; ".join((*parts, *as_of)) or "words"


def _measured(asked: Asked, said: Figures, voice: Voice) -> list[str]:
    if said.value is None or isinstance(said.value, str):
        return []
    indicator = asked.entry if isinstance(asked.entry, Indicator) else None
    return [value_words(said.value, said.day or voice.today, indicator, voice)]


def _said_of_action(asked: Asked, said: Report, voice: Voice) -> list[str]:
    state = [change_words(asked.before, asked.after)] if asked.before and asked.after else []
    steps = [f"milestone “{voice.plain(one.title)}” {'done' if one.done else 'not done'}" for one in said.milestones]
    return state + steps


def _sentence(doubt: Doubt, voice: Voice) -> str:
    match doubt:
        case PercentFalls():
            return f"That is less than before: {doubt.old} % → {doubt.new} %."
        case OpenMilestones():
            return f"It would be complete, and {_open(doubt.titles, voice)}."
        case HundredNotComplete():
            besides = f"; {_open(doubt.titles, voice)}" if doubt.titles else ""
            return f"100 % is all of it, and it would not be complete but {WORDS[doubt.status]}{besides}."
    raise AssertionError(f"{type(doubt).__name__} has no words")


def _open(titles: Sequence[str], voice: Voice) -> str:
    named = [f"“{voice.plain(title)}”" for title in titles[:_NAMED]]
    rest = [f"{len(titles) - _NAMED} more"] if len(titles) > _NAMED else []
    is_or_are = "is" if len(titles) == 1 else "are"
    return f"{numbered(len(titles), 'milestone')} {is_or_are} not done: {joined([*named, *rest])}"
