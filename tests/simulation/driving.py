"""Drives the world through the years, from one moment at which something is to be done to the next."""

import asyncio
import heapq
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from bot.console.workspace import NotSeenError
from tests.simulation.crew import CLOCK_OFF_SECONDS, Crew
from tests.simulation.expected import GRACE, Wanted
from tests.simulation.fastclock import FastClock
from tests.simulation.outcome import Away, Outcome, outcome_of
from tests.simulation.replica import Surroundings
from tests.simulation.trouble import LASTS, POST, Hours, Trouble
from tests.simulation.world import SENDING, World

BEGINS = datetime(2023, 1, 2, tzinfo=UTC)
FAULTS, KILLS, CHANGES, ARCHIVES = 0.09, 0.15, 0.05, 0.02
"""In how many of the moments at which digests are due Slack is in trouble, replicas are killed, and so on."""
ALL_KILLED = 0.4
"""In how many of the kills it is all replicas."""
TROUBLE_DAYS, CHANGE_DAYS, REPORT_DAYS = 16.0, 12.0, 1.5
"""How many days pass on average between outages, changes of a subscription and reports of progress."""
QUIET = timedelta(minutes=5)
"""How long no digest may be due for a change that is to leave nothing open."""
SOON, FIRST_STEP, LONGEST_STEP = timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=40)
LONG = 600.0
"""Seconds within which a look is over."""

