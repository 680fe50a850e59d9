"""The tables of what owners are reminded of, what they wish about that, and what they say is no longer theirs.

Rows never leave `store/`.
"""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Row, UtcDateTime


class Reminder(Row, table=True):
    """One reminder to a person: claimed by a process, then posted."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person", "day"),
        Index("ix_reminder_workspace_id_day", "workspace_id", "day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    person: str
    """The user id."""
    day: date
    """The day of the claim, in the person's zone."""
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str
    attempts: int = 1
    keys: list[str] = Field(default_factory=list, sa_type=JSON)
    """The keys of the entries that it lists."""
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: str | None = None
    message_ts: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the person first did something with it."""
    wants_answer: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    """Whether an update of something that it lists is due; else it tells what a digest will say."""
    failed: str | None = None
    """Why it was given up."""


class ReminderWish(Row, table=True):
    """What a person wishes about reminders; without a row, all of them."""

    __tablename__ = "reminder_wish"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    person: str = Field(primary_key=True)
    is_off: bool = False
    rests_until: date | None = None
    """The day, in the person's zone, from which there are reminders again."""
    comes_on: date | None = None
    """The day for which the person asked for one."""


class Unchanged(Row, table=True):
    """An owner's word that there is nothing new about an indicator: no measurement, but an answer."""

    __tablename__ = "unchanged"

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    person: str = Field(primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    day: date
    """The day it was said, in the plan's zone."""


class Disowning(Row, table=True):
    """An owner's word that an entry is no longer theirs; settled when the plan no longer names them."""

    __tablename__ = "disowning"
    __table_args__ = (
        Index(
            "uq_disowning_open",
            "entry_id",
            "person",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_disowning_workspace_id_settled_at", "workspace_id", "settled_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    entry_id: int = Field(foreign_key="entry.id")
    person: str
    said_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the administrators were told."""
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
