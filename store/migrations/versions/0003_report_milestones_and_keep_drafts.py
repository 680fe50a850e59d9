"""Report milestones with progress updates, keep evidence of measurements, keep what was typed until it is recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the two tables and the new columns, then the triggers that keep what is append-only."""
    _make_milestone_report()
    _make_draft()
    op.add_column("milestone", sa.Column("stated_over_id", sa.Integer(), nullable=True))
    op.add_column("measurement", sa.Column("on_behalf_of", sa.String(), nullable=True))
    op.add_column("measurement", sa.Column("evidence", sa.String(), nullable=True))
    _refuse_changes("milestone_report")


def _make_milestone_report() -> None:
    op.create_table(
        "milestone_report",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("milestone_report", "workspace_id", "workspace.id"),
        _reference("milestone_report", "entry_id", "entry.id"),
        _reference("milestone_report", "update_id", "progress_update.id"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("done_before", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_report"),
        sa.UniqueConstraint("update_id", "title", name="uq_milestone_report_update_id_title"),
    )
    op.create_index("ix_milestone_report_entry_id", "milestone_report", ["entry_id"])


def _make_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("token", sa.String(), nullable=False),
        _reference("draft", "workspace_id", "workspace.id"),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_draft"),
    )
    op.create_index("ix_draft_kept_at", "draft", ["kept_at"])


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_is_kept_on_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_{table}_change()"
    )


def _reference(table: str, column: str, to: str) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=False)
