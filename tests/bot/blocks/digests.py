"""Plans and what was reported on them, for tests of what digests look like."""

from datetime import UTC, date, datetime, timedelta

from bot.blocks.digest import digest_posts
from bot.blocks.digest_showing import Posts, Showing
from bot.blocks.message import Block, Message
from bot.console.workspace.limits import check_message
from commands.digest import Asked, Context, Digest, Earlier, Measured, Reported, compose
from store.plan import (
    About,
    Action,
    Figure,
    Indicator,
    Nature,
    Objective,
    Plan,
    PlanStatus,
    Priority,
    Status,
    Update,
    Value,
)
from store.standing import State
from tests.bot.running import names

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WEEK = timedelta(days=7)
PRIORITIES = 3
ON_TRACK = State(Status.ON_TRACK, 40)
AT_RISK = State(Status.AT_RISK, 40)
OFF_TRACK = State(Status.OFF_TRACK, 40)
COMPLETE = State(Status.COMPLETE, 100)


def action(key: str, now: State, *, title: str = "", due: str = "2027-06-30", owners: tuple[str, ...] = ()) -> Action:
    """An action on which was reported three days ago."""
    heard = Update(date=date(2026, 11, 20), author="U02CARTER", status=now.status, percent=now.percent)
    return Action(
        key=key,
        title=title or f"Action {key}",
        owners=owners or ("U02CARTER",),
        start=date(2026, 1, 1),
        due=date.fromisoformat(due),
        status=now.status,
        percent=now.percent,
        updates=(heard,),
    )


def indicator(key: str, words: str) -> Indicator:
    """An indicator that is measured in words."""
    figure = Figure(value=words, date=date(2026, 1, 1))
    return Indicator(key=key, title=words, nature=Nature.QUALITATIVE, baseline=figure, target=figure)


def plan(*actions: Action, indicators: tuple[Indicator, ...] = ()) -> Plan:
    """A plan whose actions stand under its priorities in turn; its indicators stand under the first."""
    about = About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="America/Winnipeg")
    priorities = [
        Priority(
            key=f"p-{at}",
            title=f"Priority {at}",
            objectives=(
                Objective(
                    key=f"o-{at}",
                    title=f"Objective {at}",
                    actions=actions[at::PRIORITIES],
                    indicators=indicators if at == 0 else (),
                ),
            ),
        )
        for at in range(PRIORITIES)
    ]
    return Plan(about=about, priorities=tuple(priorities))


def moved(one: Action, before: State = ON_TRACK, note: str | None = None, author: str | None = "U02CARTER") -> Reported:
    """An update of an action up to how it stands."""
    return Reported(one.key, author, note, before, State(one.status, one.percent))


def composed(whole: Plan, *reported: Reported, beside: Context | None = None, since: datetime = NOW - WEEK) -> Digest:
    """The digest of the week before now."""
    return compose(whole, reported, scope="", since=since, until=NOW, now=NOW, beside=beside)


def everything(count: int, title: str = "Renew the fleet", note: str | None = "Half of it is there") -> Digest:
    """A digest in which as many actions fell off track, are late, and as many are due soon; with all that is beside."""
    late = [action(f"A-{at:04}", OFF_TRACK, title=title, due="2026-11-01") for at in range(count)]
    soon = [action(f"B-{at:04}", ON_TRACK, title=title, due="2026-11-30") for at in range(count)]
    unchanged = [Reported(one.key, "U02CARTER", None, ON_TRACK, ON_TRACK, is_news=False) for one in soon]
    measured = [indicator(f"i-{at}", title) for at in range(min(count, 60))]
    whole = plan(*late, *soon, indicators=tuple(measured))
    values = (Value(key="care", title=title, statement=note or title),)
    return composed(
        whole.model_copy(update={"values": values}),
        *(moved(one, note=note) for one in late),
        *unchanged,
        beside=Context(
            earlier=[Earlier(date(2026, 11, 16) - at * WEEK, {"on-track": at + 1}) for at in reversed(range(8))],
            measured=[Measured(one, Figure(value=title, date=NOW.date()), one.baseline) for one in measured],
            asked=Asked(count, count, ((title, count),) * 3, ((note or title, count),) * 3) if count else None,
        ),
    )


def shown(digest: Digest, showing: Showing | None = None) -> Posts:
    """The digest as messages, all of which Slack takes, and would take as amendments."""
    showing = showing or Showing(names())
    posts = digest_posts(digest, showing)
    for message in (posts.first, *posts.thread):
        body = {"text": message.text, "blocks": list(message.blocks)}
        check_message(body, charts=showing.charts, characters=4_000)
        assert characters(message) <= 12_000
        assert message.text.strip()
    return posts


def words(message: Message) -> str:
    """All that the message's blocks say, without charts."""
    return "\n".join(text["text"] for text in _texts(message))


def marked(message: Message) -> str:
    """What of it Slack reads as mrkdwn."""
    return "\n".join(text["text"] for text in _texts(message) if text["type"] == "mrkdwn")


def _texts(message: Message) -> list[Block]:
    texts = [text for block in message.blocks for text in (block.get("text"), *block.get("elements", ()))]
    return [text for text in texts if isinstance(text, dict) and isinstance(text.get("text"), str)]


def characters(message: Message) -> int:
    """How long the blocks are, as Slack counts."""
    return len(words(message).encode("utf-16-le")) // 2
