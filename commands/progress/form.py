"""The progress forms, as filled in: of an action, of an indicator, and of what is corrected."""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from commands.mistakes import InvalidFields, MemberMistake
from commands.progress.links import is_link
from commands.progress.mistakes import PercentOutOfRange
from commands.progress.percentages import bare_percent_at, percent_at
from commands.progress.reading import Figures, Report
from commands.progress.values import value_at
from store.measurements import RecordedMeasurement
from store.milestones import Reached
from store.plan import Action, Indicator, Nature, Status
from store.updates import RecordedUpdate

FORM = "progress:form"
"""What identifies the form of an action."""
MEASUREMENT_FORM = "progress:measurement"
"""What identifies the form of an indicator."""
NOTE_LENGTH = 3_000
"""The characters of one field of a note."""
MOST_WORDS = 40_000
"""The characters of a note: those of the longest message that Slack takes."""
_SIGN = str.maketrans({"٪": "%", "﹪": "%"})


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of an action's form as they were typed or chosen; empty where they were left out."""

    status: str = ""
    percent: str = ""
    note: str = ""
    evidence: str = ""
    day: str = ""
    """As `2026-11-12`."""
    help_from: str = ""
    """A user id."""
    done: frozenset[str] = frozenset()
    """The marks of the milestones that are ticked."""


@dataclass(frozen=True, slots=True)
class FilledFigures:
    """The fields of an indicator's form."""

    value: str
    day: str = ""
    """As `2026-11-12`; empty: today."""
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """How an action stood when its form was opened."""

    status: Status
    percent: int | None
    """None: nobody had said."""
    done: frozenset[str] = frozenset()
    """The marks of the milestones that were done."""


@dataclass(eq=False)
class Overtaken(MemberMistake):
    """Somebody has reported since the form was opened what would be overwritten unseen; by field, what it is now."""

    action: Action
    shown: Shown
    fields: dict[str, Any] = field(default_factory=dict)
    """`status` and `percent`: how the action stands."""
    wanted: dict[str, Any] = field(default_factory=dict)
    """What they would become."""


def mark_of(title: str) -> str:
    """What stands for a milestone in a form: the same as long as its title is."""
    return hashlib.blake2b(title.casefold().encode(), digest_size=8).hexdigest()


def shown_of(action: Action) -> Shown:
    """How an action stands, for its form."""
    is_said = action.percent is not None or any(one.percent is not None for one in action.updates)
    done = frozenset(mark_of(step.title) for step in action.milestones if step.done)
    return Shown(action.standing, action.progress if is_said else None, done)


def filled_of_action(action: Action) -> Filled:
    """The fields of an action's form before anybody has touched them: how it stands."""
    shown = shown_of(action)
    return Filled(shown.status.value, _shown_percent(shown.percent), done=shown.done)


def filled_of_update(action: Action, update: RecordedUpdate) -> Filled:
    """The fields of an action's form with what an update on the record says."""
    told = {mark_of(one.title): one.done for one in update.milestones}
    return Filled(
        status=(update.status or Status.NOT_STARTED).value,
        percent=_shown_percent(update.percent),
        note=update.note or "",
        evidence=update.evidence or "",
        day=update.as_of.isoformat(),
        help_from=update.help_from or "",
        done=_ticked(action, told),
    )


def filled_of_report(action: Action, report: Report) -> Filled:
    """The fields of an action's form with what somebody reported that is not on the record."""
    shown = shown_of(action)
    percent = shown.percent if report.percent is None else report.percent
    if report.is_step and report.percent is not None:
        percent = max(0, min(100, (shown.percent or 0) + report.percent))
    return Filled(
        status=(report.status or shown.status).value,
        percent=_shown_percent(percent),
        note=report.note or "",
        evidence=report.evidence or "",
        day=report.day.isoformat() if report.day else "",
        help_from=report.help_from or "",
        done=_ticked(action, {mark_of(one.title): one.done for one in report.milestones}),
    )


def filled_of_measurement(kept: RecordedMeasurement, number: Callable[[float], str]) -> FilledFigures:
    """The fields of an indicator's form with what is on the record; `number` puts a value in words."""
    value = number(kept.value) if isinstance(kept.value, float) else kept.value or ""
    return FilledFigures(value, kept.date.isoformat(), kept.note or "", kept.evidence or "")


def filled_of_figures(said: Figures, number: Callable[[float], str]) -> FilledFigures:
    """The fields of an indicator's form with what somebody reported that is not on the record."""
    value = number(said.value) if isinstance(said.value, float) else said.value or ""
    return FilledFigures(value, said.day.isoformat() if said.day else "", said.note or "", said.evidence or "")


def read_form(action: Action, filled: Filled, was: Shown, *, by: str, today: date) -> Report:
    """The report that the fields make: what was changed in the form since it showed how the action `was`.

    Where nothing was, it says that all is still so. `by` is the user id of who fills it in, `today` in the plan's zone.
    Raises InvalidFields, naming each field that cannot be right.
    """
    read = _Fields(filled, by, today, was.percent or 0)
    steps, gone = _changed_steps(action, filled.done, was.done)
    read.wrong |= {"milestones": "milestone gone"} if gone else {}
    status = Status(filled.status) if filled.status else None
    report = Report(
        action=action.key,
        percent=read.percent if read.percent != was.percent else None,
        status=status if status is not was.status else None,
        note=read.note,
        day=read.day,
        evidence=read.evidence,
        milestones=steps,
        help_from=read.help_from,
    )
    read.check()
    return report


