"""What the plan says of one facet of a subject.

Where a facet does not fit the subject (the owner of a priority, the due date of a value), the nearest true thing is
read instead: the owners of its actions, the plan's period.
"""

from collections.abc import Callable

from commands.ask.facts import (
    Absent,
    Count,
    DueDate,
    DueDatesBelow,
    Fact,
    Group,
    Meaning,
    Members,
    Milestones,
    NotKept,
    Overview,
    OwnersBelow,
    Parent,
    PlanInForce,
    PlanPeriod,
    RolledUp,
    Targets,
)
from commands.ask.lines import (
    SECTION_KINDS,
    Asked,
    action_line,
    group,
    milestone_line,
    name,
    named,
    owners,
    path,
    said_status,
    status_facts,
    target,
)
from commands.ask.question import Facet
from commands.ask.sorts import SORTS, actions_of_sort, in_trouble_first
from commands.standing import roll_up
from store.plan import Action, Indicator, Kind, Objective, Priority, Status

Facts = tuple[Fact, ...]


def look_up(asked: Asked, facet: Facet) -> Facts:
    """The facts of one facet of what is asked about; at least one."""
    if asked.node is None and asked.subject in ("vision", "mission"):
        return (Absent(asked.of),)
    return actions_of_sort(asked, facet) or nearest(asked, facet) if facet in SORTS else _READERS[facet](asked)


def nearest(asked: Asked, facet: Facet) -> Facts:
    """That the plan keeps no such thing of the subject, and what it does say."""
    return (NotKept(asked.of, facet), *_meaning(asked))


def _meaning(asked: Asked) -> Facts:
    plan, entry, node = asked.plan, asked.entry, asked.node
    if entry is None or node is None:
        return _section(asked)
    counted = (asked.actions or asked.indicators) if asked.holds_actions else ()
    owned = entry if isinstance(entry, Action | Indicator) else None
    found = Meaning(
        of=asked.of,
        statement=entry.statement,
        path=path(plan, node.key),
        groups=_below(asked),
        rolled_up=roll_up(asked.actions, asked.indicators, today=asked.today, interval=asked.plan.about.update_interval)
        if counted
        else None,
        status=status_facts(entry, asked.today) if isinstance(entry, Action) else None,
        target=target(entry, asked.today) if isinstance(entry, Indicator) else None,
        owners=owned.owners if owned else (),
        department=entry.department if isinstance(entry, Action) else None,
    )
    return (found,)


def _section(asked: Asked) -> Facts:
    plan, today = asked.plan, asked.today
    if asked.subject == "plan":
        return (_overview(asked),)
    kind = SECTION_KINDS[asked.subject]
    if kind in (Kind.OBJECTIVE, Kind.ACTION, Kind.INDICATOR):
        groups = tuple(
            found
            for priority in plan.priorities
            for found in group(kind, _under(priority, kind), today, named(priority, Kind.PRIORITY))
        )
    else:
        groups = group(kind, (node.entry for node in plan.of_kind(kind)), today)
    return (Members(asked.of, (), groups),) if groups else (Absent(asked.of),)


def _overview(asked: Asked) -> Overview:
    about, days = asked.plan.about, _plan_period(asked)
    priorities = tuple(named(one, Kind.PRIORITY) for one in asked.plan.priorities)
    counts = _counts(asked, tuple(Kind))
    return Overview(asked.of, about.organization, days.start, days.end, about.status, counts, priorities)


def _under(priority: Priority, kind: Kind) -> tuple[Objective | Action | Indicator, ...]:
    if kind is Kind.OBJECTIVE:
        return priority.objectives
    of_objective = (one.actions if kind is Kind.ACTION else one.indicators for one in priority.objectives)
    return tuple(entry for entries in of_objective for entry in entries)


def _below(asked: Asked) -> tuple[Group, ...]:
    entry, today = asked.entry, asked.today
    objectives = group(Kind.OBJECTIVE, entry.objectives, today) if isinstance(entry, Priority) else ()
    if not asked.holds_actions:
        return ()
    indicators, actions = asked.indicators, asked.actions
    return objectives + group(Kind.INDICATOR, indicators, today) + group(Kind.ACTION, actions, today)


def _list(asked: Asked) -> Facts:
    entry = asked.entry
    if asked.holds_actions and asked.node:
        groups = _below(asked)
        found = Members(asked.of, path(asked.plan, asked.node.key), groups)
        return (found,) if groups else nearest(asked, Facet.LIST)
    if isinstance(entry, Action) and entry.milestones:
        return (Milestones(asked.of, tuple(milestone_line(entry, one, asked.today) for one in entry.milestones)),)
    if isinstance(entry, Action):
        return nearest(asked, Facet.LIST)
    return (target(entry, asked.today),) if isinstance(entry, Indicator) else _meaning(asked)


def _count(asked: Asked) -> Facts:
    entry, of = asked.entry, asked.of
    if asked.node is None and asked.subject != "plan":
        kind = SECTION_KINDS[asked.subject]
        tally = roll_up(asked.actions, (), today=asked.today) if kind is Kind.ACTION else None
        cancelled = ((Status.CANCELLED, tally.cancelled),) if tally and tally.cancelled else ()
        return (Count(of, ((kind, len(asked.plan.of_kind(kind))),), tally.by_status + cancelled if tally else ()),)
    if asked.node is None or asked.holds_actions:
        return (Count(of, _counts(asked, (Kind.VALUE, Kind.PRIORITY, *_KINDS_BELOW, Kind.BACKGROUND))),)
    if isinstance(entry, Action):
        done = sum(one.done for one in entry.milestones)
        return (Count(of, (), milestones=(done, len(entry.milestones))),)
    return _list(asked)


