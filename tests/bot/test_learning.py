"""What planbot learns from its questions: counted, thanked for, shown to administrators, taught."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlmodel import select

from bot.console.workspace import Answer, Channel, Person, Workspace
from bot.console.workspace.seen import SeenMessage
from bot.housekeeping import Housekeeping
from bot.repeating import Repeating
from bot.serve import running
from store import questions
from store.database import Database
from store.planfile import read
from store.plans import import_plan, load_plan, stamp
from store.question_tables import MissedQuestion, QuestionCount
from store.questions import Asked, Counted
from store.workspaces import default
from tests.bot.running import RIVERBEND, load, names, open_workspace, planbot, settings_for

HELPFUL = "👍 Helpful"
NOT_ASKED = "👎 Not what I asked"
PARKING = "what is the parking fee downtown?"


@pytest.fixture
async def record(slack: Workspace, sqlite_url: str) -> AsyncIterator[Database]:
    """The bot's record, looked at from outside while it works."""
    assert slack.bot
    opened = Database.at(sqlite_url)
    yield opened
    await opened.close()


async def eventually(holds: Callable[[], Awaitable[bool]], within: float = 5) -> None:
    """Wait until something holds."""
    deadline = asyncio.get_running_loop().time() + within
    while not await holds():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.01)


async def counts(record: Database) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """By outcome, subject and facet: how often asked, thumbs up, thumbs down."""
    async with record.reading() as session:
        rows = (await session.exec(select(QuestionCount))).all()
        return {(row.outcome, row.subject, row.facet): (row.asked, row.thumbs_up, row.thumbs_down) for row in rows}


async def kept_words(record: Database) -> list[str]:
    """The words that are kept."""
    async with record.reading() as session:
        return [row.words for row in (await session.exec(select(MissedQuestion).order_by("id"))).all()]


async def counted(record: Database, *key: str, **numbers: int) -> None:
    """Wait until a count has those numbers."""
    wanted = (numbers.get("asked", 0), numbers.get("up", 0), numbers.get("down", 0))

    async def is_so() -> bool:
        return (await counts(record)).get((key[0], key[1], key[2])) == wanted

    await eventually(is_so)


def message_of(answer: Answer) -> SeenMessage:
    """The message that came."""
    assert answer.message is not None
    return answer.message


async def asked_in_vain(slack: Workspace, person: Person, *asked: str) -> None:
    """Ask questions by the plan command, and wait until they are counted."""
    for question in asked:
        await person.types(f"/plan {question}")
    await slack.rests()


async def test_questions_are_counted_wherever_they_are_asked(
    slack: Workspace, carter: Person, plan_channel: Channel, record: Database
) -> None:
    asked = carter.mentions(plan_channel, "who owns A-03?")
    await plan_channel.next_message(thread_ts=asked.ts)
    carter.says(carter.dm, "who owns A-03")
    await carter.dm.next_message()
    await carter.types("/plan who owns A-03")
    overview = message_of(await carter.types("/plan"))
    await carter.clicks(overview, "What is overdue?")
    await counted(record, "answer", "A-03", "owner", asked=3)
    await counted(record, "answer", "actions", "overdue", asked=1)
    await slack.rests()
    assert len(await counts(record)) == 2
    assert await kept_words(record) == []


async def test_small_talk_is_counted_apart_and_its_words_are_not_kept(carter: Person, record: Database) -> None:
    answer = message_of(await carter.types("/plan thank you!"))
    await counted(record, "small-talk", "", "", asked=1)
    assert await kept_words(record) == []
    assert HELPFUL not in answer.buttons


async def test_the_words_of_what_found_nothing_are_kept_without_a_name(
    slack: Workspace, carter: Person, record: Database
) -> None:
    await asked_in_vain(slack, carter, PARKING)
    assert await kept_words(record) == [PARKING]
    async with record.reading() as session:
        for table in (QuestionCount, MissedQuestion):
            for row in (await session.exec(select(table))).all():
                assert carter.id not in str(row.model_dump().values())


