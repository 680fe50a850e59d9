"""The shortcuts over the wire: the form from anywhere, and a message made into an update."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.console.workspace import Channel, Person, SeenMessage, View, Workspace
from bot.listeners.shortcuts import named_in
from bot.manifest import MESSAGE_SHORTCUT, REPORT_SHORTCUT
from commands.progress.choices import Choices
from store.plan import Action


def held(form: View, field: str) -> Any:
    """What a field holds."""
    block = next(block for block in form.values if block.partition(":")[0] == field)
    element = next(iter(form.values[block].values()))
    return next((value for key, value in element.items() if key != "type"), None)


async def form_from(person: Person, message: SeenMessage) -> View:
    """The form with a message in it."""
    form = (await person.uses_shortcut(MESSAGE_SHORTCUT, message=message)).view
    assert form is not None
    return form


async def test_the_global_shortcut_opens_the_form(slack: Workspace, carter: Person) -> None:
    form = (await carter.uses_shortcut(REPORT_SHORTCUT)).view
    assert form is not None
    assert held(form, "action")["value"] == "A-12"
    assert (await carter.submits(form, {"Percent complete": "66"})).closed
    await carter.sees("65 % → on track, 66 %", channel=carter.dm)
    assert slack.bot


async def test_whoever_has_nothing_to_report_on_is_told_so(slack: Workspace, plan_channel: Channel) -> None:
    dana = slack.member("Dana")
    assert "You own no action" in (await dana.uses_shortcut(REPORT_SHORTCUT)).text
    dana.joins(plan_channel)
    said = dana.says(plan_channel, "we are done")
    assert "You own no action" in (await dana.uses_shortcut(MESSAGE_SHORTCUT, message=said)).text


async def test_a_message_becomes_the_note_and_its_address_the_evidence(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    dana = slack.member("Dana", real_name="Dana Whitfield")
    dana.joins(plan_channel)
    said = dana.says(plan_channel, "*Cabling* is _done_, says @carter in #plan & <twice>")
    form = await form_from(carter, said)
    assert held(form, "note") == "Cabling is done, says @Carter in #plan & <twice>"
    assert held(form, "evidence").endswith(f"/archives/{plan_channel.id}/p{said.ts.replace('.', '')}")
    assert "read by everyone" in form.words
    assert (await carter.submits(form, {"Percent complete": "66"})).closed
    receipt = await carter.sees("65 % → on track, 66 %", channel=plan_channel)
    assert receipt.ephemeral
    assert "Cabling is done" in receipt.words
    assert said.ts.replace(".", "") in receipt.text


async def test_the_words_of_the_message_go_along_to_another_action(carter: Person, plan_channel: Channel) -> None:
    form = await form_from(carter, carter.says(plan_channel, "patrols have begun"))
    refused = await carter.submits(form, {"Note": "patrols have begun today", "Percent complete": "x"})
    assert refused.view is not None
    other = "A-01 Map collision hot spots and patrol them"
    moved = (await carter.clicks(refused.view, "Action or indicator", value=other)).view
    assert moved is not None
    assert held(moved, "note") == "patrols have begun today"
    assert "/archives/" in held(moved, "evidence")
    assert held(moved, "percent") == "100"
    indicator = next(
        one["text"]["text"]
        for control in moved.controls
        for one in control.options
        if one["text"]["text"].startswith("ksi")
    )
    measuring = (await carter.clicks(moved, "Action or indicator", value=indicator)).view
    assert measuring is not None
    assert held(measuring, "note") == "patrols have begun today"


async def test_a_message_that_names_an_action_is_put_into_its_form(admin: Person, plan_channel: Channel) -> None:
    form = await form_from(admin, admin.says(plan_channel, "for a-06: two nurses start in January"))
    assert held(form, "action")["value"] == "A-06"


async def test_a_message_too_long_for_a_note_is_cut_and_said_to_be(carter: Person, plan_channel: Channel) -> None:
    form = await form_from(carter, carter.says(plan_channel, "word " * 900))
    assert "4,499 characters" in form.words
    assert "first 3,000" in form.words
    assert len(held(form, "note")) <= 3_000
    assert (await carter.submits(form)).closed
    await carter.sees("A-12", channel=plan_channel)


async def test_a_message_where_the_bot_is_not_has_an_address_all_the_same(slack: Workspace, carter: Person) -> None:
    secret = slack.channel("#secret", private=True, members=[carter], with_app=False)
    said = carter.says(secret, "the lease is signed")
    form = await form_from(carter, said)
    assert held(form, "evidence") == f"https://riverbend.slack.com/archives/{secret.id}/p{said.ts.replace('.', '')}"
    assert held(form, "note") == "the lease is signed"


async def test_a_reply_in_a_thread_has_the_address_that_leads_there(slack: Workspace, carter: Person) -> None:
    secret = slack.channel("#secret", private=True, members=[carter], with_app=False)
    parent = carter.says(secret, "how is the lease?")
    form = await form_from(carter, carter.says(secret, "signed", thread_ts=parent.ts))
    assert held(form, "evidence").endswith(f"?thread_ts={parent.ts}&cid={secret.id}")


@pytest.mark.parametrize("method", ["chat.getPermalink", "users.info"])
async def test_what_slack_does_not_tell_is_done_without(
    slack: Workspace, carter: Person, plan_channel: Channel, method: str
) -> None:
    said = carter.says(plan_channel, "asked <@U02CARTER>")
    slack.faults.fail(method, "internal_error", times=5)
    form = await form_from(carter, said)
    assert held(form, "note").startswith("asked @")
    assert "/archives/" in held(form, "evidence")


async def test_a_message_of_blocks_alone_is_read_too(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Nightly report*: 3 of 5 sites wired"}}]
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    await client.api_call("chat.postMessage", json={"channel": plan_channel.id, "blocks": blocks})
    form = await form_from(carter, await carter.sees("Nightly report", channel=plan_channel))
    assert held(form, "note") == "Nightly report: 3 of 5 sites wired"


async def test_a_shortcut_too_late_for_its_form_is_to_be_used_again(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    said = carter.says(plan_channel, "done")
    slack.faults.fail("views.open", "expired_trigger_id", times=2)
    assert "try once more" in (await carter.uses_shortcut(MESSAGE_SHORTCUT, message=said)).text
    assert "try once more" in (await carter.uses_shortcut(REPORT_SHORTCUT)).text


NAMED = {
    "A-1 is done": "A-1",
    "(a-12)": "A-12",
    "A-1 and A-12": None,
    "A-123": None,
    "AA-1": None,
    "nothing": None,
}


@pytest.mark.parametrize("words", NAMED)
def test_a_key_in_a_message_names_its_action(words: str) -> None:
    offered = Choices(yours=(Action(key="A-1", title="One"), Action(key="A-12", title="Twelve")))
    found = named_in(words, offered)
    assert (found.key if found else None) == NAMED[words]
