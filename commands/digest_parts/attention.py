"""What of a plan needs attention, is due soon, or was not heard of for long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from commands.digest_parts.moved import Movement
from commands.standing import is_stale
from store.plan import Action, Status

DUE_SOON = timedelta(days=14)


class Concern(StrEnum):
    """Why an action needs attention; the worst first."""

    OFF_TRACK = "off-track"
    BLOCKED = "blocked"
    """Its last update of the period asks for somebody's help."""
    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Attention:
    """An action that needs attention, and why."""

    action: Action
    concerns: tuple[Concern, ...]
    last_heard: date | None
    """The day of its last update; None where there was none."""
    help_from: str | None = None
    """The user id of the person whose help is needed."""


def attention(
    actions: Sequence[Action], moved: Iterable[Movement], today: date, interval: timedelta
) -> tuple[Attention, ...]:
    """What needs attention, the worst and the longest due first."""
    helpers = {one.action.key: one.help_from for one in moved if one.help_from}
    found = [
        Attention(action, concerns, action.latest.date if action.latest else None, helpers.get(action.key))
        for action in actions
        if (concerns := _concerns(action, today, interval, is_blocked=action.key in helpers))
    ]
    urgency = list(Concern)
    return tuple(sorted(found, key=lambda one: (urgency.index(one.concerns[0]), one.action.due or date.max)))


def _concerns(action: Action, today: date, interval: timedelta, *, is_blocked: bool) -> tuple[Concern, ...]:
    if action.standing.is_closed:
        return ()
    checks = {
        Concern.OFF_TRACK: action.standing is Status.OFF_TRACK,
        Concern.BLOCKED: is_blocked,
        Concern.OVERDUE: action.is_overdue(on=today),
        Concern.AT_RISK: action.standing is Status.AT_RISK,
        Concern.SILENT: is_stale(action, today, interval),
    }
    return tuple(concern for concern, holds in checks.items() if holds)


def due_soon(actions: Sequence[Action], today: date) -> tuple[Action, ...]:
    """The open actions that are due within two weeks, today included, the next first."""
    soon = [(one.due, one) for one in actions if one.due and today <= one.due <= today + DUE_SOON]
    return tuple(one for _, one in sorted(soon, key=lambda pair: pair[0]) if not one.standing.is_closed)


def quietest(actions: Sequence[Action], most: int = 3) -> tuple[Action, ...]:
    """The open actions not heard of for longest."""
    waiting = [action for action in actions if not action.standing.is_closed]
    return tuple(sorted(waiting, key=lambda one: one.latest.date if one.latest else date.min)[:most])
