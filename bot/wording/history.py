"""A history in words: who reported what, on whose behalf, when, through what, and what came of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.wording.dates import day
from bot.wording.progress import change_words, milestone_sentence, renewal_words, state_words, value_words
from bot.wording.voice import Voice
from commands.progress.looking import Page, Told
from commands.progress.undoing import Recorded
from store.measurements import RecordedMeasurement
from store.plan import Indicator
from store.updates import RecordedUpdate, Via

_THROUGH = {
    Via.FILE: "in the plan file",
    Via.IMPORT: "by an import of the plan file",
    Via.COMMAND: "by command",
    Via.MODAL: "in a form",
    Via.REPLY: "by reply",
}


def page_words(page: Page) -> str:
    """`page 2, 11–20 of 34`."""
    if page.pages == 1:
        return f"{page.total} in all" if page.total else ""
    return f"page {page.number} of {page.pages}, {page.first}–{page.last} of {page.total}"


def told_lines(told: Told, page: Page, voice: Voice, zone: ZoneInfo) -> tuple[str, ...]:
    """A report: when and by whom on the clock of `zone`, what, and what it replaces or was replaced by."""
    indicator = page.entry if isinstance(page.entry, Indicator) else None
    replaced = _replaced(told, indicator, voice, zone)
    return (_head(told.recorded, voice, zone), _what(told, indicator, voice), *replaced)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`23 November 2026, 10:05`."""
    local = at.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M}"


def _head(one: Recorded, voice: Voice, zone: ZoneInfo) -> str:
    by = f" by {voice.person(one.author)}" if one.author else ""
    behalf = f" on behalf of {voice.person(one.on_behalf_of)}" if one.on_behalf_of else ""
    # What a plan file tells of earlier days was not reported at the moment of its import.
    spoken_of = one.as_of if isinstance(one, RecordedUpdate) else one.date
    when = day(spoken_of) if one.via is Via.FILE else moment(one.recorded_at, zone)
    return f"{voice.strong(when)}{by}{behalf}, {_THROUGH[one.via]}"


def _what(told: Told, indicator: Indicator | None, voice: Voice) -> str:
    one = told.recorded
    if isinstance(one, RecordedMeasurement):
        if one.value is None:
            return "Taken back: the measurement no longer counts."
        back = "Edit taken back: " if one.is_undo else ""
        return f"{back}{value_words(one.value, one.date, indicator, voice)} on {day(one.date)}."
    return " ".join(_of_action(one, voice))


def _of_action(one: RecordedUpdate, voice: Voice) -> list[str]:
    if one.is_undo and one.says_nothing_new:
        return [f"Taken back: {state_words(one.after)} again."]
    back = "Edit taken back: " if one.is_undo else ""
    is_renewal = one.says_nothing_new and one.corrects is None and one.via not in (Via.FILE, Via.IMPORT)
    said = [f"{back}{renewal_words(one) if is_renewal else change_words(one.before, one.after)}"]
    if one.via is not Via.FILE:
        said[0] += _as_of(one)
    said[0] += "."
    said += [milestone_sentence(step, voice) for step in one.milestones]
    said += [f"Asked {voice.person(one.help_from)} for help."] if one.help_from else []
    return said


def _as_of(one: RecordedUpdate) -> str:
    """The day it speaks of, where it is not the one on which it was recorded (in whatever zone that is told)."""
    apart = abs((one.recorded_at.date() - one.as_of).days)
    return f", as of {day(one.as_of)}" if apart > 1 else ""


def _replaced(told: Told, indicator: Indicator | None, voice: Voice, zone: ZoneInfo) -> tuple[str, ...]:
    lines = []
    if told.corrected and not told.recorded.is_undo:
        was, when = _was(told.corrected, indicator, voice), moment(told.corrected.recorded_at, zone)
        lines.append(f"Corrects what was recorded on {when}: was {was}.")
    if told.correction:
        how = "Taken back" if told.correction.is_undo else "Corrected"
        by = f" by {voice.person(told.correction.author)}" if told.correction.author else ""
        lines.append(f"{how} on {moment(told.correction.recorded_at, zone)}{by}.")
    return tuple(lines)


def _was(one: Recorded, indicator: Indicator | None, voice: Voice) -> str:
    if isinstance(one, RecordedMeasurement):
        return f"{value_words(one.value, one.date, indicator, voice)} on {day(one.date)}"
    return state_words(one.after)
