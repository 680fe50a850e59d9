"""The tables of who answers for what besides an entry's owners, and of what people handed in that is not done yet.

Rows never leave `store/`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Row, UtcDateTime


class Delegation(Row, table=True):
    """Somebody who may report on an action or an indicator for its owners, for a while. One that has ended stays."""

    __tablename__ = "delegation"
    __table_args__ = (
        Index(
            "uq_delegation_running",
            "entry_id",
            "delegate",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_delegation_workspace_id_delegate", "workspace_id", "delegate"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    entry_id: int = Field(foreign_key="entry.id")
    delegate: str
    """A Slack user id."""
    granted_by: str
    granted_at: datetime = Field(sa_type=UtcDateTime)
    until: date | None = None
    """The last day, in the plan's zone; without one, until it is ended."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None


class KnownAddress(Row, table=True):
    """Whose an owner's e-mail address is, as Slack said when it was last asked."""

    __tablename__ = "known_address"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    email: str = Field(primary_key=True)
    """In lower case."""
    user_id: str | None = None
    """None where Slack knows nobody by it."""
    asked_at: datetime = Field(sa_type=UtcDateTime)


class Departure(Row, table=True):
    """Somebody who was deactivated in Slack while owning entries of the plan; settled when none is theirs any more."""

    __tablename__ = "departure"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    email: str | None = None
    """By which the plan may name them."""
    name: str | None = None
    """As Slack showed it last."""
    noticed_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the administrators were told."""
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Intake(Row, table=True):
    """What a person handed in and Slack has the ack for, until it is done: a crash in between must not lose it."""

    __tablename__ = "intake"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    key: str
    """What identifies the delivery."""
    kind: str
    """Which listener's it is."""
    payload: dict[str, Any] = Field(sa_type=JSON)
    received_at: datetime = Field(sa_type=UtcDateTime)
    held_by: str
    """The process that is at it."""
    held_until: datetime = Field(sa_type=UtcDateTime, index=True)
    """When another process may take it over."""
    attempts: int = 1
