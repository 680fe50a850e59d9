"""What members asked: counted by the day, the words of what was missed kept for a while, nobody's name."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from store import plans, questions
from store.database import Database
from store.plan import Plan
from store.question_tables import LearnedAlias, MissedQuestion, QuestionCount
from store.questions import Asked, Counted, Miss, Tally
from tests.store.conftest import NOW

WINNIPEG = ZoneInfo("America/Winnipeg")
MONDAY = date(2026, 11, 23)


@pytest.fixture
async def plan_id(database: Database, workspace: int, imported: Plan) -> int:
    """The active plan's id."""
    async with database.reading() as session:
        stamp = await plans.stamp(session, workspace)
    assert imported.about.key == (stamp.key if stamp else None)
    return stamp.plan_id if stamp else 0


async def keeps(database: Database, workspace: int, asked: Asked, words: str, *suggestions: str) -> None:
    """Keep the words of a miss, in a transaction of its own."""
    async with database.sessions.begin() as session:
        await questions.keep_miss(session, workspace, asked, words, suggestions)


async def kept(database: Database, workspace: int, plan_id: int, since: date = date.min) -> list[Miss]:
    """What is kept."""
    async with database.reading() as session:
        return await questions.misses(session, workspace, plan_id, since)


async def tally(database: Database, workspace: int, start: datetime, end: datetime, top: int = 5) -> Tally:
    """What was asked between two moments, in Winnipeg."""
    async with database.reading() as session:
        return await questions.asked_between(session, workspace, start, end, WINNIPEG, top)


async def test_questions_are_counted_by_what_they_asked_of(database: Database, workspace: int, plan_id: int) -> None:
    fleet = Asked(plan_id, MONDAY, Counted.ANSWER, "A-03", "owner")
    portal = Asked(plan_id, MONDAY, Counted.ANSWER, "A-05", "due")
    async with database.sessions.begin() as session:
        for asked in (fleet, portal, fleet, Asked(plan_id, MONDAY, Counted.UNKNOWN), portal, fleet):
            await questions.count_question(session, workspace, asked)
        await questions.count_question(session, workspace, Asked(plan_id, MONDAY, Counted.SMALL_TALK))
        await questions.count_thumb(session, workspace, fleet, is_up=True)
        await questions.count_thumb(session, workspace, portal, is_up=False)
    day = datetime(2026, 11, 23, tzinfo=WINNIPEG)
    found = await tally(database, workspace, day, day + timedelta(days=1), top=1)
    assert found == Tally(asked=6, unanswered=1, thumbs_up=1, thumbs_down=1, top=(("A-03", 3),))


async def test_a_suggestion_that_was_pressed_is_one_question_that_was_answered(
    database: Database, workspace: int, plan_id: int
) -> None:
    async with database.sessions.begin() as session:
        for outcome in (Counted.SUGGEST, Counted.SUGGEST):
            await questions.count_question(session, workspace, Asked(plan_id, MONDAY, outcome, "", "owner"))
        await questions.count_question(session, workspace, Asked(plan_id, MONDAY, Counted.CHOSEN, "A-03", "owner"))
    found = await tally(database, workspace, NOW, NOW + timedelta(days=1))
    assert (found.asked, found.unanswered, found.top) == (2, 1, (("A-03", 1),))


async def test_spans_that_meet_share_no_day_of_the_plans_zone(database: Database, workspace: int, plan_id: int) -> None:
    async with database.sessions.begin() as session:
        for day in (MONDAY - timedelta(days=1), MONDAY):
            await questions.count_question(session, workspace, Asked(plan_id, day, Counted.UNKNOWN))
    late_on_sunday = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    week = timedelta(days=7)
    assert (await tally(database, workspace, late_on_sunday - week, late_on_sunday)).asked == 0
    assert (await tally(database, workspace, late_on_sunday, late_on_sunday + week)).asked == 2


async def test_nothing_asked_is_an_empty_tally(database: Database, workspace: int) -> None:
    assert await tally(database, workspace, NOW, NOW + timedelta(days=7)) == Tally(0, 0, 0, 0, ())


async def test_questions_asked_at_once_are_all_counted(database: Database, workspace: int, plan_id: int) -> None:
    async def ask() -> None:
        async with database.sessions.begin() as session:
            asked = Asked(plan_id, MONDAY, Counted.UNKNOWN)
            await questions.count_question(session, workspace, asked)
            await questions.keep_miss(session, workspace, asked, "what is the parking fee")

    await asyncio.gather(*(ask() for _ in range(8)))
    assert (await tally(database, workspace, NOW, NOW + timedelta(days=1))).asked == 8
    (only,) = await kept(database, workspace, plan_id)
    assert only.times == 8


async def test_one_wording_is_kept_once_a_day(database: Database, workspace: int, plan_id: int) -> None:
    unknown = Asked(plan_id, MONDAY, Counted.UNKNOWN)
    await keeps(database, workspace, unknown, "What is  the parking fee?")
    await keeps(database, workspace, unknown, "what is the parking fee")
    await keeps(database, workspace, Asked(plan_id, MONDAY + timedelta(days=1), Counted.UNKNOWN), "the parking fee")
    first, second = await kept(database, workspace, plan_id)
    assert (first.words, first.times, first.day) == ("What is the parking fee?", 2, MONDAY)
    assert (second.words, second.times) == ("the parking fee", 1)


