"""Every measurement, one after the other."""

import asyncio

from tests.bench import commands_over_http

if __name__ == "__main__":
    asyncio.run(commands_over_http.measure())
