"""The form of a channel's digest, as it was filled in: read into what is asked for."""

from dataclasses import dataclass

from commands.digest_choices import ScopeChoice, scope_choices
from commands.mistakes import InvalidFields
from commands.reading_schedules import Asked
from commands.schedule import LAST, Schedule
from commands.scopes import Scope
from commands.zones import zone_with
from store.digest_tables import Every
from store.plan import Plan
from store.subscriptions import Subscription

FORM = "digest:form"
"""The form, by which its listener knows it."""
_NTHS = (1, 2, 3, 4, LAST)
RHYTHMS = (Every.WEEK.value, Every.FORTNIGHT.value, *(f"{Every.MONTH}:{nth}" for nth in _NTHS))
"""How often a digest may come, as the form has it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields hold; empty where nothing is chosen."""

    every: str = Every.WEEK.value
    """One of `RHYTHMS`."""
    weekday: str = "0"
    """`0` is Monday."""
    time: str = "09:00"
    zone: str = ""
    scope: str = "plan"
    """A mark, see `ScopeChoice`."""
    mentions: bool = False


def filled_of(kept: Subscription) -> Filled:
    """What the form of a subscription begins with."""
    rhythm = f"{Every.MONTH}:{kept.nth}" if kept.every is Every.MONTH else kept.every.value
    scope = ScopeChoice(Scope(kept.scope_key, "" if kept.scope_key else kept.department), "").mark
    clock = f"{kept.hour:02}:{kept.minute:02}"
    return Filled(rhythm, str(kept.weekday), clock, kept.timezone, scope, kept.mentions_owners)


def read_digest_form(filled: Filled, plan: Plan) -> Asked:
    """What is asked for. Raises InvalidFields with everything that is wrong, by field."""
    wrong: dict[str, str] = {}
    clock = _clock(filled.time)
    zone, scope = zone_with(filled.zone), scope_choices(plan).marked(filled.scope)
    if filled.every not in RHYTHMS:
        wrong["every"] = "missing"
    if filled.weekday not in "0123456" or len(filled.weekday) != 1:
        wrong["weekday"] = "missing"
    if clock is None:
        wrong["time"] = "no time"
    if zone is None:
        wrong["zone"] = "no zone" if filled.zone else "missing"
    if scope is None:
        wrong["scope"] = "scope gone" if filled.scope else "missing"
    if wrong or clock is None or zone is None or scope is None:
        raise InvalidFields(wrong)
    every, _, nth = filled.every.partition(":")
    return Asked(
        Schedule(
            weekday=int(filled.weekday),
            hour=clock[0],
            minute=clock[1],
            timezone=zone,
            scope=scope.scope.key,
            department=scope.scope.department,
            every=Every(every),
            nth=int(nth or 1),
        ),
        mentions=filled.mentions,
    )


def _clock(typed: str) -> tuple[int, int] | None:
    """Hours and minutes of `09:30`."""
    hour, _, minute = typed.partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return None
    return (int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None
