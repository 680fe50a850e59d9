"""Simulates years of digests on a database and shows what became of them. `--help` tells the arguments."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.tables import console, show
from tests.databases import migrate, postgresql
from tests.simulation.driving import Course, simulated
from tests.simulation.outcome import Due, Outcome

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_COLUMNS = (
    *("", "due", "delivered", "late", "covered", "left open", "duplicates", "missing", "not due", "too late", "gaps"),
    *("replies", "torn threads", "pauses", "not told", "kills", "faults", "s"),
)


@contextmanager
def _database(name: str) -> Iterator[str]:
    """The URL of a migrated database with nothing in it."""
    if name == "postgresql":
        with postgresql() as server:
            yield server.migrated()
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'simulation.db'}"
        migrate(url)
        yield url


def _row(name: str, found: Outcome, seconds: float) -> tuple[str, ...]:
    figures = (
        *(found.due, found.delivered, found.late, found.covered, found.left_open),
        *(len(found.duplicates), len(found.missing), len(found.not_wanted), len(found.too_late), len(found.gaps)),
        *(found.replies, len(found.torn), found.pauses, found.untold_pauses),
        *(found.kills, found.faults.total(), round(seconds)),
    )
    return (name, *map(str, figures))


def _wrong(found: Outcome) -> Iterator[tuple[str, list[Due]]]:
    yield "twice", found.duplicates
    yield "missing", found.missing
    yield "not due", found.not_wanted
    yield "after the grace", found.too_late
    yield "does not follow on the one before", found.gaps
    yield "thread not whole", found.torn


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    parser.add_argument("--years", type=float, default=2.0)
    parser.add_argument("--subscriptions", type=int, default=40)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--verbose", action="store_true", help="show what the replicas warn of")
    return parser.parse_args()


def main(given: argparse.Namespace) -> int:
    """Show what became of the digests, for each database; 1 where one did not come exactly once."""
    screen, failed = console(), False
    for name in [given.database] if given.database else DATABASES:
        with _database(name) as url:
            began = time.perf_counter()
            course = Course(
                database_url=url,
                days=given.years * 365.25,
                subscriptions=given.subscriptions,
                replicas=given.replicas,
                seed=given.seed,
                is_talkative=given.verbose,
            )
            found = simulated(course)
        row = _row(DATABASES[name], found, time.perf_counter() - began)
        title = f"{given.years:g} years of {given.subscriptions} digests, {given.replicas} replicas (seed {given.seed})"
        show(screen, title, _COLUMNS, [row])
        screen.print("faults: " + ", ".join(f"{times} {fault}" for fault, times in sorted(found.faults.items())))
        for what, dues in _wrong(found):
            for subscription, due in dues:
                screen.print(f"{what}: subscription {subscription}, due {due.isoformat()}")
        failed |= not found.is_well
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(_arguments()))
