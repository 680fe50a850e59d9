"""`/progress` over signed HTTP with 100,000 updates on the record: to the ack, to the confirmation, how many a second.

Beside it, in the same run: bare INSERTs of the same rows into the same table by the same driver.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import aiohttp
import aiosqlite
import asyncpg  # type: ignore[import-untyped]  # it has no annotations
from aiohttp import web
from rich.console import Console
from slack_sdk.signature import SignatureVerifier
from sqlmodel import select

from bot.console.workspace import Workspace
from bot.manifest import manifest
from store.database import Database
from store.tables import ActionRow
from store.tables import Workspace as WorkspaceRow
from tests.bench.commands_over_http import EXECUTABLES, until_listening
from tests.bench.owners import OWNERS, action_of, fill, owner
from tests.bench.tables import against, median, milliseconds, p99, show
from tests.bot.running import free_port, names
from tests.databases import postgresql

ON_RECORD = 100_000
ALONE = 300
"""Updates sent one after the other."""
EACH = 25
"""Updates of each owner when all report at once."""
ACK_BAR, CONFIRMED_BAR = 0.050, 0.150
"""Seconds, at the median."""
_COLUMNS = (
    "", "ack median ms", "p99", "bar", "", "confirmed median ms", "p99", "bar", "",
    "updates/s", "bare INSERTs/s", "part",
)  # fmt: skip


@dataclass(slots=True)
class Sent:
    """An update on its way; moments on the monotonic clock."""

    at: float
    acked: float = 0.0
    confirmed: float = 0.0
    seen: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Run:
    """What one load of updates measured."""

    sent: Sequence[Sent]
    seconds: float
    bare: float
    """Bare INSERTs a second, as many at once."""

    def row(self, name: str) -> tuple[str, ...]:
        """A line of the table."""
        acks = [one.acked - one.at for one in self.sent]
        told = [one.confirmed - one.at for one in self.sent]
        a_second = len(self.sent) / self.seconds
        return (
            name,
            *(milliseconds(median(acks)), milliseconds(p99(acks)), _bar(ACK_BAR), against(median(acks), ACK_BAR)),
            *(milliseconds(median(told)), milliseconds(p99(told)), _bar(CONFIRMED_BAR)),
            against(median(told), CONFIRMED_BAR),
            *(f"{a_second:.0f}", f"{self.bare:.0f}", f"{a_second / self.bare:.2f}"),
        )


def measure(screen: Console) -> None:
    """Show a line for each database and load."""
    rows = []
    for database, url in _databases():
        alone, together = asyncio.run(_measured(url))
        rows += [alone.row(f"{database}, one at a time"), together.row(f"{database}, {OWNERS} owners at once")]
    show(screen, f"/progress over signed HTTP, {ON_RECORD:,} updates on the record", _COLUMNS, rows)


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/bench.db"
    with postgresql(is_safe=True) as server, server.empty() as url:
        yield "PostgreSQL", url


async def _measured(url: str) -> tuple[Run, Run]:
    database = Database.at(url)
    await database.upgrade()
    await fill(database, ON_RECORD)
    await database.close()
    async with Workspace.open(manifest(names()), delivery="http") as slack, _Owners.at_work(slack, url) as owners:
        await owners.report(0, 20)  # what is read once is read
        alone = await _timed(lambda: owners.report(0, ALONE))
        together = await _timed(lambda: owners.report_at_once(EACH))
    bare_alone, bare_together = await _bare(url, 1, ALONE), await _bare(url, OWNERS, EACH)
    return Run(*alone, bare_alone), Run(*together, bare_together)


async def _timed(load: Callable[[], Awaitable[list[Sent]]]) -> tuple[list[Sent], float]:
    began = time.perf_counter()
    sent = await load()
    return sent, time.perf_counter() - began


class _Owners:
    """Owners who report, each the next update when the last is confirmed."""

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=OWNERS))
        self._events = ""
        self._answers = ""
        self._sent: dict[str, Sent] = {}

    @classmethod
    @asynccontextmanager
    async def at_work(cls, slack: Workspace, url: str) -> AsyncIterator["_Owners"]:
        """They, and planbot, while the block runs."""
        for number in range(OWNERS):
            slack.member(f"Owner {number}", user_id=owner(number))
        owners, port = cls(slack.signing_secret), free_port()
        environment = {
            **os.environ, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": url, "LOG_LEVEL": "WARNING", "PORT": str(port),
        }  # fmt: skip
        owners._events = f"http://127.0.0.1:{port}/slack/events"
        process = await asyncio.create_subprocess_exec(str(EXECUTABLES / "planbot"), "serve", env=environment)
        try:
            async with owners._listening():
                await until_listening(port)
                yield owners
        finally:
            process.terminate()
            await process.wait()
            await owners._session.close()

    async def report(self, number: int, updates: int) -> list[Sent]:
        """One owner's updates."""
        return [await self._report_once(number) for _ in range(updates)]

    async def report_at_once(self, updates: int) -> list[Sent]:
        """Every owner's updates."""
        every = await asyncio.gather(*(self.report(number, updates) for number in range(OWNERS)))
        return [sent for each in every for sent in each]

    async def _report_once(self, number: int) -> Sent:
        name = f"{len(self._sent)}"
        body = urlencode({
            "command": "/progress", "text": f"{action_of(number)} 60% at risk: still waiting for procurement",
            "user_id": owner(number), "team_id": "T00000001", "channel_id": "C00000001", "trigger_id": f"1.2.{name}",
            "response_url": f"{self._answers}/{name}",
        })  # fmt: skip
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": self._verifier.generate_signature(timestamp=stamp, body=body) or "",
        }  # fmt: skip
        sent = self._sent[name] = Sent(time.perf_counter())
        async with self._session.post(self._events, data=body, headers=headers) as response:
            await response.read()
            response.raise_for_status()
        sent.acked = time.perf_counter()
        async with asyncio.timeout(30):
            await sent.seen.wait()
        return sent

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        application = web.Application()
        application.router.add_post("/{name}", self._take)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._answers = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        told = await request.text()
        sent = self._sent[request.match_info["name"]]
        sent.confirmed = time.perf_counter()
        if "at risk" not in told:
            raise RuntimeError(told)
        sent.seen.set()
        return web.Response(text="ok")


