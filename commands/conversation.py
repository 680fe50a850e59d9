"""Follow-ups: what was just answered in a thread or a direct message, against which the next question is read."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.ask import facts
from commands.ask.answer import Answer
from commands.ask.question import Facet, Outcome
from commands.ask.understand import Previous
from store.conversations import LastAnswered, last_answered, remember

REMEMBERED = timedelta(minutes=30)
MOST_LISTED = 20
"""How many of a list can be meant by their place in it."""


async def previous(session: AsyncSession, workspace: int, place: str, now: datetime) -> Previous | None:
    """What was answered in a place within the last 30 minutes."""
    last = await last_answered(session, workspace, place, since=now - REMEMBERED)
    return Previous(last.subject, Facet(last.facet) if last.facet else None, last.listed) if last else None


async def keep(session: AsyncSession, workspace: int, place: str, found: Answer, now: datetime) -> None:
    """Remember an answer or suggestions; what found nothing changes nothing."""
    if found.outcome is not Outcome.UNKNOWN:
        facet = found.facet.value if found.facet else None
        answered = LastAnswered(found.subject, facet, listed(found)[:MOST_LISTED])
        await remember(session, workspace, place, answered, now=now, until=now - REMEMBERED)


def listed(found: Answer) -> tuple[str, ...]:
    """The keys of what an answer lists or suggests, in the order shown."""
    if found.suggestions:
        return tuple(one.of.key for one in found.suggestions)
    return tuple(key for fact in found.facts for key in _listed_by(fact))


def _listed_by(fact: facts.Fact) -> tuple[str, ...]:
    match fact:
        case facts.Members() | facts.Meaning():
            return tuple(member.of.key for group in fact.groups for member in group.members)
        case facts.ActionList() | facts.DueDatesBelow() | facts.RolledUp():
            return tuple(line.of.key for line in fact.lines)
        case facts.Targets():
            return tuple(target.of.key for target in fact.targets)
        case facts.OwnersBelow():
            return tuple(owned.of.key for owned in fact.owned)
        case facts.Overview():
            return tuple(priority.key for priority in fact.priorities)
    return ()
