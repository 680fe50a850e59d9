"""What was typed is kept until it is recorded."""

from datetime import timedelta

from store.database import Database
from store.drafts import KEPT_FOR, draft_of, forget_drafts, keep_draft, take_draft
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


async def test_a_draft_is_taken_once_and_by_its_author(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        draft = await keep_draft(session, workspace, "U02CARTER", "60%: waiting", NOW)
        assert await take_draft(session, workspace, "U05MALIKS", draft) is None
        assert await take_draft(session, workspace, "U02CARTER", draft) == "60%: waiting"
        assert await take_draft(session, workspace, "U02CARTER", draft) is None


async def test_drafts_of_more_than_two_days_ago_are_forgotten(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        await keep_draft(session, workspace, "U02CARTER", "60%: waiting", NOW)
        assert await forget_drafts(session, NOW + KEPT_FOR) == 0
        assert await forget_drafts(session, NOW + KEPT_FOR + timedelta(seconds=1)) == 1
