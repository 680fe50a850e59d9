"""The record's tables: workspaces, plans and their entries, what was reported on them, what was decided.

Rows never leave `store/`. Progress updates, measurements and decisions are append-only: triggers refuse to change or
delete them, and a correction is a new row that names the one it corrects.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Double, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Row, UtcDateTime, between, one_of
from store.plan import Better, Kind, Nature, PlanStatus, Status


class Via(StrEnum):
    """The way by which a progress update or a measurement came into the record."""

    FILE = "file"
    """A plan file's own history."""
    IMPORT = "import"
    """A plan file whose status or percentage had changed since it was imported before."""
    COMMAND = "command"
    MODAL = "modal"
    REPLY = "reply"


class Workspace(Row, table=True):
    """A Slack workspace; without a team until the bot has first connected to one."""

    __tablename__ = "workspace"

    id: int | None = Field(default=None, primary_key=True)
    team_id: str | None = Field(default=None, unique=True)
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    charts_refused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When Slack last refused a message there for its charts, which not every workspace has yet."""


class PlanRow(Row, table=True):
    """A plan's head, its vision and its mission. `version` grows with every change to them."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "uq_plan_active",
            "workspace_id",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
        one_of("status", PlanStatus),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    key: str
    title: str
    organization: str
    period_start: date | None = None
    period_end: date | None = None
    status: str
    timezone: str
    update_days: int | None = None
    """After how many days without an update one is due; None: as many as planbot has by itself."""
    vision: str | None = None
    mission: str | None = None
    version: int = 1
    is_active: bool = False
    imported_at: datetime = Field(sa_type=UtcDateTime)


class EntryRow(Row, table=True):
    """An entry of a plan's tree; archived, not deleted, when it is gone from the plan's file."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("plan_id", "folded_key"), one_of("kind", Kind))

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    kind: str
    key: str
    folded_key: str
    """The key without regard to case, by which an entry is found."""
    parent_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    position: int
    """Its place among the entries of its kind under its parent, from 0."""
    title: str
    statement: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class IndicatorRow(Row, table=True):
    """What an indicator has besides its entry. A figure's value is a number or words."""

    __tablename__ = "indicator"
    __table_args__ = (one_of("nature", Nature), one_of("better", Better))

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    workspace_id: int = Field(foreign_key="workspace.id")
    nature: str
    unit: str | None = None
    better: str | None = None
    baseline_number: float | None = Field(default=None, sa_type=Double)
    baseline_text: str | None = None
    baseline_date: date | None = None
    target_number: float | None = Field(default=None, sa_type=Double)
    target_text: str | None = None
    target_date: date | None = None


