"""The buttons below a digest, pressed over the wire."""

import pytest

from bot.console.workspace import Channel, Person, SeenMessage, View, Workspace
from tests.bot.digest_days import digest_in, later
from tests.bot.running import load, open_workspace, planbot

ASK, UPDATE, MUTE, UNMUTE = "Ask about this", "Update mine", "Mute for me", "digest:unmute"


@pytest.fixture
async def digest(slack: Workspace, carter: Person, plan_channel: Channel) -> SeenMessage:
    """A digest of the whole plan in #plan."""
    await carter.types("/progress A-12 70% at risk: cabling is late", channel=plan_channel)
    return await digest_in(slack, plan_channel, carter)


async def question_form(person: Person, digest: SeenMessage) -> View:
    """The form behind 'Ask about this'."""
    form = (await person.clicks(digest, ASK)).view
    assert form is not None
    return form


async def test_update_mine_opens_the_form_of_ones_own(
    carter: Person, plan_channel: Channel, digest: SeenMessage
) -> None:
    form = (await carter.clicks(digest, UPDATE)).view
    assert form is not None
    assert "A-12" in form.words
    assert (await carter.submits(form, {"Percent complete": "75"})).closed
    receipt = await carter.sees("70 % → at risk, 75 %", channel=plan_channel)
    assert receipt.ephemeral


async def test_update_mine_tells_who_owns_nothing(slack: Workspace, plan_channel: Channel, digest: SeenMessage) -> None:
    dana = slack.member("Dana")
    dana.joins(plan_channel)
    answer = await dana.clicks(digest, UPDATE)
    assert answer.message is not None
    assert answer.message.ephemeral
    assert "You own no action or indicator" in answer.text


async def test_a_question_about_it_is_answered_for_the_asker_alone(
    carter: Person, plan_channel: Channel, digest: SeenMessage
) -> None:
    form = await question_form(carter, digest)
    assert "This digest names A-12" in form.words
    assert (await carter.submits(form, {"Your question": "who owns A-03?"})).closed
    told = await carter.sees(lambda one: one.ephemeral and "U05MALIKS" in one.text, channel=plan_channel)
    assert "Share in this channel" in told.buttons


async def test_such_a_question_is_counted_once(
    slack: Workspace, carter: Person, admin: Person, digest: SeenMessage
) -> None:
    form = await question_form(carter, digest)
    slack.faults.deliver_twice(name="view_submission")
    await carter.submits(form, {"Your question": "what's the capital of peru"})
    await slack.rests()
    assert "capital of peru" in (await admin.types("/plan gaps")).words
    assert "1 question" in (await admin.types("/plan gaps")).words


async def test_a_form_without_a_question_says_so(carter: Person, digest: SeenMessage) -> None:
    form = await question_form(carter, digest)
    assert "Type a question" in str((await carter.submits(form, {"Your question": "   "})).errors)


async def test_a_question_asked_half_an_hour_later_is_answered_in_the_direct_message(
    carter: Person, digest: SeenMessage
) -> None:
    form = await question_form(carter, digest)
    with later(days=7, minutes=45):
        await carter.submits(form, {"Your question": "who owns A-03?"})
        await carter.sees("U05MALIKS", channel=carter.dm)


async def test_who_mutes_it_is_named_without_being_mentioned_in_all_channels(
    slack: Workspace, carter: Person, plan_channel: Channel, digest: SeenMessage
) -> None:
    other = slack.channel("#other", members=[carter])
    told = (await carter.clicks(digest, MUTE)).message
    assert told is not None
    assert told.ephemeral
    assert "without mentioning you" in told.text
    muted = await digest_in(slack, other, carter, "mention owners")
    assert f"<@{carter.id}>" not in str(muted.blocks) + muted.text
    assert "carter" in muted.words
    await carter.clicks(told, "Undo")
    await carter.sees("Digests mention you again", channel=plan_channel)
    third = slack.channel("#third", members=[carter])
    assert f"<@{carter.id}>" in str((await digest_in(slack, third, carter, "mention owners")).blocks)


async def test_muting_twice_is_as_muting_once(slack: Workspace, carter: Person, digest: SeenMessage) -> None:
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(digest, MUTE)
    await carter.clicks(digest, MUTE)
    await slack.rests()
    home = await carter.opens_home()
    assert home is not None
    assert "without mentioning me: on" in home.words


async def test_the_app_home_has_the_switch(slack: Workspace, carter: Person) -> None:
    home = await carter.opens_home()
    assert home is not None
    assert "without mentioning me: off" in home.words
    switched = (await carter.clicks(home, "Do not mention me")).view
    assert switched is not None
    assert "without mentioning me: on" in switched.words
    again = (await carter.clicks(switched, "Mention me again")).view
    assert again is not None
    assert "without mentioning me: off" in again.words
    assert slack.unknown_methods == ()


async def test_what_one_process_is_told_the_other_heeds(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        async with planbot(slack, sqlite_url):
            home = await carter.opens_home()
            assert home is not None
            await carter.clicks(home, "Do not mention me")
        async with planbot(slack, sqlite_url):
            home = await carter.opens_home()
            assert home is not None
            assert "without mentioning me: on" in home.words
