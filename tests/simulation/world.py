"""The world that the simulated replicas live in: the record, channels that want digests, Slack, and the true time."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, select

from bot.console.workspace import Channel, Person, Workspace
from commands.arranging import Deed, do, subscribe
from commands.member import Member
from commands.reading_schedules import read_schedule
from store.database import Database
from store.digest_tables import DigestDelivery, DigestSubscription
from store.plan import Plan, Status
from store.plans import load_plan
from store.progress_updates import NewUpdate
from store.tables import Via
from store.updates import record_update
from store.workspaces import default
from tests.bot.running import load, open_workspace
from tests.simulation.expected import GRACE, Every, Rule, Wanted
from tests.simulation.fastclock import FastClock

ZONES = (
    *("America/Toronto", "America/St_Johns", "Europe/Berlin", "Africa/Cairo"),
    *("Asia/Kolkata", "Asia/Almaty", "Australia/Lord_Howe", "Pacific/Auckland"),
)
"""Half-hour offsets and half-hour changes of the clock, both hemispheres, a zone that never changes, and two whose rule
changed: Egypt put the clock forward again from April 2023 on, Almaty put it back for good in March 2024."""
TIMES = ((0, 9, 0), (0, 8, 30), (4, 16, 0), (6, 2, 30), (6, 1, 45))
"""Weekday, hour and minute; the last two are skipped by some clock once a year, or come twice."""
EVERY: tuple[Every, ...] = ("week", "fortnight", "month")
MAKER = "U0MAKER"
_MEMBER = Member(id=MAKER, is_administrator=True)
SENDING = timedelta(minutes=2)
"""How long after its time a digest is still being sent, where all goes well."""
MOST_REPORTS = 6


class World:
    """Changes as time goes by; every change that a member makes is remembered, to reckon what is due."""

    def __init__(
        self, slack: Workspace, database: Database, workspace: int, plan: Plan, dice: random.Random, clock: FastClock
    ) -> None:
        self.slack = slack
        self.database = database
        self.wanted: list[Wanted] = []
        self.archived: list[Wanted] = []
        """Of which the bot has not heard yet."""
        self.pauses = 0
        """How many subscriptions the bot paused since their channel was archived."""
        self._workspace = workspace
        self._plan = plan
        self._dice = dice
        self._clock = clock
        self._maker: Person = slack.member("Maker", user_id=MAKER)
        for owner in sorted({owner for action in plan.actions() for owner in action.owners if "@" not in owner}):
            slack.member(owner.casefold(), user_id=owner)
        self._channels: dict[str, Channel] = {}

    @classmethod
    @asynccontextmanager
    async def opened(cls, database_url: str, clock: FastClock, dice: random.Random) -> AsyncIterator["World"]:
        """A workspace, and a record with the Riverbend plan in it."""
        await load(database_url)
        database = Database.at(database_url)
        try:
            async with open_workspace("http") as slack:
                async with database.sessions.begin() as session:
                    workspace = await default(session)
                    plan = await load_plan(session, workspace)
                yield cls(slack, database, workspace, plan, dice, clock)
        finally:
            await database.close()

    @property
    def now(self) -> datetime:
        """The true time, by which Slack goes."""
        return self._clock.now()

    def move_to(self, moment: datetime) -> None:
        """It is `moment` now, unless it is later already."""
        self._clock.set(max(moment, self.now))

    async def wants_digest(self, number: int) -> None:
        """A new channel subscribes."""
        name = f"channel-{number}"
        self._channels[name] = self.slack.channel(f"#{name}", members=[self._maker])
        await self._subscribe(name, self._rule(EVERY[number % len(EVERY)]), self.now)

    def holding(self) -> list[Wanted]:
        """What is wanted now, in channels that are there."""
        return [one for one in self.wanted if one.until is None and one not in self.archived]

    def being_sent(self) -> list[Wanted]:
        """Of those, the ones whose digest came due just now."""
        now = self.now
        return [one for one in self.holding() if any(now - due < SENDING for due in one.due(now))]

    async def changes_digest(self, one: Wanted, *, while_sent: bool) -> None:
        """A channel gets its digest at another time from now on."""
        now = self.now
        _end(one, now, while_sent=while_sent)
        await self._subscribe(one.channel, self._rule(one.rule.every), now, instead_of=one)

    async def stops_digest(self, one: Wanted, *, while_sent: bool) -> None:
        """A channel stops its digest and subscribes again."""
        await self._do(Deed.STOP, one, while_sent=while_sent)
        await self._subscribe(one.channel, self._rule(one.rule.every), self.now)

    async def pauses_digest(self, one: Wanted, *, while_sent: bool) -> None:
        """A channel does without its digest for a while."""
        await self._do(Deed.PAUSE, one, while_sent=while_sent)

    async def resumes_digest(self, one: Wanted) -> None:
        """A channel whose digest was paused gets it again."""
        now = self.now
        await self._carry_out(Deed.RESUME, one, now)
        self.wanted.append(Wanted(one.subscription, one.channel, one.rule, now, one.count_goes_on(one.rule)))

    def archives(self, one: Wanted) -> None:
        """A channel is archived, of which the bot hears when it next posts."""
        self._channels[one.channel].archive(self._maker)
        one.open_since = self.now - SENDING
        self.archived.append(one)

    async def brings_back(self, one: Wanted) -> None:
        """A channel that was archived is there again, and subscribes again."""
        self._channels[one.channel].unarchive(self._maker)
        await self._subscribe(one.channel, self._rule(one.rule.every), self.now, instead_of=one)

    async def found_archived(self) -> list[Wanted]:
        """Whose digest the bot has paused by now, since their channels are archived."""
        async with self.database.reading() as session:
            rows = {one.subscription: await session.get(DigestSubscription, one.subscription) for one in self.archived}
        found = [one for one in self.archived if (row := rows[one.subscription]) and row.paused_at]
        for one in found:
            self.archived.remove(one)
            one.until = self.now
            self.pauses += 1
        return found

    def told_of_pause(self) -> int:
        """How often the bot told the maker that a digest is paused."""
        return sum("could not be posted" in message.text for message in self._maker.messages(self._maker.dm))

    async def reports_progress(self) -> None:
        """Owners report on some actions."""
        actions = self._dice.sample(self._plan.actions(), self._dice.randint(1, MOST_REPORTS))
        async with self.database.sessions.begin() as session:
            for action in actions:
                await record_update(session, self._workspace, action.key, self._update())

    def _update(self) -> NewUpdate:
        now = self.now
        return NewUpdate(
            author="U02CARTER",
            as_of=now.date(),
            recorded_at=now,
            via=Via.COMMAND,
            status=self._dice.choice((Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)),
            percent=self._dice.randrange(100),
            note=f"heard on {now:%Y-%m-%d at %H:%M:%S}",
        )

    async def next_run(self) -> datetime | None:
        """When the next digest is due that is not yet, by the record."""
        running = col(DigestSubscription.ended_at).is_(None), col(DigestSubscription.paused_at).is_(None)
        later = col(DigestSubscription.next_run_at) > self.now
        statement = select(DigestSubscription.next_run_at).where(*running, later)
        async with self.database.reading() as session:
            found = await session.exec(statement.order_by(col(DigestSubscription.next_run_at)).limit(1))
            return found.first()

    async def has_work_left(self) -> bool:
        """Whether a digest is due, or was begun and not finished, and may still come."""
        now, subscription, delivery = self.now, DigestSubscription, DigestDelivery
        runs = col(subscription.ended_at).is_(None), col(subscription.paused_at).is_(None)
        due = select(subscription.id).where(*runs, col(subscription.next_run_at) <= now)
        unfinished = or_(
            and_(col(delivery.posted_at).is_(None), col(delivery.period_due_at) > now - GRACE),
            and_(col(delivery.parts_posted) < col(delivery.parts), col(delivery.posted_at) > now - GRACE),
        )
        begun = select(delivery.id).join(subscription, col(subscription.id) == col(delivery.subscription_id))
        async with self.database.reading() as session:
            found = [(await session.exec(one.limit(1))).first() for one in (due, begun.where(*runs, unfinished))]
        return any(one is not None for one in found)

    async def _do(self, deed: Deed, one: Wanted, *, while_sent: bool) -> None:
        now = self.now
        _end(one, now, while_sent=while_sent)
        await self._carry_out(deed, one, now)

    async def _carry_out(self, deed: Deed, one: Wanted, now: datetime) -> None:
        async with self.database.sessions.begin() as session:
            await do(session, self._workspace, self._plan, deed, [one.subscription], by=_MEMBER, now=now)

    async def _subscribe(self, name: str, rule: Rule, now: datetime, instead_of: Wanted | None = None) -> None:
        asked = read_schedule(rule.typed, self._plan, self._plan.about.timezone)
        channel = self._channels[name].id
        async with self.database.sessions.begin() as session:
            made = await subscribe(session, self._workspace, asked, channel=channel, by=_MEMBER, now=now)
        counted_from = instead_of.count_goes_on(rule) if instead_of else None
        self.wanted.append(Wanted(made.subscription.id, name, rule, now, counted_from))

    def _rule(self, every: Every) -> Rule:
        return Rule(every, *self._dice.choice(TIMES), self._dice.choice(ZONES))


def _end(one: Wanted, now: datetime, *, while_sent: bool) -> None:
    one.until = now
    one.open_since = now - GRACE if while_sent else None
