"""What happened to the actions over a digest's period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.plan import Action, Kind, Plan, Status
from store.standing import State


@dataclass(frozen=True, slots=True)
class Reported:
    """One update of the period."""

    action: str
    """The action's key."""
    author: str | None
    note: str | None
    before: State
    after: State
    as_of: date | None = None
    """The day it speaks of, where that is before the period."""
    is_news: bool = True
    """Whether it says something new; else it confirms that nothing has changed."""
    reached: tuple[str, ...] = ()
    """The titles of the milestones that it says are done now."""
    help_from: str | None = None
    """The user id of the person whose help is needed."""


class Turn(StrEnum):
    """Where a movement took an action; the first are what a reader should hear of first."""

    FELL = "fell"
    """Off track now, and was not."""
    SLIPPED = "slipped"
    """At risk now, and was better."""
    REOPENED = "reopened"
    COMPLETED = "completed"
    RECOVERED = "recovered"
    """Less bad than it was."""
    STARTED = "started"
    CANCELLED = "cancelled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened to an action over the period: from its first update's start to its last one's end."""

    action: Action
    priority: str
    """The title of the priority it belongs to."""
    before: State
    after: State
    author: str | None
    note: str | None
    """The last note that was given."""
    as_of: date | None = None
    """The day of which the last update speaks, where that is before the period."""
    reached: tuple[str, ...] = ()
    """The titles of the milestones that were reached."""
    help_from: str | None = None
    """The user id of the person whose help the last update asks for."""

    @property
    def turn(self) -> Turn:
        """Where it took the action."""
        was, is_now = (state.status or Status.NOT_STARTED for state in (self.before, self.after))
        if was is is_now:
            return Turn.OTHER
        if is_now in _ENDS:
            return _ENDS[is_now]
        if is_now in (Status.ON_TRACK, Status.NOT_STARTED) and was in (Status.OFF_TRACK, Status.AT_RISK):
            return Turn.RECOVERED
        if is_now is Status.AT_RISK:
            return Turn.RECOVERED if was is Status.OFF_TRACK else Turn.SLIPPED
        if was.is_closed:
            return Turn.REOPENED
        return Turn.STARTED if was is Status.NOT_STARTED else Turn.OTHER


_ENDS = {Status.OFF_TRACK: Turn.FELL, Status.COMPLETE: Turn.COMPLETED, Status.CANCELLED: Turn.CANCELLED}


def movements(plan: Plan, actions: Mapping[str, Action], reported: Iterable[Reported]) -> tuple[Movement, ...]:
    """What each of `actions` went through, by its turn, then in their order; updates of others are left out."""
    by_action: dict[str, list[Reported]] = {}
    for one in reported:
        if one.action in actions:
            by_action.setdefault(one.action, []).append(one)
    found = [_movement(plan, action, by_action[key]) for key, action in actions.items() if key in by_action]
    urgency = {turn: at for at, turn in enumerate(Turn)}
    return tuple(sorted(found, key=lambda one: urgency[one.turn]))


def _movement(plan: Plan, action: Action, updates: Sequence[Reported]) -> Movement:
    last = updates[-1]
    return Movement(
        action=action,
        priority=_priority_title(plan, action.key),
        before=updates[0].before,
        after=last.after,
        author=last.author,
        note=next((one.note for one in reversed(updates) if one.note), None),
        as_of=last.as_of,
        reached=tuple(dict.fromkeys(title for one in updates for title in one.reached)),
        help_from=last.help_from,
    )


def _priority_title(plan: Plan, key: str) -> str:
    return next((over.entry.title for over in plan.above(key) if over.kind is Kind.PRIORITY), "")


def confirmed(actions: Sequence[Action], heard: Sequence[Reported], moved: Sequence[Movement]) -> tuple[Action, ...]:
    """The actions that did not move, and of which somebody said so."""
    said = {one.action for one in heard} - {one.action.key for one in moved}
    return tuple(action for action in actions if action.key in said)
