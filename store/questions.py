"""What members asked: how often of what, and the words of what was missed. Never who asked.

A question is counted on its day in the plan's zone. Words are kept apart from the counts, and forgotten earlier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.columns import Row
from store.question_tables import Counted, MissedQuestion, QuestionCount
from store.recorded import kept
from store.rows import chunks, rows_of

__all__ = [
    "Asked",
    "Counted",
    "Miss",
    "Tally",
    "asked_between",
    "count_question",
    "count_thumb",
    "dismiss_misses",
    "drop_miss",
    "forget_words",
    "keep_miss",
    "misses",
    "restore_misses",
    "settle_misses",
]

MOST_WORDS = 300
"""Characters of a question that are kept; what is longer tells no more about what the plan lacks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is counted."""

    plan_id: int
    day: date
    """In the plan's zone."""
    outcome: Counted
    subject: str = ""
    """An entry's key or a section's name; empty where none was found."""
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A wording that was not answered, or not as it was meant, on one day."""

    id: int
    words: str
    folded: str
    """The words without regard to case and space."""
    day: date
    outcome: Counted
    subject: str
    """What was answered though it was not meant; else empty."""
    suggestions: tuple[str, ...]
    times: int
    is_dismissed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What was asked in a span of time."""

    asked: int
    """Questions, without small talk."""
    unanswered: int
    """Those that found nothing, or suggestions of which none was pressed."""
    thumbs_up: int
    thumbs_down: int
    top: tuple[tuple[str, int], ...]
    """The subjects asked about most, each with how often, the most frequent first, then by subject."""


def fold(words: str) -> str:
    """The words without regard to case, space and the signs at their end."""
    return " ".join(words.casefold().split()).rstrip(" ?!.,;:")


async def count_question(session: AsyncSession, workspace: int, asked: Asked) -> None:
    """Count a question that was answered, or not."""
    await _count(session, workspace, asked, "asked")


async def count_thumb(session: AsyncSession, workspace: int, asked: Asked, *, is_up: bool) -> None:
    """Count a thumb that an answer got."""
    await _count(session, workspace, asked, "thumbs_up" if is_up else "thumbs_down")


async def keep_miss(
    session: AsyncSession, workspace: int, asked: Asked, words: str, suggestions: Iterable[str] = ()
) -> None:
    """Keep the words of a question that was not answered, or not as it was meant.

    The same wording with the same answer is kept once a day, with how often. Nothing is kept where there are no words.
    """
    short = " ".join(words.split())[:MOST_WORDS].rstrip()
    if not fold(short):
        return
    key = {**_key(workspace, asked), "folded": fold(short)}
    values = {"words": short, "suggestions": list(suggestions), "times": 1}
    await _add(session, MissedQuestion, key, values, "times")


async def drop_miss(session: AsyncSession, workspace: int, plan_id: int, words: str) -> bool:
    """Forget one time that the words got suggestions, since one of these was pressed; whether there was one."""
    wanted = (
        select(MissedQuestion)
        .where(
            col(MissedQuestion.workspace_id) == workspace,
            col(MissedQuestion.plan_id) == plan_id,
            col(MissedQuestion.folded) == fold(" ".join(words.split())[:MOST_WORDS]),
            col(MissedQuestion.outcome) == Counted.SUGGEST.value,
        )
        .order_by(col(MissedQuestion.day).desc())
        .with_for_update()
    )
    latest = (await session.exec(wanted)).first()
    if latest is None:
        return False
    if latest.times > 1:
        latest.times -= 1
        session.add(latest)
    else:
        await session.delete(latest)
    await session.flush()
    return True


async def misses(session: AsyncSession, workspace: int, plan_id: int, since: date, limit: int = 1000) -> list[Miss]:
    """What was missed from the day `since` on, dismissed ones too: the `limit` latest, by day and id, oldest first."""
    rows = await rows_of(
        session,
        MissedQuestion,
        col(MissedQuestion.workspace_id) == workspace,
        col(MissedQuestion.plan_id) == plan_id,
        col(MissedQuestion.day) >= since,
        order=[col(MissedQuestion.day).desc(), col(MissedQuestion.id).desc()],
    )
    return [
        Miss(
            id=kept(row.id),
            words=row.words,
            folded=row.folded,
            day=row.day,
            outcome=Counted(row.outcome),
            subject=row.subject,
            suggestions=tuple(row.suggestions),
            times=row.times,
            is_dismissed=row.dismissed_at is not None,
        )
        for row in reversed(rows[:limit])
    ]


