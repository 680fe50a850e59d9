"""How things stand on a day: an action, an indicator against its target, and what they add up to.

The same rules, in the words of those who use them, are in docs/status.md. Days are days in the plan's zone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from store.plan import Action, Better, Figure, Indicator, Nature, Objective, Plan, Priority, Status

Word = TypeVar("Word", bound=StrEnum)

DUE_SOON = timedelta(days=30)
RECENT = timedelta(days=14)
STALE = timedelta(days=30)
OLD_WORD = timedelta(days=90)
"""After this long, "on track" is no longer taken as a word in the roll-up."""


class Course(StrEnum):
    """Where a quantitative indicator's last figure lies, seen from its baseline."""

    REACHED = "reached"
    TOWARDS = "towards"
    UNCHANGED = "unchanged"
    AWAY = "away"
    MISSED = "missed"
    """The target's day is over, and the last figure does not reach it."""


@dataclass(frozen=True, slots=True)
class Aged:
    """How many of the updates behind a standing are old."""

    old: int
    updates: int
    """How many open actions have one: their last."""
    days: int
    """After how many days one counts as old: half as long again as updates of the plan should take."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a priority, an objective or a plan stands, rolled up from its actions and indicators."""

    status: Status | None
    """None where too little has been said to tell."""
    percent: int | None
    """The mean of the counted actions' percentages, 0 to 100; None without actions."""
    actions: int
    """How many actions were counted: all but the cancelled ones."""
    cancelled: int
    by_status: tuple[tuple[Status, int], ...]
    """How many of the counted actions stand how, as their owners said; the silent ones are left out."""
    silent: int
    """How many of the counted actions nobody has said anything about yet."""
    overdue: int
    indicators: int
    courses: tuple[tuple[Course, int], ...]
    """How many of the indicators lie where; those that cannot be judged are left out."""
    oldest: date | None
    """Of the open actions' last updates, the oldest one's day."""
    latest: date | None
    """The day of the newest update, of closed actions too."""
    because: tuple[str, ...]
    """The keys of the actions and indicators that make it off track or at risk."""
    aged: Aged | None = None
    """None where none of the updates is old."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Since when an action is known to stand as it does, and by whose word."""

    on: date | None
    """The day that was spoken of; None where the plan file states it without a day."""
    is_by_owner: bool
    """Whether somebody reported it; else it is what the plan file states."""


def confirmation(action: Action) -> Confirmation | None:
    """The day from which an action's status counts its age; None where nobody has said how it stands.

    That is the day of which the last update speaks, not the one on which it was recorded: a report of last month is a
    month old today.
    """
    if not is_spoken_for(action):
        return None
    latest = action.latest
    if latest is None or latest.status not in (None, action.standing) or latest.percent not in (None, action.progress):
        return Confirmation(None, is_by_owner=False)
    return Confirmation(latest.date, is_by_owner=latest.author is not None and latest.status is not None)


def is_spoken_for(action: Action) -> bool:
    """Whether anybody has said how the action stands."""
    return action.status is not None or any(one.status is not None for one in action.updates)


def is_at_risk(action: Action) -> bool:
    """Whether it is at risk or already off track."""
    return action.standing in (Status.AT_RISK, Status.OFF_TRACK)


def is_due_soon(action: Action, today: date) -> bool:
    """Whether it is open and due within 30 days, today included, overdue ones not."""
    return action.due is not None and today <= action.due <= today + DUE_SOON and not action.standing.is_closed


def is_recent(action: Action, today: date) -> bool:
    """Whether something new was said within the last 14 days; a mere confirmation is nothing new."""
    return action.last_news is not None and action.last_news.date >= today - RECENT


def is_stale(action: Action, today: date, interval: timedelta = STALE) -> bool:
    """Whether it is open, should have started, and was last updated more than `interval` (30 days) ago or never."""
    if action.standing.is_closed or not has_begun(action, today):
        return False
    return action.latest is None or action.latest.date < today - interval


def has_begun(action: Action, today: date) -> bool:
    """Whether work is under way, or should be: its first day has come, or it names none."""
    return action.start is None or action.start <= today or action.standing is not Status.NOT_STARTED


def course(indicator: Indicator, today: date) -> Course | None:
    """Where the last figure lies; None where words, or too few figures, allow no judgement.

    Without a baseline the first measurement stands in for it; without `better` the way from baseline to target
    tells the direction.
    """
    first = min(indicator.measurements, key=lambda one: one.date, default=None)
    start, target, latest = _number(indicator.baseline or first), _number(indicator.target), _number(indicator.latest)
    if indicator.nature is not Nature.QUANTITATIVE or target is None or latest is None:
        return None
    sign = _direction(indicator.better, start, target)
    if sign * (latest - target) >= 0:
        return Course.REACHED
    if indicator.target and indicator.target.date < today:
        return Course.MISSED
    if start is None or (indicator.baseline is None and len(indicator.measurements) == 1):
        return None
    moved = sign * (latest - start)
    return Course.TOWARDS if moved > 0 else Course.UNCHANGED if moved == 0 else Course.AWAY


