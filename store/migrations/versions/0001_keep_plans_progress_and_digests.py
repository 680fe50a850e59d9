"""Keep plans, what is reported on them, what is decided, and the digests."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None

KEPT_AS_WRITTEN = ("progress_update", "measurement", "decision")
STATUSES = "'not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'cancelled'"
WAYS = "'file', 'import', 'command', 'modal', 'reply'"
KINDS = "'vision', 'mission', 'value', 'priority', 'objective', 'indicator', 'action', 'background'"


def upgrade() -> None:
    """Make the tables, then the triggers that keep what is append-only."""
    _make_workspace_and_plan()
    _make_entry()
    _make_progress_update()
    _make_measurement()
    _make_action_and_indicator()
    _make_owner_and_milestone()
    _make_decision()
    _make_digests()
    _make_handled_delivery()
    _make_conversation()
    for table in KEPT_AS_WRITTEN:
        _refuse_changes(table)


def _make_workspace_and_plan() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        _words("team_id", nullable=True),
        _words("name"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        sa.UniqueConstraint("team_id", name="uq_workspace_team_id"),
    )
    op.create_table(
        "plan",
        *_identity("plan"),
        _words("key"),
        _words("title"),
        _words("organization"),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        _words("status"),
        _words("timezone"),
        _words("vision", nullable=True),
        _words("mission", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        _moment("imported_at"),
        sa.CheckConstraint("status IN ('draft', 'adopted', 'superseded')", name="ck_plan_status"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_plan_workspace_id_key"),
    )
    _index("uq_plan_active", "plan", ["workspace_id"], unique_where="is_active")


def _make_entry() -> None:
    op.create_table(
        "entry",
        *_identity("entry"),
        _reference("entry", "plan_id", "plan.id"),
        _words("kind"),
        _words("key"),
        _words("folded_key"),
        _reference("entry", "parent_id", "entry.id", nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        _words("title"),
        _words("statement", nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        _moment("archived_at", nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="ck_entry_kind"),
        sa.UniqueConstraint("plan_id", "folded_key", name="uq_entry_plan_id_folded_key"),
    )
    _index("ix_entry_parent_id", "entry", ["parent_id"])


def _make_progress_update() -> None:
    op.create_table(
        "progress_update",
        *_identity("progress_update"),
        _reference("progress_update", "entry_id", "entry.id"),
        sa.Column("as_of", sa.Date(), nullable=False),
        _moment("recorded_at"),
        _words("author", nullable=True),
        _words("on_behalf_of", nullable=True),
        _words("status", nullable=True),
        sa.Column("percent", sa.Integer()),
        _words("status_before", nullable=True),
        sa.Column("percent_before", sa.Integer()),
        _words("note", nullable=True),
        _words("evidence", nullable=True),
        *_provenance("progress_update"),
        sa.CheckConstraint(f"status IN ({STATUSES})", name="ck_progress_update_status"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_progress_update_percent"),
    )
    _index("ix_progress_update_entry_id_id", "progress_update", ["entry_id", "id"])
    _index("ix_progress_update_workspace_id_id", "progress_update", ["workspace_id", "id"])
    _index("ix_progress_update_workspace_id_recorded_at", "progress_update", ["workspace_id", "recorded_at"])


def _make_measurement() -> None:
    op.create_table(
        "measurement",
        *_identity("measurement"),
        _reference("measurement", "entry_id", "entry.id"),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("value_number", sa.Double()),
        _words("value_text", nullable=True),
        _words("note", nullable=True),
        _words("author", nullable=True),
        _moment("recorded_at"),
        *_provenance("measurement"),
    )
    _index("ix_measurement_entry_id_id", "measurement", ["entry_id", "id"])
    _index("ix_measurement_workspace_id_id", "measurement", ["workspace_id", "id"])


def _make_action_and_indicator() -> None:
    op.create_table(
        "action",
        *_detail_of_entry("action"),
        _words("department", nullable=True),
        sa.Column("start", sa.Date()),
        sa.Column("due", sa.Date()),
        _words("stated_status", nullable=True),
        sa.Column("stated_percent", sa.Integer()),
        _reference("action", "stated_over_id", "progress_update.id", nullable=True),
        _reference("action", "latest_update_id", "progress_update.id", nullable=True),
        _words("standing_status", nullable=True),
        sa.Column("standing_percent", sa.Integer()),
        sa.PrimaryKeyConstraint("entry_id", name="pk_action"),
        sa.CheckConstraint(f"stated_status IN ({STATUSES})", name="ck_action_stated_status"),
        sa.CheckConstraint("stated_percent BETWEEN 0 AND 100", name="ck_action_stated_percent"),
        sa.CheckConstraint(f"standing_status IN ({STATUSES})", name="ck_action_standing_status"),
        sa.CheckConstraint("standing_percent BETWEEN 0 AND 100", name="ck_action_standing_percent"),
    )
    op.create_table(
        "indicator",
        *_detail_of_entry("indicator"),
        _words("nature"),
        _words("unit", nullable=True),
        _words("better", nullable=True),
        *_figure("baseline"),
        *_figure("target"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_indicator"),
        sa.CheckConstraint("nature IN ('quantitative', 'qualitative')", name="ck_indicator_nature"),
        sa.CheckConstraint("better IN ('lower', 'higher')", name="ck_indicator_better"),
    )


def _make_owner_and_milestone() -> None:
    op.create_table(
        "owner",
        *_detail_of_entry("owner"),
        sa.Column("position", sa.Integer(), nullable=False),
        _words("ref"),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_owner"),
    )
    _index("ix_owner_workspace_id_ref", "owner", ["workspace_id", "ref"])
    op.create_table(
        "milestone",
        *_detail_of_entry("milestone"),
        sa.Column("position", sa.Integer(), nullable=False),
        _words("title"),
        sa.Column("due", sa.Date()),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_milestone"),
    )


def _make_decision() -> None:
    op.create_table(
        "decision",
        *_identity("decision"),
        _reference("decision", "plan_id", "plan.id"),
        _reference("decision", "entry_id", "entry.id"),
        _words("field"),
        _words("old", nullable=True),
        _words("new", nullable=True),
        _words("reason", nullable=True),
        _words("decided_by", nullable=True),
        _moment("recorded_at"),
    )
    _index("ix_decision_entry_id_id", "decision", ["entry_id", "id"])
    _index("ix_decision_workspace_id_recorded_at", "decision", ["workspace_id", "recorded_at"])


def _make_digests() -> None:
    op.create_table(
        "digest_subscription",
        *_identity("digest_subscription"),
        _words("channel_id"),
        _words("created_by"),
        _moment("created_at"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        _words("timezone"),
        _words("scope_key"),
        _moment("next_run_at"),
        _moment("paused_at", nullable=True),
        _words("paused_reason", nullable=True),
        _moment("ended_at", nullable=True),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="ck_digest_subscription_weekday"),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="ck_digest_subscription_hour"),
        sa.CheckConstraint("minute BETWEEN 0 AND 59", name="ck_digest_subscription_minute"),
    )
    _index("ix_digest_subscription_next_run_at", "digest_subscription", ["next_run_at"])
    running = ["workspace_id", "channel_id", "scope_key"]
    _index("uq_digest_subscription_running", "digest_subscription", running, unique_where="ended_at IS NULL")
    op.create_table(
        "digest_delivery",
        *_identity("digest_delivery"),
        _reference("digest_delivery", "subscription_id", "digest_subscription.id"),
        _moment("period_due_at"),
        _moment("covers_from"),
        _moment("claimed_at"),
        _words("claimed_by"),
        _moment("posted_at", nullable=True),
        _words("channel_id"),
        _words("message_ts", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            "subscription_id", "period_due_at", name="uq_digest_delivery_subscription_id_period_due_at"
        ),
    )
    _index("ix_digest_delivery_workspace_id_claimed_at", "digest_delivery", ["workspace_id", "claimed_at"])


def _make_handled_delivery() -> None:
    op.create_table(
        "handled_delivery",
        _reference("handled_delivery", "workspace_id", "workspace.id"),
        _words("key"),
        _moment("at"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_handled_delivery"),
    )
    _index("ix_handled_delivery_at", "handled_delivery", ["at"])


def _make_conversation() -> None:
    op.create_table(
        "conversation",
        _reference("conversation", "workspace_id", "workspace.id"),
        _words("place"),
        _words("subject", nullable=True),
        _words("facet", nullable=True),
        sa.Column("listed", sa.JSON(), nullable=False),
        _moment("answered_at"),
        sa.PrimaryKeyConstraint("workspace_id", "place", name="pk_conversation"),
    )
    _index("ix_conversation_answered_at", "conversation", ["answered_at"])


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


def _words(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _reference(table: str, column: str, to: str, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=nullable)


def _identity(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "workspace_id", "workspace.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _detail_of_entry(table: str) -> tuple[SchemaItem, ...]:
    return _reference(table, "entry_id", "entry.id"), _reference(table, "workspace_id", "workspace.id")


def _provenance(table: str) -> tuple[SchemaItem, ...]:
    return (
        _words("via"),
        _words("idempotency_key", nullable=True),
        _reference(table, "corrects_id", f"{table}.id", nullable=True),
        sa.CheckConstraint(f"via IN ({WAYS})", name=f"ck_{table}_via"),
        sa.UniqueConstraint("corrects_id", name=f"uq_{table}_corrects_id"),
        sa.UniqueConstraint("workspace_id", "idempotency_key", name=f"uq_{table}_workspace_id_idempotency_key"),
    )


def _figure(name: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column(f"{name}_number", sa.Double()),
        _words(f"{name}_text", nullable=True),
        sa.Column(f"{name}_date", sa.Date()),
    )


def _index(name: str, table: str, columns: Sequence[str], unique_where: str | None = None) -> None:
    where = sa.text(unique_where) if unique_where else None
    op.create_index(name, table, list(columns), unique=where is not None, sqlite_where=where, postgresql_where=where)
