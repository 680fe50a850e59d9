"""Delegates, over the wire: named by owners, told, reporting for them, ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.workspace import Answer, Person, SeenMessage, Workspace
from store.database import Database
from store.delegations import grant
from store.plan import Kind
from store.workspaces import default


@pytest.fixture
def dana(slack: Workspace) -> Person:
    """A colleague who owns nothing."""
    return slack.member("Dana", user_id="U09DANA1")


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


NAMED = {
    "as Slack completes it": "A-12 delegate @dana until 2099-01-15",
    "by the id alone": "A-12 delegate U09DANA1 until 2099-01-15",
    "as a reference": "A-12 delegate <@U09DANA1> until 15 January 2099",
    "the other way round": "delegate vido evidence to @dana until 15 Jan 2099",
    "misspelt": "a12 deligate @dana until 15 Jnauary 2099",
}


@pytest.mark.parametrize("typed", NAMED.values(), ids=NAMED)
async def test_an_owner_names_a_delegate_who_is_told_and_reports_for_them(
    carter: Person, dana: Person, typed: str
) -> None:
    assert "Only its owner" in (await dana.types("/progress A-12 70%")).text
    said = await carter.types(f"/progress {typed}")
    assert "<@U09DANA1> can report on" in said.text
    assert "until 15 January 2099" in said.text
    told = await dana.sees("asks you to report on")
    assert "A-12" in told.text
    assert "until 15 January 2099" in told.text
    done = message_of(await dana.types("/progress A-12 70%: while Carter is away"))
    assert "Recorded on behalf of <@U02CARTER>" in done.text
    history = await carter.types("/progress A-12 history")
    assert "by <@U09DANA1> on behalf of <@U02CARTER>" in history.text


async def test_a_delegate_has_what_owners_have(carter: Person, dana: Person) -> None:
    await carter.types("/progress A-12 delegate @dana")
    await carter.types("/progress KSI delegate @dana")
    await dana.sees("asks you to report on *ksi-collisions")
    assert "for @Carter" in (await dana.types("/progress mine")).words.replace("<@U02CARTER>", "@Carter")
    form = (await dana.types("/progress")).view
    assert form is not None
    assert "A-12" in str(form.values)
    recorded = await dana.types("/progress evidence sytem 68% on track")
    assert "68 %" in recorded.text
    assert "Taken back" in (await dana.types("/progress undo")).text
    assert "53.1 collisions" in (await dana.types("/progress KSI 53.1")).text
    home = await dana.opens_home()
    assert home is not None
    assert "A-12" in home.words


async def test_the_message_of_a_delegate_opens_the_form(carter: Person, dana: Person) -> None:
    await carter.types("/progress A-12 delegate @dana")
    told = await dana.sees("asks you to report on")
    assert (await dana.clicks(told, "Update")).view is not None


async def test_a_delegate_cannot_pass_it_on(slack: Workspace, carter: Person, dana: Person) -> None:
    slack.member("Eve", user_id="U09EVE01")
    await carter.types("/progress A-12 delegate @dana")
    refused = await dana.types("/progress A-12 delegate @eve")
    assert "cannot pass that on" in refused.text
    assert "<@U02CARTER>" in refused.text
    assert "Only owners can say" in (await slack.member("Eve").types("/progress A-12 delegate @dana off")).text


async def test_an_administrator_names_one_for_the_owner(admin: Person, dana: Person) -> None:
    await admin.types("/progress A-12 delegate @dana")
    assert "on behalf of <@U02CARTER>" in (await dana.sees("asks you to report on")).text
    assert "on behalf of <@U02CARTER>" in (await dana.types("/progress A-12 70%")).text


ENDED: dict[str, Callable[[str], str]] = {
    "off": lambda who: f"A-12 delegate {who} off",
    "end": lambda who: f"A-12 delegate {who} end",
    "none": lambda who: f"A-12 delegate {who} none",
    "first": lambda who: f"A-12 delegate end {who}",
}


@pytest.mark.parametrize("line", ENDED.values(), ids=ENDED)
async def test_it_is_ended_in_words(carter: Person, dana: Person, line: Callable[[str], str]) -> None:
    await carter.types("/progress A-12 delegate @dana")
    assert "no longer reports" in (await carter.types(f"/progress {line('@dana')}")).text
    await dana.sees("You no longer report")
    assert "Only its owner" in (await dana.types("/progress A-12 70%")).text
    assert "does not report on" in (await carter.types(f"/progress {line('@dana')}")).text


async def test_a_delegate_may_end_their_own(carter: Person, dana: Person) -> None:
    await carter.types("/progress A-12 delegate @dana")
    assert "You no longer report" in (await dana.types("/progress A-12 delegate @dana off")).text
    await carter.types("/progress A-12 delegate @dana")
    told = await dana.sees("asks you to report on")
    assert "You no longer report" in (await dana.clicks(told, "This is not for me")).text
    await carter.sees("<@U09DANA1> no longer reports")


async def test_delegates_are_listed_with_a_button_that_ends_each(
    slack: Workspace, carter: Person, dana: Person
) -> None:
    slack.member("Eve", user_id="U09EVE01")
    assert "Nobody reports on" in (await carter.types("/progress A-12 delegate")).text
    await carter.types("/progress A-12 delegate @dana until 15 January 2099")
    await carter.types("/progress A-12 delegate @eve")
    listed = message_of(await carter.types("/progress A-12 delegate"))
    assert "<@U09DANA1> until 15 January 2099" in listed.text
    assert "<@U09EVE01> until it is ended" in listed.text
    assert list(listed.buttons) == ["End", "End"]
    seen = message_of(await dana.types("/progress A-12 delegate"))
    assert "<@U09EVE01>" in seen.text
    assert list(seen.buttons) == []
    ended = await carter.clicks(listed, action_id="delegate:end:1")
    assert "<@U09EVE01> no longer reports" in ended.text
    assert "<@U09EVE01>" not in (await carter.types("/progress A-12 delegate")).text


async def test_a_new_last_day_takes_the_place_of_the_old_one(carter: Person, dana: Person) -> None:
    await carter.types("/progress A-12 delegate @dana until 15 January 2099")
    await carter.types("/progress A-12 delegate @dana until 1 February 2099")
    listed = message_of(await carter.types("/progress A-12 delegate"))
    assert "1 February 2099" in listed.text
    assert "15 January" not in listed.text
    assert dana.messages(dana.dm)


async def test_a_line_delivered_twice_names_and_tells_once(slack: Workspace, carter: Person, dana: Person) -> None:
    slack.faults.deliver_twice()
    await carter.types("/progress A-12 delegate @dana until 15 January 2099")
    await slack.rests()
    assert len([one for one in dana.messages() if "asks you" in one.text]) == 1


async def test_it_is_over_after_its_last_day(sqlite_url: str, carter: Person, dana: Person) -> None:
    now = datetime.now(UTC)
    await granted(sqlite_url, now - timedelta(days=10), now - timedelta(days=2))
    assert "Only its owner" in (await dana.types("/progress A-12 70%")).text
    assert "Nobody reports on" in (await carter.types("/progress A-12 delegate")).text
    assert "can report on" in (await carter.types("/progress A-12 delegate @dana")).text


async def granted(url: str, when: datetime, last: datetime) -> None:
    """As if Dana had been named then, until the day of `last`."""
    database = Database.at(url)
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await grant(session, workspace, "A-12", Kind.ACTION, "U09DANA1", by="U02CARTER", until=last.date(), now=when)
    await database.close()


REFUSED = {
    "A-12 delegate @dana until 2020-01-01": "1 January 2020 is over",
    "A-12 delegate @dana until banana": "could not read “banana” as a day",
    "A-12 delegate @dana soonish": "could not read “soonish” as a day",
    "A-12 delegate @nobody": "I know nobody called “nobody”",
    "A-12 delegate U0NOBODY1": "I know nobody called “U0NOBODY1”",
    "A-12 delegate @robot": "is an app",
    "A-12 delegate @gone": "is no longer active",
    "A-12 delegate @carter": "can report on A-12 anyway",
    "A-01 delegate @Twice Told": "More than one person",
    "A-10 delegate @dana": "Only owners can say who reports on A-10",
    "A-12 delegate Dana": "names nobody",
}


@pytest.mark.parametrize("typed", REFUSED)
async def test_what_cannot_be_is_refused_clearly(slack: Workspace, carter: Person, dana: Person, typed: str) -> None:
    slack.member("Robot", is_bot=True)
    slack.member("Gone", deleted=True)
    slack.member("one", real_name="Twice Told")
    slack.member("two", real_name="Twice Told")
    refused = await carter.types(f"/progress {typed}")
    assert REFUSED[typed] in refused.text.replace("\u200b", "")
    assert not [one for one in dana.messages() if "asks you" in one.text]


async def test_an_action_that_is_not_found_is_offered_with_the_colleague_kept(carter: Person, dana: Person) -> None:
    asked = message_of(await carter.types("/progress A-99 delegate @dana until 15 January 2099"))
    assert "names no action" in asked.text
    done = await carter.clicks(asked, "A-12 Move all video evidence into one system")
    assert "<@U09DANA1> can report on" in done.text
    assert dana.messages()


async def test_a_note_about_delegates_is_a_note(carter: Person) -> None:
    kept = await carter.types("/progress A-12 70%: delegate training was held")
    assert "70 %" in kept.text
    asked = message_of(await carter.types("/progress A-12 delegate training was held"))
    assert "names nobody" in asked.text
    assert "Kept as a note" in (await carter.clicks(asked, "Keep as a note on A-12")).text


async def test_a_name_in_a_note_is_shown_as_typed(carter: Person, dana: Person) -> None:
    kept = message_of(await carter.types("/progress A-12 70%: met @dana, see https://example.org/a?b=1&c=2 & more"))
    words = kept.words.replace("\u200b", "")
    assert "met @dana, see https://example.org/a?b=1&c=2 & more" in words
    assert dana.id not in words


async def test_slack_may_not_tell_who_somebody_is(slack: Workspace, carter: Person) -> None:
    slack.faults.fail("users.info", "ratelimited", times=None)
    assert "cannot ask Slack just now" in (await carter.types("/progress A-12 delegate U09DANA1")).text


async def test_a_delegate_who_cannot_be_told_is_named_all_the_same(
    slack: Workspace, carter: Person, dana: Person
) -> None:
    slack.faults.fail("chat.postMessage", "internal_error")
    said = await carter.types("/progress A-12 delegate @dana")
    assert "could not send them a message" in said.text
    assert "70 %" in (await dana.types("/progress A-12 70%")).text