def standing(plan: Plan, scope: str | None, *, today: date) -> Standing:
    """How the priority, objective, action or indicator with the key `scope` stands; the whole plan without one.

    Raises KeyError if the plan has no such entry.
    """
    return roll_up(
        actions_under(plan, scope), indicators_under(plan, scope), today=today, interval=plan.about.update_interval
    )


def roll_up(
    actions: Sequence[Action], indicators: Sequence[Indicator], *, today: date, interval: timedelta = STALE
) -> Standing:
    """What actions and indicators add up to: the worst wins, and nothing is on track unless somebody said so.

    `interval` is how often the plan's actions should be reported on.
    """
    counted = [one for one in actions if one.standing is not Status.CANCELLED]
    said = {one.key: _word(one, today) for one in counted}
    courses = {one.key: where for one in indicators if (where := course(one, today))}
    words = said | {key: _COURSE_WORDS[where] for key, where in courses.items()}
    status = _worst(list(words.values()), unsaid=list(said.values()).count(None), counted=len(counted))
    return Standing(
        status=status,
        percent=round(sum(map(_percent, counted)) / len(counted)) if counted else None,
        actions=len(counted),
        cancelled=len(actions) - len(counted),
        by_status=_tally(Status, [one.standing for one in counted if is_spoken_for(one)]),
        silent=sum(not is_spoken_for(one) for one in counted),
        overdue=sum(one.is_overdue(today) for one in counted),
        indicators=len(indicators),
        courses=_tally(Course, list(courses.values())),
        oldest=min((one.latest.date for one in counted if one.latest and not one.standing.is_closed), default=None),
        latest=max((one.latest.date for one in counted if one.latest), default=None),
        because=tuple(key for key, word in words.items() if word in _TROUBLE and word is status),
        aged=_aged(counted, today, interval),
    )


def _aged(counted: Sequence[Action], today: date, interval: timedelta) -> Aged | None:
    bound = interval * 3 / 2
    heard = [one.latest.date for one in counted if one.latest and not one.standing.is_closed]
    old = sum(last < today - bound for last in heard)
    return Aged(old, len(heard), bound.days) if old else None


def actions_under(plan: Plan, scope: str | None) -> tuple[Action, ...]:
    """The actions under a priority or an objective (or that action itself); without a scope, all."""
    entry = plan.nodes[scope].entry if scope else None
    if isinstance(entry, Action):
        return (entry,)
    return tuple(action for objective in _objectives(plan, scope) for action in objective.actions)


def indicators_under(plan: Plan, scope: str | None) -> tuple[Indicator, ...]:
    """The indicators under a priority or an objective (or that indicator itself); without a scope, all."""
    entry = plan.nodes[scope].entry if scope else None
    if isinstance(entry, Indicator):
        return (entry,)
    return tuple(one for objective in _objectives(plan, scope) for one in objective.indicators)


def _objectives(plan: Plan, scope: str | None) -> tuple[Objective, ...]:
    entry = plan.nodes[scope].entry if scope else None
    if isinstance(entry, Objective):
        return (entry,)
    over = plan.priorities if scope is None else (entry,) if isinstance(entry, Priority) else ()
    return tuple(objective for priority in over for objective in priority.objectives)


_TROUBLE = (Status.OFF_TRACK, Status.AT_RISK)
_COURSE_WORDS = {
    Course.REACHED: Status.COMPLETE,
    Course.TOWARDS: Status.ON_TRACK,
    Course.UNCHANGED: Status.AT_RISK,
    Course.AWAY: Status.AT_RISK,
    Course.MISSED: Status.OFF_TRACK,
}


def _word(action: Action, today: date) -> Status | None:
    """What an action contributes to a roll-up; None where there is no word, or only an old good one."""
    stands = action.standing
    if stands in (Status.COMPLETE, Status.OFF_TRACK):
        return stands
    if stands is Status.AT_RISK or action.is_overdue(today):
        return Status.AT_RISK
    if not is_spoken_for(action):
        return None
    if stands is Status.NOT_STARTED:
        return Status.AT_RISK if action.start and action.start < today else stands
    is_old = action.latest is not None and action.latest.date < today - OLD_WORD
    return None if is_old else stands


def _worst(words: list[Status | None], *, unsaid: int, counted: int) -> Status | None:
    spoken = {word for word in words if word}
    for trouble in _TROUBLE:
        if trouble in spoken:
            return trouble
    if not spoken or unsaid * 2 > counted:
        return None
    if spoken == {Status.COMPLETE}:
        return Status.ON_TRACK if unsaid else Status.COMPLETE
    return Status.NOT_STARTED if spoken == {Status.NOT_STARTED} else Status.ON_TRACK


def _percent(action: Action) -> int:
    return 100 if action.standing is Status.COMPLETE else action.progress


def _number(figure: Figure | None) -> float | None:
    return figure.value if figure and not isinstance(figure.value, str) else None


def _direction(better: Better | None, start: float | None, target: float) -> int:
    if better:
        return 1 if better is Better.HIGHER else -1
    return -1 if start is not None and start > target else 1


def _tally(words: type[Word], found: Sequence[Word]) -> tuple[tuple[Word, int], ...]:
    counts = Counter(found)
    return tuple((word, counts[word]) for word in words if counts[word])
