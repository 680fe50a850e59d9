"""Kills planbot many times on each database. Arguments: how many times (default: 50), and the seed of the chance."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.tables import console, show
from tests.databases import migrate, postgresql
from tests.stress.kills import Outcome, killed_at_random

KILLS = 50
_COLUMNS = ("", "kills", "sent", "acked", "on record", "lost", "repeated", "not confirmed", "confirmed twice", "s")


def _databases(folder: str) -> Iterator[tuple[str, str]]:
    url = f"sqlite:///{folder}/stress.db"
    migrate(url)
    yield "SQLite", url
    with postgresql(is_safe=True) as server:
        yield "PostgreSQL", server.migrated()


def _row(name: str, found: Outcome, seconds: float) -> tuple[str, ...]:
    twice = sum(times > 1 for times in found.confirmed.values())
    figures = (
        *(found.kills, found.sent, len(found.acked), len(found.on_record), len(found.lost)),
        *(len(found.repeated), len(found.untold) + len(found.made_up), twice, round(seconds)),
    )
    return (name, *map(str, figures))


def main(kills: int, seed: int) -> int:
    """Show what became of the updates, for each database; 1 where any was lost, kept twice or not told of."""
    screen, failed = console(), False
    with tempfile.TemporaryDirectory() as folder:
        for name, url in _databases(folder):
            began = time.perf_counter()
            found = asyncio.run(killed_at_random(url, Path(folder), kills, seed))
            row = _row(name, found, time.perf_counter() - began)
            show(screen, f"planbot killed at random while owners report (seed {seed})", _COLUMNS, [row])
            failed |= bool(found.lost or found.repeated or found.untold or found.made_up)
    return int(failed)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [KILLS, int(time.time())][len(given) :])))
