"""Alembic's way in: runs migrations on the connection that `store.schema` hands over, in its transaction."""

from alembic import context

from store.tables import Workspace

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Workspace.metadata,
    # SQLite cannot alter a constraint: its tables are made anew and filled.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
