"""Days on which digests come, and what channels got on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
import yaml

from bot.console.workspace import Channel, Person, SeenMessage, Workspace

OWNER = "U02CARTER"


@contextmanager
def later(**span: float) -> Iterator[None]:
    """Time moved on; it goes on running."""
    with time_machine.travel(datetime.now(UTC) + timedelta(**span)):
        yield


def digests(channel: Channel) -> list[SeenMessage]:
    """The digests that the channel got, without what is in their threads."""
    return [message for message in channel.messages if message.text.startswith("Weekly digest")]


def thread_of(channel: Channel, digest: SeenMessage) -> list[SeenMessage]:
    """The messages in a digest's thread."""
    return [message for message in channel.messages if message.thread_ts == digest.ts and message.ts != digest.ts]


async def subscribe(person: Person, channel: Channel, words: str = "") -> None:
    """Have the channel get a digest every week at this time."""
    now = datetime.now(UTC)
    await person.types(f"/digest weekly {now:%A %H:%M} UTC {words}".rstrip(), channel=channel)
    await person.sees("Done: this channel", channel=channel)


async def digest_in(slack: Workspace, channel: Channel, person: Person, words: str = "") -> SeenMessage:
    """The digest that the channel gets a week from now, with its buttons."""
    await subscribe(person, channel, words)
    with later(days=7):
        shown = await channel.shows(lambda one: "Update mine" in one.buttons)
        await slack.rests(quiet=0.4)  # so that it is noted as posted, too
    return shown


def wide_plan(folder: Path, actions: int, **of_each: object) -> Path:
    """The file of a plan with that many actions of the owner's, all of them overdue."""
    listed = [
        {
            "key": f"A-{number:03}",
            "title": f"Mend bridge {number}",
            "owners": [OWNER],
            "due": "2025-06-30",
            "status": "at-risk",
            **of_each,
        }
        for number in range(1, actions + 1)
    ]
    objective = {"key": "bridges", "title": "Mend the Bridges", "actions": listed}
    plan = {
        "plan": {
            "key": "wide",
            "title": "A Wide Plan",
            "organization": "Riverbend",
            "status": "adopted",
            "timezone": "UTC",
        },
        "priorities": [{"key": "roads", "title": "Roads", "objectives": [objective]}],
    }
    path = folder / "wide.yml"
    path.write_text(yaml.safe_dump(plan, sort_keys=False), encoding="utf-8")
    return path
