"""How measurements are shown: aligned text, the same in a terminal and in a file."""

import math
import statistics
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

UNWRAPPED = 200
"""Columns where nobody sits at a terminal."""


def console() -> Console:
    """Standard output."""
    screen = Console(highlight=False, markup=False, emoji=False)
    return screen if screen.is_terminal else Console(highlight=False, markup=False, emoji=False, width=UNWRAPPED)


def show(screen: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table: the first column to the left, figures to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    screen.print(f"\n{title}", style="bold")
    screen.print(table)


def part(count: int, of: int) -> str:
    """A count, and which part of the whole it is."""
    return f"{count} {count / of:6.1%}" if of else "-"


def milliseconds(seconds: float) -> str:
    """A time, to two places."""
    return f"{seconds * 1e3:.2f}"


def median(seconds: Sequence[float]) -> float:
    """The middle one, of no times 0."""
    return statistics.median(seconds) if seconds else 0.0


def p95(seconds: Sequence[float]) -> float:
    """What ninety-five of a hundred do not exceed, of no times 0."""
    return _quantile(seconds, 0.95)


def p99(seconds: Sequence[float]) -> float:
    """What ninety-nine of a hundred do not exceed, of no times 0."""
    return _quantile(seconds, 0.99)


def _quantile(seconds: Sequence[float], part_of_all: float) -> float:
    return sorted(seconds)[math.ceil(len(seconds) * part_of_all) - 1] if seconds else 0.0


def against(figure: float, bar: float) -> str:
    """Whether a figure is under its bar."""
    return "met" if figure < bar else "NOT MET"
