"""The progress forms, as filled in: of an action, and of an indicator."""

from dataclasses import dataclass
from datetime import date

from commands.mistakes import InvalidFields
from commands.progress.links import is_link
from commands.progress.reading import Figures, Report
from commands.progress.values import value_at
from store.plan import Indicator, Nature, Status

FORM = "progress:form"
"""What identifies the form of an action."""
MEASUREMENT_FORM = "progress:measurement"
"""What identifies the form of an indicator."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of an action's form as they were typed or chosen; empty where they were left out."""

    action: str
    status: str
    percent: str
    note: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FilledFigures:
    """The fields of an indicator's form."""

    value: str
    day: str
    """As `2026-11-12`."""
    note: str = ""
    evidence: str = ""


def read_form(filled: Filled) -> Report:
    """The report that the fields make. Raises InvalidFields, naming each field that cannot be right."""
    wrong: dict[str, str] = {}
    if not filled.action:
        wrong["action"] = "missing"
    percent = filled.percent.strip().removesuffix("%").strip()
    if percent and not (percent.isdecimal() and int(percent) <= 100):
        wrong["percent"] = "out of range"
    wrong |= _wrong_evidence(filled.evidence)
    if wrong:
        raise InvalidFields(wrong)
    return Report(
        action=filled.action,
        percent=int(percent) if percent else None,
        status=Status(filled.status) if filled.status else None,
        note=filled.note.strip() or None,
        evidence=filled.evidence.strip() or None,
    )


def read_measurement_form(indicator: Indicator, filled: FilledFigures, today: date) -> Figures:
    """The measurement that the fields make; `today` in the plan's zone. Raises InvalidFields."""
    wrong = _wrong_evidence(filled.evidence)
    value = _value(indicator, filled.value.strip())
    if value is None:
        wrong["value"] = "no number" if filled.value.strip() else "missing"
    day = date.fromisoformat(filled.day) if filled.day else today
    if day > today:
        wrong["day"] = "in the future"
    if wrong:
        raise InvalidFields(wrong)
    return Figures(indicator.key, value, filled.note.strip() or None, day, filled.evidence.strip() or None)


def _value(indicator: Indicator, typed: str) -> float | str | None:
    if indicator.nature is Nature.QUALITATIVE:
        return typed or None
    read = value_at(typed, 0, len(typed), indicator)
    return read.value if read and read.end == len(typed) else None


def _wrong_evidence(typed: str) -> dict[str, str]:
    return {"evidence": "no link"} if typed.strip() and not is_link(typed.strip()) else {}
