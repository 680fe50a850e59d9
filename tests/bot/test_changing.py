"""Administrators change what the plan promised, over the wire: with a reason, kept as decisions, told to owners."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.console.workspace import Answer, Person, SeenMessage, View, Workspace
from tests.bot.running import ADMINISTRATOR, PLANS, RIVERBEND, load, open_workspace, planbot


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


async def form_for(person: Person, typed: str) -> View:
    """The form that a line opens."""
    view = (await person.types(f"/plan change {typed}")).view
    assert view is not None
    return view


async def decides(person: Person, typed: str, values: Mapping[str, Any]) -> SeenMessage:
    """The form of `typed` handed in, and what came back."""
    form = await form_for(person, typed)
    handed_in = await person.submits(form, values)
    assert handed_in.errors == {}
    return await person.sees(lambda seen: "kept as" in seen.words and values["Why"] in seen.words)


@pytest.mark.parametrize("typed", ["A-12", "a12", "vido evidence", "Move all video evidence into one system"])
async def test_the_form_shows_what_holds(admin: Person, typed: str) -> None:
    form = await form_for(admin, typed)
    assert "Move all video evidence into one system" in str(form.values)
    assert "2027-01-31" in str(form.values)
    assert "U02CARTER" in str(form.values)


async def test_several_changed_fields_are_several_decisions_with_one_reason(
    slack: Workspace, admin: Person, carter: Person
) -> None:
    nguyen = slack.member("Nguyen", user_id="U06NGUYEN")
    told = await decides(
        admin,
        "A-12",
        {
            "Title": "Move all evidence into one system",
            "Due date": "2027-06-30",
            "Owners": ["U02CARTER", "U06NGUYEN"],
            "Why": "the vendor is late <!channel>",
        },
    )
    assert "due date: 31 January 2027 → 30 June 2027" in told.text
    assert "kept as 3 decisions" in told.words
    assert "<!channel>" not in told.text
    assert "changed" in (await carter.sees("due date: 31 January 2027")).text
    assert "made you an owner" in (await nguyen.sees("the vendor is late")).text
    assert "Move all evidence into one system" in (await carter.types("/progress mine")).words
    assert "66 %" in (await nguyen.types("/progress A-12 66% on track")).text
    listed = await carter.types("/plan decisions")
    for words in ("owners: <@U02CARTER>", "30 June 2027", "by <@U0ADMIN>", "the vendor is late"):
        assert words in listed.words or words in listed.text


async def test_the_day_of_a_milestone_is_moved(admin: Person, carter: Person) -> None:
    told = await decides(
        admin, "A-12", {"Milestone: Prosecutors have log-ins": "2027-02-28", "Why": "the courts are late"}
    )
    assert "milestone dates" in told.text
    assert "2027-02-28" in told.text
    assert "In-car recordings moved" not in told.text
    assert "milestone dates" in (await carter.sees("the courts are late")).text


async def test_the_title_of_an_objective_is_changed(admin: Person) -> None:
    await decides(admin, "Walk Alongside First Nations", {"Title": "Walk Together", "Why": "as they asked"})
    admin.says(admin.dm, "walk together")
    assert "Walk Together" in (await admin.dm.next_message()).text or await admin.sees("Walk Together")


async def test_who_no_longer_owns_it_is_told_and_refused(slack: Workspace, admin: Person, carter: Person) -> None:
    nguyen = slack.member("Nguyen", user_id="U06NGUYEN")
    await decides(admin, "A-12", {"Owners": ["U06NGUYEN"], "Why": "Carter leads the hub now"})
    assert "you no longer do" in (await carter.sees("Carter leads the hub now")).text
    assert "Only its owner" in (await carter.types("/progress A-12 70%")).text
    assert "70 %" in (await nguyen.types("/progress A-12 70%")).text


async def test_the_target_of_an_indicator_is_changed(admin: Person, carter: Person) -> None:
    told = await decides(
        admin, "KSI", {"Target": "40", "To be reached by": "2028-12-31", "Why": "the board asked for more"}
    )
    assert "40 by 31 December 2028" in told.text
    carter.says(carter.dm, "target of KSI")
    assert "40 collisions per year" in (await carter.dm.next_message()).text or await carter.sees("40 collisions")


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "nothing changed": ("A-12", {"Why": "just so"}, "Nothing is changed yet"),
    "no reason": ("A-12", {"Due date": "2027-06-30", "Why": "  "}, "Why is it changed?"),
    "no title": ("A-12", {"Title": "  ", "Why": "r"}, "Choose one, please."),
    "before it starts": ("A-12", {"Due date": "2001-01-01", "Why": "r"}, "before the action starts"),
    "owned by an app": ("A-12", {"Owners": ["U02CARTER", "UBOT00001"], "Why": "r"}, "cannot own anything"),
    "no number": ("KSI", {"Target": "fewer", "Why": "r"}, "A number, please"),
    "no day": ("KSI", {"Target": "40", "To be reached by": None, "Why": "r"}, "By which day?"),
}


@pytest.mark.parametrize(("typed", "values", "says"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_is_said_in_its_place(admin: Person, typed: str, values: dict[str, Any], says: str) -> None:
    form = await form_for(admin, typed)
    refused = await admin.submits(form, values)
    assert says in "".join(refused.errors.values())
    assert "Nothing of the plan was changed" in (await admin.types("/plan decisions")).text


async def test_nothing_is_overwritten_unseen(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack, planbot(slack, sqlite_url, planbot_admins=frozenset({"U0ADMIN", "U0SECOND"})):
        ada, kim = slack.member("Ada", user_id=ADMINISTRATOR), slack.member("Kim", user_id="U0SECOND")
        slack.member("Carter", user_id="U02CARTER")
        one, other = await form_for(ada, "A-12"), await form_for(kim, "A-12")
        assert (await ada.submits(one, {"Due date": "2027-06-30", "Why": "the vendor is late"})).closed
        await ada.sees("kept as")
        overtaken = await kim.submits(
            other, {"Due date": "2027-03-31", "Department": "Records", "Why": "we need it sooner"}
        )
        anew = overtaken.view
        assert anew is not None
        assert "due date: 31 January 2027 → 30 June 2027, by <@U0ADMIN>" in anew.words or "30 June 2027" in anew.words
        assert {"2027-03-31", "Records", "we need it sooner"} <= set(map(str, flat(anew.values)))
        assert "31 January 2027" not in (await kim.types("/plan decisions")).text.partition("→")[2]
        assert (await kim.submits(anew, {})).closed
        await kim.sees("30 June 2027 → 31 March 2027")


def flat(values: Mapping[str, Any]) -> list[Any]:
    """What the fields hold."""
    return [held for value in values.values() for held in (flat(value) if isinstance(value, Mapping) else [value])]


async def test_without_an_entry_there_is_a_choice(admin: Person) -> None:
    asked = message_of(await admin.types("/plan change"))
    form = (await admin.clicks(asked, action_id="change:choose", value="A-12")).view
    assert form is not None
    assert "2027-01-31" in str(form.values)


async def test_several_likely_entries_are_offered(admin: Person) -> None:
    asked = message_of(await admin.types("/plan change community"))
    assert len(asked.buttons) > 1
    assert (await admin.clicks(asked, asked.buttons[0])).view is not None


async def test_what_is_not_there_is_said(admin: Person) -> None:
    assert "Nothing in the plan is like" in (await admin.types("/plan change zzzz qqqq")).text


async def test_only_administrators_change_the_plan(carter: Person) -> None:
    for typed in ("change", "change A-12"):
        refused = await carter.types(f"/plan {typed}")
        assert "Only a plan administrator" in refused.text
    asked = await carter.types("/plan change management training")
    assert "Only a plan administrator" not in asked.text


async def test_an_owner_by_address_stays_unless_taken_away(sqlite_url: str) -> None:
    await load(sqlite_url, RIVERBEND)
    async with open_workspace() as slack, planbot(slack, sqlite_url):
        admin = slack.member("Ada", user_id=ADMINISTRATOR)
        nguyen = slack.member("Nguyen", user_id="U06NGUYEN")
        await decides(admin, "A-05", {"Owners": ["U06NGUYEN"], "Why": "more hands"})
        assert "made you an owner" in (await nguyen.sees("more hands")).text
        listed = await admin.types("/plan decisions")
        assert "r.sandhu@example.org → r.sandhu@example.org and <@U06NGUYEN>" in listed.text
        await decides(admin, "A-05", {"Owners who are not in Slack": [], "Why": "Sandhu has left"})
        assert "r.sandhu@example.org and <@U06NGUYEN> → <@U06NGUYEN>" in (await admin.types("/plan decisions")).text


async def test_an_owner_whom_slack_does_not_know_is_kept_unless_taken_away(slack: Workspace, admin: Person) -> None:
    slack.faults.fail("views.open", "invalid_arguments")
    form = await form_for(admin, "A-12")
    assert (await admin.submits(form, {"Due date": "2027-06-30", "Why": "late"})).closed
    decided = await admin.sees("kept as")
    assert "owners" not in decided.text.partition("the owners have been told")[0]


async def test_decisions_are_paged(admin: Person, carter: Person) -> None:
    for number in range(10):
        await decides(admin, "A-12", {"Title": f"Name {number}", "Why": f"reason {number}"})
        await admin.sees(f"Name {number}”")
    first = message_of(await carter.types("/plan decisions"))
    assert "Name 9" in first.text
    assert "Name 0" not in first.text
    second = message_of(await carter.clicks(first, "Earlier ones"))
    assert "Name 0" in second.text
    assert "Name 9" in message_of(await carter.clicks(second, "Later ones")).text


async def test_a_plan_of_any_size_can_be_chosen_from(sqlite_url: str) -> None:
    await load(sqlite_url, PLANS / "hamilton-2023-2026.yml")
    async with open_workspace() as slack, planbot(slack, sqlite_url):
        admin = slack.member("Ada", user_id=ADMINISTRATOR)
        assert (await admin.types("/plan change")).message is not None


async def test_a_form_that_comes_twice_is_kept_and_told_once(slack: Workspace, admin: Person, carter: Person) -> None:
    slack.faults.deliver_twice(name="view_submission")
    await decides(admin, "A-12", {"Due date": "2027-06-30", "Why": "the vendor is late"})
    await slack.rests()
    assert (await admin.types("/plan decisions")).words.count("the vendor is late") == 1
    assert len([one for one in carter.messages() if "the vendor is late" in one.words]) == 1
