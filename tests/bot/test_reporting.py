"""Owners report progress, and nobody else does."""

import pytest

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.running import load, open_workspace, planbot


async def test_what_was_recorded_is_told_from_before_to_after(carter: Person, plan_channel: Channel) -> None:
    answer = await carter.types("/progress A-12 70% at risk: waiting for procurement", channel=plan_channel)
    assert "on track, 65 % → at risk, 70 %" in answer.text
    assert "waiting for procurement" in answer.text


async def test_a_misspelt_piece_of_the_title_names_the_action(carter: Person) -> None:
    answer = await carter.types("/progress vido evidence 70%")
    assert "A-12" in answer.text
    assert "70 %" in answer.text


async def test_anybody_else_is_refused_and_told_the_owner(slack: Workspace, carter: Person) -> None:
    dana = slack.member("Dana")
    refused = await dana.types("/progress A-12 90%")
    assert "<@U02CARTER>" in refused.text
    assert "Nothing was recorded" in refused.text
    carter.says(carter.dm, "status of A-12")
    assert "65 %" in (await carter.dm.next_message()).text


async def test_an_owner_named_by_address_is_recognised(slack: Workspace) -> None:
    sandhu = slack.member("Sandhu", email="R.Sandhu@example.org")
    answer = await sandhu.types("/progress A-05 85% on track: the faults are mended")
    assert "at risk, 80 % → on track, 85 %" in answer.text


async def test_an_administrator_reports_on_behalf_of_the_owner(admin: Person) -> None:
    answer = await admin.types("/progress A-12 70%")
    assert "on behalf of <@U02CARTER>" in answer.text


async def test_an_update_delivered_twice_is_kept_once(slack: Workspace, carter: Person) -> None:
    slack.faults.deliver_twice()
    await carter.types("/progress A-12 +5%: twice told")
    await slack.rests()
    history = await carter.types("/progress A-12 history")
    assert history.words.count("twice told") == 1
    assert "70 %" in history.text


async def test_an_unknown_action_offers_the_likely_ones(carter: Person) -> None:
    answer = await carter.types("/progress evidnce systm 70%")
    assert answer.message is not None
    assert any("A-12" in label for label in answer.message.buttons) or "A-12" in answer.text


async def test_words_that_name_nothing_are_told_so(carter: Person) -> None:
    answer = await carter.types("/progress zebra crossing xylophone 70%")
    assert "names no action" in answer.text


@pytest.mark.parametrize("typed", ["A-12 101%", "A-12 250 %"])
async def test_a_percentage_beyond_all_is_refused(carter: Person, typed: str) -> None:
    assert "0 to 100" in (await carter.types(f"/progress {typed}")).text


async def test_an_update_is_taken_back(carter: Person) -> None:
    await carter.types("/progress A-12 90% off track: by mistake")
    undone = await carter.types("/progress undo")
    assert "Taken back" in undone.text
    carter.says(carter.dm, "status of A-12")
    assert "On track, 65 %" in (await carter.dm.next_message()).text


async def test_there_is_nothing_to_take_back(carter: Person) -> None:
    assert "nothing to undo" in (await carter.types("/progress undo")).text


async def test_the_form_records_an_update(carter: Person, plan_channel: Channel) -> None:
    form = (await carter.types("/progress A-12", channel=plan_channel)).view
    assert form is not None
    wrong = await carter.submits(form, {"Percent complete": "12o"})
    assert "0 to 100" in "".join(wrong.errors.values())
    done = await carter.submits(form, {"Percent complete": "80", "Note": "cabling is done <!channel>"})
    assert done.closed
    receipt = await carter.sees("on track, 65 % → on track, 80 %", channel=plan_channel)
    assert receipt.ephemeral
    assert "<!channel>" not in receipt.text


async def test_another_action_chosen_in_the_form_loads_its_state(slack: Workspace) -> None:
    whitfield = slack.member("Malik", user_id="U10HADDAD")
    form = (await whitfield.types("/progress A-10")).view
    assert form is not None
    assert "off track, 60 %" in form.words
    other = await whitfield.clicks(form, "Action", value="A-11 Pilot a wellness check-in app")
    assert other.view is not None
    assert "cancelled at 20 %" in other.view.words


async def test_a_member_without_actions_is_told_so(slack: Workspace) -> None:
    dana = slack.member("Dana")
    assert "You own no action" in (await dana.types("/progress")).text
    assert "You own no action" in (await dana.types("/progress mine")).text


async def test_ones_own_actions_are_listed_with_their_forms(carter: Person) -> None:
    mine = await carter.types("/progress mine")
    assert mine.message is not None
    assert "A-12" in mine.words
    assert "A-01" in mine.words
    form = await carter.clicks(mine.message, action_id="progress:open:0")
    assert form.view is not None
    assert "A-12" in form.view.words


async def test_peoples_words_are_shown_as_typed(carter: Person) -> None:
    answer = await carter.types("/progress A-12 66%: <!channel> *all* & <@U05MALIKS> ~done~")
    assert "<!channel>" not in answer.text
    assert "<@U05MALIKS>" not in answer.text


async def test_a_recorded_update_survives_the_process(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            await carter.types("/progress A-12 71%: before the restart")
        async with planbot(slack, sqlite_url):
            history = await carter.types("/progress A-12 history")
    assert "before the restart" in history.words


async def test_trouble_reaches_the_person_with_a_reference(slack: Workspace, carter: Person) -> None:
    slack.faults.fail("views.open", "view_too_large")
    answer = await carter.types("/progress A-12")
    assert "reference" in answer.text
    assert "view_too_large" not in answer.text


async def test_a_form_that_came_too_late_is_to_be_asked_for_again(slack: Workspace, carter: Person) -> None:
    slack.faults.fail("views.open", "expired_trigger_id")
    assert "try once more" in (await carter.types("/progress A-12")).text


async def test_a_receipt_that_cannot_be_shown_at_once_comes_later_and_the_update_is_kept_once(
    slack: Workspace, carter: Person
) -> None:
    slack.faults.drop("response_url")
    slack.faults.http_error("chat.postMessage", 500)
    await carter.types("/progress A-12 72%: shown in the end", within=None)
    await carter.sees("72 %")
    history = await carter.types("/progress A-12 history")
    assert history.words.count("shown in the end") == 1


async def test_an_owner_by_address_is_not_refused_because_slack_does_not_tell(slack: Workspace) -> None:
    await slack.next_call("users.lookupByEmail", after=3)  # when nobody has the address yet
    await slack.rests()
    sandhu = slack.member("Sandhu", email="r.sandhu@example.org")
    slack.faults.fail("users.info", "ratelimited")
    told = await sandhu.types("/progress A-05 85%")
    assert "cannot ask Slack just now" in told.text


async def test_slack_may_not_tell_who_somebody_is(slack: Workspace, carter: Person) -> None:
    slack.faults.drop("users.info")
    assert "72 %" in (await carter.types("/progress A-12 72%")).text
