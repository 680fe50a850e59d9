"""The facts that answer a question, a dataclass for each kind of answer: keys, titles, dates, numbers, no sentences."""

from dataclasses import dataclass
from datetime import date

from commands.ask.question import Facet
from commands.standing import Confirmation, Course, Standing
from store.plan import Better, Figure, Kind, Measurement, Nature, PlanStatus, Status, Update


@dataclass(frozen=True, slots=True)
class Named:
    """An entry, or a section of the plan, by its key and its title."""

    key: str
    title: str
    kind: Kind | None
    """None for a section."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as it stands, short enough for one line of a list."""

    of: Named
    status: Status | None
    """None where nobody has said anything yet."""
    percent: int
    start: date | None
    due: date | None
    is_overdue: bool
    owners: tuple[str, ...]
    updated: date | None
    """The day of its last update that says something."""
    note: str | None
    """That update's."""
    confirmation: Confirmation | None = None
    """Since when it is known to stand so; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A step of an action."""

    action: Named
    title: str
    due: date | None
    is_done: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator is to reach, where it began and where it is."""

    of: Named
    nature: Nature
    unit: str | None
    better: Better | None
    baseline: Figure | None
    target: Figure | None
    latest: Measurement | None
    course: Course | None
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An entry in a list of members, with what a reader of the list wants to see beside its title."""

    of: Named
    statement: str | None = None
    action: ActionLine | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one kind, and the entry over them where a list runs over several."""

    kind: Kind
    members: tuple[Member, ...]
    under: Named | None = None


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """How an action stands."""

    of: Named
    status: Status | None
    """None where nobody has said anything yet."""
    percent: int
    update: Update | None
    """The last one that says something."""
    milestones_done: int
    milestones: int
    start: date | None
    due: date | None
    is_overdue: bool
    confirmation: Confirmation | None = None
    """Since when it is known to stand so; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an entry says, where it stands, what is under it, how it is going and who owns it."""

    of: Named
    statement: str | None
    path: tuple[Named, ...]
    """The entries over it, the nearest first."""
    groups: tuple[Group, ...] = ()
    rolled_up: Standing | None = None
    """Of a priority or an objective with actions or indicators."""
    status: StatusFacts | None = None
    target: Target | None = None
    owners: tuple[str, ...] = ()
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Whose the plan is, for which days, and what it holds."""

    of: Named
    organization: str
    start: date | None
    end: date | None
    status: PlanStatus
    counts: tuple[tuple[Kind, int], ...]
    priorities: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """What is listed under an entry or in a section."""

    of: Named
    path: tuple[Named, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Milestones:
    """The steps of an action, in the plan's order."""

    of: Named
    steps: tuple[MilestoneLine, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many members there are, kind by kind, the nearest kind first."""

    of: Named
    counts: tuple[tuple[Kind, int], ...]
    by_status: tuple[tuple[Status, int], ...] = ()
    """Of the section `actions`: how many stand how."""
    milestones: tuple[int, int] | None = None
    """Of an action: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Parent:
    """What an entry belongs to, the nearest first; nothing for what stands at the top."""

    of: Named
    path: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """The days the plan covers, both included; None where nobody has said."""

    of: Named
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Owners:
    """Who is responsible for an action or an indicator."""

    of: Named
    owners: tuple[str, ...]
    """Slack user ids and e-mail addresses; none where the plan names nobody."""
    department: str | None


@dataclass(frozen=True, slots=True)
class OwnersBelow:
    """Who is responsible for the actions and indicators under something that has no owner itself."""

    of: Named
    owned: tuple[Owners, ...]


@dataclass(frozen=True, slots=True)
class DueDate:
    """By when an action is to be done."""

    of: Named
    start: date | None
    due: date | None
    status: Status | None
    is_overdue: bool
    next_milestone: MilestoneLine | None
    """The first one not done that has a date."""


@dataclass(frozen=True, slots=True)
class DueDatesBelow:
    """The open actions under something that has no due date itself, the earliest due first."""

    of: Named
    lines: tuple[ActionLine, ...]
    closed: int
    """How many are complete or cancelled."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """How a priority, an objective or the plan stands, and its actions, those in trouble first."""

    of: Named
    standing: Standing
    lines: tuple[ActionLine, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """Whether the plan is in force."""

    of: Named
    status: PlanStatus


@dataclass(frozen=True, slots=True)
class Targets:
    """The indicators under something that is none itself."""

    of: Named
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ActionList:
    """The actions of a sort (`Facet.OVERDUE` ... `Facet.MINE`) under something."""

    of: Named
    sort: Facet
    lines: tuple[ActionLine, ...]
    among: int
    """How many actions there are under it."""
    milestones: tuple[MilestoneLine, ...] = ()
    """Sort due-soon: unfinished ones due soon whose actions are not in `lines`."""
    next_due: ActionLine | None = None
    """Sorts overdue and due-soon: where none is found, the open action that is due next."""
    indicators: tuple[Named, ...] = ()
    """Sort mine: the asker's indicators."""
    asker_known: bool = True


@dataclass(frozen=True, slots=True)
class OfSort:
    """Whether one action is of a sort (overdue, at risk, mine ...), and how it stands."""

    of: Named
    sort: Facet
    holds: bool
    owners: tuple[str, ...]
    status: StatusFacts


@dataclass(frozen=True, slots=True)
class NotKept:
    """The plan holds no such thing for an entry of this kind; what is nearest to it follows."""

    of: Named
    facet: Facet


@dataclass(frozen=True, slots=True)
class Absent:
    """The plan has no such section, or it is empty."""

    of: Named


Fact = (
    Meaning
    | Overview
    | Members
    | Milestones
    | Count
    | Parent
    | PlanPeriod
    | Owners
    | OwnersBelow
    | DueDate
    | DueDatesBelow
    | StatusFacts
    | RolledUp
    | PlanInForce
    | Target
    | Targets
    | ActionList
    | OfSort
    | NotKept
    | Absent
)
