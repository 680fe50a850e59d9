"""How planbot grows with the plan: time and memory of the index, and time a question, at four sizes."""

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import chain

from rich.console import Console

from commands.ask.index import Index
from commands.ask.understand import understand
from store.plan import Plan
from tests.bench.peers import peers_of
from tests.bench.synthetic import Sort, plan_of, questions_about
from tests.bench.tables import against, median, milliseconds, p99, show

SIZES = (50, 500, 5_000, 20_000)
EACH = 60
"""Questions of each sort."""
BARS = {50: 0.001, 20_000: 0.010}
"""What the median question may take at a size, in seconds; the first one holds up to 100 entries."""
PEERS_EACH = 3
"""Questions of each sort that a peer is asked; some take long."""
_COLUMNS = ("entries", "index s", "MiB", "median ms", "p99 ms", "bar ms", "", *(f"{sort} ms" for sort in Sort))


def measure(screen: Console) -> None:
    """Show a line for each size, and the peers' medians."""
    understand("is the vocabulary read", Index.build(plan_of(20)))
    plans = {size: plan_of(size) for size in SIZES}
    title = (
        f"Growth: fictional plans, {EACH} questions of each sort, each asked once (last columns: the sorts' medians)"
    )
    show(screen, title, _COLUMNS, [_row(size, plan) for size, plan in plans.items()])
    names = [peer.name for peer in peers_of(plans[SIZES[0]])]
    rows = [(f"{size:,}", *_peers(plan)) for size, plan in plans.items()]
    show(screen, "Growth of the peers: a question's median ms", ("entries", *names), rows)


def _row(size: int, plan: Plan) -> tuple[str, ...]:
    gc.collect()
    began = time.perf_counter()
    index = Index.build(plan)
    built = time.perf_counter() - began
    took = {
        sort: _times(lambda question: understand(question, index), asked)
        for sort, asked in questions_about(plan, EACH).items()
    }
    whole = list(chain.from_iterable(took.values()))
    bar = BARS.get(size)
    return (
        f"{size:,}",
        f"{built:.3f}",
        f"{_memory(plan):.1f}",
        milliseconds(median(whole)),
        milliseconds(p99(whole)),
        f"< {bar * 1e3:.0f}" if bar else "",
        against(median(whole), bar) if bar else "",
        *(milliseconds(median(took[sort])) for sort in Sort),
    )


def _times(ask: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took


def _memory(plan: Plan) -> float:
    """What the index holds beside the plan, in MiB; building it while counting takes several times as long."""
    gc.collect()
    tracemalloc.start()
    try:
        index = Index.build(plan)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        del index
    finally:
        tracemalloc.stop()
    return held / 2**20


def _peers(plan: Plan) -> tuple[str, ...]:
    questions = list(chain.from_iterable(questions_about(plan, PEERS_EACH).values()))
    return tuple(milliseconds(median(_times(peer.ranking, questions))) for peer in peers_of(plan))
