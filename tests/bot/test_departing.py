"""Owners who leave, over the wire: administrators get one card, hand over what was theirs, nothing is unseen."""

from collections.abc import AsyncIterator

import pytest

from bot.console.workspace import Answer, Person, SeenMessage, Workspace
from bot.departing import Departures
from bot.service import Service
from tests.bot.running import ADMINISTRATOR, load, open_workspace, planbot

NEED = "was deactivated in Slack"


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


def cards(person: Person) -> list[SeenMessage]:
    """The cards that an administrator got."""
    return [one for one in person.messages() if NEED in one.text]


async def hands_over(admin: Person, card: SeenMessage, button: str, to: str, why: str | None = None) -> Answer:
    """The button pressed, the form filled in and handed in."""
    form = (await admin.clicks(card, action_id=button)).view
    assert form is not None
    assert "Carter has left" in str(form.values)
    return await admin.submits(form, {"New owner": to} | ({"Why": why} if why else {}))


@pytest.fixture
def dana(slack: Workspace) -> Person:
    """A colleague who takes over."""
    return slack.member("Dana", user_id="U09DANA1")


async def test_administrators_get_one_card_with_all_that_the_owner_left(
    slack: Workspace, carter: Person, admin: Person
) -> None:
    slack.faults.deliver_twice(name="user_change")
    carter.deactivate()
    card = await admin.sees(NEED)
    assert "2 actions and indicators need you" in card.text
    for words in ("A-12", "On track, 65 %", "due 31 January 2027", "Nobody else owns it", "57 collisions"):
        assert words.casefold() in card.text.casefold(), words
    assert "<@U02CARTER>" in card.text
    await slack.rests()
    carter.changes_profile(real_name="Carter (left)")
    await slack.rests()
    assert len(cards(admin)) == 1


async def test_an_entry_is_handed_over_with_a_reason_that_is_kept(
    slack: Workspace, carter: Person, admin: Person, dana: Person
) -> None:
    carter.deactivate()
    card = await admin.sees(NEED)
    assert (await hands_over(admin, card, "departure:hand:0", dana.id)).closed
    told = await dana.sees("made you an owner")
    assert "Carter has left" in told.words
    left = await admin.sees("2 actions and indicators need you")
    assert left.ts == card.ts
    listed = (await admin.types("/plan decisions")).words
    assert "owners: @Carter → @Dana" in listed or "Carter has left" in listed
    await slack.rests()
    assert not [one for one in carter.messages() if "no longer do" in one.text]


async def test_all_of_it_is_handed_over_at_once(carter: Person, admin: Person, dana: Person) -> None:
    carter.deactivate()
    card = await admin.sees(NEED)
    await hands_over(admin, card, "departure:hand:all", dana.id, why="Dana leads the hub")
    await admin.sees("All that they owned of the plan is handed over")
    told = await dana.sees("made you an owner of what Carter owned")
    assert "A-12" in told.text
    assert "ksi-collisions" in told.text
    assert "A-12" in (await dana.types("/progress mine")).words
    assert "70 %" in (await dana.types("/progress A-12 70%")).text
    assert (await admin.types("/plan decisions")).words.count("Dana leads the hub") == 2


async def test_the_history_of_an_entry_is_a_button(carter: Person, admin: Person) -> None:
    carter.deactivate()
    card = await admin.sees(NEED)
    shown = await admin.clicks(card, action_id="departure:history:0")
    assert "A-" in shown.text


async def test_another_owner_who_remains_is_named(slack: Workspace, admin: Person) -> None:
    sandhu = slack.member("Sandhu", user_id="U08SANDHU", email="r.sandhu@example.org")
    sandhu.deactivate()
    card = await admin.sees(NEED)
    assert "<@U02CARTER> also owns it" in card.text
    assert "A-05" in card.text


async def test_an_owner_by_address_is_known_by_the_events_profile(slack: Workspace, admin: Person) -> None:
    await slack.next_call("users.lookupByEmail", after=3)  # when nobody has the address yet
    await slack.rests()
    sandhu = slack.member("Sandhu", user_id="U08SANDHU", email="R.Sandhu@example.org")
    sandhu.deactivate()
    assert "A-05" in (await admin.sees(NEED)).text


