"""Every measurement, one after the other."""

import asyncio

from tests.bench import answers, commands_over_http, growth, starting
from tests.bench.tables import console

if __name__ == "__main__":
    screen = console()
    asyncio.run(commands_over_http.measure())
    answers.measure(screen)
    growth.measure(screen)
    starting.measure(screen)
