"""The main job from end to end, over a WebSocket and over signed HTTP."""

from datetime import UTC, datetime

import time_machine

from bot.console.workspace import Workspace


async def test_a_question_an_update_and_a_digest(slack_both_ways: Workspace) -> None:
    slack = slack_both_ways
    carter = slack.member("Carter", user_id="U02CARTER")
    dana = slack.member("Dana")
    channel = slack.channel("#plan", members=[carter, dana])
    now = datetime.now(UTC)  # the digest looks back to this minute, which may be over before it is subscribed

    asked = dana.mentions(channel, "what are our values")
    told = await channel.next_message(thread_ts=asked.ts)
    assert "Humility" in told.words
    assert "Humility" in told.text

    kept = await carter.types("/progress A-12 75% at risk: interview rooms wait for cabling", channel=channel)
    assert "on track, 65 % → at risk, 75 %" in kept.text
    assert kept.message is not None
    assert kept.message.ephemeral

    refused = await dana.types("/progress A-12 99%", channel=channel)
    assert "<@U02CARTER>" in refused.text

    home = await carter.opens_home()
    assert home is not None
    assert "A-12" in home.words
    assert "at risk, 75 %" in home.words

    due = f"{now:%A} {now:%H:%M}"
    await dana.types(f"/digest weekly {due} UTC", channel=channel)
    await channel.shows("set up a digest")
    with time_machine.travel(now.replace(second=1).timestamp() + 7 * 86_400):
        digest = await channel.shows("interview rooms wait for cabling")
    assert "Weekly digest" in digest.text
    assert digest.metadata is not None
