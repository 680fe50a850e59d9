"""A digest: what moved in a plan during a period, what is stuck and what is due. Facts only; `bot` words them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from commands.mistakes import ScopeGone
from commands.standing import is_stale
from store.plan import About, Action, Kind, Plan, Status
from store.standing import State

DUE_SOON = timedelta(days=14)


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


class Concern(StrEnum):
    """Why an action needs attention."""

    OFF_TRACK = "off-track"
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


@dataclass(frozen=True, slots=True)
class Digest:
    """One channel's digest."""

    about: About
    scope: str | None
    """The title of the priority or objective it is about; None for the whole plan."""
    since: datetime
    until: datetime
    today: date
    """The day it was composed, in the plan's zone."""
    actions: int
    counts: tuple[tuple[Status, int], ...]
    """How many actions have each status, in the order of `Status`, without those that none has."""
    moved: tuple[Movement, ...]
    confirmed: tuple[Action, ...]
    """The actions that did not move, and of which somebody said so."""
    attention: tuple[Attention, ...]
    due_soon: tuple[Action, ...]
    quietest: tuple[Action, ...]
    """Where nothing moved: the open actions not heard of for longest."""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was reported in the period."""
        return not (self.moved or self.confirmed)


def compose(
    plan: Plan, reported: Iterable[Reported], *, scope: str, since: datetime, until: datetime, now: datetime
) -> Digest:
    """The digest of a plan as it stands `now`, about one priority or objective (`scope`, a key) or all of it.

    `reported` are the updates from `since` up to `until`. Raises ScopeGone.
    """
    node = plan.find(scope) if scope else None
    if scope and node is None:
        raise ScopeGone(scope)
    actions = plan.actions(node.key if node else None)
    today = now.astimezone(plan.about.zone).date()
    heard = tuple(reported)
    moved = _movements(plan, {action.key: action for action in actions}, [one for one in heard if one.is_news])
    count = Counter(action.standing for action in actions)
    return Digest(
        about=plan.about,
        scope=node.entry.title if node else None,
        since=since,
        until=until,
        today=today,
        actions=len(actions),
        counts=tuple((status, count[status]) for status in Status if count[status]),
        moved=moved,
        confirmed=_confirmed(actions, heard, moved),
        attention=_attention(actions, today, plan.about.update_interval),
        due_soon=_due_soon(actions, today),
        quietest=() if moved else _quietest(actions),
    )


def _movements(plan: Plan, actions: dict[str, Action], reported: Iterable[Reported]) -> tuple[Movement, ...]:
    by_action: dict[str, list[Reported]] = {}
    for one in reported:
        if one.action in actions:
            by_action.setdefault(one.action, []).append(one)
    order = {key: at for at, key in enumerate(actions)}
    return tuple(
        Movement(
            action=actions[key],
            priority=_priority_title(plan, key),
            before=updates[0].before,
            after=updates[-1].after,
            author=updates[-1].author,
            note=next((one.note for one in reversed(updates) if one.note), None),
            as_of=updates[-1].as_of,
        )
        for key, updates in sorted(by_action.items(), key=lambda item: order[item[0]])
    )


def _confirmed(actions: Sequence[Action], heard: Sequence[Reported], moved: Sequence[Movement]) -> tuple[Action, ...]:
    said = {one.action for one in heard} - {one.action.key for one in moved}
    return tuple(action for action in actions if action.key in said)


def _priority_title(plan: Plan, key: str) -> str:
    return next((over.entry.title for over in plan.above(key) if over.kind is Kind.PRIORITY), "")


def _attention(actions: Sequence[Action], today: date, interval: timedelta) -> tuple[Attention, ...]:
    found = [
        Attention(action, concerns, action.latest.date if action.latest else None)
        for action in actions
        if (concerns := _concerns(action, today, interval))
    ]
    urgency = list(Concern)
    return tuple(sorted(found, key=lambda one: (urgency.index(one.concerns[0]), one.action.due or date.max)))


def _concerns(action: Action, today: date, interval: timedelta) -> tuple[Concern, ...]:
    if action.standing.is_closed:
        return ()
    checks = {
        Concern.OFF_TRACK: action.standing is Status.OFF_TRACK,
        Concern.OVERDUE: action.is_overdue(on=today),
        Concern.AT_RISK: action.standing is Status.AT_RISK,
        Concern.SILENT: is_stale(action, today, interval),
    }
    return tuple(concern for concern, holds in checks.items() if holds)


def _due_soon(actions: Sequence[Action], today: date) -> tuple[Action, ...]:
    soon = [(one.due, one) for one in actions if one.due and today <= one.due <= today + DUE_SOON]
    return tuple(one for _, one in sorted(soon, key=lambda pair: pair[0]) if not one.standing.is_closed)


def _quietest(actions: Sequence[Action], most: int = 3) -> tuple[Action, ...]:
    waiting = [action for action in actions if not action.standing.is_closed]
    return tuple(sorted(waiting, key=lambda one: one.latest.date if one.latest else date.min)[:most])
