"""What is new to a person: the first thing after they acted, or everything as it comes."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial

from bot.console.workspace.core import Core
from bot.console.workspace.records import Message, User, ViewRow
from bot.console.workspace.seen import Answer, SeenMessage, View, seen, view_of


async def first_sight(core: Core, user: User, channel: str | None, mark: str, within: float | None) -> Answer:
    """The first thing new to the person since `mark`: a view opened or changed, a message come, changed or gone.

    Messages of the app count in `channel`, in their direct message with it, and wherever one is for their eyes alone.
    `within` None does not wait. Raises NotSeenError.
    """
    if within is None:
        return Answer()
    return await core.changes.until(
        lambda: _first_news(core, user, channel, mark),
        within,
        lambda: f"{user.name} saw nothing happen; {_recent(core)}",
    )


async def watch(core: Core, user: User, mark: str) -> AsyncIterator[SeenMessage | View]:
    """Every message and view since `mark`, as it comes to the person or changes before them. Never ends."""
    while True:
        latest = await core.changes.until(partial(_latest_news, core, user, mark), FOREVER, str)
        for moment, item in latest:
            mark = max(mark, moment)
            yield item


FOREVER = 10.0**9
"""Seconds: longer than any process runs."""


def _first_news(core: Core, user: User, channel: str | None, mark: str) -> Answer | None:
    concerns = _concerning(core, user, channel)
    for row in _views(core, user):
        if row.hash > mark:
            return Answer(view=view_of(row))
    for message in core.state.visible_to(user.id):
        if message.app_id and concerns(message) and _moment(message) > mark:
            return Answer(message=seen(message, core.app.app_id))
    if any(ts > mark and concerns(message) for ts, message in core.state.erased):
        return Answer(closed=True)
    return None


def _latest_news(core: Core, user: User, mark: str) -> list[tuple[str, SeenMessage | View]] | None:
    def items() -> Iterator[tuple[str, SeenMessage | View]]:
        for message in core.state.visible_to(user.id):
            if _moment(message) > mark:
                yield _moment(message), seen(message, core.app.app_id)
        for row in _views(core, user):
            if row.hash > mark:
                yield row.hash, view_of(row)

    return sorted(items(), key=lambda item: item[0]) or None


def _concerning(core: Core, user: User, channel: str | None) -> Callable[[Message], bool]:
    return lambda message: (
        message.channel == channel
        or message.ephemeral_for == user.id
        or core.state.conversations[message.channel].user == user.id
    )


def _moment(message: Message) -> str:
    return max(message.ts, message.edited_ts or "")


def _views(core: Core, user: User) -> list[ViewRow]:
    home = [core.state.homes[user.id]] if user.id in core.state.homes else []
    return [*core.state.stacks.get(user.id, ()), *home]


def _recent(core: Core) -> str:
    calls = [(call.method, call.error) for call in core.calls.calls[-5:]]
    return f"the app's last calls were {calls}"
