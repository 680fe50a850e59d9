"""Where a digest can come: public channels, private ones with the bot, the messages with it; and what else is told."""

from bot.console.workspace import Person, Workspace
from tests.bot.subscriptions import listed, subscribe

LINE = "/digest weekly monday 09:00"
AMONG_PEOPLE = "it needs a channel, or the messages with me"


async def test_the_bot_joins_a_public_channel_by_itself(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#open", members=[carter], with_app=False)
    await carter.types(LINE, channel=channel)
    await channel.shows("set up a digest")


async def test_a_private_channel_is_told_to_invite_the_bot(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#closed", members=[carter], private=True, with_app=False)
    assert "/invite" in (await carter.types(LINE, channel=channel)).text
    assert "no digest" in (await listed(carter, channel)).text
    channel.add(slack.bot)
    await carter.types(LINE, channel=channel)
    await channel.shows("set up a digest")


async def test_a_form_in_a_private_channel_tells_to_invite_the_bot(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#closed", members=[carter], private=True, with_app=False)
    form = (await carter.clicks(await listed(carter, channel), "New digest")).view
    assert form is not None
    assert "/invite @planbot" in (await carter.submits(form)).errors["scope"]


async def test_an_archived_channel_is_told_so(carter: Person, slack: Workspace) -> None:
    channel = slack.channel("#old", members=[carter])
    channel.archive(carter)
    assert "archived" in (await carter.types(LINE, channel=channel)).text
    assert "no digest" in (await listed(carter, channel)).text


async def test_a_digest_comes_to_the_messages_with_the_bot(carter: Person) -> None:
    done = await subscribe(carter, carter.dm, "weekly monday 09:00")
    assert done.text.startswith("Done: you get the digest of the whole plan every Monday")
    assert "You get 1 digest" in (await listed(carter)).text
    assert not [one for one in carter.dm.messages if "for this channel" in one.text]


async def test_a_conversation_of_two_is_told_that_a_digest_needs_a_channel(slack: Workspace, carter: Person) -> None:
    dm = carter.dm_with(slack.member("Dana"))
    for typed in (LINE, "/digest"):
        told = (await carter.types(typed, channel=dm)).text
        assert AMONG_PEOPLE in told
        assert "/invite" not in told


async def test_a_group_s_conversation_is_told_that_a_digest_needs_a_channel(slack: Workspace, carter: Person) -> None:
    people = [carter, slack.member("Dana"), slack.member("Eli")]
    group = slack.channel("mpdm-carter--dana--eli-1", members=people, private=True, with_app=False)
    told = (await carter.types(LINE, channel=group)).text
    assert AMONG_PEOPLE in told
    assert "/invite" not in told


async def test_a_form_opened_among_people_leads_to_the_messages_with_the_bot(slack: Workspace, carter: Person) -> None:
    form = (await carter.types("/digest new", channel=carter.dm_with(slack.member("Dana")))).view
    assert form is not None
    assert (await carter.submits(form)).closed
    await carter.sees("Done: you get the digest")
    assert "You get 1 digest" in (await listed(carter)).text


async def test_a_digest_that_was_paused_is_not_resumed_where_it_cannot_come(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#plan", members=[carter])
    await subscribe(carter, channel, "weekly monday 09:00")
    await carter.types("/digest pause", channel=channel)
    channel.archive(carter)
    assert "archived" in (await carter.types("/digest resume", channel=channel)).text
    channel.unarchive(carter)
    assert "Resumed" in (await carter.types("/digest resume", channel=channel)).text


async def test_slack_in_trouble_is_no_reason_to_lose_a_subscription(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#plan", members=[carter])
    slack.faults.http_error("conversations.join", 500)
    slack.faults.http_error("chat.postMessage", 500)
    assert "Done" in (await carter.types(LINE, channel=channel)).text
