"""Keep when the maker of a digest was told that it could not be posted; find what is not posted, or was lately."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("digest_delivery", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    columns = ["posted_at", "period_due_at"]
    op.create_index("ix_digest_delivery_posted_at_period_due_at", "digest_delivery", columns)