async def test_who_owns_nothing_leaves_quietly(slack: Workspace, admin: Person, dana: Person) -> None:
    dana.deactivate()
    await slack.rests()
    assert cards(admin) == []


async def test_who_is_back_is_settled_and_may_leave_again(slack: Workspace, carter: Person, admin: Person) -> None:
    carter.deactivate()
    card = await admin.sees(NEED)
    carter.reactivate()
    await slack.rests()
    home = await admin.opens_home()
    assert home is not None
    assert "Move all video evidence" not in home.words
    carter.deactivate()
    await admin.sees(lambda one: NEED in one.text and one.ts != card.ts)
    assert len(cards(admin)) == 2


async def test_the_app_home_of_administrators_lists_what_nobody_can_report_on(
    slack: Workspace, carter: Person, admin: Person, dana: Person
) -> None:
    carter.deactivate()
    await admin.sees(NEED)
    await slack.rests()
    home = await admin.opens_home()
    assert home is not None
    assert "Actions that nobody can report on" in home.words
    assert "A-12" in home.words
    form = (await admin.clicks(home, action_id="change:open:0")).view
    assert form is not None
    other = await dana.opens_home()
    assert other is not None
    assert "nobody can report on" not in other.words


@pytest.mark.parametrize("stranger", ["app", "gone"])
async def test_only_people_take_over(slack: Workspace, carter: Person, admin: Person, stranger: str) -> None:
    to = slack.bot.id if stranger == "app" else slack.member("Gone", deleted=True).id
    carter.deactivate()
    card = await admin.sees(NEED)
    await hands_over(admin, card, "departure:hand:0", to)
    await admin.sees("cannot own anything")
    assert "Nothing of the plan was changed" in (await admin.types("/plan decisions")).text


async def test_what_was_handed_over_is_not_handed_over_again(carter: Person, admin: Person, dana: Person) -> None:
    carter.deactivate()
    card = await admin.sees(NEED)
    form = (await admin.clicks(card, action_id="departure:hand:0")).view
    assert form is not None
    await hands_over(admin, card, "departure:hand:0", dana.id)
    await admin.sees("2 actions and indicators")
    assert "Only a plan administrator" in (await dana.types("/plan change")).text


async def test_each_administrator_is_told_and_none_twice(sqlite_url: str) -> None:
    await load(sqlite_url)
    both = frozenset({ADMINISTRATOR, "U0SECOND"})
    async with open_workspace() as slack, planbot(slack, sqlite_url, planbot_admins=both) as service:
        admin, second = slack.member("Ada", user_id=ADMINISTRATOR), slack.member("Bo", user_id="U0SECOND")
        carter = slack.member("Carter", user_id="U02CARTER")
        slack.faults.fail("chat.postMessage", "internal_error")
        carter.deactivate()
        await second.sees(NEED)
        assert cards(admin) == []
        await Departures(service).check()
        assert (len(cards(admin)), len(cards(second))) == (1, 1)
        await Departures(service).check()
        assert (len(cards(admin)), len(cards(second))) == (1, 1)


@pytest.fixture
async def unnoticed(sqlite_url: str) -> AsyncIterator[tuple[Workspace, Service]]:
    """Carter was deactivated while planbot did not run."""
    await load(sqlite_url)
    async with open_workspace() as slack:
        slack.member("Carter", user_id="U02CARTER", deleted=True)
        slack.member("Ada", user_id=ADMINISTRATOR)
        async with planbot(slack, sqlite_url) as service:
            yield slack, service


async def test_the_daily_check_finds_who_left_although_the_event_was_missed(
    unnoticed: tuple[Workspace, Service],
) -> None:
    slack, service = unnoticed
    await Departures(service).check()
    await Departures(service).check()
    assert len(cards(slack.member("Ada"))) == 1
    slack.member("Carter").reactivate()
    await slack.rests()
    slack.faults.fail("users.info", "ratelimited", times=None)
    await Departures(service).check()


async def test_without_an_administrator_it_is_logged(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack, planbot(slack, sqlite_url, planbot_admins=frozenset()):
        slack.member("Carter", user_id="U02CARTER").deactivate()
        await slack.delivered("user_change")
        await slack.rests()
    assert "PLANBOT_ADMINS names nobody" in caplog.text
