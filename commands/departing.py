"""What becomes of the entries of those who have left: who else owns them, and to whom they are handed over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.mistakes import EntryGone, MemberMistake
from commands.progress.finding import Reportable
from commands.progress.recording import indicators
from store.addresses import addresses_of, known_addresses
from store.amending import Amended, amend, promised
from store.departures import Departed
from store.errors import NoSuchEntry
from store.plan import Action, Plan


@dataclass(frozen=True, slots=True)
class Left:
    """An action that is not closed, or an indicator, whose owner has left."""

    entry: Reportable
    remaining: tuple[str, ...]
    """Its other owners who have not left."""


@dataclass(eq=False)
class HandedOver(MemberMistake):
    """The entry was handed over already."""

    key: str
    owners: tuple[str, ...]


@dataclass(eq=False)
class CannotTakeOver(MemberMistake):
    """An app, or somebody who has left, cannot own anything."""

    user: str


def left_by(plan: Plan, user: str, gone: Collection[str], unknown: Collection[str]) -> tuple[Left, ...]:
    """What is left by somebody: open actions by due date, then indicators.

    `gone`: everybody who has left; `unknown`: addresses, in lower case, that are nobody's in Slack.
    """
    actions = [one for one in plan.actions() if user in one.owners and not one.standing.is_closed]
    actions.sort(key=lambda one: one.due or date.max)
    measured = [one for one in indicators(plan) if user in one.owners]
    away = {user, *gone}
    entries: tuple[Reportable, ...] = (*actions, *measured)
    return tuple(Left(one, tuple(own for own in one.owners if not _is_away(own, away, unknown))) for one in entries)


def unowned(plan: Plan, gone: Collection[str], unknown: Collection[str]) -> tuple[Action, ...]:
    """The open actions that nobody can report on: without owners, or with none but those who have left.

    `unknown` are addresses, in lower case, that are nobody's in Slack.
    """
    waiting = (one for one in plan.actions() if not one.standing.is_closed)
    return tuple(one for one in waiting if all(_is_away(owner, gone, unknown) for owner in one.owners))


def _is_away(owner: str, gone: Collection[str], unknown: Collection[str]) -> bool:
    return owner in gone or owner.casefold() in unknown


async def hand_over(
    session: AsyncSession, workspace: int, key: str, departed: Departed, to: str, *, reason: str, by: str, now: datetime
) -> Amended:
    """Let `to` own an entry in the place of somebody who has left; it is kept as a decision.

    Raises EntryGone, or HandedOver where the entry is theirs no longer; nothing is written then.
    """
    try:
        facts = await promised(session, workspace, key)
    except NoSuchEntry as gone:
        raise EntryGone from gone
    refs = facts.get("owners")
    owners = tuple(map(str, refs)) if isinstance(refs, tuple) else ()
    theirs = {departed.user_id, (departed.email or departed.user_id).casefold()}
    theirs |= await addresses_of(session, workspace, departed.user_id)
    people = await known_addresses(session, workspace)
    stays = [owner for owner in owners if owner not in theirs and owner.casefold() not in theirs]
    if len(stays) == len(owners):
        raise HandedOver(key, tuple(people.get(owner.casefold(), owner) for owner in owners))
    is_owner = any(people.get(owner.casefold(), owner) == to for owner in stays)
    after = [owner if owner in stays else to for owner in owners]
    wanted = stays if is_owner else list(dict.fromkeys(after))
    return await amend(
        session, workspace, key, seen=facts, wanted={**facts, "owners": tuple(wanted)}, reason=reason, by=by, now=now
    )