_KINDS_BELOW = (Kind.OBJECTIVE, Kind.INDICATOR, Kind.ACTION)


def _counts(asked: Asked, kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, int], ...]:
    """How many of each kind are under the subject, none left out that it could have directly under it."""
    if asked.node is None:
        found = {kind: len(asked.plan.of_kind(kind)) for kind in kinds}
        return tuple((kind, number) for kind, number in found.items() if number)
    entry, below = asked.entry, {Kind.INDICATOR: len(asked.indicators), Kind.ACTION: len(asked.actions)}
    if isinstance(entry, Priority):
        rest = tuple((kind, number) for kind, number in below.items() if number)
        return ((Kind.OBJECTIVE, len(entry.objectives)), *rest)
    return tuple(below.items())


def _parent(asked: Asked) -> Facts:
    if asked.subject == "plan":
        return _meaning(asked)
    return (Parent(asked.of, path(asked.plan, asked.node.key) if asked.node else ()),)


def _period(asked: Asked) -> Facts:
    kind = asked.node.kind if asked.node else None
    if kind is Kind.ACTION or kind is Kind.INDICATOR:
        return _due(asked)
    if kind is Kind.BACKGROUND:
        return _meaning(asked)
    if asked.node and asked.actions:
        return (*_due(asked), _plan_period(asked))
    return (_plan_period(asked),)


def _plan_period(asked: Asked) -> PlanPeriod:
    period = asked.plan.about.period
    return PlanPeriod(name(asked.plan, "plan"), period.start if period else None, period.end if period else None)


def _owner(asked: Asked) -> Facts:
    entry = asked.entry
    if isinstance(entry, Action | Indicator):
        return (owners(entry),)
    if not asked.holds_actions:
        return nearest(asked, Facet.OWNER)
    actions = asked.actions if asked.subject != "indicators" else ()
    indicators = asked.indicators if asked.subject != "actions" else ()
    owned = (*map(owners, actions), *map(owners, indicators))
    return (OwnersBelow(asked.of, owned),) if owned else nearest(asked, Facet.OWNER)


def _due(asked: Asked) -> Facts:
    entry, today = asked.entry, asked.today
    if isinstance(entry, Action):
        dated = (one for one in entry.milestones if one.due and not one.done)
        first = min(dated, key=lambda one: one.due or today, default=None)
        step = milestone_line(entry, first, today) if first and not entry.standing.is_closed else None
        overdue = entry.is_overdue(today)
        return (DueDate(asked.of, entry.start, entry.due, said_status(entry), overdue, step),)
    if isinstance(entry, Indicator):
        return (target(entry, today),)
    if asked.holds_actions and asked.actions:
        return (_due_dates(asked), _plan_period(asked)) if asked.subject == "plan" else (_due_dates(asked),)
    if asked.subject == "plan":
        return (_plan_period(asked),)
    return (NotKept(asked.of, Facet.DUE), _plan_period(asked))


def _due_dates(asked: Asked) -> DueDatesBelow:
    still = [one for one in asked.actions if not one.standing.is_closed]
    still.sort(key=lambda one: (one.due is None, one.due or asked.today))
    return DueDatesBelow(
        asked.of, tuple(action_line(one, asked.today) for one in still), len(asked.actions) - len(still)
    )


def _status(asked: Asked) -> Facts:
    entry = asked.entry
    if isinstance(entry, Action):
        return (status_facts(entry, asked.today),)
    if isinstance(entry, Indicator):
        return (target(entry, asked.today),)
    if asked.subject == "plan":
        in_force = PlanInForce(asked.of, asked.plan.about.status)
        return (in_force, _rolled_up(asked)) if asked.actions or asked.indicators else (in_force,)
    if asked.subject == "indicators":
        return _target(asked)
    return (_rolled_up(asked),) if asked.holds_actions else nearest(asked, Facet.STATUS)


def _rolled_up(asked: Asked) -> RolledUp:
    return RolledUp(
        of=asked.of,
        standing=roll_up(asked.actions, asked.indicators, today=asked.today, interval=asked.plan.about.update_interval),
        lines=tuple(action_line(one, asked.today) for one in in_trouble_first(asked.actions, asked.today)),
        targets=tuple(target(one, asked.today) for one in asked.indicators),
    )


def _target(asked: Asked) -> Facts:
    entry = asked.entry
    if isinstance(entry, Indicator):
        return (target(entry, asked.today),)
    found = asked.indicators if asked.holds_actions else ()
    if not found:
        return nearest(asked, Facet.TARGET)
    return (Targets(asked.of, tuple(target(one, asked.today) for one in found)),)


_READERS: dict[Facet, Callable[[Asked], Facts]] = {
    Facet.MEANING: _meaning,
    Facet.LIST: _list,
    Facet.COUNT: _count,
    Facet.PARENT: _parent,
    Facet.PERIOD: _period,
    Facet.OWNER: _owner,
    Facet.DUE: _due,
    Facet.STATUS: _status,
    Facet.TARGET: _target,
}
