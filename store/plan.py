"""A strategic plan as data: what a plan file holds and what every command works on.

The models are the plan file's schema (`plans/*.yml`) and, frozen, the plan in memory: read from a file or from
the record, a plan is the same `Plan`. Keys are compared without regard to case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, StringConstraints, model_validator

UPDATE_DAYS = 30
"""After how many days without an update one is due, where the plan does not say."""


class PlanStatus(StrEnum):
    """Whether a plan is in force."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class Status(StrEnum):
    """How an action stands, as its owner last said."""

    NOT_STARTED = "not-started"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    COMPLETE = "complete"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected: complete or cancelled."""
        return self in (Status.COMPLETE, Status.CANCELLED)


class Nature(StrEnum):
    """Whether an indicator is measured in numbers or in words."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class Better(StrEnum):
    """The direction in which a quantitative indicator improves."""

    LOWER = "lower"
    HIGHER = "higher"


class Kind(StrEnum):
    """What an entry of the plan's tree is."""

    VISION = "vision"
    MISSION = "mission"
    VALUE = "value"
    PRIORITY = "priority"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"
    ACTION = "action"
    BACKGROUND = "background"


SECTIONS = (
    "plan",
    "vision",
    "mission",
    "values",
    "priorities",
    "objectives",
    "actions",
    "indicators",
    "background",
)
"""The names by which a question's subject may be a section instead of an entry; no entry may have one as its key."""


_zones = cache(available_timezones)
"""Looks through the whole system for them; a plan is read anew after every update."""


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("is not an IANA time zone name such as America/Toronto")
    return name


