"""Owners let colleagues report for them: the typed line, who may, and the delegation on the record."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz.distance import OSA
from sqlmodel.ext.asyncio.session import AsyncSession

from commands.member import Member
from commands.mistakes import CannotTellOwner, MemberMistake
from commands.progress.days import day_ahead
from commands.progress.finding import Names, Reportable
from commands.progress.mistakes import Offer, SeveralEntries, UnknownEntry, Unread
from commands.progress.naming import name_in
from commands.progress.recording import indicators, own_entries
from store import delegations
from store.delegations import Delegated
from store.plan import Action, Kind, Plan

_WORD = "delegate"
_LETTERS = re.compile(r"[^\W\d_]+")
_TO = re.compile(r"(?:to|for)\s+", re.IGNORECASE)
_ID = re.compile(r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>|@?(?P<bare>[UW](?=[A-Z0-9]*\d)[A-Z0-9]{5,})(?![\w.-])")
_NAME = re.compile(r"@(?P<name>\S.*)")
_ENDS = r"off|ends?|ended|none|stop(?:ped)?|remove|cancel|over"
_FIRST_END = re.compile(rf"(?:{_ENDS})\b\s*", re.IGNORECASE)
_LAST_END = re.compile(rf"[\s,:]+(?:{_ENDS})\s*[.!]?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:^|[\s,]+)(?:until|untill|till|til|through|thru|up\s+to|by|for(?=\s+\w+\s+(?:day|week|month)))\s+"
)
_FROM_NOW = re.compile(r"(?:^|\s)(?P<span>for\s+\w+\s+(?:day|week|month)s?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line about delegating asks for; without anybody, to see the delegates."""

    entry: Reportable
    user: str | None = None
    """The delegate's user id, where it was typed."""
    name: str | None = None
    """What was typed behind the `@`, where no id was."""
    until: date | None = None
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody as Slack knows them."""

    id: str
    name: str = ""
    is_bot: bool = False
    is_gone: bool = False


@dataclass(eq=False)
class UnreadableDelegate(Unread):
    """Behind the word there is nobody's name; it may be the beginning of a note."""

    entry: Reportable
    typed: str
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class UnreadableUntil(MemberMistake):
    """The last day was not understood."""

    entry: Reportable
    typed: str


@dataclass(eq=False)
class UntilPast(MemberMistake):
    """The last day is over."""

    day: date


@dataclass(eq=False)
class NotYoursToDelegate(MemberMistake):
    """Only owners and administrators let somebody report for the owners."""

    entry: Reportable
    is_delegate: bool
    """Whether the member reports for them, which may not be passed on."""


@dataclass(eq=False)
class UnknownColleague(MemberMistake):
    """Nobody, or more than one, is called so."""

    typed: str
    is_several: bool = False


@dataclass(eq=False)
class CannotLookUp(MemberMistake):
    """Who is meant could not be asked just now."""


@dataclass(eq=False)
class NoDelegate(MemberMistake):
    """A program, or somebody who has left, reports on nothing."""

    colleague: Colleague


@dataclass(eq=False)
class DelegatesToSelf(MemberMistake):
    """Who delegates may report anyway."""

    entry: Reportable


@dataclass(eq=False)
class OwnsItAlready(MemberMistake):
    """The colleague is an owner."""

    entry: Reportable
    user: str


@dataclass(eq=False)
class DelegatesNothing(MemberMistake):
    """What was to be ended is not there."""

    entry: Reportable
    user: str


def read_delegation(text: str, plan: Plan, member: Member, now: datetime) -> Asked | None:
    """What a typed line asks about delegates; None where it is about something else.

    `text` has people as `<@ID>`, as a bare id or as `@name`. Raises UnreadableDelegate, UnreadableUntil, UntilPast,
    and UnknownEntry or SeveralEntries where somebody is named and the entry is not.
    """
    word = _word_in(text)
    if word is None:
        return None
    named, rest = text[: word.start()].strip(" ,:"), text[word.end() :].strip(" ,:")
    if not named:
        named, rest = _named_behind(rest)
    names_somebody = _person_at(_unprefixed(rest)) is not None
    if not named or (":" in named and not names_somebody):
        return None
    try:
        entry = _entry_alone(named, plan, member, now)
    except (UnknownEntry, SeveralEntries) as unknown:
        if not names_somebody:
            return None
        raise _with_rest(unknown, rest) from None
    except Unread:
        return None
    if entry is None:
        return None
    return _asked(entry, rest, now.astimezone(plan.about.zone).date())


def is_about_delegates(text: str) -> bool:
    """Whether a typed line has the word: only then is it worth reading so."""
    return _word_in(text) is not None


def _word_in(text: str) -> re.Match[str] | None:
    return next((one for one in _LETTERS.finditer(text) if OSA.distance(one[0].casefold(), _WORD) <= 1), None)


