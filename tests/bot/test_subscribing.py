"""A channel subscribes to its digest."""

from bot.console.workspace import Channel, Person, Workspace


async def test_a_subscription_is_confirmed_and_introduced(carter: Person, plan_channel: Channel) -> None:
    answer = await carter.types("/digest weekly monday 09:00 America/Toronto", channel=plan_channel)
    introduced = await plan_channel.shows("set up a digest")
    assert "<@U02CARTER>" in introduced.text
    assert "every Monday at 09:00 (America/Toronto)" in introduced.text
    assert answer.message is not None


async def test_without_a_zone_it_is_the_plans(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest weekly friday 4pm", channel=plan_channel)
    assert "every Friday at 16:00 (America/Winnipeg)" in (await plan_channel.shows("set up a digest")).text


async def test_a_priority_may_be_its_scope(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest weekly monday 09:00 safer streets", channel=plan_channel)
    assert "Safer Streets and Homes" in (await plan_channel.shows("set up a digest")).text


async def test_what_was_not_understood_is_named(carter: Person, plan_channel: Channel) -> None:
    assert "Mars/Base" in (await carter.types("/digest weekly monday 09:00 Mars/Base", channel=plan_channel)).text
    assert "at what time" in (await carter.types("/digest weekly monday", channel=plan_channel)).text


async def test_the_bot_joins_a_public_channel_by_itself(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#open", members=[carter], with_app=False)
    await carter.types("/digest weekly monday 09:00", channel=channel)
    await channel.shows("set up a digest")


async def test_a_private_channel_is_told_to_invite_the_bot(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#closed", members=[carter], private=True, with_app=False)
    answer = await carter.types("/digest weekly monday 09:00", channel=channel)
    assert "/invite" in answer.text
    assert "no digest" in (await carter.types("/digest", channel=channel)).text


async def test_a_preview_is_for_one_person(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/progress A-12 70%: cabling is done", channel=plan_channel)
    preview = await carter.types("/digest preview", channel=plan_channel)
    assert preview.message is not None
    assert preview.message.ephemeral
    assert "cabling is done" in preview.words
    assert "Needs attention" in preview.words


async def test_what_is_subscribed_is_shown_and_stopped(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest weekly monday 09:00", channel=plan_channel)
    await carter.sees("Done: this channel", channel=plan_channel)
    assert "every Monday at 09:00" in (await carter.types("/digest", channel=plan_channel)).text
    assert "Stopped" in (await carter.types("/digest off", channel=plan_channel)).text
    assert "no digest" in (await carter.types("/digest", channel=plan_channel)).text
    assert "nothing to stop" in (await carter.types("/digest off", channel=plan_channel)).text


async def test_only_its_maker_and_administrators_change_it(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    dana = slack.member("Dana")
    plan_channel.add(dana)
    await carter.types("/digest weekly monday 09:00", channel=plan_channel)
    await carter.sees("Done: this channel", channel=plan_channel)
    assert "<@U02CARTER>" in (await dana.types("/digest off", channel=plan_channel)).text
    assert "Stopped" in (await admin.types("/digest off", channel=plan_channel)).text


async def test_an_archived_channel_is_told_so(carter: Person, plan_channel: Channel) -> None:
    plan_channel.archive(carter)
    answer = await carter.types("/digest weekly monday 09:00", channel=plan_channel)
    assert "archived" in answer.text
    assert "no digest" in (await carter.types("/digest", channel=plan_channel)).text


async def test_slack_in_trouble_is_no_reason_to_lose_a_subscription(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    slack.faults.http_error("chat.postMessage", 500)
    assert "Done" in (await carter.types("/digest weekly monday 09:00", channel=plan_channel)).text


async def test_everyday_words_subscribe_at_other_intervals(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest every other tuesday at 10", channel=plan_channel)
    await plan_channel.shows("every other Tuesday at 10:00 (America/Winnipeg)")
    await carter.types("/digest last friday of every month 3pm eastern calm our roads", channel=plan_channel)
    introduced = await plan_channel.shows("on the last Friday of every month at 15:00 (America/Toronto)")
    assert "Calm Our Roads" in introduced.text


async def test_a_department_may_be_its_scope(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest mondays 9am for the trafic department", channel=plan_channel)
    assert "the department Traffic" in (await plan_channel.shows("set up a digest")).text


async def test_several_in_one_channel_are_stopped_one_by_one(carter: Person, plan_channel: Channel) -> None:
    for words in ("weekly monday 09:00", "weekly monday 09:00 traffic"):
        await carter.types(f"/digest {words}", channel=plan_channel)
    await carter.sees("Done: this channel gets the digest of the department Traffic", channel=plan_channel)
    assert "the department Traffic" in (await carter.types("/digest off traffic", channel=plan_channel)).text
    left = (await carter.types("/digest", channel=plan_channel)).text
    assert "the whole plan" in left
    assert "Traffic" not in left


async def test_an_hour_that_may_be_two_is_asked_about(carter: Person, plan_channel: Channel) -> None:
    answer = await carter.types("/digest fridays at 4", channel=plan_channel)
    assert "morning or in the afternoon" in answer.text
    assert "/digest weekly friday 16:00" in answer.text
    assert "no digest" in (await carter.types("/digest", channel=plan_channel)).text


async def test_words_for_several_zones_are_told_to_be_the_plans(carter: Person, plan_channel: Channel) -> None:
    await carter.types("/digest monday 9am IST mention owners", channel=plan_channel)
    done = await carter.sees("Done: this channel", channel=plan_channel)
    assert "“IST” may be several zones" in done.text
    assert "are mentioned" in done.text
