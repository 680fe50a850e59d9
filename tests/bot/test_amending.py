"""What owners report late is taken up in the digest that is there, for a day."""

from bot.console.workspace import Channel, Person, SeenMessage, Workspace
from tests.bot.digest_days import digests, later, subscribe

LATE_NOTE = "the vendor has signed"


async def posted(slack: Workspace, channel: Channel, carter: Person) -> SeenMessage:
    """The channel's digest of the week in which the owner had reported once."""
    await subscribe(carter, channel)
    with later(days=2):
        await carter.types("/progress A-12 at risk: waiting for the vendor", channel=channel)
        await carter.sees("waiting for the vendor", channel=channel)
    with later(days=7):
        digest = await channel.shows("Weekly digest")
        await slack.rests()
    return digest


async def test_a_late_update_amends_the_digest_and_says_so(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    before = await posted(slack, plan_channel, carter)
    assert "waiting for the vendor" in before.words
    with later(days=7, hours=2):
        await carter.types(f"/progress A-12 70% on track: {LATE_NOTE}", channel=plan_channel)
        after = await plan_channel.shows(lambda message: message.ts == before.ts and LATE_NOTE in message.words)
        await slack.rests(quiet=0.4)
    assert "Amended on" in after.words
    assert len(digests(plan_channel)) == 1


async def test_what_it_does_not_name_waits_for_the_next_one(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    before = await posted(slack, plan_channel, carter)
    assert "A-01" not in before.words
    with later(days=7, hours=2):
        await carter.types("/progress A-01 complete: opened today", channel=plan_channel)
        await slack.rests(quiet=0.4)
    assert slack.calls("chat.update") == []


async def test_after_a_day_it_stays_as_it_is(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    await posted(slack, plan_channel, carter)
    with later(days=8, hours=1):
        await carter.types(f"/progress A-12 70% on track: {LATE_NOTE}", channel=plan_channel)
        await slack.rests(quiet=0.4)
    assert slack.calls("chat.update") == []


async def test_slack_was_in_trouble_when_it_was_to_be_amended(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    before = await posted(slack, plan_channel, carter)
    slack.faults.http_error("chat.update")
    with later(days=7, hours=2):
        await carter.types(f"/progress A-12 70% on track: {LATE_NOTE}", channel=plan_channel)
        await slack.rests(quiet=0.4)
    with later(days=7, hours=2, minutes=5):
        await plan_channel.shows(lambda message: message.ts == before.ts and LATE_NOTE in message.words)


async def test_a_digest_that_somebody_deleted_is_let_be(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await posted(slack, plan_channel, carter)
    slack.faults.fail("chat.update", "message_not_found", times=100)
    with later(days=7, hours=2):
        await carter.types(f"/progress A-12 70% on track: {LATE_NOTE}", channel=plan_channel)
        await slack.rests(quiet=0.4)
    for minutes in (5, 10, 15):
        with later(days=7, hours=2, minutes=minutes):
            await slack.rests(quiet=0.4)
    assert len(slack.calls("chat.update")) == 1
