"""A thousand channels whose digests are due in the same minute, while members go on asking.

planbot runs in a process of its own, on the record of ten thousand actions. What an answer takes, from the command's
delivery to the answer's arrival in the workspace, stands beside what it takes the same process with nothing due.
"""

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice

from rich.console import Console

from bot.console.workspace import Workspace
from bot.console.workspace.calls import Call
from bot.delivering import METADATA
from bot.manifest import manifest
from store.database import Database
from store.digest_tables import DigestSubscription
from store.plan import Plan
from store.plans import load_plan
from store.rows import insert_all
from store.workspaces import default
from tests.bench.commands_over_http import EXECUTABLES, until_listening
from tests.bench.reported import ACTIONS, OWNERS, WEEK, fill, owner, report
from tests.bench.synthetic import Sort, questions_about
from tests.bench.tables import against, median, milliseconds, p95, p99, show
from tests.bot.running import free_port, names

CHANNELS = 1_000
ON_RECORD, IN_WEEK = 25_000, 2_500
A_SECOND = 5
"""Questions, each asked at its time whether the one before is answered or not."""
ASKERS, EACH = 40, 60
"""Members, and questions that they ask in turn."""
CALM_SECONDS = 20
MOST_SECONDS = 900
BAR = 0.300
"""Seconds that ninety-five of a hundred answers may take."""
_COLUMNS = ("", "questions", "median ms", "p95", "bar", "", "p99", "slowest")


@dataclass(frozen=True, slots=True)
class Rush:
    """What was measured; times in seconds."""

    calm: Sequence[float]
    """Answers with nothing due."""
    meanwhile: Sequence[float]
    took: float
    """From when all were due until the last one was there."""
    posted: Counter[int]
    """How many channels got how many digests."""
    busiest: int
    """The most messages that went out within a minute, threads included."""


def measure(screen: Console) -> None:
    """Show the answers with and without digests, and how the digests went out."""
    with tempfile.TemporaryDirectory() as folder:
        rush = asyncio.run(_measured(f"sqlite:///{folder}/bench.db"))
    title = f"{CHANNELS:,} digests of {ACTIONS:,} actions due at once; {A_SECOND} questions a second, SQLite"
    show(screen, title, _COLUMNS, [_row("nothing due", rush.calm, None), _row("meanwhile", rush.meanwhile, BAR)])
    times = ", ".join(f"{many:,} channels {digests} each" for digests, many in sorted(rush.posted.items()))
    screen.print(f"{times}; the last one after {rush.took:.0f} s; at most {rush.busiest} messages in a minute")


def _row(name: str, took: Sequence[float], bar: float | None) -> tuple[str, ...]:
    figures = (name, f"{len(took)}", milliseconds(median(took)), milliseconds(p95(took)))
    beside = (f"< {bar * 1e3:.0f}", against(p95(took), bar)) if bar else ("", "")
    return (*figures, *beside, milliseconds(p99(took)), milliseconds(max(took)))


async def _measured(url: str) -> Rush:
    plan = await _prepared(url)
    async with Workspace.open(manifest(names()), delivery="http") as slack, _planbot(slack, url):
        for number in range(OWNERS):
            slack.member(f"Owner {number}", user_id=owner(number))
        members = _Members(slack, plan)
        await members.ask(within=120)  # what is read and built once is there
        calm = await members.ask_until(lambda seconds: seconds > CALM_SECONDS)
        channels = [slack.channel(f"#team-{number}").id for number in range(CHANNELS)]
        await _let_come_due(url, plan, channels)
        began = time.perf_counter()
        meanwhile = await members.ask_until(
            lambda seconds: (
                seconds > MOST_SECONDS or len({one.arguments["channel"] for one in _digests(slack)}) == CHANNELS
            )
        )
        took = time.perf_counter() - began
    each = Counter(one.arguments["channel"] for one in _digests(slack))
    return Rush(calm, meanwhile, took, Counter(each[channel] for channel in channels), _busiest(slack))


async def _prepared(url: str) -> Plan:
    now, database = datetime.now(UTC), Database.at(url)
    try:
        await database.upgrade()
        await fill(database)
        await report(database, ON_RECORD - IN_WEEK, now - 52 * WEEK, now - WEEK)
        await report(database, IN_WEEK, now - WEEK, now)
        async with database.reading() as session:
            return await load_plan(session, await default(session))
    finally:
        await database.close()


@asynccontextmanager
async def _planbot(slack: Workspace, url: str) -> AsyncIterator[None]:
    port = free_port()
    environment = {
        **os.environ, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url, "DATABASE_URL": url, "LOG_LEVEL": "WARNING", "PORT": str(port),
        "PLANBOT_REMINDERS": "false",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(str(EXECUTABLES / "planbot"), "serve", env=environment)
    try:
        await until_listening(port)
        await slack.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
        yield
    finally:
        process.terminate()
        await process.wait()


class _Members:
    """Members who ask about the plan's actions, in turn."""

    def __init__(self, slack: Workspace, plan: Plan) -> None:
        self._people = cycle([slack.member(f"Asker {number}") for number in range(ASKERS)])
        self._questions = cycle(questions_about(plan, EACH)[Sort.FACET])

    async def ask(self, within: float = 30) -> float:
        """Seconds until one question is answered."""
        person, question = next(self._people), next(self._questions)
        began = time.perf_counter()
        answer = await person.types(f"/plan {question}", within=within)
        took = time.perf_counter() - began
        if answer.failure or not answer.words:
            raise RuntimeError(answer.failure or "no answer")
        return took

    async def ask_until(self, is_enough: Callable[[float], bool]) -> list[float]:
        """What each answer takes; asked at a steady pace until it `is_enough` after so many seconds."""
        began, asked = time.perf_counter(), list[asyncio.Task[float]]()
        while not is_enough(time.perf_counter() - began):
            asked.append(asyncio.create_task(self.ask()))
            await asyncio.sleep(began + len(asked) / A_SECOND - time.perf_counter())
        return await asyncio.gather(*asked)


async def _let_come_due(url: str, plan: Plan, channels: Sequence[str]) -> None:
    """Subscribe each channel, every other one to a priority, to a digest that is due now."""
    database, now = Database.at(url), datetime.now(UTC)
    priorities = cycle(one.key for one in plan.priorities)
    scopes = islice(cycle(("", None)), len(channels))
    try:
        async with database.sessions.begin() as session:
            workspace = await default(session)
            rows = [
                {
                    "workspace_id": workspace, "channel_id": channel, "created_by": "U0MAKER", "created_at": now,
                    "weekday": now.weekday(), "hour": now.hour, "minute": now.minute, "timezone": "UTC",
                    "next_run_at": now, "scope_key": next(priorities) if scope is None else scope,
                }
                for channel, scope in zip(channels, scopes, strict=True)
            ]  # fmt: skip
            await insert_all(session, DigestSubscription, rows)
    finally:
        await database.close()


def _digests(slack: Workspace) -> list[Call]:
    """The first message of each digest that was posted."""
    posted = [one for one in slack.calls("chat.postMessage") if one.error is None]
    return [one for one in posted if (one.arguments.get("metadata") or {}).get("event_type") == METADATA]


def _busiest(slack: Workspace) -> int:
    moments = [one.at for one in slack.calls("chat.postMessage")]
    return max(
        (sum(start <= at < start + 60 for at in moments) for start in moments[:: len(moments) // 100 or 1]), default=0
    )
