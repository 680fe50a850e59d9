"""The tables of digests: which channels want them, which were sent, and what people wish of them.

Rows never leave `store/`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Row, UtcDateTime, between, one_of


class Every(StrEnum):
    """How often a digest comes."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


class DigestSubscription(Row, table=True):
    """A channel's digest. `next_run_at` is the truth about when it is next due.

    One that has ended stays, so that its deliveries do.
    """

    __tablename__ = "digest_subscription"
    __table_args__ = (
        Index(
            "uq_digest_subscription_running",
            "workspace_id",
            "channel_id",
            "scope_key",
            "department",
            "every",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        one_of("every", Every),
        between("weekday", 0, 6),
        between("hour", 0, 23),
        between("minute", 0, 59),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    channel_id: str
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    weekday: int
    """0 is Monday."""
    hour: int
    minute: int
    timezone: str
    scope_key: str = ""
    """The key of the priority it is about; empty: the whole plan."""
    department: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The department whose actions it is about; empty: all."""
    every: str = Field(default=Every.WEEK, sa_column_kwargs={"server_default": Every.WEEK.value})
    nth: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Of a monthly one, which of the month's weekdays: 1 to 4, or -1 for the last."""
    anchor: date | None = None
    """Of a fortnightly one, the day of one of its runs in its zone, from which the weeks are counted."""
    mentions_owners: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether the owners it names are mentioned, so that Slack tells them."""
    next_run_at: datetime = Field(sa_type=UtcDateTime, index=True)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_reason: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DigestDelivery(Row, table=True):
    """One digest of a subscription: claimed by a process, then posted."""

    __tablename__ = "digest_delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "period_due_at"),
        Index("ix_digest_delivery_workspace_id_claimed_at", "workspace_id", "claimed_at"),
        Index("ix_digest_delivery_posted_at_period_due_at", "posted_at", "period_due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    subscription_id: int = Field(foreign_key="digest_subscription.id")
    period_due_at: datetime = Field(sa_type=UtcDateTime)
    """The run it is for."""
    covers_from: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: str
    message_ts: str | None = None
    attempts: int = 1
    parts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many messages its thread holds in all."""
    parts_posted: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    counts: dict[str, int] | None = Field(default=None, sa_type=JSON)
    """How many actions stood how when it was posted, by status: what the next digest tells the change since."""
    named: list[str] | None = Field(default=None, sa_type=JSON)
    """The keys of the entries that it names: a late update of one of them amends it."""
    fingerprint: str | None = None
    """Of what the message shows, by which a late update that changes it is noticed."""
    amended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the subscription's maker was told that it could not be posted, or may be there already."""


class DigestWish(Row, table=True):
    """What a person wishes of the digests of all channels."""

    __tablename__ = "digest_wish"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    person: str = Field(primary_key=True)
    is_muted: bool
    """Whether they are named without being mentioned."""
