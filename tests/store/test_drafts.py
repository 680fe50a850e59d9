"""What was typed is kept until it is recorded."""

from datetime import timedelta

from store.database import Database
from store.drafts import KEPT_FOR, draft_of, keep_draft
from tests.store.conftest import NOW


async def test_a_draft_is_its_authors_and_is_forgotten(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        draft = await keep_draft(session, workspace, "U02CARTER", "60%: waiting", NOW)
    async with database.reading() as session:
        assert await draft_of(session, workspace, "U02CARTER", draft) == "60%: waiting"
        assert await draft_of(session, workspace, "U05MALIKS", draft) is None
    async with database.sessions.begin() as session:
        await keep_draft(session, workspace, "U02CARTER", "another", NOW + KEPT_FOR + timedelta(hours=1))
        assert await draft_of(session, workspace, "U02CARTER", draft) is None
