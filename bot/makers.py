"""Who may change a digest, told to somebody who may not."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.service import Service
from bot.slack import SLACK_FAILURES
from commands.mistakes import NotYours

log = logging.getLogger(__name__)


@asynccontextmanager
async def naming_who_may(service: Service) -> AsyncIterator[None]:
    """Around what only some may do: NotYours leaves the block with the names of those who may.

    Where Slack does not tell whether the maker has left, they have not.
    """
    try:
        yield
    except NotYours as error:
        raise await with_who_may(service, error) from error


async def with_who_may(service: Service, error: NotYours) -> NotYours:
    """The mistake with what is known of the digest's maker, and with the administrators."""
    try:
        maker = await service.people.colleague(error.made_by)
        is_gone = maker is None or maker.is_gone
    except SLACK_FAILURES as failure:
        log.warning("maker not looked up", extra={"user": error.made_by, "error": type(failure).__name__})
        is_gone = False
    return NotYours(error.made_by, is_gone, tuple(sorted(service.people.administrators)))