async def settle_misses(session: AsyncSession, workspace: int, identities: Iterable[int]) -> int:
    """Forget misses that an administrator has dealt with; returns how many there were."""
    settled = 0
    for ids in chunks(identities):
        settled += (await session.exec(delete(MissedQuestion).where(*_among(workspace, ids)))).rowcount
    return settled


async def dismiss_misses(session: AsyncSession, workspace: int, identities: Iterable[int], now: datetime) -> int:
    """Note that misses are not about the plan; returns how many were not dismissed before."""
    return await _set_dismissed(session, workspace, identities, now)


async def restore_misses(session: AsyncSession, workspace: int, identities: Iterable[int]) -> int:
    """Take a dismissal back; returns how many had been dismissed."""
    return await _set_dismissed(session, workspace, identities, None)


async def forget_words(session: AsyncSession, workspace: int, before: date) -> int:
    """Forget the words kept before a day; returns how many wordings. The counts of those days stay."""
    old = col(MissedQuestion.workspace_id) == workspace, col(MissedQuestion.day) < before
    return (await session.exec(delete(MissedQuestion).where(*old))).rowcount


async def asked_between(
    session: AsyncSession, workspace: int, start: datetime, end: datetime, zone: ZoneInfo, top: int = 5
) -> Tally:
    """What was asked from the day of `start` to the day before that of `end`, in the plan's zone.

    So each day belongs to one of two spans that meet. Of the subjects the `top` most frequent are told.
    """
    within = (
        col(QuestionCount.workspace_id) == workspace,
        col(QuestionCount.day) >= start.astimezone(zone).date(),
        col(QuestionCount.day) < end.astimezone(zone).date(),
    )
    sums = [func.sum(getattr(QuestionCount, name)) for name in ("asked", "thumbs_up", "thumbs_down")]
    by_outcome = select(QuestionCount.outcome, *sums).where(*within).group_by(col(QuestionCount.outcome))
    rows = {Counted(row[0]): [int(number) for number in row[1:]] for row in (await session.exec(by_outcome)).all()}
    asked = {outcome: rows[outcome][0] if outcome in rows else 0 for outcome in Counted}
    return Tally(
        asked=asked[Counted.ANSWER] + asked[Counted.SUGGEST] + asked[Counted.UNKNOWN],
        unanswered=asked[Counted.UNKNOWN] + max(0, asked[Counted.SUGGEST] - asked[Counted.CHOSEN]),
        thumbs_up=sum(numbers[1] for numbers in rows.values()),
        thumbs_down=sum(numbers[2] for numbers in rows.values()),
        top=await _top(session, within, top),
    )


async def _top(session: AsyncSession, within: Iterable[Any], limit: int) -> tuple[tuple[str, int], ...]:
    times = func.sum(col(QuestionCount.asked))
    by_subject = (
        select(QuestionCount.subject, times)
        .where(*within, col(QuestionCount.subject) != "", col(QuestionCount.asked) > 0)
        .group_by(col(QuestionCount.subject))
        .order_by(times.desc(), col(QuestionCount.subject))
        .limit(limit)
    )
    return tuple((subject, int(many)) for subject, many in (await session.exec(by_subject)).all())


def _key(workspace: int, asked: Asked) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "plan_id": asked.plan_id,
        "day": asked.day,
        "outcome": asked.outcome.value,
        "subject": asked.subject,
        "facet": asked.facet,
    }


async def _count(session: AsyncSession, workspace: int, asked: Asked, column: str) -> None:
    values = {"asked": 0, "thumbs_up": 0, "thumbs_down": 0} | {column: 1}
    await _add(session, QuestionCount, _key(workspace, asked), values, column)


async def _add(
    session: AsyncSession, table: type[Row], key: Mapping[str, Any], values: Mapping[str, Any], column: str
) -> None:
    """Insert the row; where one with the key is there, only let its `column` grow by one. Several may at once."""
    dialect = (await session.connection()).dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    new = insert(table).values({**key, **values})
    grown = {column: getattr(table, column) + 1}
    await session.exec(new.on_conflict_do_update(index_elements=list(key), set_=grown))


async def _set_dismissed(
    session: AsyncSession, workspace: int, identities: Iterable[int], moment: datetime | None
) -> int:
    column, changed = col(MissedQuestion.dismissed_at), 0
    old = column.is_(None) if moment else column.is_not(None)
    for ids in chunks(identities):
        statement = update(MissedQuestion).where(*_among(workspace, ids), old).values(dismissed_at=moment)
        changed += (await session.exec(statement)).rowcount
    return changed


def _among(workspace: int, identities: list[int]) -> tuple[Any, Any]:
    return col(MissedQuestion.workspace_id) == workspace, col(MissedQuestion.id).in_(identities)
