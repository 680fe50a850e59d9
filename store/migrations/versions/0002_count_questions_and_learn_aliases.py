"""Count what is asked, keep the words of what was not answered, and learn other names of entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0002"
down_revision = "0001"

OUTCOMES = "'answer', 'suggest', 'unknown', 'small-talk', 'chosen'"


def upgrade() -> None:
    """Make the three tables."""
    _make_question_count()
    _make_missed_question()
    _make_learned_alias()


def _make_question_count() -> None:
    key = ("workspace_id", "plan_id", "day", "outcome", "subject", "facet")
    op.create_table(
        "question_count",
        _reference("question_count", "workspace_id", "workspace.id"),
        _reference("question_count", "plan_id", "plan.id"),
        sa.Column("day", sa.Date(), nullable=False),
        _words("outcome"),
        _words("subject"),
        _words("facet"),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("thumbs_up", sa.Integer(), nullable=False),
        sa.Column("thumbs_down", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_question_count"),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="ck_question_count_outcome"),
    )


def _make_missed_question() -> None:
    wording = ("workspace_id", "plan_id", "day", "folded", "outcome", "subject", "facet")
    op.create_table(
        "missed_question",
        *_identity("missed_question"),
        _reference("missed_question", "plan_id", "plan.id"),
        sa.Column("day", sa.Date(), nullable=False),
        _words("words"),
        _words("folded"),
        _words("outcome"),
        _words("subject"),
        _words("facet"),
        sa.Column("suggestions", sa.JSON(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _moment("dismissed_at", nullable=True),
        sa.UniqueConstraint(*wording, name="uq_missed_question_wording"),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="ck_missed_question_outcome"),
    )
    op.create_index("ix_missed_question_day", "missed_question", ["day"])


def _make_learned_alias() -> None:
    op.create_table(
        "learned_alias",
        *_identity("learned_alias"),
        _reference("learned_alias", "plan_id", "plan.id"),
        _reference("learned_alias", "entry_id", "entry.id"),
        _words("alias"),
        _words("folded"),
        _words("added_by", nullable=True),
        _moment("added_at"),
        _moment("removed_at", nullable=True),
    )
    in_force = sa.text("removed_at IS NULL")
    op.create_index(
        "uq_learned_alias_in_force",
        "learned_alias",
        ["entry_id", "folded"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _words(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _reference(table: str, column: str, to: str) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=False)


def _identity(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "workspace_id", "workspace.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
