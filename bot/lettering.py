"""A reminder as its owner reads it: with the lines that the digests will post, down to how people are called there."""

from zoneinfo import ZoneInfo

from bot.blocks.message import Message
from bot.blocks.reminder import reminder
from bot.service import Service
from bot.wording.digest import people_named
from commands.outlook import Letter
from store.digest_wishes import muted


async def reminder_message(service: Service, letter: Letter, *, number: int, zone: ZoneInfo) -> Message:
    """The reminder with that number on the record; times are told on the clock of `zone`."""
    digests = {id(item.digest): item.digest for item in letter.open if item.digest}
    people = list(dict.fromkeys(person for digest in digests.values() for person in people_named(digest)))
    async with service.database.reading() as session:
        quiet = await muted(session, service.workspace, people)
    called = await service.people.names(people)
    return reminder(letter, number=number, zone=zone, names=service.names, called=called, muted=quiet)
