"""Looks for what was handed in and not brought to its end, and has it handled again; or tells the person that it ends.

A process that is killed leaves rows behind that nobody holds on to; work that failed for a reason that may pass puts
its row back. Several replicas may look at once: a row is handled by whoever claims it.
"""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.arranging import DIGEST_KEY
from bot.blocks.digest_pressed import channel_in, sharing_given_up
from bot.blocks.intake import kept_unconfirmed, not_kept
from bot.blocks.message import Message
from bot.holding import Held
from bot.intake import person_in, words_in
from bot.listeners.payloads import delivery_key
from bot.receiving import ReceivingApp
from bot.service import Service
from bot.sharing import SHARE_KEY
from bot.slack import PASSING, error_code
from commands.mistakes import ChannelClosed, NotInChannel
from store.handled import was_handled
from store.intake import Handed, Overdue, claim, free, overdue
from store.measurements import measurement_with_key
from store.updates import Via, update_with_key

log = logging.getLogger(__name__)

TAKEN = 4
"""How many are taken up at once: what merely waits for its turn must not count as tried when the process dies."""
LOADS = 50
"""How often so many are taken up by one look."""
PATIENCE_SECONDS = 2.0
"""How long those taken up may keep the next ones waiting."""
SOON_AGAIN = 10
"""So many processes may die during a delivery, by chance, before it is left alone for longer each time.

It may be what they die of: it must keep the others neither from their turn nor from starting.
"""
LONGEST_ALONE = timedelta(minutes=10)
LATEST = timedelta(days=1)
"""After this a delivery is given up: the person reckons with it no more."""


class Resumer:
    """Takes up what nobody is at."""

    def __init__(self, service: Service, app: ReceivingApp) -> None:
        self._service = service
        self._app = app
        # A file has one process: whoever held something there before this one is gone.
        self._is_freed = not service.database.is_embedded
        self._reads = True
        """Whether the record could be read at the last look."""

    async def wake(self) -> None:
        """Handle again what is overdue, a few at a time. Raises nothing."""
        for _ in range(LOADS):
            try:
                claimed = await self._claimed()
            except Exception as error:
                log.warning("intake not looked at", exc_info=error if self._reads else None)
                self._reads = False
                return
            self._reads = True
            held = [one for one in map(self._service.intake.take_up, claimed) if one]
            for one in held:
                await self._guarded(one)
            if not held:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    for one in held:
                        await one.gone.wait()

    async def _claimed(self) -> list[Handed]:
        service, intake, now = self._service, self._service.intake, datetime.now(UTC)
        if not self._is_freed:
            async with service.database.sessions.begin() as session:
                await free(session, service.workspace, now, but=intake.holder, up_to=SOON_AGAIN)
            self._is_freed = True
        async with service.database.reading() as session:
            found = await overdue(session, service.workspace, now, TAKEN)
        if not found:
            return []
        async with service.database.sessions.begin() as session:
            claims = [
                await claim(
                    session, service.workspace, one, by=intake.holder, until=max(intake.until(), alone(one, now))
                )
                for one in found
            ]
        return [one for one in claims if one]

    async def _guarded(self, held: Held) -> None:
        handed = held.handed
        log.info("delivery resumed", extra={"kind": handed.kind, "attempt": handed.attempts})
        try:
            if datetime.now(UTC) - handed.received_at > LATEST:
                await self._give_up(handed)
                self._service.intake.end(held)
            else:
                await self._app.resume(held)
        except Exception:  # whatever it is, the others are waiting
            log.exception("delivery not resumed", extra={"kind": handed.kind})
            self._service.intake.fail(held)

    async def _give_up(self, handed: Handed) -> None:
        log.error("delivery given up", extra={"kind": handed.kind, "attempt": handed.attempts})
        person = person_in(handed.payload)
        if not person:
            return
        message = await self._last_words(handed)
        try:
            await self._service.slack.post(person, message)
        except (NotInChannel, ChannelClosed, SlackApiError) as error:
            if isinstance(error, SlackApiError) and error_code(error) in PASSING:
                raise
            log.warning("nobody there to be told", extra={"kind": handed.kind})  # they have left, for one

    async def _last_words(self, handed: Handed) -> Message:
        body, typed = dict(handed.payload), words_in(handed.payload)
        async with self._service.database.reading() as session:
            key = delivery_key(body, SHARE_KEY)
            if key and await was_handled(session, self._service.workspace, key):  # it was begun, and may be there
                return sharing_given_up(channel_in(body["view"]["state"]["values"]))
        return kept_unconfirmed(typed) if await self._is_kept(handed) else not_kept(typed)

    async def _is_kept(self, handed: Handed) -> bool:
        keys = [delivery_key(dict(handed.payload), via.value) for via in Via]
        async with self._service.database.reading() as session:
            for key in filter(None, keys):
                workspace = self._service.workspace
                if await update_with_key(session, workspace, key) or await measurement_with_key(
                    session, workspace, key
                ):
                    return True
            arranged = delivery_key(dict(handed.payload), DIGEST_KEY)
            return bool(arranged) and await was_handled(session, self._service.workspace, str(arranged))


def alone(one: Overdue, now: datetime) -> datetime:
    """Until when a delivery is left alone should this attempt, too, end with its process."""
    doubled = max(0, one.handed.attempts - SOON_AGAIN)
    return now + min(LONGEST_ALONE, timedelta(seconds=2 ** min(doubled, 10)))
