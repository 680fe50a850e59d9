"""What importing a plan file changes, as facts."""

from dataclasses import dataclass
from datetime import date

from store.plan import Figure, Milestone, Period

PLAN = "plan"
"""The kind of a change to the plan's own head: title, organisation, period, status, zone, vision, mission."""

Fact = str | int | date | Figure | Period | tuple[str, ...] | tuple[Milestone, ...] | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's change; the values as a plan file would write them, None for nothing.

    `position` counts from 1 among the entries of its kind under its parent; `updates` and `measurements` say how many
    there are on the record.
    """

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """An entry (or the plan itself: kind `plan`) that was added, changed, archived or has returned."""

    key: str
    kind: str
    title: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that an import changes, in the file's order."""

    added: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    archived: tuple[Change, ...] = ()
    restored: tuple[Change, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the record already says what the file says."""
        return not (self.added or self.changed or self.archived or self.restored)


def field_changes(old: dict[str, Fact], new: dict[str, Fact]) -> tuple[FieldChange, ...]:
    """Where two sets of facts differ; a fact that one lacks is None."""
    names = list(dict.fromkeys((*new, *old)))
    return tuple(
        FieldChange(name, in_words(old.get(name)), in_words(new.get(name)))
        for name in names
        if _said(old.get(name)) != _said(new.get(name))
    )


def _said(fact: Fact) -> Fact:
    return None if fact == () else fact


def in_words(fact: Fact) -> str | None:
    """A fact as one line of text; None for nothing."""
    match fact:
        case None | ():
            return None
        case Figure():
            return f"{_number(fact.value)} ({fact.date})"
        case Period():
            return f"{fact.start} to {fact.end}"
        case tuple():
            return ", ".join(_step(one) if isinstance(one, Milestone) else one for one in fact)
        case _:
            return str(fact)


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def _step(milestone: Milestone) -> str:
    due = f" ({milestone.due})" if milestone.due else ""
    return f"{milestone.title}{due}{' ✓' if milestone.done else ''}"
