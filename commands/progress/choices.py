"""What a member may choose from in a form: the late ones first, then the rest of the own ones, then all others."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, utils

from commands.member import Member
from commands.progress.finding import Reportable, plain_key
from commands.progress.recording import indicators, own_entries
from store.plan import Action, Plan

MOST_FOUND = 100
"""As many as a menu shows at once."""
ALIKE = 60
"""Likeness (0 to 100) from which an entry is worth showing for what is typed."""
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Choices:
    """Actions and indicators in the groups in which they are offered."""

    late: tuple[Reportable, ...] = ()
    """Own actions whose day is over."""
    yours: tuple[Reportable, ...] = ()
    others: tuple[Reportable, ...] = ()
    """What an administrator may report on besides."""

    def __iter__(self) -> Iterator[Reportable]:
        return iter((*self.late, *self.yours, *self.others))

    def __len__(self) -> int:
        return len(self.late) + len(self.yours) + len(self.others)

    @property
    def first(self) -> Reportable | None:
        """What a form begins with, where nothing is named: an action before an indicator, an own one before others."""
        return next(iter(self), None)

    def having(self, entry: Reportable) -> "Choices":
        """The choices with `entry` among them."""
        if any(one.key == entry.key for one in self):
            return self
        return Choices(self.late, (entry, *self.yours), self.others)


def choices(plan: Plan, member: Member, today: date) -> Choices:
    """What `member` may report on; `today` in the plan's zone."""
    own = own_entries(plan, member)
    late = tuple(one for one in own if isinstance(one, Action) and one.is_overdue(today))
    late_keys, mine = {one.key for one in late}, {one.key for one in own}
    every: tuple[Reportable, ...] = (*plan.actions(), *indicators(plan)) if member.is_administrator else ()
    yours = _in_order([one for one in own if one.key not in late_keys])
    return Choices(late, yours, _in_order([one for one in every if one.key not in mine]))


def named_first(plan: Plan, member: Member, today: date, named: Collection[str]) -> Reportable | None:
    """What a form begins with where something was read that names these keys.

    The first of the own ones among them, a late one before others; else the first own one; of who owns nothing, the
    first that they may report on among them, or of all. None where there is nothing that they may report on.
    """
    offered, keys = choices(plan, member, today), {key.casefold() for key in named}
    own = (*offered.late, *offered.yours)
    mentioned = (one for one in own or offered.others if one.key.casefold() in keys)
    return next(mentioned, None) or offered.first


def _in_order(entries: Sequence[Reportable]) -> tuple[Reportable, ...]:
    return tuple(sorted(entries, key=_place))


def _place(entry: Reportable) -> int:
    """Open actions, then indicators, then what is over."""
    if isinstance(entry, Action):
        return 2 if entry.standing.is_closed else 0
    return 1


def found_in(offered: Choices, typed: str) -> Choices:
    """Of the choices, those that are like what is typed, the likest first in each group; without words, the first."""
    words = utils.default_process(typed)
    ranked = _ranked(tuple(offered), words)[:MOST_FOUND] if words else tuple(offered)[:MOST_FOUND]
    place = {one.key: at for at, one in enumerate(ranked)}

    def kept(group: Sequence[Reportable]) -> tuple[Reportable, ...]:
        return tuple(sorted((one for one in group if one.key in place), key=lambda one: place[one.key]))

    return Choices(kept(offered.late), kept(offered.yours), kept(offered.others))


def _ranked(entries: Sequence[Reportable], words: str) -> tuple[Reportable, ...]:
    names = (utils.default_process(" ".join((one.key, one.title, *one.aliases))) for one in entries)
    key = plain_key(words)
    likeness = [
        102.0 if plain_key(one.key) == key else _likeness(words, name) for one, name in zip(entries, names, strict=True)
    ]
    near = [at for at, points in enumerate(likeness) if points >= ALIKE]
    return tuple(entries[at] for at in sorted(near, key=lambda at: -likeness[at]))


def _likeness(typed: str, name: str) -> float:
    """A piece of a name, as far as it is typed, before words in any order and slips of the fingers."""
    if typed in name:
        return 101.0 if name.startswith(typed) else 100.0
    # A short piece is like a part of anything.
    partial = fuzz.partial_ratio(typed, name) if len(typed) > _SHORT else 0.0
    return min(99.0, max(fuzz.token_set_ratio(typed, name), 0.95 * partial))