def read_correction(action: Action, filled: Filled, old: RecordedUpdate, *, by: str, today: date) -> Report:
    """The report that the fields make in the place of the update `old`. Raises InvalidFields."""
    read = _Fields(filled, by, today, old.before.percent or 0)
    told = {mark_of(one.title): one for one in old.milestones}
    before = {mark_of(step.title): step.done for step in action.milestones}
    before |= {mark: one.done_before for mark, one in told.items() if mark in before}
    steps, gone = _changed_steps(action, filled.done, frozenset(mark for mark, done in before.items() if done))
    read.wrong |= {"milestones": "milestone gone"} if gone else {}
    read.check()
    return Report(
        action=action.key,
        percent=read.percent,
        status=Status(filled.status) if filled.status else None,
        note=read.note,
        day=read.day or today,
        evidence=read.evidence,
        milestones=steps,
        help_from=read.help_from,
        is_whole=True,
    )


def overtaken(action: Action, report: Report, was: Shown) -> Overtaken | None:
    """What the report would overwrite of what was said since the form showed how the action `was`; None: nothing."""
    now = shown_of(action)
    percent, status = report.percent, report.status
    found: dict[str, Any] = {}
    if percent is not None and now.percent not in (was.percent, percent):
        found["percent"] = now.percent or 0
    if status is not None and now.status not in (was.status, status):
        found["status"] = now.status
    wanted = {"percent": percent, "status": status}
    return Overtaken(action, was, found, {name: wanted[name] for name in found}) if found else None


def read_measurement_form(indicator: Indicator, filled: FilledFigures, today: date) -> Figures:
    """The measurement that the fields make; `today` in the plan's zone. Raises InvalidFields."""
    wrong = _wrong_words(filled.note, filled.evidence)
    value = _value(indicator, filled.value.strip())
    if value is None:
        wrong["value"] = "no number" if filled.value.strip() else "no value"
    if isinstance(value, str) and len(value) > MOST_WORDS:
        wrong["value"] = "too long"
    day = date.fromisoformat(filled.day) if filled.day else today
    if day > today:
        wrong["day"] = "in the future"
    if wrong:
        raise InvalidFields(wrong)
    return Figures(indicator.key, value, filled.note.strip() or None, day, filled.evidence.strip() or None)


class _Fields:
    """What stands in an action's form, and what is wrong with it."""

    def __init__(self, filled: Filled, by: str, today: date, base: int) -> None:
        self.wrong = _wrong_words(filled.note, filled.evidence)
        self.percent = self._percent(filled.percent, base)
        self.note = filled.note.strip() or None
        self.evidence = filled.evidence.strip() or None
        self.day = date.fromisoformat(filled.day) if filled.day else None
        if self.day and self.day > today:
            self.wrong["day"] = "in the future"
        self.help_from = filled.help_from or None
        if self.help_from == by:
            self.wrong["help"] = "oneself"

    def check(self) -> None:
        """Raises InvalidFields where anything is wrong."""
        if self.wrong:
            raise InvalidFields(self.wrong)

    def _percent(self, typed: str, base: int) -> int | None:
        """`60`, `60 %`, `+10 %` of what the form showed, in the digits of any script."""
        digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed)
        text = "".join(digits).translate(_SIGN).strip()
        if not text:
            return None
        try:
            found = percent_at(text, 0, len(text)) or bare_percent_at(text, 0, len(text))
        except PercentOutOfRange:
            found = None
        if found is None or found.end != len(text):
            self.wrong["percent"] = "out of range"
            return None
        return max(0, min(100, base + found.percent)) if found.is_step else found.percent


def _ticked(action: Action, told: Mapping[str, bool]) -> frozenset[str]:
    """The marks of the milestones that are done, where `told` says otherwise as that says."""
    marks = {mark_of(step.title): step.done for step in action.milestones}
    return frozenset(mark for mark, done in marks.items() if told.get(mark, done))


def _shown_percent(percent: int | None) -> str:
    return "" if percent is None else str(percent)


def _changed_steps(action: Action, ticked: frozenset[str], was: frozenset[str]) -> tuple[tuple[Reached, ...], bool]:
    """The milestones that were ticked or unticked, and whether one of those is no longer the action's."""
    changed = ticked ^ was
    titles = {mark_of(step.title): step.title for step in action.milestones}
    steps = tuple(Reached(title, mark in ticked) for mark, title in titles.items() if mark in changed)
    return steps, not changed <= titles.keys()


def _value(indicator: Indicator, typed: str) -> float | str | None:
    if indicator.nature is Nature.QUALITATIVE:
        return typed or None
    read = value_at(typed, 0, len(typed), indicator)
    return read.value if read and read.end == len(typed) else None


def _wrong_words(note: str, evidence: str) -> dict[str, str]:
    link = evidence.strip()
    wrong = {"evidence": "no link"} if link and not is_link(link) else {}
    return wrong | ({"note": "too long"} if len(note.strip()) > MOST_WORDS else {})
