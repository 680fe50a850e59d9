"""What an entry or a section holds: members, how many, what it belongs to, whose and when it is."""

from collections.abc import Iterable

from bot.wording.actions import action_line, short_action_line
from bot.wording.dates import day, from_today
from bot.wording.figures import target_line
from bot.wording.kinds import counted, noun, nouns, place, title
from bot.wording.listing import LISTED, MORE, Part, listing, part
from bot.wording.status import PLAN, WORDS
from bot.wording.voice import Passage, Role, Teller, joined, numbered, sentence
from commands.ask.facts import (
    Absent,
    Count,
    Group,
    Member,
    Members,
    Named,
    NotKept,
    Overview,
    Owners,
    OwnersBelow,
    Parent,
    PlanInForce,
    PlanPeriod,
)
from commands.ask.question import Facet
from store.plan import Kind, PlanStatus

_SPOKEN_OUT = 8
"""Values and background entries are listed with their statements up to this many."""
_IN_FORCE = {
    PlanStatus.DRAFT: "The plan is a draft; it is not adopted yet.",
    PlanStatus.ADOPTED: "The plan is adopted.",
    PlanStatus.SUPERSEDED: "The plan is superseded; it is no longer in force.",
}
_WITH_STATEMENTS = (Kind.VALUE, Kind.BACKGROUND)


def members_passages(found: Members, tell: Teller) -> tuple[Passage, ...]:
    """The members, kind by kind."""
    return group_passages(found.of, found.groups, tell)


def group_passages(of: Named, groups: Iterable[Group], tell: Teller) -> tuple[Passage, ...]:
    """The groups' members, a heading for each kind and for each entry they are under."""
    groups = tuple(groups)
    total: dict[Kind, int] = {}
    for group in groups:
        total[group.kind] = total.get(group.kind, 0) + len(group.members)
    counts = joined(counted(kind, number) for kind, number in total.items())
    whose = "The plan" if of.kind is None else tell.strong(of.title)
    lead = Passage(Role.BODY, (f"{whose} has {counts}:",))
    parts = [_part(group, tell, kinds=len(total)) for group in groups]
    return (lead, *listing(parts, most=LISTED, more=MORE if len(groups) > 1 else "Ask for any of them by its name."))


def overview_passages(found: Overview, tell: Teller) -> tuple[Passage, ...]:
    """What the plan is and what is in it."""
    whose = f"{tell.strong(found.of.title)} is the plan of {tell.plain(found.organization)}"
    years = f" for {day(found.start)} to {day(found.end)}" if found.start and found.end else ""
    counts = joined(_counted_in_plan(kind, number) for kind, number in found.counts)
    lines = (f"{whose}{years} ({PLAN[found.status]}).", f"It has {counts}." if counts else "It is empty so far.")
    titles = part("Its priorities:", found.priorities, lambda one: tell.plain(one.title))
    return (Passage(Role.BODY, lines), *listing([titles], most=LISTED, more=MORE))


def count_passages(found: Count, tell: Teller) -> tuple[Passage, ...]:
    """How many there are."""
    if found.milestones:
        done, total = found.milestones
        said = f"It has {numbered(total, 'milestone')}, {done} of them done." if total else "It has no milestones."
        return (Passage(Role.BODY, (said,)),)
    whose = "The plan" if found.of.kind is None else tell.strong(found.of.title)
    counts = joined(counted(kind, number) for kind, number in found.counts) or "nothing in it yet"
    stands = joined(f"{number} {WORDS[status]}" for status, number in found.by_status)
    return (Passage(Role.BODY, (f"{whose} has {counts}{f': {stands}' if stands else ''}.",)),)


def parent_passages(found: Parent, tell: Teller) -> tuple[Passage, ...]:
    """What an entry belongs to."""
    subject = tell.strong(title(found.of))
    if found.of.kind is None:
        return (Passage(Role.BODY, (f"{subject}: a section of the plan itself.",)),)
    return (Passage(Role.BODY, (f"{subject} is {where(found.of.kind, found.path, tell)}.",)),)


def where(kind: Kind, path: tuple[Named, ...], tell: Teller) -> str:
    """`an objective under the priority Community Safety`, `one of the plan's values`."""
    if kind in (Kind.VISION, Kind.MISSION):
        return f"the plan's {noun(kind)}"
    if kind is Kind.BACKGROUND:
        return "part of the plan's background"
    if not path:
        return f"one of the plan's {nouns(kind)}"
    article = "a" if noun(kind)[0] not in "aeio" else "an"
    over = [f"the {noun(one.kind)} {tell.strong(one.title)}" for one in path if one.kind]
    return f"{article} {noun(kind)} under {', in '.join(over)}"


