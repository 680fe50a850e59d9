"""Looks in the record for digests that are due, and has them delivered.

The record holds what is due and when; looking is all that happens here.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from functools import partial

from bot.delivering import GRACE, Deliverer
from bot.posted import LEASE
from bot.service import Service
from commands.mistakes import NoPlanYet
from store.digest_showing import incomplete
from store.digests import Delivery, unposted
from store.subscriptions import due

log = logging.getLogger(__name__)

TAKEN = 50
"""How many due subscriptions are taken up by one look."""
AT_ONCE = 5
"""How many are delivered at the same time."""


class DigestScheduler:
    """Looks for what is due, and for what a killed process left half done."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._deliverer = Deliverer(service)
        self._reads = True
        """Whether the record could be read at the last look."""

    async def wake(self) -> bool:
        """Deliver what is due now; whether more is. An error of one delivery keeps none of the others waiting."""
        now = datetime.now(UTC)
        try:
            async with self._service.database.reading() as session:
                waiting = await due(session, self._service.workspace, now, TAKEN)
                left = [one for one in await unposted(session, now - LEASE, now - GRACE) if self._is_ours(one)]
                threads = await incomplete(session, older_than=now - LEASE, posted_since=now - GRACE)
        except Exception as error:
            # The whole story once; a database that is away for an hour would else fill the log with it.
            log.warning("due digests not read", exc_info=error if self._reads else None)
            self._reads = False
            return False
        self._reads = True
        hands = asyncio.Semaphore(AT_ONCE)
        done = await asyncio.gather(
            *(self._guarded(hands, self._deliverer.deliver(one), one.id) for one in waiting),
            *(self._guarded(hands, self._deliverer.recover(one), one.subscription_id) for one in left),
        )
        for one in filter(self._is_ours, threads):
            self._service.desk.aside(partial(self._deliverer.threads.resume, one))
        return any(done[: len(waiting)]) and len(waiting) == TAKEN

    async def _guarded(self, hands: asyncio.Semaphore, work: Coroutine[None, None, None], subscription: int) -> bool:
        """Do one delivery; whether that went well."""
        async with hands:
            try:
                await work
            except NoPlanYet:
                log.warning("digest without a plan", extra={"subscription": subscription})
            except Exception:
                log.exception("digest not delivered", extra={"subscription": subscription})
            else:
                return True
        return False

    def _is_ours(self, one: Delivery) -> bool:
        return one.workspace == self._service.workspace
