"""Messages that nobody waits for go out at a pace that Slack takes."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.pacing import Pace, Rank

A_MINUTE = 6_000
"""A hundredth of a second apart."""


async def given(pace: Pace, ranks: Iterator[Rank], told: list[Rank]) -> None:
    """Have `told` filled with the ranks in the order in which their turns came."""

    async def wait(rank: Rank) -> None:
        await pace.turn(rank)
        told.append(rank)

    await asyncio.gather(*map(wait, ranks))


async def test_so_many_go_at_once_and_the_others_one_after_the_other() -> None:
    pace, loop, told = Pace(A_MINUTE, burst=3), asyncio.get_running_loop(), list[Rank]()
    began = loop.time()

    await given(pace, iter([Rank.FIRST] * 8), told)

    assert loop.time() - began >= 0.05 - 0.001


async def test_first_messages_go_before_threads_that_waited_longer() -> None:
    pace, told = Pace(A_MINUTE, burst=1), list[Rank]()

    await given(pace, iter([Rank.THREAD] * 4 + [Rank.FIRST] * 3), told)

    assert told == [Rank.THREAD, *[Rank.FIRST] * 3, *[Rank.THREAD] * 3]


async def test_who_gave_up_takes_no_turn_from_the_others() -> None:
    pace = Pace(a_minute=300, burst=1)
    await pace.turn()
    for _ in range(50):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pace.turn(), 0.001)

    await asyncio.wait_for(pace.turn(), 5)  # ten seconds, if those who gave up had had theirs
