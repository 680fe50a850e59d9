"""Every measurement, one after the other."""

import asyncio

import psutil

from tests.bench import answers, commands_over_http, digest_rush, digests, growth, progress, starting
from tests.bench.tables import console

if __name__ == "__main__":
    screen = console()
    loads = ", ".join(f"{load:.2f}" for load in psutil.getloadavg())
    screen.print(f"{psutil.cpu_count()} cores, load average {loads} (1, 5, 15 minutes) before anything is measured")
    asyncio.run(commands_over_http.measure())
    progress.measure(screen)
    answers.measure(screen)
    growth.measure(screen)
    digests.measure(screen)
    digest_rush.measure(screen)
    starting.measure(screen)
