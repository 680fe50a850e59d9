"""The progress form, as filled in."""

from dataclasses import dataclass

from commands.mistakes import InvalidFields
from commands.progress.reading import Report
from store.plan import Status

FORM = "progress:form"
"""What identifies the form."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields as they were typed or chosen; empty where they were left out."""

    action: str
    status: str
    percent: str
    note: str


def read_form(filled: Filled) -> Report:
    """The report that the fields make. Raises InvalidFields, naming each field that cannot be right."""
    wrong: dict[str, str] = {}
    if not filled.action:
        wrong["action"] = "missing"
    percent = filled.percent.strip().removesuffix("%").strip()
    if percent and not (percent.isdecimal() and int(percent) <= 100):
        wrong["percent"] = "out of range"
    if wrong:
        raise InvalidFields(wrong)
    return Report(
        action=filled.action,
        percent=int(percent) if percent else None,
        status=Status(filled.status) if filled.status else None,
        note=filled.note.strip() or None,
    )