def _entry_alone(text: str, plan: Plan, member: Member, now: datetime) -> Reportable | None:
    """The entry that a text names and of which it says nothing else; None where it says more, or names none."""
    own = own_entries(plan, member)
    names = Names((*plan.actions(), *indicators(plan)), frozenset(entry.key for entry in own))
    named = name_in(text, names, now.astimezone(plan.about.zone).date(), own)
    return named.entry if named and not (text[: named.start].strip() or text[named.end :].strip(" ,.")) else None


def _named_behind(text: str) -> tuple[str, str]:
    """`A-01 to @bob until Friday`, taken apart."""
    at = re.search(r"\s(?:to\s+)?(?=<@|@)", text)
    return (text[: at.start()].strip(), text[at.end() :].strip()) if at else ("", text)


def _unprefixed(text: str) -> str:
    to = _TO.match(text)
    rest = text[to.end() :] if to else text
    ends = _FIRST_END.match(rest)
    return rest[ends.end() :] if ends else rest


def _person_at(text: str) -> re.Match[str] | None:
    return _ID.match(text) or _NAME.match(text)


def _with_rest(unknown: UnknownEntry | SeveralEntries, rest: str) -> UnknownEntry | SeveralEntries:
    offers = tuple(
        Offer(f"{offer.entry.key} {_WORD} {rest}", entry=offer.entry) for offer in unknown.offers if offer.entry
    )
    return type(unknown)(unknown.typed, offers)


def _asked(entry: Reportable, rest: str, today: date) -> Asked:
    if not rest:
        return Asked(entry)
    is_end = bool(_FIRST_END.match(rest))
    words = _unprefixed(rest)
    if not words and is_end:
        return Asked(entry)
    by_id, by_name = _ID.match(words), _NAME.match(words)
    if by_id is None and by_name is None:
        note = Offer(f"{entry.key} note: {_WORD} {rest}", entry=entry, is_note=True)
        raise UnreadableDelegate(entry, rest, (note,))
    user = (by_id["id"] or by_id["bare"]) if by_id else None
    behind = words[by_id.end() :] if by_id else words
    last = _LAST_END.search(f" {behind}")
    if last:
        is_end, behind = True, f" {behind}"[: last.start()].strip()
    name, day = _name_and_day(behind)
    if user and name:
        raise UnreadableUntil(entry, name)
    until = _until(entry, day, today) if day is not None and not is_end else None
    return Asked(entry, user, None if user else name.removeprefix("@").strip(), until, is_end)


def _name_and_day(text: str) -> tuple[str, str | None]:
    span = _FROM_NOW.search(text)
    if span:
        return text[: span.start()].strip(" ,"), span["span"]
    until = re.search(_UNTIL.pattern, text, re.IGNORECASE)
    return (text[: until.start()].strip(" ,"), text[until.end() :].strip()) if until else (text.strip(" ,."), None)


def _until(entry: Reportable, typed: str, today: date) -> date | None:
    if typed.casefold().rstrip(".") in ("further notice", "ended", "i end it", "revoked"):
        return None
    day = day_ahead(typed, today)
    if day is None:
        raise UnreadableUntil(entry, typed)
    if day < today:
        raise UntilPast(day)
    return day


def may_delegate(entry: Reportable, member: Member) -> None:
    """Only owners, and administrators for them, say who reports in their place.

    Raises NotYoursToDelegate, or CannotTellOwner where that may be untrue.
    """
    if member.is_among(entry.owners) or member.is_administrator:
        return
    if not member.is_known and any("@" in owner for owner in entry.owners):
        raise CannotTellOwner(entry)
    raise NotYoursToDelegate(entry, entry.key.casefold() in member.delegated)


async def grant(
    session: AsyncSession, workspace: int, asked: Asked, delegate: Colleague, *, by: Member, now: datetime
) -> Delegated:
    """Let `delegate` report for the owners.

    Raises NotYoursToDelegate, NoDelegate, DelegatesToSelf and OwnsItAlready.
    """
    entry = asked.entry
    may_delegate(entry, by)
    if delegate.id == by.id:
        raise DelegatesToSelf(entry)
    if delegate.is_bot or delegate.is_gone:
        raise NoDelegate(delegate)
    if delegate.id in entry.owners:
        raise OwnsItAlready(entry, delegate.id)
    return await delegations.grant(
        session, workspace, entry.key, kind_of(entry), delegate.id, by=by.id, until=asked.until, now=now
    )


async def end(
    session: AsyncSession, workspace: int, entry: Reportable, user: str, *, by: Member, now: datetime
) -> Delegated:
    """End what `user` reports on for the owners of `entry`; a delegate may end their own.

    Raises NotYoursToDelegate and DelegatesNothing.
    """
    if by.id != user:
        may_delegate(entry, by)
    for one in await delegations.delegations_of(session, workspace, [entry.key], now):
        if one.delegate == user:
            ended = await delegations.end(session, workspace, one.id, by=by.id, now=now)
            if ended:
                return ended
    raise DelegatesNothing(entry, user)


def kind_of(entry: Reportable) -> Kind:
    """What the entry is in the plan's tree."""
    return Kind.ACTION if isinstance(entry, Action) else Kind.INDICATOR
