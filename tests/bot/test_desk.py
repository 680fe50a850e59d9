"""The desk: what order work is done in."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.desk import Desk


def noting(done: list[str], what: str, until: asyncio.Event | None = None) -> Callable[[], Awaitable[None]]:
    """Work that notes what it was, when `until` has come."""

    async def work() -> None:
        if until:
            await until.wait()
        done.append(what)

    return work


async def fail(error: Exception) -> None:
    raise error


async def test_what_one_person_wants_is_done_in_the_order_it_came() -> None:
    desk, done, may_go_on = Desk(at_once=4), list[str](), asyncio.Event()
    desk.take(noting(done, "40 %", may_go_on), fail, whose="U1")
    desk.take(noting(done, "60 %"), fail, whose="U1")
    desk.take(noting(done, "another's"), fail, whose="U2")
    desk.take(noting(done, "nobody's"), fail)
    await asyncio.sleep(0)
    may_go_on.set()
    assert await desk.finish(5)
    assert done == ["another's", "nobody's", "40 %", "60 %"]


async def test_who_wants_much_does_not_keep_others_waiting() -> None:
    desk, done = Desk(at_once=1), list[str]()
    for number in range(3):
        desk.take(noting(done, f"much {number}"), fail, whose="U1")
    desk.take(noting(done, "little"), fail, whose="U2")
    assert await desk.finish(5)
    assert done == ["much 0", "little", "much 1", "much 2"]


async def test_a_failure_is_told_and_the_persons_next_work_is_done() -> None:
    desk, done, told = Desk(), list[str](), list[str]()

    async def break_off() -> None:
        raise ValueError("broken")

    async def tell(error: Exception) -> None:
        told.append(str(error))

    desk.take(break_off, tell, whose="U1")
    desk.take(noting(done, "next"), tell, whose="U1")
    assert await desk.finish(5)
    assert (told, done) == (["broken"], ["next"])
