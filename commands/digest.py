"""A digest: what moved in a plan during a period, what is stuck and what is due. Facts only; `bot` words them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from commands.digest_parts.attention import DUE_SOON, Attention, Concern, attention, due_soon, quietest
from commands.digest_parts.counts import NO_WORD, Earlier, changes, counted
from commands.digest_parts.extras import Asked, Featured, Measured, featured
from commands.digest_parts.moved import Movement, Reported, Turn, confirmed, movements
from commands.mistakes import ScopeGone
from commands.scopes import is_of_department
from commands.standing import Standing, roll_up
from store.digest_tables import Every
from store.plan import About, Action, Indicator, Kind, Plan, Status

__all__ = [
    "DUE_SOON",
    "MOST_NAMED",
    "NO_WORD",
    "Asked",
    "Attention",
    "Concern",
    "Context",
    "Digest",
    "Earlier",
    "Featured",
    "Measured",
    "Movement",
    "Reported",
    "Turn",
    "as_told_in",
    "compose",
]

MOST_NAMED = 240
"""Entries of each of its lists that a digest names, and remembers that it does."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a digest tells of besides the plan and its updates."""

    earlier: Sequence[Earlier] = ()
    """How the actions stood at the digests before, the oldest first."""
    measured: Sequence[Measured] = ()
    asked: Asked | None = None
    turn: int = 0
    """Sets apart which passage of the plan channels read in one week."""
    usual: timedelta | None = None
    """The time that such a digest covers as a rule."""
    every: Every = Every.WEEK
    """How often such a digest comes."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One channel's digest."""

    about: About
    scope: str | None
    """The title of the priority or objective, or the department, it is about; None for the whole plan."""
    since: datetime
    until: datetime
    today: date
    """The day it was composed, in the plan's zone."""
    actions: int
    counts: tuple[tuple[Status, int], ...]
    """How many actions have each status that somebody said, in the order of `Status`, without those that none has."""
    moved: tuple[Movement, ...]
    """What moved, by its turn: what fell off track first."""
    confirmed: tuple[Action, ...]
    """The actions that did not move, and of which somebody said so."""
    attention: tuple[Attention, ...]
    due_soon: tuple[Action, ...]
    quietest: tuple[Action, ...]
    """Where nothing moved: the open actions not heard of for longest."""
    standing: Standing
    """What all of it adds up to, and how old that is."""
    unsaid: int = 0
    """Of how many actions nobody has said how they stand."""
    earlier: tuple[Earlier, ...] = ()
    measured: tuple[Measured, ...] = ()
    asked: Asked | None = None
    featured: Featured | None = None
    every: Every = Every.WEEK
    """How often such a digest comes."""
    covers_gap: bool = False
    """Whether it covers more than one run, since those before it could not be sent."""
    tally: Mapping[str, int] = field(default_factory=dict)
    """The counts as the next digest compares with them."""

    @property
    def before(self) -> Earlier | None:
        """How the actions stood at the last digest."""
        return self.earlier[-1] if self.earlier else None

    @property
    def changes(self) -> Mapping[str, int]:
        """By status, how many more or fewer there are than at the last digest; nothing where that kept no counts."""
        return changes(self.tally, self.before) if self.before and self.before.counts else {}

    @property
    def named(self) -> tuple[str, ...]:
        """The keys of the actions that it names, of each list at most `MOST_NAMED`."""
        groups = (
            [one.action for one in self.moved],
            [one.action for one in self.attention],
            self.due_soon,
            self.confirmed,
            self.quietest,
        )
        return tuple(dict.fromkeys(one.key for group in groups for one in group[:MOST_NAMED]))


def compose(
    plan: Plan,
    reported: Iterable[Reported],
    *,
    scope: str,
    since: datetime,
    until: datetime,
    now: datetime,
    department: str = "",
    beside: Context | None = None,
) -> Digest:
    """The digest of a plan as it stands `now`, about a priority or objective (`scope`, a key), a department, or all.

    `reported` are the updates from `since` up to `until`. Raises ScopeGone.
    """
    node = plan.find(scope) if scope else None
    if scope and node is None:
        raise ScopeGone(scope)
    key = node.key if node else None
    actions = _of_department(plan.actions(key), department)
    if department and not actions:
        raise ScopeGone(department)
    today, beside = now.astimezone(plan.about.zone).date(), beside or Context()
    heard = tuple(reported)
    moved = movements(plan, {action.key: action for action in actions}, [one for one in heard if one.is_news])
    indicators = () if department else _indicators(plan, key)
    within = {one.key for one in indicators}
    tally = counted(actions)
    digest = Digest(
        about=plan.about,
        scope=" · ".join(filter(None, (node.entry.title if node else "", department))) or None,
        since=since,
        until=until,
        today=today,
        actions=len(actions),
        counts=tuple((status, tally[status]) for status in Status if status in tally),
        moved=moved,
        confirmed=confirmed(actions, heard, moved),
        attention=attention(actions, moved, today, plan.about.update_interval),
        due_soon=due_soon(actions, today),
        quietest=() if moved else quietest(actions),
        standing=roll_up(actions, indicators, today=today, interval=plan.about.update_interval),
        unsaid=tally.get(NO_WORD, 0),
        measured=tuple(one for one in beside.measured if one.indicator.key in within),
        asked=beside.asked,
        tally=tally,
    )
    return as_told_in(digest, plan, key, beside)


def as_told_in(digest: Digest, plan: Plan, scope: str | None, beside: Context) -> Digest:
    """A digest as it is told in one of the channels that get it.

    It compares with those that went before in that channel, and has the passage of the plan whose turn it is there.
    """
    return replace(
        digest,
        earlier=tuple(beside.earlier),
        featured=featured(plan, scope, digest.until, beside.turn),
        covers_gap=beside.usual is not None and digest.until - digest.since > beside.usual + timedelta(days=1),
        every=beside.every,
    )


def _of_department(actions: Sequence[Action], department: str) -> Sequence[Action]:
    return [one for one in actions if is_of_department(one, department)] if department else actions


def _indicators(plan: Plan, scope: str | None) -> tuple[Indicator, ...]:
    return tuple(
        node.entry
        for node in plan.of_kind(Kind.INDICATOR)
        if isinstance(node.entry, Indicator)
        and (scope is None or any(over.key == scope for over in plan.above(node.key)))
    )
