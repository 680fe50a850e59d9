"""Keep which entries a posted digest names; which workspaces take no charts; find the measurements of a period."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the two columns and the index."""
    op.add_column("digest_delivery", sa.Column("named", sa.JSON(), nullable=True))
    op.add_column("workspace", sa.Column("charts_refused_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_measurement_workspace_id_recorded_at", "measurement", ["workspace_id", "recorded_at"])
