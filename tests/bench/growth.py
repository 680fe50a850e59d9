"""How planbot grows with the plan: time and memory of the index, and time a question, at four sizes."""

import gc
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

import psutil
from rich.console import Console

from commands.ask.index import Index
from commands.ask.understand import understand
from tests.bench.peers import peers_of
from tests.bench.synthetic import Sort, plan_of, questions_about
from tests.bench.tables import against, median, milliseconds, p99, show

SIZES = (50, 500, 5_000, 20_000)
EACH = 60
"""Questions of each sort."""
BARS = {50: 0.001, 20_000: 0.010}
"""What the median question may take at a size, in seconds; the first one holds up to 100 entries."""
PEERS_EACH = 2
"""Questions of each sort that a peer is asked; some take long."""
_COLUMNS = ("entries", "index s", "MiB", "first ms", "median ms", "p99 ms", "bar ms", "", *Sort)
_TITLE = f"Growth: fictional plans, {EACH} questions of each sort, each asked once; last, each sort's median ms"


@dataclass(frozen=True, slots=True)
class Grown:
    """What one size measured, times in seconds."""

    size: int
    built: float
    held: float
    """MiB that the process grew by, from the plan to the index with all questions asked."""
    first: float
    """The first question, for which some things are made ready."""
    took: dict[Sort, list[float]]
    peers: dict[str, float]
    """Each peer's median question."""

    def row(self) -> tuple[str, ...]:
        """A line of the table."""
        whole = list(chain.from_iterable(self.took.values()))
        bar = BARS.get(self.size)
        return (
            f"{self.size:,}",
            f"{self.built:.3f}",
            f"{self.held:.1f}",
            milliseconds(self.first),
            milliseconds(median(whole)),
            milliseconds(p99(whole)),
            f"< {bar * 1e3:.0f}" if bar else "",
            against(median(whole), bar) if bar else "",
            *(milliseconds(median(self.took[sort])) for sort in Sort),
        )


def measure(screen: Console) -> None:
    """Show a line for each size, and the peers' medians."""
    # A process for each size: what one holds or remembers must not help the next.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        every = list(processes.map(grown, SIZES))
    show(screen, _TITLE, _COLUMNS, [one.row() for one in every])
    rows = [(f"{one.size:,}", *map(milliseconds, one.peers.values())) for one in every]
    show(screen, "Growth of the peers: a question's median ms", ("entries", *every[0].peers), rows)


def grown(size: int) -> Grown:
    """All figures for one size."""
    understand("is the vocabulary read", Index.build(plan_of(12)))
    plan = plan_of(size)
    questions = questions_about(plan, EACH)
    before = _resident()
    began = time.perf_counter()
    index = Index.build(plan)
    built = time.perf_counter() - began
    (first,) = _times(lambda asked: understand(asked, index), ["wich prioritty is this undr"])
    took = {sort: _times(lambda asked: understand(asked, index), listed) for sort, listed in questions.items()}
    held = _resident() - before
    few = list(chain.from_iterable(questions_about(plan, PEERS_EACH).values()))
    peers = {peer.name: median(_times(peer.ranking, few)) for peer in peers_of(plan)}
    return Grown(size, built, held, first, took, peers)


def _times(ask: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took


def _resident() -> float:
    """MiB of memory that this process has."""
    gc.collect()
    resident: int = psutil.Process().memory_info().rss
    return resident / 2**20
