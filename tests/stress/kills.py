"""Owners report while planbot is killed at random and started again; what has become of their updates in the end."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from bot.console.workspace import NotPossibleError, NotSeenError, Person, SeenMessage, Workspace
from store.database import Database
from tests.bench.owners import action_of, fill, owner
from tests.bot.running import open_workspace
from tests.bot.test_serving import environment, process
from tests.waiting import until

BY_COMMAND, BY_FORM = 6, 2
"""How many owners report by the command, and how many by the form."""
LOOK_SECONDS = "0.5"
"""How often planbot looks for what was left behind; what a killed one held is free after four times that."""
SETTLED_WITHIN = 240.0
"""Seconds from the last start to the last confirmation, at most."""


@dataclass(slots=True)
class Outcome:
    """What became of the updates."""

    kills: int = 0
    sent: int = 0
    acked: set[str] = field(default_factory=set)
    """The notes of those that Slack was told planbot has."""
    on_record: Counter[str] = field(default_factory=Counter)
    """How often each note is on the record."""
    confirmed: Counter[str] = field(default_factory=Counter)
    """How many receipts of each note its owner has seen."""

    @property
    def lost(self) -> set[str]:
        """Acked, and not on the record."""
        return self.acked - set(self.on_record)

    @property
    def repeated(self) -> set[str]:
        """More than once on the record."""
        return {note for note, times in self.on_record.items() if times > 1}

    @property
    def untold(self) -> set[str]:
        """Acked, and never confirmed."""
        return self.acked - set(self.confirmed)

    @property
    def made_up(self) -> set[str]:
        """Confirmed, and not on the record."""
        return set(self.confirmed) - set(self.on_record)


async def killed_at_random(database_url: str, folder: Path, kills: int, seed: int) -> Outcome:
    """Have owners report to a planbot that is killed so many times, and let the last one settle what is left."""
    database = Database.at(database_url)
    try:
        await fill(database, updates=40)
        outcome, dice = Outcome(), random.Random(seed)  # noqa: S311 (it decides when to kill, no more)
        async with open_workspace() as slack:
            settings = environment(slack, database_url, folder, PLANBOT_WAKE_SECONDS=LOOK_SECONDS)
            people = [slack.member(f"Owner {at}", user_id=owner(at)) for at in range(BY_COMMAND + BY_FORM)]
            for _ in range(kills):
                await _killed_once(slack, people, settings, folder, outcome, dice)
            async with process(settings, folder):
                await slack.connected(within=30)
                await _settle(people, outcome)
        outcome.on_record = await _notes(database)
        return outcome
    finally:
        await database.close()


async def _killed_once(
    slack: Workspace,
    people: list[Person],
    settings: dict[str, str],
    folder: Path,
    outcome: Outcome,
    dice: random.Random,
) -> None:
    async with process(settings, folder) as planbot:
        await slack.connected(within=30)
        async with _reporting(people, outcome):
            sent = outcome.sent
            # Some die with the first update, some amid the traffic, each at another point of the work.
            wanted, moments_later = sent + dice.randint(1, 60), dice.uniform(0, 0.05)
            await until(lambda: outcome.sent >= wanted)
            await asyncio.sleep(moments_later)
            planbot.send_signal(signal.SIGKILL)
            await planbot.wait()
            outcome.kills += 1


@asynccontextmanager
async def _reporting(people: list[Person], outcome: Outcome) -> AsyncIterator[None]:
    """Everybody reports, one update after the other, until the block ends and all have heard about their last one."""
    ends = asyncio.Event()
    tasks = [
        asyncio.create_task((_by_command if at < BY_COMMAND else _by_form)(person, at, outcome, ends))
        for at, person in enumerate(people)
    ]
    try:
        yield
    finally:
        ends.set()
        await asyncio.gather(*tasks)


async def _by_command(person: Person, at: int, outcome: Outcome, ends: asyncio.Event) -> None:
    while not ends.is_set():
        note = _next_note(outcome)
        told = await person.types(f"/progress {action_of(at)} 60% at risk: {note}", within=None)
        if told.failure is None:
            outcome.acked.add(note)
        await asyncio.sleep(0.01)


async def _by_form(person: Person, at: int, outcome: Outcome, ends: asyncio.Event) -> None:
    while not ends.is_set():
        try:
            form = (await person.types(f"/progress {action_of(at)}", within=2)).view
            if form is None:
                continue
            note = _next_note(outcome)
            handed_in = await person.submits(form, {"Percent complete": "60", "Note": note})
        except (NotSeenError, NotPossibleError):  # planbot died before it could open the form
            continue
        if handed_in.closed:
            outcome.acked.add(note)
        await asyncio.sleep(0.01)


def _next_note(outcome: Outcome) -> str:
    outcome.sent += 1
    return f"report no {outcome.sent} of the day"


async def _settle(people: list[Person], outcome: Outcome) -> None:
    """Wait until every acked update is confirmed; what is not by then is told by the outcome."""
    deadline = asyncio.get_running_loop().time() + SETTLED_WITHIN
    while True:
        outcome.confirmed = Counter(_note(message) for person in people for message in person.messages())
        del outcome.confirmed[""]
        if not outcome.untold or asyncio.get_running_loop().time() > deadline:
            return
        await asyncio.sleep(0.2)


def _note(message: SeenMessage) -> str:
    """The note that a receipt confirms; nothing for any other message."""
    if "Undo" not in message.buttons:
        return ""
    return next((line for line in message.text.splitlines() if line.startswith("report no ")), "")


async def _notes(database: Database) -> Counter[str]:
    async with database.reading() as session:
        rows = await session.connection()
        found = await rows.execute(text("SELECT note FROM progress_update WHERE note LIKE 'report no %'"))
        return Counter(found.scalars().all())
