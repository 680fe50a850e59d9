"""What a digest tells besides the actions: what was measured, what was asked, and a passage of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from store.plan import Entry, Figure, Indicator, Kind, Plan


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator that was measured in the period."""

    indicator: Indicator
    now: Figure
    was: Figure | None
    """What it was before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What members asked in the period; nothing tells who."""

    questions: int
    unanswered: int
    top: tuple[tuple[str, int], ...] = ()
    """The titles of what was asked about most, with how often."""
    missed: tuple[tuple[str, int], ...] = ()
    """What nobody could find, in the words that were used, with how often."""


@dataclass(frozen=True, slots=True)
class Featured:
    """A value or an objective of the week, word for word."""

    kind: Kind
    title: str
    statement: str


def featured(plan: Plan, scope: str | None, until: datetime, turn: int) -> Featured | None:
    """The passage whose turn it is in the week of `until`; under a scope, of its objectives and the values.

    All have their turn, one a week; `turn` sets apart what channels read in the same week.
    """
    passages = _passages(plan, scope)
    if not passages:
        return None
    local: date = until.astimezone(plan.about.zone).date()
    week = local.toordinal() // 7
    return passages[(week + turn) % len(passages)]


def _passages(plan: Plan, scope: str | None) -> Sequence[Featured]:
    values = [(Kind.VALUE, node.entry) for node in plan.of_kind(Kind.VALUE)]
    objectives = [
        (Kind.OBJECTIVE, node.entry)
        for node in plan.of_kind(Kind.OBJECTIVE)
        if scope is None or node.key == scope or any(over.key == scope for over in plan.above(node.key))
    ]
    return [_passage(kind, entry) for kind, entry in (*values, *objectives) if entry.statement]


def _passage(kind: Kind, entry: Entry) -> Featured:
    return Featured(kind, entry.title, entry.statement or "")
