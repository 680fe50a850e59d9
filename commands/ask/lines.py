"""Single entries of a plan as facts: their names, an action's standing, an indicator's figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commands.ask.facts import ActionLine, Group, Member, MilestoneLine, Named, Owners, StatusFacts, Target
from commands.standing import actions_under, confirmation, course, indicators_under, is_spoken_for
from store.plan import Action, Entry, Indicator, Kind, Milestone, Node, Plan, Status

SECTION_KINDS = {
    "vision": Kind.VISION,
    "mission": Kind.MISSION,
    "values": Kind.VALUE,
    "priorities": Kind.PRIORITY,
    "objectives": Kind.OBJECTIVE,
    "actions": Kind.ACTION,
    "indicators": Kind.INDICATOR,
    "background": Kind.BACKGROUND,
}
_WITH_ACTIONS = ("plan", "priorities", "objectives", "actions", "indicators")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about, at its place in the plan, on a day, by somebody."""

    plan: Plan
    subject: str
    node: Node | None
    """None where the subject is a section other than the vision and the mission."""
    today: date
    """The day in the plan's zone."""
    asker: frozenset[str]
    """The asker's Slack user id and e-mail address, folded; empty where nobody knows who asks."""

    @property
    def of(self) -> Named:
        """The subject by name."""
        return name(self.plan, self.subject)

    @property
    def entry(self) -> Entry | None:
        """The subject's entry."""
        return self.node.entry if self.node else None

    @property
    def holds_actions(self) -> bool:
        """Whether actions and indicators can be under the subject."""
        if self.node is None:
            return self.subject in _WITH_ACTIONS
        return self.node.kind in (Kind.PRIORITY, Kind.OBJECTIVE)

    @property
    def scope(self) -> str | None:
        """The key under which actions are looked for; None for the whole plan."""
        return self.node.key if self.node else None

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions under the subject."""
        return actions_under(self.plan, self.scope)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators under the subject."""
        return indicators_under(self.plan, self.scope)


def ask_about(plan: Plan, subject: str, *, today: date, asker: Iterable[str] = ()) -> Asked:
    """The subject, a key in any case of letters or a section's name, at its place in the plan.

    Raises KeyError if it is neither.
    """
    node = plan.find(subject)
    if node is None and subject not in SECTION_KINDS and subject != "plan":
        raise KeyError(subject)
    return Asked(plan, node.key if node else subject, node, today, frozenset(one.casefold() for one in asker))


def name(plan: Plan, subject: str) -> Named:
    """A key or a section's name with its title; the plan's own title for `plan`."""
    node = plan.find(subject)
    if node:
        return named(node.entry, node.kind)
    return Named(subject, plan.about.title if subject == "plan" else subject.title(), None)


def named(entry: Entry, kind: Kind) -> Named:
    """An entry by its key and title."""
    return Named(entry.key, entry.title, kind)


def path(plan: Plan, key: str) -> tuple[Named, ...]:
    """The entries over the one with the key, the nearest first."""
    return tuple(named(node.entry, node.kind) for node in plan.above(key))


def action_line(action: Action, today: date) -> ActionLine:
    """An action as it stands."""
    news = action.last_news
    return ActionLine(
        of=named(action, Kind.ACTION),
        status=said_status(action),
        percent=action.progress,
        start=action.start,
        due=action.due,
        is_overdue=action.is_overdue(today),
        owners=action.owners,
        updated=news.date if news else None,
        note=news.note if news else None,
        confirmation=confirmation(action),
    )


def said_status(action: Action) -> Status | None:
    """How somebody said that it stands; None where nobody has."""
    return action.standing if is_spoken_for(action) else None


def status_facts(action: Action, today: date) -> StatusFacts:
    """How an action stands, with its last update and its milestones."""
    return StatusFacts(
        of=named(action, Kind.ACTION),
        status=said_status(action),
        percent=action.progress,
        update=action.last_news,
        milestones_done=sum(one.done for one in action.milestones),
        milestones=len(action.milestones),
        start=action.start,
        due=action.due,
        is_overdue=action.is_overdue(today),
        confirmation=confirmation(action),
    )


def milestone_line(action: Action, milestone: Milestone, today: date) -> MilestoneLine:
    """A step of an action; it is overdue where it is not done, its day is over and the action is open."""
    late = milestone.due is not None and milestone.due < today and not milestone.done
    return MilestoneLine(
        action=named(action, Kind.ACTION),
        title=milestone.title,
        due=milestone.due,
        is_done=milestone.done,
        is_overdue=late and not action.standing.is_closed,
    )


def target(indicator: Indicator, today: date) -> Target:
    """An indicator's figures."""
    return Target(
        of=named(indicator, Kind.INDICATOR),
        nature=indicator.nature,
        unit=indicator.unit,
        better=indicator.better,
        baseline=indicator.baseline,
        target=indicator.target,
        latest=indicator.latest,
        course=course(indicator, today),
        owners=indicator.owners,
    )


def owners(entry: Action | Indicator) -> Owners:
    """Who is responsible for it."""
    if isinstance(entry, Action):
        return Owners(named(entry, Kind.ACTION), entry.owners, entry.department)
    return Owners(named(entry, Kind.INDICATOR), entry.owners, None)


def group(kind: Kind, entries: Iterable[Entry], today: date, under: Named | None = None) -> tuple[Group, ...]:
    """The entries as a group of members; none where there are no entries."""
    members = tuple(_member(kind, entry, today) for entry in entries)
    return (Group(kind, members, under),) if members else ()


def _member(kind: Kind, entry: Entry, today: date) -> Member:
    return Member(
        of=named(entry, kind),
        statement=entry.statement,
        action=action_line(entry, today) if isinstance(entry, Action) else None,
        target=target(entry, today) if isinstance(entry, Indicator) else None,
    )
