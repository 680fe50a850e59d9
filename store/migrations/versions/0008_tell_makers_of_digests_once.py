"""Keep when the maker of a digest was told that it could not be posted, and which reminders want an answer.

Find what is not posted, or was lately.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the two columns and the index."""
    op.add_column("digest_delivery", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    answer: sa.Column[bool] = sa.Column("wants_answer", sa.Boolean(), nullable=False, server_default=sa.text("true"))
    op.add_column("reminder", answer)
    columns = ["posted_at", "period_due_at"]
    op.create_index("ix_digest_delivery_posted_at_period_due_at", "digest_delivery", columns)
