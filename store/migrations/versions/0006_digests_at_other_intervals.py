"""Digests every fortnight or month, of a department, several in a channel; what they showed, and their threads."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add what a subscription and a delivery know besides, and the table of people's wishes."""
    _widen_subscriptions()
    _widen_deliveries()
    op.create_table(
        "digest_wish",
        sa.Column(
            "workspace_id",
            sa.Integer(),
            sa.ForeignKey("workspace.id", name="fk_digest_wish_workspace_id"),
            nullable=False,
        ),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person", name="pk_digest_wish"),
    )


def _widen_subscriptions() -> None:
    with op.batch_alter_table("digest_subscription") as table:
        table.add_column(sa.Column("department", sa.String(), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("every", sa.String(), nullable=False, server_default="week"))
        table.add_column(sa.Column("nth", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("anchor", sa.Date(), nullable=True))
        table.add_column(sa.Column("mentions_owners", sa.Boolean(), nullable=False, server_default=sa.text("false")))
        table.create_check_constraint("ck_digest_subscription_every", "every IN ('week', 'fortnight', 'month')")
    op.drop_index("uq_digest_subscription_running", "digest_subscription")
    op.create_index(
        "uq_digest_subscription_running",
        "digest_subscription",
        ["workspace_id", "channel_id", "scope_key", "department", "every"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )


def _widen_deliveries() -> None:
    op.add_column("digest_delivery", sa.Column("parts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("digest_delivery", sa.Column("parts_posted", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("digest_delivery", sa.Column("counts", sa.JSON(), nullable=True))
    op.add_column("digest_delivery", sa.Column("fingerprint", sa.String(), nullable=True))
    op.add_column("digest_delivery", sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True))