def period_passages(found: PlanPeriod, tell: Teller) -> tuple[Passage, ...]:
    """The days the plan covers."""
    if found.start is None or found.end is None:
        return (Passage(Role.BODY, ("The plan does not say which days it covers.",)),)
    ends = "ended" if found.end < tell.today else "ends"
    then = (
        f"begins {from_today(found.start, tell.today)}"
        if found.start > tell.today
        else (f"{ends} {from_today(found.end, tell.today)}")
    )
    said = f"The plan runs from {day(found.start)} to {day(found.end)}: it {then}."
    return (Passage(Role.BODY, (said,)),)


def in_force_passages(found: PlanInForce, _: Teller) -> tuple[Passage, ...]:
    """Whether the plan is in force."""
    return (Passage(Role.BODY, (_IN_FORCE[found.status],)),)


def owners_passages(found: Owners, tell: Teller) -> tuple[Passage, ...]:
    """Who is responsible."""
    department = f"Department: {tell.plain(found.department)}." if found.department else ""
    if not found.owners:
        return (Passage(Role.BODY, tuple(filter(None, ("The plan names no owner for it.", department)))),)
    lead = f"{'Owner' if len(found.owners) == 1 else 'Owners'}: {tell.people(found.owners)}."
    return (Passage(Role.BODY, tuple(filter(None, (lead, department)))),)


def owners_below_passages(found: OwnersBelow, tell: Teller) -> tuple[Passage, ...]:
    """Who is responsible for what is under it."""
    lead = f"Owners of what is {place(found.of, tell)}:"
    lines = part(None, found.owned, lambda one: _owned(one, tell))
    return (Passage(Role.BODY, (lead,)), *listing([lines], most=LISTED, more=MORE))


def _owned(one: Owners, tell: Teller) -> str:
    department = f" ({tell.plain(one.department)})" if one.department else ""
    return f"{tell.plain(title(one.of))}: {tell.people(one.owners) or 'no owner named'}{department}"


def not_kept_passages(found: NotKept, _: Teller) -> tuple[Passage, ...]:
    """That the plan holds no such thing for the entry."""
    words = {
        Facet.LIST: "The plan lists nothing under it.",
        Facet.OWNER: "The plan names no owner for it.",
        Facet.DUE: "The plan gives it no due date of its own.",
        Facet.STATUS: "The plan keeps no status for it.",
        Facet.TARGET: "The plan sets no target for it.",
    }
    return (Passage(Role.BODY, (words.get(found.facet, "The plan lists no actions under it."),)),)


def absent_passages(found: Absent, _: Teller) -> tuple[Passage, ...]:
    """That the plan has no such section."""
    what = found.of.key
    return (Passage(Role.BODY, (f"The plan states no {what}." if what in ("vision", "mission") else _no(what),)),)


def _no(section: str) -> str:
    return "The plan says nothing about its background." if section == "background" else f"The plan has no {section}."


def _counted_in_plan(kind: Kind, number: int) -> str:
    return f"a {noun(kind)}" if kind in (Kind.VISION, Kind.MISSION) else counted(kind, number)


def _heading(group: Group, kinds: int, tell: Teller) -> str | None:
    if group.under:
        return tell.strong(group.under.title)
    return f"{sentence(nouns(group.kind))}:" if kinds > 1 else None


def _part(group: Group, tell: Teller, *, kinds: int) -> Part:
    """A group's lines: short ones where kinds are mixed, with statements where they are few and say more."""
    spoken_out = group.kind in _WITH_STATEMENTS and len(group.members) <= _SPOKEN_OUT
    return part(
        _heading(group, kinds, tell),
        group.members,
        lambda one: _brief(one, tell) if kinds > 1 else _member(one, tell, spoken_out=spoken_out),
    )


def _brief(member: Member, tell: Teller) -> str:
    return short_action_line(member.action, tell) if member.action else tell.plain(member.of.title)


def _member(member: Member, tell: Teller, *, spoken_out: bool) -> str:
    if member.action:
        return action_line(member.action, tell)
    if member.target:
        return target_line(member.target, tell)
    if spoken_out and member.statement:
        return f"{tell.strong(member.of.title)}: {tell.plain(member.statement, 240)}"
    return tell.plain(member.of.title)
