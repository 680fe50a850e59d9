"""A delivery's digest, composed: read off the record, with the names of the people in it."""

import asyncio
import hashlib
import json
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self

from bot.blocks.digest import digest_posts
from bot.blocks.digest_administrators import with_notices
from bot.blocks.digest_showing import Posts, Showing
from bot.blocks.message import Block
from bot.conversations import is_direct
from bot.editions import Editions
from bot.service import Service
from bot.unanswered import reminder_notices
from bot.wording.digest import people_named
from commands.digest import Digest
from commands.digest_reading import Wanted, read_digest
from store.digest_showing import Shown
from store.digest_wishes import muted
from store.digests import Delivery
from store.subscriptions import Subscription

LATE = timedelta(minutes=15)
"""A digest that is posted later than so long after its time says so."""


@dataclass(frozen=True)
class Composed:
    """A digest, and how it is shown in its channel."""

    digest: Digest
    showing: Showing
    notices: tuple[Block, ...] = ()
    """What it tells an administrator besides."""

    def posts(self, *, charts: bool) -> Posts:
        """The messages."""
        return with_notices(self._charted if charts else self._plain, self.notices)

    @cached_property
    def _charted(self) -> Posts:
        return digest_posts(self.digest, replace(self.showing, charts=True))

    @cached_property
    def _plain(self) -> Posts:
        return digest_posts(self.digest, replace(self.showing, charts=False))

    async def written(self) -> Self:
        """The same, its messages made in a thread: those of a large plan take a while."""
        await asyncio.to_thread(lambda: (self._charted, self._plain))
        return self

    def shown(self) -> Shown:
        """What to remember of it."""
        is_first = self.showing.amended_at is None
        bare = self._plain if is_first else digest_posts(self.digest, replace(self.showing, amended_at=None))
        posts = with_notices(bare, self.notices)
        messages = [(one.text, one.blocks) for one in (posts.first, *posts.thread)]
        fingerprint = hashlib.sha256(json.dumps(messages, sort_keys=True).encode()).hexdigest()
        return Shown(len(posts.thread), dict(self.digest.tally), self.digest.named, fingerprint)


async def composed(
    service: Service,
    of: Subscription,
    delivery: Delivery,
    posted_at: datetime,
    *,
    amended_at: datetime | None = None,
    editions: Editions | None = None,
) -> Composed:
    """The digest of a delivery that is, or was, posted at a moment. Raises NoPlanYet, ScopeGone.

    With `amended_at`, what was reported on the actions that it names counts up to then. With `editions`, the digest may
    be one that another channel got within this minute.
    """
    wanted = Wanted(
        since=delivery.covers_from,
        until=delivery.period_due_at,  # what came later is the next digest's, so nothing is told twice
        now=posted_at,
        scope=of.scope_key,
        department=of.department,
        subscription=of,
        until_for=frozenset(delivery.named) if amended_at else frozenset(),
        late_until=amended_at,
        keeps_words=service.keeps_words,
    )
    digest = await (editions.digest(wanted) if editions else _read(service, wanted))
    named = people_named(digest)
    async with service.database.reading() as session:
        quiet = await muted(session, service.workspace, named) if of.mentions_owners else frozenset(named)
    showing = Showing(
        names=service.names,
        late_for=delivery.period_due_at if posted_at - delivery.period_due_at > LATE else None,
        mentioned=frozenset(named) - quiet,
        called=await service.people.names(named),
        delivery=delivery.id,
        amended_at=amended_at,
    )
    is_administrators = is_direct(of.channel_id) and service.people.is_administrator(of.created_by)
    notices = await reminder_notices(service, digest.today) if is_administrators else ()
    async with editions.turn if editions else nullcontext():
        return await Composed(digest, showing, notices).written()


async def _read(service: Service, wanted: Wanted) -> Digest:
    async with service.database.reading() as session:
        current = await service.shelf.current(session)
        return await read_digest(session, service.workspace, current.plan, wanted)
