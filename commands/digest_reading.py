"""A digest read off the record: what was reported, measured and asked in its period, and what the last ones showed."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.digest import Asked, Context, Digest, Earlier, Measured, Reported, as_told_in, compose
from commands.gaps import group
from store.collecting import uncollected
from store.digest_showing import shown_before
from store.measurements import measured_between, measurements_before
from store.plan import SECTIONS, Figure, Indicator, Plan
from store.plans import stamp
from store.questions import asked_between, misses
from store.subscriptions import Subscription
from store.updates import RecordedUpdate, updates_between

TREND = 8
"""Digests before this one that a trend shows."""
MOST_ASKED, MOST_MISSED = 3, 3
_USUAL = {"week": timedelta(days=7), "fortnight": timedelta(days=14), "month": timedelta(days=35)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which digest is wanted."""

    since: datetime
    until: datetime
    now: datetime
    scope: str = ""
    department: str = ""
    subscription: Subscription | None = None
    """Whose it is: tells what went before, and whose turn it is."""
    until_for: frozenset[str] = frozenset()
    """Keys of actions of which also counts what was reported after `until`: those that it named when it was posted."""
    with_today: bool = False
    """Whether questions of the day of `until` count: a digest leaves them, counted by day, to the next one."""
    late_until: datetime | None = None
    """Until when."""
    keeps_words: bool = True
    """Whether the words of questions are kept."""

    @property
    def asked_until(self) -> datetime:
        """Up to whose day questions count."""
        return self.until + timedelta(days=1) if self.with_today else self.until

    @property
    def is_of_all(self) -> bool:
        """Whether it is about the whole plan."""
        return not (self.scope or self.department)


@dataclass(frozen=True, slots=True)
class Period:
    """What was recorded in a period, of which every digest of it tells."""

    reported: tuple[Reported, ...]
    measured: tuple[Measured, ...]
    asked: Asked | None
    """None where the digest is not of the whole plan."""


async def read_digest(session: AsyncSession, workspace: int, plan: Plan, wanted: Wanted) -> Digest:
    """The digest of what was recorded in its period, over the plan as it stands now. Raises ScopeGone."""
    period = await read_period(session, workspace, plan, wanted)
    digest = await composed(plan, period, wanted)
    return await told(session, plan, wanted, digest)


async def read_period(session: AsyncSession, workspace: int, plan: Plan, wanted: Wanted) -> Period:
    """What was recorded in the period of the wanted digest."""
    end = max(wanted.until, wanted.late_until or wanted.until)
    with uncollected():
        updates = await updates_between(session, workspace, wanted.since, end)
    heard = [one for one in updates if one.recorded_at < wanted.until or one.key in wanted.until_for]
    first_day = wanted.since.astimezone(plan.about.zone).date()
    return Period(
        # An update taken back is no news.
        tuple(_reported(one, first_day) for one in heard if not (one.is_undo and one.says_nothing_new)),
        tuple(await _measured(session, workspace, plan, wanted)),
        await _asked(session, workspace, plan, wanted) if wanted.is_of_all else None,
    )


async def composed(plan: Plan, period: Period, wanted: Wanted) -> Digest:
    """The digest that every channel gets which wants it of that period. Raises ScopeGone.

    A large plan takes a while, so it is done in a thread, and members' questions are answered meanwhile.
    """

    def work() -> Digest:
        with uncollected():
            return compose(
                plan,
                period.reported,
                scope=wanted.scope,
                department=wanted.department,
                since=wanted.since,
                until=wanted.until,
                now=wanted.now,
                beside=Context(measured=period.measured, asked=period.asked),
            )

    return await asyncio.to_thread(work)


async def told(session: AsyncSession, plan: Plan, wanted: Wanted, digest: Digest) -> Digest:
    """The digest as it is told in the channel of the subscription that is wanted."""
    of, zone = wanted.subscription, plan.about.zone
    if of is None:
        return digest
    before = await shown_before(session, of.id, wanted.until, TREND)
    earlier = [Earlier(one.period_due_at.astimezone(zone).date(), one.counts or {}) for one in before]
    node = plan.find(wanted.scope) if wanted.scope else None
    beside = Context(earlier=earlier, turn=of.id, usual=_USUAL[of.every], every=of.every)
    return as_told_in(digest, plan, node.key if node else None, beside)


def _reported(one: RecordedUpdate, first_day: date) -> Reported:
    return Reported(
        one.key,
        one.author,
        one.note,
        one.before,
        one.after,
        as_of=one.as_of if one.as_of < first_day else None,
        is_news=not one.says_nothing_new,
        reached=tuple(step.title for step in one.milestones if step.done and not step.done_before),
        help_from=one.help_from,
    )


async def _measured(session: AsyncSession, workspace: int, plan: Plan, wanted: Wanted) -> list[Measured]:
    last = {one.key: one for one in await measured_between(session, workspace, wanted.since, wanted.until)}
    before = await measurements_before(session, workspace, list(last.values()))
    found = []
    for one in last.values():
        node = plan.find(one.key)
        if node is None or not isinstance(node.entry, Indicator) or one.value is None:
            continue
        was = before.get(one.id)
        earlier = Figure(value=was.value, date=was.date) if was and was.value is not None else node.entry.baseline
        found.append(Measured(node.entry, Figure(value=one.value, date=one.date), earlier))
    return found


async def _asked(session: AsyncSession, workspace: int, plan: Plan, wanted: Wanted) -> Asked | None:
    zone = plan.about.zone
    tally = await asked_between(session, workspace, wanted.since, wanted.asked_until, zone, top=MOST_ASKED)
    if not tally.asked:
        return None
    titles = {key: node.entry.title for key in dict(tally.top) if (node := plan.find(key))}
    top = [(titles.get(key, key), many) for key, many in tally.top if key in titles or key in SECTIONS]
    return Asked(tally.asked, tally.unanswered, tuple(top), await _missed(session, workspace, plan, wanted))


async def _missed(session: AsyncSession, workspace: int, plan: Plan, wanted: Wanted) -> tuple[tuple[str, int], ...]:
    now = await stamp(session, workspace)
    if not wanted.keeps_words or now is None:
        return ()
    first, end = (moment.astimezone(plan.about.zone).date() for moment in (wanted.since, wanted.asked_until))
    found = [one for one in await misses(session, workspace, now.plan_id, first) if one.day < end]
    gaps = await asyncio.to_thread(group, found)  # a thousand wordings take a third of a second
    return tuple((gap.words, gap.times) for gap in gaps[:MOST_MISSED])
