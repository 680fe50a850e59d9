"""Actions of a sort: overdue, at risk, due soon, recently updated, stale, complete, mine."""

from collections.abc import Callable, Iterable
from datetime import date

from commands.ask.facts import ActionList, Fact, MilestoneLine, Named, OfSort, Owners, Target
from commands.ask.lines import Asked, action_line, milestone_line, named, owners, status_facts, target
from commands.ask.question import Facet
from commands.standing import DUE_SOON, is_at_risk, is_due_soon, is_recent, is_spoken_for, is_stale
from store.plan import Action, Indicator, Kind, Status

SORTS = (
    Facet.OVERDUE,
    Facet.AT_RISK,
    Facet.DUE_SOON,
    Facet.RECENT,
    Facet.STALE,
    Facet.COMPLETE,
    Facet.MINE,
)


def is_of_sort(action: Action, sort: Facet, *, today: date, asker: frozenset[str] = frozenset()) -> bool:
    """Whether an action is of the sort on that day; `asker` are folded ids and addresses, for `Facet.MINE`.

    Raises KeyError for a facet that is no sort of actions.
    """
    if sort is Facet.MINE:
        return _is_of(action.owners, asker)
    return _TESTS[sort](action, today)


def actions_of_sort(asked: Asked, sort: Facet) -> tuple[Fact, ...]:
    """The actions of the sort under the subject; of one action, whether it is of the sort.

    Nothing where the subject can have no actions.
    """
    entry, today = asked.entry, asked.today
    if isinstance(entry, Action):
        holds = is_of_sort(entry, sort, today=today, asker=asked.asker)
        return (OfSort(asked.of, sort, holds, entry.owners, status_facts(entry, today)),)
    if isinstance(entry, Indicator):
        return _of_indicator(entry, sort, today)
    return (_list(asked, sort),) if asked.holds_actions else ()


def in_trouble_first(actions: Iterable[Action], today: date) -> list[Action]:
    """Off track, at risk, overdue, silent, on track, not started, complete, cancelled; then the earliest due."""
    return sorted(actions, key=lambda one: (_urgency(one, today), one.due or date.max))


def _of_indicator(indicator: Indicator, sort: Facet, today: date) -> tuple[Target | Owners, ...]:
    return (owners(indicator),) if sort is Facet.MINE else (target(indicator, today),)


def _list(asked: Asked, sort: Facet) -> ActionList:
    among, today = asked.actions, asked.today
    found = [one for one in among if is_of_sort(one, sort, today=today, asker=asked.asker)]
    found.sort(key=lambda one: _ORDERS[sort](one, today))
    upcoming = _next_due(among, today) if not found and sort in (Facet.OVERDUE, Facet.DUE_SOON) else None
    return ActionList(
        of=asked.of,
        sort=sort,
        lines=tuple(action_line(one, today) for one in found),
        among=len(among),
        milestones=_milestones_due_soon(among, today) if sort is Facet.DUE_SOON else (),
        next_due=action_line(upcoming, today) if upcoming else None,
        indicators=_my_indicators(asked) if sort is Facet.MINE else (),
        asker_known=bool(asked.asker),
    )


def _my_indicators(asked: Asked) -> tuple[Named, ...]:
    return tuple(named(one, Kind.INDICATOR) for one in asked.indicators if _is_of(one.owners, asked.asker))


def _is_of(owned_by: tuple[str, ...], asker: frozenset[str]) -> bool:
    return any(one.casefold() in asker for one in owned_by)


def _next_due(actions: Iterable[Action], today: date) -> Action | None:
    coming = [one for one in actions if one.due and one.due >= today and not one.standing.is_closed]
    return min(coming, key=lambda one: one.due or today, default=None)


def _milestones_due_soon(actions: Iterable[Action], today: date) -> tuple[MilestoneLine, ...]:
    found = [
        milestone_line(action, step, today)
        for action in actions
        if not action.standing.is_closed and not is_due_soon(action, today)
        for step in action.milestones
        if step.due and not step.done and today <= step.due <= today + DUE_SOON
    ]
    return tuple(sorted(found, key=lambda one: one.due or today))


def _urgency(action: Action, today: date) -> int:
    stands = action.standing
    if stands in (Status.OFF_TRACK, Status.AT_RISK):
        return 0 if stands is Status.OFF_TRACK else 1
    if action.is_overdue(today):
        return 2
    if not is_spoken_for(action):
        return 3
    return 4 + (Status.ON_TRACK, Status.NOT_STARTED, Status.COMPLETE, Status.CANCELLED).index(stands)


_TESTS: dict[Facet, Callable[[Action, date], bool]] = {
    Facet.OVERDUE: Action.is_overdue,
    Facet.AT_RISK: lambda action, _: is_at_risk(action),
    Facet.DUE_SOON: is_due_soon,
    Facet.RECENT: is_recent,
    Facet.STALE: is_stale,
    Facet.COMPLETE: lambda action, _: action.standing is Status.COMPLETE,
}


def _earliest_due(action: Action, _: date) -> tuple[int, int]:
    return (0, (action.due or date.max).toordinal())


def _trouble(action: Action, today: date) -> tuple[int, int]:
    return (_urgency(action, today), (action.due or date.max).toordinal())


def _newest_first(action: Action, _: date) -> tuple[int, int]:
    return (0, -action.last_news.date.toordinal() if action.last_news else 0)


def _oldest_first(action: Action, _: date) -> tuple[int, int]:
    return (0, action.latest.date.toordinal() if action.latest else 0)


def _open_first(action: Action, _: date) -> tuple[int, int]:
    return (int(action.standing.is_closed), (action.due or date.max).toordinal())


_ORDERS: dict[Facet, Callable[[Action, date], tuple[int, int]]] = {
    Facet.OVERDUE: _earliest_due,
    Facet.AT_RISK: _trouble,
    Facet.DUE_SOON: _earliest_due,
    Facet.RECENT: _newest_first,
    Facet.STALE: _oldest_first,
    Facet.COMPLETE: _newest_first,
    Facet.MINE: _open_first,
}