Event = Callable[[], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is simulated."""

    database_url: str
    """Of a migrated database with nothing in it."""
    days: float
    subscriptions: int
    replicas: int
    seed: int
    """Of all that is drawn at random. What becomes of it depends on how fast the machine is, too."""
    eventful: float = 1.0
    """How many times more often than usual Slack is in trouble and replicas are killed."""
    is_talkative: bool = False
    """Whether the replicas tell what they warn of."""


def simulated(course: Course) -> Outcome:
    """What became of the digests of so many days."""
    clock = FastClock(BEGINS)
    with clock.running(), asyncio.Runner(loop_factory=clock.event_loop) as runner:
        return runner.run(_simulated(course, clock))


async def _simulated(course: Course, clock: FastClock) -> Outcome:
    dice = random.Random(course.seed)  # noqa: S311 (it decides what goes wrong, no more)
    async with World.opened(course.database_url, clock, dice) as world:
        around = Surroundings.of(world.slack, course.database_url, is_talkative=course.is_talkative)
        async with Crew.of(around, course.replicas, dice) as crew:
            drive = Drive(world, crew, dice, course)
            for number in range(course.subscriptions):
                await world.wants_digest(number)
            await drive.to_the_end()
        outcome = await outcome_of(world, drive.aways)
        outcome.kills, outcome.faults = crew.kills, drive.trouble.counts
        return outcome


class Drive:
    """Goes from moment to moment: what is due, what is to be tried again, and what the chance has in store."""

    def __init__(self, world: World, crew: Crew, dice: random.Random, course: Course) -> None:
        self.aways: list[Away] = []
        self.trouble = Trouble(world.slack.faults, dice)
        self._world = world
        self._crew = crew
        self._dice = dice
        self._ends = BEGINS + timedelta(days=course.days)
        self._eventful = course.eventful
        self._diary: list[tuple[datetime, int, Event]] = []
        self._numbers = count()
        self._looked_at, self._step = world.now, FIRST_STEP

    async def to_the_end(self) -> None:
        """Until the end, and on until nothing is left to be done."""
        self._later(0.1, self._reports)
        self._later(self._days(CHANGE_DAYS), self._changes_quietly)
        self._later(self._days(TROUBLE_DAYS / 2), self._trouble_begins)
        while self._world.now < self._ends:
            await self._goes_on()
        while self.trouble.away:
            await self._goes_on()
        given_up_at = self._world.now + GRACE * 2
        while await self._world.has_work_left() or await self._is_due_within(SENDING):
            if self._world.now > given_up_at:
                return
            self._world.move_to(self._world.now + FIRST_STEP * 2)
            await self._live_through(wild=False)

    async def _goes_on(self) -> None:
        """To the next moment at which something happens, and through it."""
        at, event = await self._next()
        self._world.move_to(at)
        if event:
            await event()
        else:
            await self._live_through(wild=True)

    async def _next(self) -> tuple[datetime, Event | None]:
        when, event = self._diary[0][0], self._diary[0][2]
        if self.trouble.away != "bot":
            moment = await self._next_look()
            if moment < when:
                return moment, None
        heapq.heappop(self._diary)
        return when, event

    async def _next_look(self) -> datetime:
        """When the replicas have something to do next."""
        due = await self._world.next_run()
        moment = due + timedelta(seconds=self._dice.uniform(-1, 1) * CLOCK_OFF_SECONDS) if due else self._ends
        if not await self._world.has_work_left():
            self._step = FIRST_STEP
        else:
            moment = min(moment, self._looked_at + self._step)
        return max(moment, self._world.now + SOON)

    async def _live_through(self, *, wild: bool) -> None:
        """Let the replicas look for what is due, whatever goes wrong meanwhile."""
        if wild and self._happens(FAULTS * self._eventful):
            self.trouble.of_a_call()
        if wild and self._happens(ARCHIVES) and (due := self._world.being_sent()):
            self._world.archives(self._dice.choice(due))
        kills, changes = wild and self._happens(KILLS * self._eventful), wild and self._happens(CHANGES)
        async with self._meanwhile(self._kills, kills), self._meanwhile(self._changes, changes):
            await self._crew.look()
        await self.trouble.call_is_over()
        self._looked_at, self._step = self._world.now, min(self._step * 1.5, LONGEST_STEP)
        for one in await self._world.found_archived():
            self._later(self._dice.uniform(0.1, 15), partial(self._world.brings_back, one))

    @asynccontextmanager
    async def _meanwhile(self, doing: Event, happens: bool) -> AsyncIterator[None]:
        """Something happens while the block runs, or it does not; at the latest with its end."""
        task = asyncio.create_task(doing()) if happens else None
        yield
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _kills(self) -> None:
        """Replicas are killed: before anything is posted, or just when one message or some were."""
        posts = self._dice.choice((0, 1, 1, 1, 2, 2, 3))
        if posts:
            with suppress(NotSeenError):
                await self._world.slack.next_call(
                    POST, after=len(self._world.slack.calls(POST)) + posts - 1, within=LONG
                )
        await asyncio.sleep(self._dice.uniform(0, 2 if posts else 8))
        self._crew.kill(everyone=self._happens(ALL_KILLED))

    async def _changes(self) -> None:
        """A subscription is changed, stopped or paused while its digest is being sent."""
        await asyncio.sleep(self._dice.uniform(0, 6))
        if due := self._world.being_sent():
            # Once begun, it is done: what is cut short here would be no test of planbot.
            await asyncio.shield(self._change(self._dice.choice(due), while_sent=True))

    async def _changes_quietly(self) -> None:
        if await self._world.has_work_left() or await self._is_due_within(QUIET) or not self._world.holding():
            self._later(self._dice.uniform(0.1, 0.5), self._changes_quietly)
            return
        await self._change(self._dice.choice(self._world.holding()), while_sent=False)
        self._later(self._days(CHANGE_DAYS), self._changes_quietly)

    async def _change(self, one: Wanted, *, while_sent: bool) -> None:
        world = self._world
        what = self._dice.choice((world.changes_digest, world.stops_digest, world.pauses_digest))
        await what(one, while_sent=while_sent)
        if what == world.pauses_digest:
            self._later(self._dice.uniform(0.05, 20), partial(world.resumes_digest, one))

    async def _reports(self) -> None:
        await self._world.reports_progress()
        self._later(self._days(REPORT_DAYS), self._reports)

    async def _trouble_begins(self) -> None:
        """planbot or Slack is away from now on, mostly shortly before a digest is due."""
        due = await self._world.next_run()
        if due and self._happens(0.8):
            self._world.move_to(due - timedelta(minutes=self._dice.expovariate(0.2)))
        away: Hours = self._dice.choice(list(LASTS))
        began, lasts = self._world.now, self.trouble.begins(away)
        if away == "bot":
            await self._crew.end()
        self._later(lasts / timedelta(days=1), partial(self._trouble_ends, away, began))

    async def _trouble_ends(self, away: Hours, began: datetime) -> None:
        self.trouble.ends()
        if away != "history":
            self.aways.append(Away(began, self._world.now))
        # What is left from it is done before the next one begins, lest two of them make one that is longer.
        self._later(GRACE / timedelta(days=1) + self._days(TROUBLE_DAYS), self._trouble_begins)

    async def _is_due_within(self, span: timedelta) -> bool:
        due = await self._world.next_run()
        return due is not None and due <= self._world.now + span

    def _happens(self, probability: float) -> bool:
        return self._dice.random() < probability

    def _days(self, average: float) -> float:
        return self._dice.expovariate(1 / average)

    def _later(self, days: float, event: Event) -> None:
        heapq.heappush(self._diary, (self._world.now + timedelta(days=days), next(self._numbers), event))
