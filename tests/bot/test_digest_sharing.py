"""A digest shared to another channel, over the wire: the same facts, once, and nobody is mentioned."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.blocks.digest_buttons import digest_buttons
from bot.console.workspace import Answer, Channel, Faults, Person, SeenMessage, View, Workspace
from bot.manifest import manifest
from tests.bot.digest_days import digest_in, later
from tests.bot.forming import action, at_work, plan_of, written
from tests.bot.running import load, names, open_workspace, planbot
from tests.bot.test_holding import is_nothing_held
from tests.slack.apps import client_of

SHARE = "Share to another channel"
OVERDUE = plan_of(*(action(number, start="2025-01-01", due="2026-01-31") for number in range(40)))
"""A plan whose digest has a thread."""


@pytest.fixture
async def digest(slack: Workspace, carter: Person, plan_channel: Channel) -> SeenMessage:
    """A digest of the whole plan in #plan, that mentions owners."""
    await carter.types("/progress A-12 70% at risk: cabling is late", channel=plan_channel)
    return await digest_in(slack, plan_channel, carter, "mention owners")


@pytest.fixture
def target(slack: Workspace, carter: Person) -> Channel:
    """A public channel that the bot is no member of."""
    return slack.channel("#board", members=[carter], with_app=False)


async def share_form(person: Person, digest: SeenMessage) -> View:
    """The form behind 'Share to another channel'."""
    await person.clicks(digest, SHARE, within=None)
    return await person.sees_view()


async def shares(person: Person, digest: SeenMessage, to: Channel) -> Answer:
    """Somebody shares a digest."""
    return await person.submits(await share_form(person, digest), {"Channel": to.id})


def copies(channel: Channel) -> list[SeenMessage]:
    """The digests that were shared to a channel."""
    return [one for one in channel.messages if "shared this from" in one.text]


def threads(channel: Channel) -> list[SeenMessage]:
    """What stands in threads of a channel."""
    return [one for one in channel.messages if one.thread_ts not in (None, one.ts)]


async def test_the_other_channel_reads_the_same_facts(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel, plan_channel: Channel
) -> None:
    assert (await shares(carter, digest, target)).closed
    shared = await target.shows("shared this from")
    assert f"<@{carter.id}> shared this from <#{plan_channel.id}>" in shared.text
    assert "cabling is late" in shared.words
    assert "70 %" in shared.words
    assert shared.buttons == ()
    told = await carter.sees(f"Shared in <#{target.id}>", channel=plan_channel)
    assert told.ephemeral
    await slack.rests()
    assert len(copies(target)) == 1


