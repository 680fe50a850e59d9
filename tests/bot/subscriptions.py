"""Digest subscriptions in tests: typed, and listed."""

from collections.abc import Callable

from bot.console.workspace import Channel, Person, SeenMessage


async def subscribe(person: Person, channel: Channel, *lines: str) -> SeenMessage:
    """Type subscriptions, each confirmed before the next one is typed; the last confirmation."""
    for line in lines:
        is_done = newer(person, channel, "Done: ")
        await person.types(f"/digest {line}", channel=channel, within=None)
        done = await person.sees(is_done, channel=channel)
    return done


def newer(person: Person, channel: Channel, begin: str) -> Callable[[SeenMessage], bool]:
    """Whether a message that begins so has come since."""
    known = {one.ts for one in person.messages(channel)}
    return lambda message: message.ts not in known and message.text.startswith(begin)


async def listed(person: Person, channel: Channel | None = None) -> SeenMessage:
    """What the channel gets (without one: the direct message), as the person sees it."""
    message = (await person.types("/digest", channel=channel)).message
    assert message is not None
    return message


def left(text: str, channel: Channel) -> dict[str, str]:
    """A digest command of Carter's, whose response URL nobody has kept."""
    return {
        "command": "/digest", "text": text, "user_id": "U02CARTER", "channel_id": channel.id, "channel_name": "plan",
        "team_id": "T00000001", "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/gone",
    }  # fmt: skip
