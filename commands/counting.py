"""Counting what is asked and how the answers are liked, for those who look after the plan. Never who asks."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.ask.answer import Answer
from commands.ask.question import Outcome
from store.handled import first_time
from store.questions import Asked, Counted, count_question, count_thumb, drop_miss, keep_miss

_PERSON = re.compile(r"<@[^>]*>|[^\s@<>|:]*@[^\s@<>|?!,;]+")


@dataclass(frozen=True, slots=True)
class Thumb:
    """A thumb that an answer got: what had been asked, and what had been answered."""

    words: str
    outcome: Counted
    subject: str
    facet: str
    is_up: bool


async def count(
    session: AsyncSession,
    workspace: int,
    plan_id: int,
    found: Answer,
    *,
    keeps_words: bool,
    is_chosen: bool = False,
    key: str | None = None,
    now: datetime,
) -> None:
    """Count a question with what was answered; one with a `key` that was counted before is left out.

    The words are kept where nothing was found, and where there were suggestions until one of them is pressed
    (`is_chosen`, for the answer to that); never of small talk.
    """
    if key and not await first_time(session, workspace, key, now):
        return
    outcome = Counted.CHOSEN if is_chosen else counted_as(found)
    subject, facet = found.subject or "", found.facet.value if found.facet else ""
    asked = Asked(plan_id, found.today, outcome, subject, facet)
    await count_question(session, workspace, asked)
    if is_chosen:
        await drop_miss(session, workspace, plan_id, without_people(found.question))
    elif keeps_words and outcome in (Counted.UNKNOWN, Counted.SUGGEST):
        suggested = [one.of.key for one in found.suggestions]
        await keep_miss(session, workspace, asked, without_people(found.question), suggested)


async def take_thumb(
    session: AsyncSession,
    workspace: int,
    plan_id: int,
    thumb: Thumb,
    *,
    answer_id: str,
    today: date,
    now: datetime,
    keeps_words: bool,
) -> bool:
    """Count a thumb; False where the same answer got the same thumb before.

    Who gives it is not asked, so that an answer counts one thumb up and one thumb down at most. `answer_id` tells the
    answer from any other; `today` is the day in the plan's zone. Of a thumb down the words are kept.
    """
    direction = "up" if thumb.is_up else "down"
    if not await first_time(session, workspace, f"thumb:{direction}:{answer_id}", now):
        return False
    asked = Asked(plan_id, today, thumb.outcome, thumb.subject, thumb.facet)
    await count_thumb(session, workspace, asked, is_up=thumb.is_up)
    # What was not answered is kept already, since it was asked.
    if keeps_words and not thumb.is_up and thumb.outcome in (Counted.ANSWER, Counted.CHOSEN):
        await keep_miss(session, workspace, asked, without_people(thumb.words))
    return True


def without_people(words: str) -> str:
    """The words without mentions, handles and e-mail addresses: whoever asked may have named themselves."""
    return _PERSON.sub("@…", words)


def counted_as(found: Answer) -> Counted:
    """As what an answer is counted; small talk is no question."""
    if found.outcome is Outcome.UNKNOWN and found.small_talk:
        return Counted.SMALL_TALK
    return Counted(found.outcome.value)
