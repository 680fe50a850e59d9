"""Remind owners, keep what they wish about that and what is theirs no more; state how often updates are due."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the four tables and the column for how often a plan wants its entries updated."""
    _make_reminder()
    _make_reminder_wish()
    _make_unchanged()
    _make_disowning()
    op.add_column("plan", sa.Column("update_days", sa.Integer(), nullable=True))


def _make_reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("reminder", "workspace_id", "workspace.id"),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("workspace_id", "person", "day", name="uq_reminder_workspace_id_person_day"),
    )
    op.create_index("ix_reminder_workspace_id_day", "reminder", ["workspace_id", "day"])


def _make_reminder_wish() -> None:
    op.create_table(
        "reminder_wish",
        _reference("reminder_wish", "workspace_id", "workspace.id"),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("rests_until", sa.Date(), nullable=True),
        sa.Column("comes_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "person", name="pk_reminder_wish"),
    )


def _make_unchanged() -> None:
    op.create_table(
        "unchanged",
        _reference("unchanged", "entry_id", "entry.id"),
        sa.Column("person", sa.String(), nullable=False),
        _reference("unchanged", "workspace_id", "workspace.id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "person", name="pk_unchanged"),
    )
    op.create_index("ix_unchanged_workspace_id", "unchanged", ["workspace_id"])


def _make_disowning() -> None:
    op.create_table(
        "disowning",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("disowning", "workspace_id", "workspace.id"),
        _reference("disowning", "entry_id", "entry.id"),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_disowning"),
    )
    op.create_index(
        "uq_disowning_open",
        "disowning",
        ["entry_id", "person"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_disowning_workspace_id_settled_at", "disowning", ["workspace_id", "settled_at"])


def _reference(table: str, column: str, to: str) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=False)