async def _bare(url: str, at_once: int, each: int) -> float:
    """Bare INSERTs a second, each committed by itself, by so many tasks at once."""
    database = Database.at(url)
    async with database.reading() as session:
        entry = (await session.exec(select(ActionRow.entry_id))).first() or 0
        workspace = (await session.exec(select(WorkspaceRow.id))).first() or 0
    file = database.address.file
    await database.close()
    insert = _bare_sqlite(str(file)) if file else _bare_postgresql(url, at_once)
    async with insert as put:

        async def one_after_the_other(task: int) -> None:
            for number in range(each):
                await put(_values(workspace, entry, f"bare:{at_once}:{task}:{number}"))

        began = time.perf_counter()
        await asyncio.gather(*(one_after_the_other(task) for task in range(at_once)))
        return at_once * each / (time.perf_counter() - began)


COLUMNS = (
    "workspace_id", "entry_id", "as_of", "recorded_at", "author", "status", "percent", "status_before",
    "percent_before", "note", "via", "idempotency_key",
)  # fmt: skip


def _values(workspace: int, entry: int, key: str) -> tuple[object, ...]:
    now = datetime.now(UTC)
    note = "still waiting for procurement"
    return (workspace, entry, now.date(), now, owner(0), "at-risk", 60, "at-risk", 60, note, "command", key)


Put = Callable[[tuple[object, ...]], Awaitable[object]]


@asynccontextmanager
async def _bare_sqlite(file: str) -> AsyncIterator[Put]:
    """By one connection, as planbot writes; its writers take turns."""
    statement = f"INSERT INTO progress_update ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 (our own words)
    turn = asyncio.Lock()
    async with aiosqlite.connect(file, isolation_level=None) as connection:

        async def put(values: tuple[object, ...]) -> None:
            async with turn:
                await connection.execute("BEGIN IMMEDIATE")
                await connection.execute(statement, [str(one) if isinstance(one, date) else one for one in values])
                await connection.execute("COMMIT")

        yield put


@asynccontextmanager
async def _bare_postgresql(url: str, at_once: int) -> AsyncIterator[Put]:
    """By a connection for each task."""
    places = ", ".join(f"${at}" for at in range(1, len(COLUMNS) + 1))
    statement = f"INSERT INTO progress_update ({', '.join(COLUMNS)}) VALUES ({places})"  # noqa: S608 (our own words)
    async with asyncpg.create_pool(url, min_size=at_once, max_size=at_once) as pool:
        yield lambda values: pool.execute(statement, *values)


def _bar(seconds: float) -> str:
    return f"< {seconds * 1e3:.0f}"
