"""Telling those whom a decision concerns."""

import logging
from collections.abc import Sequence

from bot.blocks.changes import owner_told
from bot.service import Service
from bot.slack import SLACK_FAILURES
from commands.mistakes import ChannelClosed, NotInChannel
from store.amending import Amended
from store.departures import gone_people
from store.plan import Action, Indicator, Plan

log = logging.getLogger(__name__)


def owners_of(key: str, plan: Plan) -> tuple[str, ...]:
    """Who owns an entry; nobody where there is none with the key, or none that can be owned."""
    found = plan.find(key)
    return found.entry.owners if found and isinstance(found.entry, Action | Indicator) else ()


async def tell_owners(
    service: Service, made: Amended, reason: str, *, by: str, before: Sequence[str], besides: str = ""
) -> bool:
    """Tell those whose entry it is, or was (`before`), what was decided; whether anybody could be told.

    Who stands in `besides` is told in another way.
    """
    found = (await service.current()).plan.find(made.key)
    if found is None or not isinstance(found.entry, Action | Indicator):
        return False
    entry, told = found.entry, False
    async with service.database.reading() as session:
        gone = await gone_people(session, service.workspace)
    for person in dict.fromkeys((*entry.owners, *before)):
        if "@" in person or person in (by, besides) or person in gone:
            continue
        message = owner_told(made, reason, by=by, owns=person in entry.owners, owned=person in before, entry=entry)
        try:
            await service.slack.post(person, message)
            told = True
        except (NotInChannel, ChannelClosed, *SLACK_FAILURES) as error:
            log.warning("owner not told of a decision", extra={"error": type(error).__name__})
    return told