async def test_a_suggestion_that_is_pressed_forgets_the_words(
    slack: Workspace, carter: Person, record: Database
) -> None:
    carter.says(carter.dm, "use of force")
    told = await carter.dm.next_message()
    await slack.rests()
    assert await kept_words(record) == ["use of force"]
    answer = message_of(await carter.clicks(told, action_id="ask:suggestion:1"))
    await slack.rests()
    assert await kept_words(record) == []
    assert [asked for (outcome, _, _), (asked, _, _) in (await counts(record)).items() if outcome == "chosen"] == [1]
    await carter.clicks(answer, NOT_ASKED)
    await slack.rests()
    assert await kept_words(record) == ["use of force"]


@pytest.mark.parametrize("place", ["thread", "direct message", "plan command"])
async def test_a_thumb_is_counted_once_an_answer_and_thanked_for(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel, record: Database, place: str
) -> None:
    told = await _asked_in(place, carter, plan_channel)
    for _ in range(2):
        thanks = message_of(await carter.clicks(told, HELPFUL))
        assert thanks.text == "Thank you, noted."
        assert thanks.ephemeral
        assert thanks.thread_ts == told.thread_ts
    if place == "thread":
        await admin.clicks(told, HELPFUL)
    await counted(record, "answer", "A-03", "owner", asked=1, up=1)
    await carter.clicks(told, NOT_ASKED)
    await counted(record, "answer", "A-03", "owner", asked=1, up=1, down=1)
    await slack.rests()
    assert await kept_words(record) == ["who owns A-03?"]
    assert [one.text for one in carter.messages(_channel(slack, told)) if one.ts == told.ts] == [told.text]


async def _asked_in(place: str, person: Person, channel: Channel) -> SeenMessage:
    if place == "thread":
        asked = person.mentions(channel, "who owns A-03?")
        return await channel.next_message(thread_ts=asked.ts)
    if place == "direct message":
        person.says(person.dm, "who owns A-03?")
        return await person.dm.next_message()
    return message_of(await person.types("/plan who owns A-03?", channel=channel))


def _channel(slack: Workspace, told: SeenMessage) -> Channel | None:
    return next((one for one in slack.channels if one.id == told.channel), None)


async def test_a_thumb_that_slack_delivers_twice_is_counted_once(
    slack: Workspace, carter: Person, record: Database
) -> None:
    told = message_of(await carter.types("/plan who owns A-03"))
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(told, NOT_ASKED)
    await slack.rests()
    assert (await counts(record))["answer", "A-03", "owner"] == (1, 0, 1)


async def test_a_question_that_slack_delivers_twice_is_counted_once(
    slack: Workspace, carter: Person, record: Database
) -> None:
    slack.faults.deliver_twice(name="/plan")
    await carter.types(f"/plan {PARKING}")
    await slack.rests()
    assert (await counts(record))["unknown", "", ""] == (1, 0, 0)


async def test_people_named_in_a_question_are_not_kept(slack: Workspace, carter: Person, record: Database) -> None:
    await asked_in_vain(slack, carter, "is @carter or c.carter@example.org at the zamboni")
    carter.says(carter.dm, "is the zamboni with @carter?")
    await carter.dm.next_message()
    await slack.rests()
    assert await kept_words(record) == ["is @… or @… at the zamboni", "is the zamboni with @…?"]


async def test_a_shared_answer_keeps_its_thumbs(carter: Person, plan_channel: Channel, record: Database) -> None:
    told = message_of(await carter.types("/plan who owns A-03", channel=plan_channel))
    assert told.buttons == ("Share in this channel", HELPFUL, NOT_ASKED)
    await carter.clicks(told, "Share in this channel")
    shared = await plan_channel.shows("asked: who owns A-03")
    assert shared.buttons == (HELPFUL, NOT_ASKED)
    await carter.clicks(shared, HELPFUL)
    await counted(record, "answer", "A-03", "owner", asked=1, up=1)


async def test_a_very_long_question_travels_with_its_thumbs(slack: Workspace, carter: Person, record: Database) -> None:
    carter.says(carter.dm, "what is the parking fee " * 300)
    told = await carter.dm.next_message()
    await carter.clicks(told, NOT_ASKED)
    await slack.rests()
    assert list((await counts(record)).values()) == [(1, 0, 1)]
    (words,) = await kept_words(record)
    assert len(words) <= questions.MOST_WORDS


