"""A week's digest of a plan with ten thousand actions: time, memory, and how they grow with the record and the week.

Beside it, in the same process: reading the same rows off the same database by its bare driver.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it has no annotations
from rich.console import Console

from bot.blocks.digest import digest_posts
from bot.blocks.digest_showing import Showing
from commands.digest_reading import Wanted, read_digest
from commands.shelf import Shelf
from store.address import Address
from store.database import Database
from tests.bench.reported import ACTIONS, BEGAN, NOW, WEEK, fill, report
from tests.bench.tables import against, median, milliseconds, show
from tests.bot.running import names
from tests.databases import postgresql

ON_RECORD = 100_000
RECORD_GROWS_TO = (25_000, 50_000, ON_RECORD, 200_000)
IN_WEEK = 2_500
"""Updates of the week: as many as there are where every action is reported on once in four weeks."""
RUNS = 5
TIME_BAR, MEMORY_BAR = 1.0, 200.0
"""Seconds and MiB."""
_COLUMNS = (
    "updates", "of the week", "plan at hand ms", "bar", "", "processor ms", "plan to be read ms", "bar", "",
    "bare rows ms", "peak MiB", "bar", "", "imports MiB",
)  # fmt: skip
_ROWS = (
    "SELECT * FROM entry",
    "SELECT * FROM action",
    "SELECT * FROM indicator",
    "SELECT * FROM owner",
    "SELECT * FROM progress_update WHERE id IN (SELECT latest_update_id FROM action)",
)
_ROWS_OF_WEEK = "SELECT * FROM progress_update WHERE recorded_at >= '{start}' AND recorded_at < '{end}'"


@dataclass(frozen=True, slots=True)
class Composed:
    """What one record measured; times in seconds, memory in MiB."""

    warm: float
    """With the plan at hand."""
    processor: float
    """Of the same, the processor's time, which other work on the machine leaves alone; a server's is not in it."""
    cold: float
    """At once after a start: the plan is read, too."""
    bare: float
    peak: float
    imports: float

    def row(self, on_record: int, in_week: int) -> tuple[str, ...]:
        """A line of the table."""
        return (
            *(f"{on_record:,}", f"{in_week:,}"),
            *(milliseconds(self.warm), _bar(TIME_BAR * 1e3), against(self.warm, TIME_BAR)),
            milliseconds(self.processor),
            *(milliseconds(self.cold), _bar(TIME_BAR * 1e3), against(self.cold, TIME_BAR), milliseconds(self.bare)),
            *(f"{self.peak:.0f}", _bar(MEMORY_BAR), against(self.peak, MEMORY_BAR), f"{self.imports:.0f}"),
        )


def measure(screen: Console) -> None:
    """Show a table for each database."""
    with tempfile.TemporaryDirectory() as folder:
        _show(screen, "SQLite", f"sqlite:///{folder}/bench.db")
    with postgresql(is_safe=True) as server, server.empty() as url:
        _show(screen, "PostgreSQL", url)


def _show(screen: Console, database: str, url: str) -> None:
    # A process for each: what one holds or remembers must not help the next, and the peak is its own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        rows = [processes.submit(composed, url).result().row(size, IN_WEEK) for size in _grown(url)]
        took, worked = processes.submit(taken_in, url).result()
        for times in (2, 4):
            in_all = RECORD_GROWS_TO[-1] + (times - 1) * IN_WEEK
            rows.append(processes.submit(composed, url).result().row(in_all, times * IN_WEEK))
            asyncio.run(_with(url, partial(report, updates=2 * IN_WEEK, start=NOW - WEEK, end=NOW)))
    show(screen, f"A week's digest of {ACTIONS:,} actions, {database}", _COLUMNS, rows)
    screen.print(
        f"{IN_WEEK:,} updates more, with the plan from before at hand: {milliseconds(took)} ms "
        f"(processor {milliseconds(worked)} ms), bar {_bar(TIME_BAR * 1e3)} {against(took, TIME_BAR)}"
    )


def _bar(figure: float) -> str:
    return f"< {figure:.0f}"


def _grown(url: str) -> Iterator[int]:
    """Updates in all, each as soon as the record has so many."""
    asyncio.run(_with(url, _prepare))
    asyncio.run(_with(url, partial(report, updates=IN_WEEK, start=NOW - WEEK, end=NOW)))
    in_all = IN_WEEK
    for size in RECORD_GROWS_TO:
        asyncio.run(_with(url, partial(report, updates=size - in_all, start=BEGAN, end=NOW - WEEK)))
        in_all = size
        yield in_all


async def _prepare(database: Database) -> None:
    await database.upgrade()
    await fill(database)


async def _with(url: str, work: Callable[[Database], Awaitable[None]]) -> None:
    database = Database.at(url)
    try:
        await work(database)
    finally:
        await database.close()


def composed(url: str) -> Composed:
    """All figures for the record as it is."""
    imports = _peak()

    async def timed() -> Composed:
        database, shelf = Database.at(url), Shelf(1)
        try:
            cold, _ = await _digest(database, shelf)
            peak = _peak()
            runs = [await _digest(database, shelf) for _ in range(RUNS)]
        finally:
            await database.close()
        warm, processor = (median(times) for times in zip(*runs, strict=True))
        return Composed(warm, processor, cold, await _bare(url), peak, imports)

    return asyncio.run(timed())


def taken_in(url: str) -> tuple[float, float]:
    """Seconds until the digest is ready where a process has the plan at hand as it was a week's updates ago.

    And the processor's; the updates stay on the record.
    """

    async def timed() -> tuple[float, float]:
        database, shelf = Database.at(url), Shelf(1)
        try:
            await _digest(database, shelf)
            await report(database, IN_WEEK, NOW - WEEK, NOW)
            return await _digest(database, shelf)
        finally:
            await database.close()

    return asyncio.run(timed())


async def _digest(database: Database, shelf: Shelf) -> tuple[float, float]:
    """Seconds from nothing to the messages of the digest, and of the processor's time."""
    began, worked = time.perf_counter(), time.process_time()
    async with database.reading() as session:
        current = await shelf.current(session)
        digest = await read_digest(session, shelf.workspace, current.plan, Wanted(NOW - WEEK, NOW, NOW))
    posts = digest_posts(digest, Showing(names=names(), delivery=1))
    took = time.perf_counter() - began, time.process_time() - worked
    if not digest.moved or not posts.first.blocks:
        raise RuntimeError("an empty digest")
    return took


async def _bare(url: str) -> float:
    """Seconds for the rows that it takes, by the driver alone."""
    file = Address.parse(url).file
    form = "{:%Y-%m-%d %H:%M:%S}" if file else "{:%Y-%m-%d %H:%M:%S+00}"
    start, end = (form.format(moment.astimezone(UTC)) for moment in (NOW - WEEK, NOW))
    statements = (*_ROWS, _ROWS_OF_WEEK.format(start=start, end=end))
    return _bare_sqlite(file, statements) if file else await _bare_postgresql(url, statements)


def _bare_sqlite(file: Path, statements: tuple[str, ...]) -> float:
    connection = sqlite3.connect(file)
    try:
        began = time.perf_counter()
        for statement in statements:
            connection.execute(statement).fetchall()
        return time.perf_counter() - began
    finally:
        connection.close()


async def _bare_postgresql(url: str, statements: tuple[str, ...]) -> float:
    connection = await asyncpg.connect(url)
    try:
        began = time.perf_counter()
        for statement in statements:
            await connection.fetch(statement)
        return time.perf_counter() - began
    finally:
        await connection.close()


def _peak() -> float:
    """The most memory, in MiB, that this process has had; getrusage would tell its parent's where that had more."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) / 1024
