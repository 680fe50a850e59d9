"""`planbot ask` as a person runs it: start, load, answer, end; from a plan file and from the database."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from tests.bench.tables import against, median, show
from tests.bot.running import RIVERBEND, load

QUESTION = "who owns A-03"
RUNS = 5
BAR = 0.7
"""Seconds from start to end, the median run."""
PLANBOT = str(Path(sys.executable).with_name("planbot"))
_COLUMNS = ("", "median s", "slowest s", "bar s", "")


def measure(screen: Console) -> None:
    """Show both beside the least that starting Python costs, and an import of RapidFuzz, pydantic and Typer."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bench.db"
        asyncio.run(load(database))
        ask = (PLANBOT, "ask", QUESTION)
        runs = {
            "planbot ask --plan FILE": _runs((*ask, "--plan", str(RIVERBEND)), database),
            "planbot ask, from SQLite": _runs(ask, database),
        }
        floors = {
            "python -c pass": _runs((sys.executable, "-c", "pass"), database),
            "import typer, pydantic, rapidfuzz": _runs(
                (sys.executable, "-c", "import typer, typer.main, pydantic, rapidfuzz; pydantic.BaseModel"), database
            ),
            "import sqlmodel, sqlalchemy.ext.asyncio": _runs(
                (sys.executable, "-c", "import sqlmodel, sqlalchemy.ext.asyncio"), database
            ),
        }
    rows = [_row(name, took, BAR) for name, took in runs.items()]
    rows += [_row(name, took, None) for name, took in floors.items()]
    show(screen, f'planbot ask "{QUESTION}", {RUNS} runs each after one to warm the disk', _COLUMNS, rows)


def _row(name: str, took: Sequence[float], bar: float | None) -> tuple[str, ...]:
    figures = (name, f"{median(took):.2f}", f"{max(took):.2f}")
    return (*figures, f"< {bar}", against(median(took), bar)) if bar else (*figures, "", "")


def _runs(command: Sequence[str], database: str) -> list[float]:
    environment = {**os.environ, "DATABASE_URL": database}
    return [_run(command, environment) for _ in range(RUNS + 1)][1:]


def _run(command: Sequence[str], environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return time.perf_counter() - began