async def test_an_answer_comes_although_nothing_can_be_counted(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await load(sqlite_url)
    async with open_workspace() as workspace, planbot(workspace, sqlite_url) as service:
        await _drop_table(sqlite_url, "question_count")
        carter = workspace.member("Carter")
        with caplog.at_level(logging.WARNING):
            told = message_of(await carter.types("/plan who owns A-03"))
            await eventually(lambda: _is_true("question not counted" in caplog.text))
        await workspace.rests()
        assert "MALIKS" in told.text
        assert "A-03" not in caplog.text
        assert len(carter.messages()) == 1
        assert service.desk.is_idle


async def _is_true(so: bool) -> bool:
    return so


async def _drop_table(url: str, table: str) -> None:
    database = Database.at(url)
    async with database.sessions.begin() as session:
        await (await session.connection()).execute(text(f"DROP TABLE {table}"))
    await database.close()


async def test_members_are_refused_the_gaps_kindly(carter: Person) -> None:
    answer = message_of(await carter.types("/plan gaps"))
    assert "Only a plan administrator" in answer.text
    assert answer.ephemeral


async def test_without_gaps_administrators_are_told_so(admin: Person) -> None:
    answer = message_of(await admin.types("/plan gaps"))
    assert "Nothing was asked in vain in the last 90 days" in answer.text


async def test_gaps_are_grouped_with_the_most_frequent_first(slack: Workspace, carter: Person, admin: Person) -> None:
    await asked_in_vain(
        slack, carter, "where is the zamboni", PARKING, "parking fee downtown", "what is the parking feee", PARKING
    )
    shown = message_of(await admin.types("/plan gaps"))
    assert shown.ephemeral
    parking, zamboni = (line for line in shown.text.splitlines() if "times, last" in line or "once" in line)
    assert parking.endswith("4 times, last today")
    assert PARKING in parking
    assert "zamboni" in zamboni
    assert "“parking fee downtown”" in shown.text
    assert "5 questions in the last 90 days, 5 of them unanswered; 0 thumbs up, 0 down." in shown.text


async def test_gaps_tell_what_was_suggested_and_what_got_a_thumb_down(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    await asked_in_vain(slack, carter, "use of force")
    told = message_of(await carter.types("/plan what does humility mean"))
    await carter.clicks(told, NOT_ASKED)
    await slack.rests()
    shown = message_of(await admin.types("/plan gaps"))
    assert "Suggested, and not pressed: Use of Force Rate" in shown.text
    assert "Answered with Humility, which got a thumb down" in shown.text


async def test_words_typed_are_shown_as_typed(slack: Workspace, carter: Person, admin: Person) -> None:
    await asked_in_vain(slack, carter, "*zamboni* <!channel> & _rink_")
    shown = message_of(await admin.types("/plan gaps"))
    assert "<!channel>" not in str(shown.blocks)
    assert "&lt;!channel&gt; &amp;" in str(shown.blocks)


async def test_an_administrator_teaches_what_was_meant(
    slack: Workspace, carter: Person, admin: Person, record: Database
) -> None:
    await asked_in_vain(slack, carter, PARKING, "parking fee downtown", "where is the zamboni")
    shown = message_of(await admin.types("/plan gaps"))
    form = (await admin.clicks(shown, action_id="gaps:means:0")).view
    assert form is not None
    assert PARKING in form.words
    assert form.values["alias"]["alias"]["value"] == "parking fee downtown"
    done = await admin.submits(form, {"Which entry of the plan?": "A-06", "Also called": "the parking fee"})
    assert done.closed
    taught = await admin.sees("“the parking fee” means A-06")
    await slack.rests()
    assert taught.ephemeral
    assert "is answered now:" in taught.text
    assert "mobile crisis team" in taught.text
    left = next(one for one in admin.messages() if one.ts == shown.ts)
    assert "zamboni" in left.text
    assert "parking" not in left.text
    answer = message_of(await carter.types("/plan what's the parking fee"))
    assert "mobile crisis team" in answer.text
    await slack.rests()
    assert await kept_words(record) == ["where is the zamboni"]


async def test_an_alias_holds_in_every_replica_at_once(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with (
        open_workspace() as one,
        open_workspace() as other,
        planbot(one, sqlite_url),
        planbot(other, sqlite_url),
    ):
        elsewhere = other.member("Malik")
        assert "no answer" in message_of(await elsewhere.types("/plan parking fee?")).text
        await _teach(one, one.member("Carter"), one.member("Ada", user_id="U0ADMIN"))
        assert "mobile crisis team" in message_of(await elsewhere.types("/plan parking fee downtown?")).text


async def test_an_alias_outlasts_the_import_of_the_plan_file(
    slack: Workspace, carter: Person, admin: Person, record: Database
) -> None:
    await _teach(slack, carter, admin)
    async with record.sessions.begin() as session:
        changes = await import_plan(session, await default(session), read(RIVERBEND), datetime.now(UTC))
    assert changes.is_empty
    assert "mobile crisis team" in message_of(await carter.types(f"/plan {PARKING}")).text


async def test_an_alias_is_taken_back(slack: Workspace, carter: Person, admin: Person) -> None:
    taught = await _teach(slack, carter, admin)
    answer = message_of(await admin.clicks(taught, "Take it back"))
    assert "no longer called “parking fee downtown”" in answer.text
    assert "no answer" in message_of(await carter.types(f"/plan {PARKING}")).text


async def _teach(slack: Workspace, carter: Person, admin: Person) -> SeenMessage:
    await asked_in_vain(slack, carter, PARKING)
    shown = message_of(await admin.types("/plan gaps"))
    form = (await admin.clicks(shown, "This means …")).view
    assert form is not None
    await admin.submits(form, {"Which entry of the plan?": "A-06"})
    taught = await admin.sees("is answered now")
    await slack.rests()
    return taught


async def test_a_name_of_another_entry_is_refused_beside_its_field(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    await asked_in_vain(slack, carter, PARKING)
    shown = message_of(await admin.types("/plan gaps"))
    form = (await admin.clicks(shown, "This means …")).view
    assert form is not None
    for alias, problem in (("humility", "“Humility” already"), (" ?! ", "Type the words")):
        answer = await admin.submits(form, {"Which entry of the plan?": "A-06", "Also called": alias})
        assert problem in answer.errors["alias"]
    left = message_of(await admin.types("/plan gaps"))
    assert PARKING in left.text


async def test_a_gap_that_is_not_about_the_plan_is_left_out_and_brought_back(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    await asked_in_vain(slack, carter, PARKING, "where is the zamboni", PARKING)
    shown = message_of(await admin.types("/plan gaps"))
    without = message_of(await admin.clicks(shown, action_id="gaps:dismiss:0"))
    assert without.ts == shown.ts
    assert "left out from now on" in without.text
    await asked_in_vain(slack, carter, PARKING)
    again = message_of(await admin.types("/plan gaps"))
    assert "parking" not in again.text
    assert "zamboni" in again.text
    restored = message_of(await admin.clicks(without, "Undo"))
    assert PARKING in restored.text


async def test_a_gap_that_somebody_else_dealt_with_is_told(slack: Workspace, carter: Person, admin: Person) -> None:
    await asked_in_vain(slack, carter, PARKING)
    shown = message_of(await admin.types("/plan gaps"))
    also_shown = message_of(await admin.types("/plan gaps"))
    await admin.clicks(shown, "Not about the plan")
    late = await admin.clicks(also_shown, "This means …")
    assert "dealt with that question already" in late.text


async def test_many_gaps_come_in_pages(slack: Workspace, carter: Person, admin: Person) -> None:
    things = (
        "zamboni",
        "parking",
        "weather",
        "lottery",
        "pizza",
        "elephants",
        "guitars",
        "volcano",
        "yoghurt",
        "chess",
    )
    await asked_in_vain(slack, carter, *(f"where is the {thing}" for thing in things))
    first = message_of(await admin.types("/plan gaps"))
    assert "Page 1 of 2" in first.text
    assert len(first.blocks) <= 50
    second = message_of(await admin.clicks(first, "Next page"))
    assert second.ts == first.ts
    assert "Page 2 of 2" in second.text
    assert second.buttons.count("This means …") == len(things) - first.buttons.count("This means …")


async def test_a_member_who_presses_an_administrators_button_is_refused(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel, record: Database
) -> None:
    await asked_in_vain(slack, carter, PARKING)
    shown = message_of(await admin.types("/plan gaps"))
    forged = await _forge(slack, plan_channel, shown)
    for button in ("This means …", "Not about the plan"):
        assert "Only a plan administrator" in (await carter.clicks(forged, button)).text
    assert await kept_words(record) == [PARKING]


async def _forge(slack: Workspace, channel: Channel, shown: SeenMessage) -> SeenMessage:
    """The same buttons where a member can press them."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    await client.chat_postMessage(channel=channel.id, text="forged", blocks=[dict(block) for block in shown.blocks])
    return await channel.shows("forged")


async def test_of_a_large_plan_the_entry_is_searched_for_and_confirmed(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url, _large_plan(tmp_path))
    async with open_workspace() as workspace, planbot(workspace, sqlite_url):
        carter, admin = workspace.member("Carter"), workspace.member("Ada", user_id="U0ADMIN")
        await asked_in_vain(workspace, carter, PARKING)
        shown = message_of(await admin.types("/plan gaps"))
        form = (await admin.clicks(shown, "This means …")).view
        assert form is not None
        nothing = await admin.submits(form, {"Which entry of the plan?": "xyzzyx"})
        assert "Nothing in the plan is like that" in nothing.errors["search"]
        found = await admin.submits(form, {"Which entry of the plan?": "lighthous restoration"})
        assert found.view is not None
        assert "Restore the lighthouse" in found.view.words
        await admin.submits(found.view, {})
        taught = await admin.sees("is answered now")
        assert "Restore the lighthouse" in taught.text
        assert workspace.unknown_methods == ()


def _large_plan(folder: Path) -> Path:
    values = "\n".join(f"- {{key: v{n}, title: Value number {n}, statement: Of {n}.}}" for n in range(450))
    about = "plan: {key: large, title: Large Plan, organization: O, status: draft, timezone: UTC}"
    path = folder / "large.yml"
    last = "- {key: lighthouse, title: Restore the lighthouse, statement: We mend the lamp.}"
    path.write_text(f"{about}\nvalues:\n{values}\n{last}\n", encoding="utf-8")
    return path


async def test_where_words_are_not_to_be_kept_none_are(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as workspace:
        settings = settings_for(workspace, sqlite_url, "socket").model_copy(update={"planbot_keep_words": False})
        async with running(settings, names()):
            await workspace.connected()
            carter, admin = workspace.member("Carter"), workspace.member("Ada", user_id="U0ADMIN")
            told = message_of(await carter.types(f"/plan {PARKING}"))
            await carter.clicks(told, NOT_ASKED)
            await workspace.rests()
            shown = message_of(await admin.types("/plan gaps"))
    record = Database.at(sqlite_url)
    assert await kept_words(record) == []
    assert (await counts(record))["unknown", "", ""] == (1, 0, 1)
    assert "are not kept here" in shown.text
    assert "1 question in the last 90 days, 1 of them unanswered" in shown.text
    await record.close()


async def test_old_words_are_forgotten_by_the_bot_itself_day_after_day(sqlite_url: str) -> None:
    await load(sqlite_url)
    record = Database.at(sqlite_url)
    await _keep(record, days_ago=120)
    async with open_workspace() as workspace, planbot(workspace, sqlite_url) as service:
        await eventually(lambda: _has_forgotten(record))
        every_moment = Repeating(Housekeeping(service).clean_up, 0.01)
        every_moment.start()
        await _keep(record, days_ago=91)
        await eventually(lambda: _has_forgotten(record))
        await _keep(record, days_ago=10)
        await every_moment.stop(5)
        assert await kept_words(record) == ["asked 10 days ago"]
        assert len(await counts(record)) == 1
    await record.close()


async def _has_forgotten(record: Database) -> bool:
    return await kept_words(record) == []


async def _keep(record: Database, days_ago: int) -> None:
    async with record.sessions.begin() as session:
        workspace = await default(session)
        now = await stamp(session, workspace)
        assert now is not None
        assert await load_plan(session, workspace)
        day: date = datetime.now(UTC).date() - timedelta(days=days_ago)
        asked = Asked(now.plan_id, day, Counted.UNKNOWN)
        await questions.keep_miss(session, workspace, asked, f"asked {days_ago} days ago")
        await questions.count_question(session, workspace, Asked(now.plan_id, date(2026, 1, 1), Counted.UNKNOWN))
