"""What an entry says, where it stands, what is under it, how it is going and whose it is."""

from bot.wording.actions import status_passages
from bot.wording.figures import target_passages
from bot.wording.kinds import counted, title
from bot.wording.listing import Part, listing, part
from bot.wording.rolled_up import aged_standing_words
from bot.wording.sections import where
from bot.wording.voice import Passage, Role, Teller, joined, sentence
from commands.ask.facts import Group, Meaning
from store.plan import Kind

_MEMBERS = 10
_MORE = "Ask for its list to see more."


def meaning_passages(found: Meaning, tell: Teller) -> tuple[Passage, ...]:
    """The statement word for word first, then the entry's place, its members, how it is going, its owners."""
    said = (Passage(Role.QUOTE, (f"“{found.statement}”",)),) if found.statement else ()
    kind = found.of.kind or Kind.BACKGROUND
    lines = [] if kind in (Kind.VISION, Kind.MISSION) else [f"{sentence(where(kind, found.path, tell))}."]
    if not found.statement and not found.groups and kind in (Kind.PRIORITY, Kind.OBJECTIVE):
        lines.append("The plan gives no more than its title.")
    if found.rolled_up:
        lines.append(f"How it is going: {aged_standing_words(found.rolled_up, tell.today)}.")
    body = (Passage(Role.BODY, tuple(lines)),) if lines else ()
    return (*said, *body, *_members(found.groups, tell), *_going(found, tell))


def _members(groups: tuple[Group, ...], tell: Teller) -> tuple[Passage, ...]:
    """The members' titles; of a priority those of its objectives, and how much is under them."""
    if not groups:
        return ()
    first, *rest = groups
    if first.kind is not Kind.OBJECTIVE or not rest:
        return listing([_titles(one, tell) for one in groups], most=_MEMBERS, more=_MORE)
    more = joined(counted(one.kind, len(one.members)) for one in rest)
    listed = listing([_titles(first, tell)], most=_MEMBERS, more=_MORE)
    return (*listed, Passage(Role.BODY, (f"Under them {more}.",)))


def _titles(group: Group, tell: Teller) -> Part:
    return part(f"{counted(group.kind, len(group.members))}:", group.members, lambda one: tell.plain(title(one.of)))


def _going(found: Meaning, tell: Teller) -> tuple[Passage, ...]:
    target = target_passages(found.target, tell) if found.target else ()
    status = status_passages(found.status, tell) if found.status else ()
    owned = bool(found.owners) and found.target is None
    department = f" ({tell.plain(found.department)})" if found.department else ""
    whose = f"Owner{'s' if len(found.owners) > 1 else ''}: {tell.people(found.owners)}{department}."
    return (*target, *((Passage(Role.BODY, (whose,)),) if owned else ()), *status)