@pytest.mark.parametrize("words", ["", "  ", "?!"], ids=["none", "space", "signs"])
async def test_where_there_are_no_words_none_are_kept(
    database: Database, workspace: int, plan_id: int, words: str
) -> None:
    await keeps(database, workspace, Asked(plan_id, MONDAY, Counted.UNKNOWN), words)
    assert await kept(database, workspace, plan_id) == []


async def test_a_long_question_is_cut(database: Database, workspace: int, plan_id: int) -> None:
    await keeps(database, workspace, Asked(plan_id, MONDAY, Counted.UNKNOWN), "🚓 why " * 5000)
    (only,) = await kept(database, workspace, plan_id)
    assert len(only.words) <= questions.MOST_WORDS


async def test_words_of_which_a_suggestion_was_pressed_are_forgotten(
    database: Database, workspace: int, plan_id: int
) -> None:
    suggested = Asked(plan_id, MONDAY, Counted.SUGGEST, "", "meaning")
    for _ in range(2):
        await keeps(database, workspace, suggested, "keeping kids out of trouble", "A-02", "A-08")
    (before,) = await kept(database, workspace, plan_id)
    async with database.sessions.begin() as session:
        assert await questions.drop_miss(session, workspace, plan_id, "Keeping kids out of trouble?")
    (after,) = await kept(database, workspace, plan_id)
    async with database.sessions.begin() as session:
        assert await questions.drop_miss(session, workspace, plan_id, "keeping kids out of trouble")
        assert not await questions.drop_miss(session, workspace, plan_id, "keeping kids out of trouble")
    assert (before.times, before.suggestions) == (2, ("A-02", "A-08"))
    assert after.times == 1
    assert await kept(database, workspace, plan_id) == []


async def test_old_words_are_forgotten_and_the_counts_stay(database: Database, workspace: int, plan_id: int) -> None:
    for days in (0, 100):
        asked = Asked(plan_id, MONDAY - timedelta(days=days), Counted.UNKNOWN)
        await keeps(database, workspace, asked, f"asked {days} days ago")
        async with database.sessions.begin() as session:
            await questions.count_question(session, workspace, asked)
    async with database.sessions.begin() as session:
        assert await questions.forget_words(session, workspace, MONDAY - timedelta(days=90)) == 1
    assert [one.words for one in await kept(database, workspace, plan_id)] == ["asked 0 days ago"]
    assert (await tally(database, workspace, NOW - timedelta(days=200), NOW + timedelta(days=1))).asked == 2


async def test_misses_are_settled_or_dismissed_and_a_dismissal_is_taken_back(
    database: Database, workspace: int, plan_id: int
) -> None:
    unknown = Asked(plan_id, MONDAY, Counted.UNKNOWN)
    await keeps(database, workspace, unknown, "the weather")
    await keeps(database, workspace, unknown, "the parking fee")
    weather, parking = await kept(database, workspace, plan_id)
    async with database.sessions.begin() as session:
        assert await questions.dismiss_misses(session, workspace, [weather.id], NOW) == 1
        assert await questions.dismiss_misses(session, workspace, [weather.id], NOW) == 0
        assert await questions.settle_misses(session, workspace, [parking.id]) == 1
        assert await questions.settle_misses(session, workspace + 1, [weather.id]) == 0
    assert [one.is_dismissed for one in await kept(database, workspace, plan_id)] == [True]
    async with database.sessions.begin() as session:
        assert await questions.restore_misses(session, workspace, [weather.id]) == 1
    assert [one.is_dismissed for one in await kept(database, workspace, plan_id)] == [False]


async def test_only_the_latest_misses_are_read(database: Database, workspace: int, plan_id: int) -> None:
    for days in range(3):
        asked = Asked(plan_id, MONDAY - timedelta(days=days), Counted.UNKNOWN)
        await keeps(database, workspace, asked, f"asked {days} days ago")
    async with database.reading() as session:
        found = await questions.misses(session, workspace, plan_id, MONDAY - timedelta(days=1), limit=1)
    assert [one.words for one in found] == ["asked 0 days ago"]


def test_no_table_of_questions_has_a_place_for_who_asked() -> None:
    columns = {name for table in (QuestionCount, MissedQuestion) for name in table.model_fields}
    assert not {name for name in columns if "user" in name or "asker" in name or name.endswith("_by")}
    assert {"added_by"} == {name for name in LearnedAlias.model_fields if name.endswith("_by")}


async def test_a_question_without_a_subject_is_counted_under_an_empty_one(
    database: Database, workspace: int, plan_id: int
) -> None:
    async with database.sessions.begin() as session:
        await questions.count_question(session, workspace, Asked(plan_id, MONDAY, Counted.UNKNOWN))
    async with database.reading() as session:
        rows = (await session.exec(select(QuestionCount).where(col(QuestionCount.subject) == ""))).all()
    assert [row.asked for row in rows] == [1]
