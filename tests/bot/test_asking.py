"""Members ask, in every place where they can."""

from datetime import UTC, datetime, timedelta

import time_machine

from bot.console.workspace import Channel, Person, Workspace


async def test_a_mention_is_answered_in_its_thread(carter: Person, plan_channel: Channel) -> None:
    asked = carter.mentions(plan_channel, "who owns A-03?")
    told = await plan_channel.next_message(thread_ts=asked.ts)
    assert "<@U05MALIKS>" in told.text
    assert told.thread_ts == asked.ts


async def test_a_question_in_a_thread_is_answered_in_that_thread(carter: Person, plan_channel: Channel) -> None:
    start = carter.says(plan_channel, "morning all")
    carter.mentions(plan_channel, "when is A-09 due", thread_ts=start.ts)
    told = await plan_channel.next_message(thread_ts=start.ts)
    assert "31 December 2026" in told.text


async def test_a_direct_message_is_answered_there(carter: Person) -> None:
    carter.says(carter.dm, "what is our vision")
    told = await carter.dm.next_message()
    assert "nobody hesitates to call us" in told.text


async def test_what_the_bot_says_itself_is_no_question(slack: Workspace, carter: Person) -> None:
    carter.says(carter.dm, "what is our vision")
    await carter.dm.next_message()
    await slack.rests()
    assert len(slack.calls("chat.postMessage")) == 1


async def test_a_command_is_answered_for_the_asker_alone_until_it_is_shared(
    carter: Person, plan_channel: Channel
) -> None:
    answer = await carter.types("/plan how many priorities do we have", channel=plan_channel)
    assert answer.message is not None
    assert answer.message.ephemeral
    await carter.clicks(answer.message, "Share in this channel")
    shared = await plan_channel.shows("<@U02CARTER> asked: how many priorities do we have")
    assert "4" in shared.text
    assert not shared.ephemeral


async def test_a_question_that_slack_delivers_twice_is_answered_once(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    slack.faults.deliver_twice()
    asked = carter.mentions(plan_channel, "what is our mission")
    await plan_channel.next_message(thread_ts=asked.ts)
    await slack.rests()
    assert len(plan_channel.thread(asked.ts)) == 1


async def test_what_the_plan_does_not_hold_is_not_answered(carter: Person) -> None:
    carter.says(carter.dm, "what's the capital of peru")
    told = await carter.dm.next_message()
    assert "does not say" in told.text or "plan" in told.text


async def test_a_person_named_in_markup_is_data(carter: Person) -> None:
    carter.says(carter.dm, "who owns <!channel> & *A-03*")
    told = await carter.dm.next_message()
    assert "<!channel>" not in told.text


async def test_the_overview_offers_questions_as_buttons(carter: Person) -> None:
    overview = await carter.types("/plan")
    assert overview.message is not None
    answer = await carter.clicks(overview.message, "What are our values?")
    assert "Courage" in answer.text


async def test_help_tells_the_commands(carter: Person) -> None:
    for command in ("/plan help", "/progress help", "/digest help"):
        assert command.split()[0] in (await carter.types(command)).text


async def test_a_button_of_the_past_does_no_harm(slack: Workspace, carter: Person) -> None:
    overview = await carter.types("/plan")
    assert overview.message is not None
    await slack.rests()
    assert slack.deliveries[-1].acked


async def test_slow_slack_is_waited_for_and_a_rate_limit_is_kept(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=1)
    asked = carter.mentions(plan_channel, "what is our mission")
    told = await plan_channel.next_message(thread_ts=asked.ts)
    assert "keep the peace" in told.text
    assert len(plan_channel.thread(asked.ts)) == 1


async def test_what_another_program_says_is_no_question(slack: Workspace, plan_channel: Channel) -> None:
    program = slack.member("Relay", is_bot=True)
    plan_channel.add(program)
    program.mentions(plan_channel, "what is our mission")
    await slack.rests()
    assert slack.calls("chat.postMessage") == []


async def test_a_follow_up_in_a_thread_leans_on_what_was_answered_there(carter: Person, plan_channel: Channel) -> None:
    asked = carter.mentions(plan_channel, "what is the firearms tracing desk")
    await plan_channel.next_message(thread_ts=asked.ts)
    carter.mentions(plan_channel, "who owns it", thread_ts=asked.ts)
    assert "<@U05MALIKS>" in (await plan_channel.next_message(thread_ts=asked.ts)).text
    carter.mentions(plan_channel, "and when is that due", thread_ts=asked.ts)
    assert "30 June 2026" in (await plan_channel.next_message(thread_ts=asked.ts)).text


async def test_a_follow_up_in_a_direct_message_picks_from_a_list(carter: Person) -> None:
    carter.says(carter.dm, "what are our values")
    await carter.dm.next_message()
    carter.says(carter.dm, "the second one")
    assert "We listen before we talk" in (await carter.dm.next_message()).text


async def test_another_thread_has_its_own_conversation(carter: Person, plan_channel: Channel) -> None:
    asked = carter.mentions(plan_channel, "what is the firearms tracing desk")
    await plan_channel.next_message(thread_ts=asked.ts)
    elsewhere = carter.mentions(plan_channel, "who owns it")
    assert "<@U05MALIKS>" not in (await plan_channel.next_message(thread_ts=elsewhere.ts)).text


async def test_after_half_an_hour_a_conversation_is_over(carter: Person) -> None:
    carter.says(carter.dm, "what is the firearms tracing desk")
    await carter.dm.next_message()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        carter.says(carter.dm, "who owns it")
        assert "<@U05MALIKS>" not in (await carter.dm.next_message()).text