PlanKey = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=80),
    Field(description="the plan's lasting name in commands", examples=["hamilton-2023-2026"]),
]
EntryKey = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80),
    Field(description="lasting, and the file's only one in any case of letters", examples=["A-01", "compassion"]),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OwnerRef = Annotated[
    str,
    StringConstraints(pattern=r"^([UW][A-Z0-9]{2,}|[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+)$"),
    Field(description="a Slack user id or an e-mail address", examples=["U02AB3CD4", "owner@example.org"]),
]
"""A Slack user id (`U02AB3CD4`) or an e-mail address."""
Percent = Annotated[int, Field(strict=True, ge=0, le=100, description="0 to 100")]
UpdateDays = Annotated[int, Field(strict=True, ge=1, le=366, description="1 to 366")]
ZoneName = Annotated[str, AfterValidator(_known_zone)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Period(_Part):
    """The days a plan covers, both included."""

    start: date = Field(description="the first day", examples=["2023-01-01"])
    end: date = Field(description="the last day", examples=["2026-12-31"])

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self


class About(_Part):
    """What a plan is: whose, for which years, in force or not."""

    key: PlanKey
    title: Text = Field(description="the plan's name")
    organization: Text = Field(description="whose plan it is")
    period: Period | None = Field(default=None, description="left out where nobody has said which days it covers")
    status: PlanStatus = Field(description="whether it is in force")
    timezone: ZoneName = Field(
        description="IANA name; due dates and digests are read in it", examples=["America/Toronto"]
    )
    update_days: UpdateDays | None = Field(
        default=None, description="after how many days without an update one is due; 30 where it is left out"
    )

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which due dates are read."""
        return ZoneInfo(self.timezone)

    @property
    def update_interval(self) -> timedelta:
        """For how long an update of an open action holds; after it the next one is due."""
        return timedelta(days=self.update_days or UPDATE_DAYS)


class Statement(_Part):
    """A plan's vision or mission."""

    statement: Text = Field(description="what it says")


class Entry(_Part):
    """What every entry of a plan has."""

    key: EntryKey
    title: Text = Field(description="the entry's name, as members read it")
    statement: Text | None = Field(default=None, description="what it says")
    aliases: tuple[Text, ...] = Field(default=(), description="other names that members use", examples=[["EDI"]])


class Value(Entry):
    """One of the values."""

    statement: Text = Field(description="what it says")


class Background(Entry):
    """How the plan was made and is governed: consultation, scan, monitoring."""


class Figure(_Part):
    """A number (quantitative) or words (qualitative) that an indicator had, or is to have, on a day."""

    value: FiniteFloat | Text = Field(description="a number where the indicator is quantitative, else text")
    date: Annotated[date, Field(description="the day it held, or is to hold", examples=["2026-12-31"])]


class Measurement(Figure):
    """A figure that was measured."""

    note: Text | None = Field(default=None, description="what to know about it")


class Indicator(Entry):
    """What shows whether an objective is reached."""

    nature: Nature = Field(description="whether it is measured in numbers or in words")
    unit: Text | None = Field(default=None, description="what is counted; quantitative only", examples=["percent"])
    better: Better | None = Field(default=None, description="the direction that is wanted; quantitative only")
    baseline: Figure | None = Field(default=None, description="what it was before the plan")
    target: Figure | None = Field(default=None, description="what it is to become")
    measurements: tuple[Measurement, ...] = Field(default=(), description="what it was since")
    owners: tuple[OwnerRef, ...] = Field(default=(), description="who measures it")

    @property
    def latest(self) -> Measurement | None:
        """The measurement of the latest date; of two on one date, the one recorded later."""
        return max(reversed(self.measurements), key=lambda one: one.date, default=None)


class Milestone(_Part):
    """A step of an action."""

    title: Text = Field(description="what is there when it is reached")
    due: date | None = Field(default=None, description="the day by which it is to be reached")
    done: bool = Field(default=False, description="whether it is reached")


class Update(_Part):
    """What an owner said about an action on a day (in the plan's zone)."""

    date: Annotated[date, Field(description="the day it was said", examples=["2024-01-15"])]
    author: OwnerRef | None = Field(default=None, description="who said it")
    status: Status | None = Field(default=None, description="how the action stood")
    percent: Percent | None = Field(default=None, description="how much was done, 0 to 100")
    note: Text | None = Field(default=None, description="what was said")

    def confirms(self, before: "Update") -> bool:
        """Whether it says no more than that all is as it was said `before`."""
        return self.note is None and (self.status, self.percent) == (before.status, before.percent)


class Action(Entry):
    """What somebody does by a day so that an objective is reached.

    `status` and `percent` are how it stands now; in a plan read from the record they are the last update's.
    """

    owners: tuple[OwnerRef, ...] = Field(default=(), description="who reports on it: Slack user ids, e-mail addresses")
    department: Text | None = Field(default=None, description="the part of the organisation that does it")
    start: date | None = Field(default=None, description="the day work begins")
    due: date | None = Field(default=None, description="the last day on which it is in time")
    status: Status | None = Field(default=None, description="how it stands now")
    percent: Percent | None = Field(default=None, description="how much is done now, 0 to 100")
    updates: tuple[Update, ...] = Field(default=(), description="optional history, oldest first")
    milestones: tuple[Milestone, ...] = Field(default=(), description="its steps")

    @model_validator(mode="after")
    def _due_after_start(self) -> Self:
        if self.start and self.due and self.due < self.start:
            raise ValueError(f"it is due ({self.due}) before it starts ({self.start})")
        return self

    @property
    def latest(self) -> Update | None:
        """The last update."""
        return self.updates[-1] if self.updates else None

    @property
    def last_news(self) -> Update | None:
        """The last update that says something; those after it only confirm that all is as it was."""
        later = pairwise(reversed(self.updates))
        return next((one for one, before in later if not one.confirms(before)), next(iter(self.updates), None))

    @property
    def standing(self) -> Status:
        """The status now; not started where nobody has said anything."""
        said = self.status or (self.latest.status if self.latest else None)
        return said or Status.NOT_STARTED

    @property
    def progress(self) -> int:
        """The percentage now, 0 where nobody has said anything."""
        if self.percent is not None:
            return self.percent
        return next((one.percent for one in reversed(self.updates) if one.percent is not None), 0)

    def is_overdue(self, on: date) -> bool:
        """Whether its due day was over on the day `on` (both in the plan's zone) and it is not closed."""
        return self.due is not None and self.due < on and not self.standing.is_closed


class Objective(Entry):
    """What the organisation wants to reach under a priority."""

    indicators: tuple[Indicator, ...] = Field(default=(), description="what shows whether it is reached")
    actions: tuple[Action, ...] = Field(default=(), description="what is done so that it is reached")


class Priority(Entry):
    """A field in which the organisation wants to get further."""

    objectives: tuple[Objective, ...] = Field(default=(), description="what the organisation wants to reach in it")


@dataclass(frozen=True, slots=True)
class Node:
    """An entry at its place in the plan's tree. The vision and the mission are nodes keyed `vision`, `mission`."""

    kind: Kind
    entry: Entry
    parent: str | None
    """The key of the entry above, None at the top."""

    @property
    def key(self) -> str:
        """The entry's key."""
        return self.entry.key


class Plan(_Part):
    """One strategic plan, whole."""

    about: About = Field(alias="plan", description="what plan this is")
    vision: Statement | None = Field(default=None, description="what the organisation wants to be")
    mission: Statement | None = Field(default=None, description="what the organisation is there for")
    values: tuple[Value, ...] = Field(default=(), description="what its people hold to")
    priorities: tuple[Priority, ...] = Field(default=(), description="where it wants to get further")
    background: tuple[Background, ...] = Field(default=(), description="how the plan was made and is governed")

    def walk(self) -> Iterator[Node]:
        """Every entry in the file's order, parents before children."""
        for kind, said in ((Kind.VISION, self.vision), (Kind.MISSION, self.mission)):
            if said:
                entry = Entry(key=kind.value, title=kind.value.title(), statement=said.statement)
                yield Node(kind, entry, None)
        yield from (Node(Kind.VALUE, value, None) for value in self.values)
        for priority in self.priorities:
            yield Node(Kind.PRIORITY, priority, None)
            for objective in priority.objectives:
                yield Node(Kind.OBJECTIVE, objective, priority.key)
                yield from (Node(Kind.INDICATOR, one, objective.key) for one in objective.indicators)
                yield from (Node(Kind.ACTION, one, objective.key) for one in objective.actions)
        yield from (Node(Kind.BACKGROUND, one, None) for one in self.background)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every entry by its key, in the order of `walk`."""
        return {node.key: node for node in self.walk()}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {key.casefold(): key for key in self.nodes}

    def find(self, key: str) -> Node | None:
        """The entry with that key, in any case of letters."""
        known = self._keys.get(key.strip().casefold())
        return self.nodes[known] if known else None

    def above(self, key: str) -> tuple[Node, ...]:
        """The entries over the one with `key`, the nearest first."""
        found = []
        parent = self.nodes[key].parent
        while parent is not None:
            found.append(self.nodes[parent])
            parent = self.nodes[parent].parent
        return tuple(found)

    @cached_property
    def _children(self) -> dict[str | None, list[Node]]:
        below: dict[str | None, list[Node]] = {}
        for node in self.nodes.values():
            below.setdefault(node.parent, []).append(node)
        return below

    def below(self, key: str) -> tuple[Node, ...]:
        """The entries directly under the one with `key`, in the plan's order."""
        return tuple(self._children.get(key, ()))

    def of_kind(self, kind: Kind) -> tuple[Node, ...]:
        """Every entry of one kind, in the plan's order."""
        return tuple(node for node in self.nodes.values() if node.kind is kind)

    def actions(self, scope: str | None = None) -> tuple[Action, ...]:
        """The actions under the priority or objective with the key `scope` (or that action); without, all."""
        return tuple(
            node.entry
            for node in self.of_kind(Kind.ACTION)
            if isinstance(node.entry, Action)
            and (scope is None or scope == node.key or any(over.key == scope for over in self.above(node.key)))
        )
