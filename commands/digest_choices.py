"""What may be chosen for a digest in a form: what it is about, and in which zone its time is meant."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, utils

from commands.scopes import WHOLE_PLAN, Scope, departments, plain_name
from commands.zones import known_zones, zone_called, zone_of_city, zone_with, zones_on
from store.plan import Kind, Plan

MOST_FOUND = 100
"""As many as a menu shows at once."""
_ALIKE = 70
"""Likeness (0 to 100) from which something is worth showing for what is typed."""
_SHORTEST = 3
"""Fewer letters are like a part of anything."""
_CONTAINS, _BEGINS, _IS = 101.0, 102.0, 103.0

_COMMON = """
America/St_Johns America/Halifax America/Toronto America/New_York America/Winnipeg America/Chicago America/Regina
America/Edmonton America/Denver America/Phoenix America/Vancouver America/Los_Angeles America/Whitehorse
America/Anchorage Pacific/Honolulu America/Mexico_City America/Bogota America/Sao_Paulo America/Argentina/Buenos_Aires
UTC Europe/London Europe/Dublin Europe/Lisbon Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Warsaw
Europe/Athens Europe/Kyiv Europe/Istanbul Africa/Lagos Africa/Johannesburg Africa/Cairo Africa/Nairobi Asia/Jerusalem
Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Dhaka Asia/Bangkok Asia/Singapore Asia/Shanghai Asia/Hong_Kong Asia/Manila
Asia/Tokyo Asia/Seoul Australia/Perth Australia/Adelaide Australia/Brisbane Australia/Sydney Pacific/Auckland
"""
COMMON_ZONES = tuple(_COMMON.split())
"""The zones that most people live in, from west to east."""

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """What a digest may be about."""

    scope: Scope
    title: str
    """Empty for the whole plan."""
    under: str = ""
    """The title of the priority that an objective is of."""
    names: tuple[str, ...] = ()
    """By what else it is found."""

    @property
    def mark(self) -> str:
        """What stands for it in a form, short whatever its name is."""
        if self.scope == WHOLE_PLAN:
            return "plan"
        kind, name = ("key", self.scope.key) if self.scope.key else ("department", self.scope.department)
        return f"{kind}:{hashlib.blake2b(plain_name(name).encode(), digest_size=8).hexdigest()}"


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """What digests of a plan may be about, in the groups in which it is offered."""

    whole: tuple[ScopeChoice, ...] = ()
    priorities: tuple[ScopeChoice, ...] = ()
    objectives: tuple[ScopeChoice, ...] = ()
    departments: tuple[ScopeChoice, ...] = ()

    def __iter__(self) -> Iterator[ScopeChoice]:
        return iter((*self.whole, *self.priorities, *self.objectives, *self.departments))

    def __len__(self) -> int:
        return len(self.whole) + len(self.priorities) + len(self.objectives) + len(self.departments)

    def marked(self, mark: str) -> ScopeChoice | None:
        """The one that a mark stands for; None where the plan has it no longer."""
        return next((one for one in self if one.mark == mark), None)

    def of(self, scope: Scope) -> ScopeChoice | None:
        """The one that is that scope."""
        return self.marked(ScopeChoice(scope, "").mark)

    def found(self, typed: str) -> "ScopeChoices":
        """Those that are like what is typed, at most `MOST_FOUND`; without words, the first."""
        kept = _found(typed, tuple(self), lambda one: (one.title or "the whole plan", *one.names))
        groups = map(frozenset, (self.whole, self.priorities, self.objectives, self.departments))
        return ScopeChoices(*(tuple(one for one in kept if one in group) for group in groups))


def scope_choices(plan: Plan) -> ScopeChoices:
    """Everything that a digest of the plan may be about."""

    def entries(kind: Kind) -> tuple[ScopeChoice, ...]:
        found = []
        for node in plan.of_kind(kind):
            over = next(iter(plan.above(node.key)), None)
            names = (node.key, *node.entry.aliases)
            found.append(ScopeChoice(Scope(node.key), node.entry.title, over.entry.title if over else "", names))
        return tuple(found)

    named = tuple(ScopeChoice(Scope(department=one), one, names=("department",)) for one in departments(plan))
    return ScopeChoices((ScopeChoice(WHOLE_PLAN, ""),), entries(Kind.PRIORITY), entries(Kind.OBJECTIVE), named)


@dataclass(frozen=True, slots=True)
class ZoneChoices:
    """Zones by their IANA names, in the groups in which they are offered."""

    near: tuple[str, ...] = ()
    """The plan's and the person's own, or what was meant by the words."""
    others: tuple[str, ...] = ()


def zone_choices(typed: str, plan_zone: str, own_zone: str) -> ZoneChoices:
    """The zones to offer for what is typed: a piece of a name, a city, or what a clock is called (`eastern`, `CET`).

    Without words: the plan's and the person's own, and those in which most people live.
    """
    words = " ".join(typed.replace("_", " ").split()).casefold()
    if not words:
        near = tuple(dict.fromkeys(one for one in (plan_zone, own_zone) if zone_with(one)))
        return ZoneChoices(near, tuple(one for one in COMMON_ZONES if one not in near))
    clock = words.removesuffix(" time")
    meant = (
        zone_called(clock, plan_zone),
        zone_of_city(words),
        zone_with(typed.strip()),
        *zones_on(clock, COMMON_ZONES),
    )
    near = tuple(dict.fromkeys(one for one in meant if one))
    alike = _found(words, known_zones(), lambda one: (one.replace("_", " "), one.rpartition("/")[2].replace("_", " ")))
    return ZoneChoices(near, tuple(one for one in alike if one not in near)[: MOST_FOUND - len(near)])


def _found(typed: str, things: Sequence[_Thing], names: Callable[[_Thing], Iterable[str]]) -> list[_Thing]:
    """The things whose names are like what is typed, the likest first, at most `MOST_FOUND`."""
    words = utils.default_process(typed)
    if not words:
        return list(things[:MOST_FOUND])
    scored = [(max(_likeness(words, utils.default_process(name)) for name in names(one)), one) for one in things]
    ranked = sorted((one for one in scored if one[0] >= _ALIKE), key=lambda one: -one[0])
    return [one for _, one in ranked[:MOST_FOUND]]


def _likeness(typed: str, name: str) -> float:
    """A name, and a piece of it, before words in another order and slips of the fingers."""
    if typed in name:
        return _IS if typed == name else _BEGINS if name.startswith(typed) else _CONTAINS
    partial = fuzz.partial_ratio(typed, name) if len(typed) > _SHORTEST else 0.0
    return max(fuzz.token_set_ratio(typed, name), 0.95 * partial) if len(typed) >= _SHORTEST else 0.0