class ProgressUpdate(Row, table=True):
    """What was said about an action on a day. Append-only.

    `status` and `percent` are whole (what was not said is filled in from before), except in a file's own history.
    """

    __tablename__ = "progress_update"
    __table_args__ = (
        UniqueConstraint("workspace_id", "idempotency_key"),
        UniqueConstraint("corrects_id"),
        Index("ix_progress_update_entry_id_id", "entry_id", "id"),
        Index("ix_progress_update_workspace_id_id", "workspace_id", "id"),
        Index("ix_progress_update_workspace_id_recorded_at", "workspace_id", "recorded_at"),
        one_of("status", Status),
        between("percent", 0, 100),
        one_of("via", Via),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    entry_id: int = Field(foreign_key="entry.id")
    as_of: date
    """The day it speaks of, in the plan's zone."""
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    author: str | None = None
    on_behalf_of: str | None = None
    status: str | None = None
    percent: int | None = None
    status_before: str | None = None
    percent_before: int | None = None
    note: str | None = None
    evidence: str | None = None
    help_from: str | None = None
    """The user id of the person whose help is needed."""
    via: str
    idempotency_key: str | None = None
    corrects_id: int | None = Field(default=None, foreign_key="progress_update.id")


class ActionRow(Row, table=True):
    """What an action has besides its entry.

    It stands as its latest progress update says; as the plan file states, while the latest one is still the one
    that the file knew (`stated_over_id`). How that comes out is written down with every change, for reading.
    """

    __tablename__ = "action"
    __table_args__ = (
        one_of("stated_status", Status),
        between("stated_percent", 0, 100),
        one_of("standing_status", Status),
        between("standing_percent", 0, 100),
    )

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    workspace_id: int = Field(foreign_key="workspace.id")
    department: str | None = None
    start: date | None = None
    due: date | None = None
    stated_status: str | None = None
    stated_percent: int | None = None
    stated_over_id: int | None = Field(default=None, foreign_key="progress_update.id")
    latest_update_id: int | None = Field(default=None, foreign_key="progress_update.id")
    standing_status: str | None = None
    standing_percent: int | None = None


class OwnerRow(Row, table=True):
    """Who owns an action or an indicator: a Slack user id or an e-mail address."""

    __tablename__ = "owner"
    __table_args__ = (Index("ix_owner_workspace_id_ref", "workspace_id", "ref"),)

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    position: int = Field(primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    ref: str


class MilestoneRow(Row, table=True):
    """A step of an action."""

    __tablename__ = "milestone"

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    position: int = Field(primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    title: str
    due: date | None = None
    done: bool = False
    """As the plan file states it; what was reported later holds over it."""
    stated_over_id: int | None = None
    """The last update of the action when the file last stated another `done`: reports up to it hold no more."""


class MilestoneReport(Row, table=True):
    """What a progress update says of a milestone; who said it, when and through what is the update's. Append-only."""

    __tablename__ = "milestone_report"
    __table_args__ = (UniqueConstraint("update_id", "title"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    entry_id: int = Field(foreign_key="entry.id", index=True)
    update_id: int = Field(foreign_key="progress_update.id")
    title: str
    done: bool
    done_before: bool


class Draft(Row, table=True):
    """What somebody typed and a button stands for, where it is too long for the button to carry."""

    __tablename__ = "draft"

    token: str = Field(primary_key=True)
    """Random: a number might come again once a draft is forgotten, and a button would stand for another one."""
    workspace_id: int = Field(foreign_key="workspace.id")
    author: str
    words: str
    kept_at: datetime = Field(sa_type=UtcDateTime, index=True)


class MeasurementRow(Row, table=True):
    """A figure that an indicator had on a day. Append-only. Without number and words it takes back what it corrects."""

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("workspace_id", "idempotency_key"),
        UniqueConstraint("corrects_id"),
        Index("ix_measurement_entry_id_id", "entry_id", "id"),
        Index("ix_measurement_workspace_id_id", "workspace_id", "id"),
        Index("ix_measurement_workspace_id_recorded_at", "workspace_id", "recorded_at"),
        one_of("via", Via),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    entry_id: int = Field(foreign_key="entry.id")
    day: date = Field(sa_column_kwargs={"name": "date"})
    value_number: float | None = Field(default=None, sa_type=Double)
    value_text: str | None = None
    note: str | None = None
    evidence: str | None = None
    author: str | None = None
    on_behalf_of: str | None = None
    via: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    idempotency_key: str | None = None
    corrects_id: int | None = Field(default=None, foreign_key="measurement.id")


class Decision(Row, table=True):
    """A change to what the plan had promised: a due date, an owner, a target, a title. Append-only."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_entry_id_id", "entry_id", "id"),
        Index("ix_decision_workspace_id_recorded_at", "workspace_id", "recorded_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    entry_id: int = Field(foreign_key="entry.id")
    field: str
    old: str | None = None
    new: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class HandledDelivery(Row, table=True):
    """A delivery from Slack that was handled and left no other trace in the record."""

    __tablename__ = "handled_delivery"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class Conversation(Row, table=True):
    """What was last answered in a thread or a direct message, for the questions that lean on it. No words, nobody."""

    __tablename__ = "conversation"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    place: str = Field(primary_key=True)
    subject: str | None = None
    facet: str | None = None
    listed: list[str] = Field(default_factory=list, sa_type=JSON)
    answered_at: datetime = Field(sa_type=UtcDateTime, index=True)
