"""The ledger of digests in the App Home of administrators, over the wire."""

from datetime import UTC, datetime

from bot.console.workspace import Channel, Person, Workspace
from tests.bot.digest_days import digest_in, later

PAUSED, LAST = "Digests that are paused", "The last digests"


async def home_of(person: Person) -> str:
    """What somebody's App Home says."""
    home = await person.opens_home()
    assert home is not None
    return home.words


async def test_administrators_see_what_was_posted_when(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    assert LAST not in await home_of(admin)
    await digest_in(slack, plan_channel, carter)
    with later(days=7, minutes=1):
        shown = await home_of(admin)
    assert LAST in shown
    assert f"<#{plan_channel.id}> the whole plan, due" in shown
    assert "posted at" in shown
    assert "Times are on your clock (America/" in shown
    assert LAST not in await home_of(carter)


async def test_administrators_see_what_came_late_and_what_is_not_there_yet(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    now = datetime.now(UTC)
    await carter.types(f"/digest weekly {now:%A %H:%M} UTC", channel=plan_channel, within=None)
    await carter.sees("Done: this channel", channel=plan_channel)
    slack.faults.fail("chat.postMessage", "internal_error")
    with later(days=7, minutes=1):
        await slack.next_call("chat.postMessage", after=len(slack.calls("chat.postMessage")))
        await slack.rests()
        assert "being posted: attempt 1, in the hands of" in await home_of(admin)
    slack.faults.fail("conversations.history", "internal_error")
    with later(days=7, hours=2):
        await slack.next_call("conversations.history")
        await slack.rests()
    with later(days=7, hours=2, minutes=5):
        assert "not posted yet" in await home_of(admin)
    with later(days=7, hours=4):
        await plan_channel.shows("Weekly digest")
        await slack.rests()
        shown = await home_of(admin)
    assert "hours late" in shown
    assert "after 3 attempts" in shown


async def test_administrators_see_what_is_paused_and_why(
    slack: Workspace, carter: Person, admin: Person, plan_channel: Channel
) -> None:
    await digest_in(slack, plan_channel, carter)
    plan_channel.archive(admin)
    with later(days=14):
        await carter.sees("could not be posted", channel=carter.dm)
        shown = await home_of(admin)
    assert PAUSED in shown
    assert "the channel is archived" in shown
    assert "*not posted*: paused" in shown