async def test_nobody_is_mentioned_again(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    assert "<@U02CARTER>" in str(digest.blocks)
    await shares(carter, digest, target)
    shared = await target.shows("shared this from")
    await slack.rests()
    rest = [str(one.blocks) + one.text for one in target.messages if one.ts != shared.ts and one.by_app]
    own = "<@U02CARTER> shared this"
    assert "<@" not in "".join([str(shared.blocks).replace(own, ""), shared.text.replace(own, ""), *rest])
    assert "carter" in shared.words


async def test_a_form_handed_in_twice_shares_once(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    slack.faults.deliver_twice(name="view_submission")
    await shares(carter, digest, target)
    await target.shows("shared this from")
    await slack.rests()
    assert len(copies(target)) == 1


async def test_slack_accepted_it_and_the_connection_broke(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    form = await share_form(carter, digest)
    slack.faults.drop("chat.postMessage")
    with later(days=7, minutes=1):
        await carter.submits(form, {"Channel": target.id})
        await carter.sees(f"Shared in <#{target.id}>")
        await slack.rests()
    assert len(copies(target)) == 1


def told(person: Person, words: str) -> int:
    """How often somebody was told something, wherever."""
    return sum(words in one.text for one in person.messages())


LOST: dict[str, Callable[[Faults], None]] = {
    "no answer": lambda faults: faults.drop("chat.postMessage"),
    "500": lambda faults: faults.http_error("chat.postMessage", 500),
    "internal_error": lambda faults: faults.fail("chat.postMessage", "internal_error"),
}


@pytest.mark.parametrize("trouble", LOST.values(), ids=LOST)
async def test_where_nobody_can_tell_whether_it_is_there_it_is_looked_for_again(
    slack: Workspace,
    carter: Person,
    digest: SeenMessage,
    target: Channel,
    sqlite_url: str,
    trouble: Callable[[Faults], None],
) -> None:
    form = await share_form(carter, digest)
    trouble(slack.faults)
    slack.faults.fail("conversations.history", "internal_error")
    with later(days=7, minutes=1):
        await carter.submits(form, {"Channel": target.id})
        doubt = await carter.sees("may be there already")
    assert "need not share it again" in doubt.text
    with later(days=7, minutes=2):
        await carter.sees(f"Shared in <#{target.id}>")
        assert await is_nothing_held(sqlite_url)
    assert len(copies(target)) == 1
    assert told(carter, "try again") == 0


async def test_the_doubt_is_told_once_and_outlives_the_process(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        source, target = slack.channel("#plan", members=[carter]), slack.channel("#board", members=[carter])
        async with planbot(slack, sqlite_url):
            form = await share_form(carter, await digest_in(slack, source, carter))
            slack.faults.drop("chat.postMessage")
            slack.faults.fail("conversations.history", "missing_scope", times=2)
            with later(days=7, minutes=1):
                await carter.submits(form, {"Channel": target.id})
                await carter.sees("may be there already")
                await slack.rests()
        with later(days=7, minutes=2):
            async with planbot(slack, sqlite_url):
                await slack.next_call("conversations.history", after=1)
                await slack.rests()
                assert told(carter, "Shared in") == 0
                with later(minutes=6):
                    await carter.sees(f"Shared in <#{target.id}>")
        assert told(carter, "may be there already") == 1
        assert len(copies(target)) == 1


async def test_where_the_bot_is_no_member_yet_it_cannot_be_there(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    form = await share_form(carter, digest)
    slack.faults.fail("conversations.join", "internal_error")
    slack.faults.http_error("chat.postMessage", 500)
    with later(days=7, minutes=1):
        await carter.submits(form, {"Channel": target.id})
        await carter.sees("may be there already")
    with later(days=7, minutes=2):
        await carter.sees(f"Shared in <#{target.id}>")
    assert len(copies(target)) == 1


async def test_what_is_in_doubt_for_a_day_is_not_said_to_be_lost(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel, sqlite_url: str
) -> None:
    form = await share_form(carter, digest)
    slack.faults.drop("chat.postMessage")
    slack.faults.fail("conversations.history", "missing_scope", times=None)
    with later(days=7, minutes=1):
        await carter.submits(form, {"Channel": target.id})
        await carter.sees("may be there already")
        await slack.rests()
    with later(days=8, minutes=2):
        given_up = await carter.sees("stopped trying")
        assert await is_nothing_held(sqlite_url)
    assert f"in <#{target.id}>" in given_up.text
    assert "It may be there" in given_up.text
    assert told(carter, "*not* kept") == 0


def copy_besides(known: list[SeenMessage]) -> Callable[[SeenMessage], bool]:
    """Whether a message is a digest that was shared, and none of those."""
    before = {one.ts for one in known}
    return lambda one: "shared this from" in one.text and one.ts not in before


async def hands_in_unnamed(slack: Workspace) -> None:
    """The form that was handed in comes again with nothing that identifies it."""
    handed = next(one for one in slack.deliveries if one.name == "view_submission")
    payload = {name: value for name, value in handed.payload.items() if name != "trigger_id"}
    view = {name: value for name, value in payload["view"].items() if name != "id"}
    await slack.deliver_again(replace(handed, payload=payload | {"view": view}, attempts=[], finished=False))


async def test_what_nothing_identifies_can_be_shared_again_later(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    await shares(carter, digest, target)
    await target.shows("shared this from")
    for minutes in (0, 2):
        is_new = copy_besides(copies(target))
        with later(minutes=minutes):
            await hands_in_unnamed(slack)
            await target.shows(is_new)
    await slack.rests()
    assert len(copies(target)) == 3


async def test_what_nothing_identifies_is_not_promised_to_be_looked_for_again(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel
) -> None:
    await shares(carter, digest, target)
    await target.shows("shared this from")
    slack.faults.drop("chat.postMessage")
    slack.faults.fail("conversations.history", "internal_error")
    await hands_in_unnamed(slack)
    assert "Look there before you share it again" in (await carter.sees("may be there already")).text
    assert told(carter, "look again by myself") == 0


@pytest.mark.parametrize(
    ("sort", "says"), [("archived", "is archived"), ("private", "/invite @planbot"), ("own", "already")]
)
async def test_where_it_cannot_be_shown_the_field_says_so(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel, plan_channel: Channel, sort: str, says: str
) -> None:
    target.archive(carter)
    closed = slack.channel("#closed", members=[carter], private=True, with_app=False)
    to = {"archived": target, "private": closed, "own": plan_channel}[sort]
    answer = await shares(carter, digest, to)
    assert says in answer.errors["to"]
    open_one = slack.channel("#open", members=[carter])
    form = carter.modal
    assert form is not None
    assert (await carter.submits(form, {"Channel": open_one.id})).closed
    await open_one.shows("shared this from")


async def test_a_refusal_that_only_posting_shows_is_told_with_what_to_do(
    slack: Workspace, carter: Person, digest: SeenMessage, target: Channel, plan_channel: Channel
) -> None:
    form = await share_form(carter, digest)
    slack.faults.fail("chat.postMessage", "restricted_action", times=5)
    assert (await carter.submits(form, {"Channel": target.id})).closed
    told = await carter.sees("was not shared", channel=plan_channel)
    assert "Choose another one" in told.text


async def test_a_private_channels_digest_is_shared_from_there_alone(
    slack: Workspace, carter: Person, target: Channel
) -> None:
    room = slack.channel("#room", members=[carter], private=True)
    digest = await digest_in(slack, room, carter)
    dana = slack.member("Dana")
    lobby = slack.channel("#lobby", members=[carter, dana])
    first_on_record = digest_buttons(1)
    await client_of(slack).chat_postMessage(channel=lobby.id, text="elsewhere", blocks=[first_on_record])
    elsewhere = await lobby.shows(lambda one: SHARE in one.buttons)
    assert "no longer know" in (await dana.clicks(elsewhere, SHARE)).text
    await shares(carter, digest, target)
    shared = await target.shows("shared this from")
    assert "room" not in str(shared.blocks) + shared.text


@pytest.mark.parametrize("charts", [True, False], ids=["with-charts", "without-charts"])
async def test_its_charts_are_what_the_workspace_takes(sqlite_url: str, charts: bool) -> None:
    await load(sqlite_url)
    async with Workspace.open(manifest(names()), charts=charts) as slack, planbot(slack, sqlite_url):
        carter = slack.member("Carter", user_id="U02CARTER")
        source, target = slack.channel("#plan", members=[carter]), slack.channel("#board", members=[carter])
        await shares(carter, await digest_in(slack, source, carter), target)
        shared = await target.shows("shared this from")
        assert any(block["type"] == "data_visualization" for block in shared.blocks) == charts


async def test_a_process_that_ends_at_it_leaves_the_rest_to_the_next(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url, written(tmp_path, OVERDUE))
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        source, target = slack.channel("#plan", members=[carter]), slack.channel("#board", members=[carter])
        async with planbot(slack, sqlite_url, planbot_pause_seconds=600):
            await shares(carter, await digest_in(slack, source, carter), target)
            await carter.sees(f"Shared in <#{target.id}>")
        assert len(threads(target)) == 0
        looks = len(slack.calls("conversations.history"))
        slack.faults.fail("conversations.history", "internal_error")
        async with planbot(slack, sqlite_url):
            await slack.next_call("conversations.history", after=looks)
            await slack.rests()
            with later(minutes=1):
                await target.shows("Thing 39")
                await slack.rests()
        assert told(carter, "may be there already") == 0
        assert len(copies(target)) == 1
        assert len(threads(target)) == 1


async def test_its_thread_comes_along(sqlite_url: str, tmp_path: Path) -> None:
    async with at_work(tmp_path, sqlite_url, OVERDUE) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        source, target = slack.channel("#plan", members=[carter]), slack.channel("#board", members=[carter])
        digest = await digest_in(slack, source, carter, "mention owners")
        await shares(carter, digest, target)
        shared = await target.shows("shared this from")
        rest = await target.next_message(thread_ts=shared.ts)
        assert "Thing 39" in rest.words
        assert "<@" not in str(rest.blocks) + rest.text
