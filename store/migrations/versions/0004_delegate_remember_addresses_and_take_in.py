"""Delegate, remember whose an address is, note who has left, keep what was handed in until it is done."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the four tables and the column for whom an owner needs help from."""
    _make_delegation()
    _make_known_address()
    _make_departure()
    _make_intake()
    op.add_column("progress_update", sa.Column("help_from", sa.String(), nullable=True))


def _make_delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("delegation", "workspace_id", "workspace.id"),
        _reference("delegation", "entry_id", "entry.id"),
        sa.Column("delegate", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index(
        "uq_delegation_running",
        "delegation",
        ["entry_id", "delegate"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_delegation_workspace_id_delegate", "delegation", ["workspace_id", "delegate"])


def _make_known_address() -> None:
    op.create_table(
        "known_address",
        _reference("known_address", "workspace_id", "workspace.id"),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "email", name="pk_known_address"),
    )


def _make_departure() -> None:
    op.create_table(
        "departure",
        _reference("departure", "workspace_id", "workspace.id"),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_departure"),
    )


def _make_intake() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("intake", "workspace_id", "workspace.id"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intake"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_intake_workspace_id_key"),
    )
    op.create_index("ix_intake_held_until", "intake", ["held_until"])


def _reference(table: str, column: str, to: str) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=False)
