"""A direct message to the bot: whether it is an update, of which entries, and what it says of each.

A question stays a question. In the thread of a reminder anything else is an update; elsewhere only what clearly is one.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from commands.member import Member
from commands.mistakes import MemberMistake
from commands.progress.finding import Names, Reportable, words_of
from commands.progress.mistakes import Offer, SeveralEntries, Unread
from commands.progress.naming import Named, name_in
from commands.progress.reading import Figures, Report, read_about
from commands.progress.recording import entry_with, indicators, may_report, own_entries
from commands.progress.renewing import next_unchanged
from commands.progress.statuses import exact_statuses
from store.plan import Action, Indicator, Plan

MOST_PARTS = 10
BEGINNING = 120
"""Characters of what may be about another entry that are looked at: its name, and how it stands."""
_ASKING = frozenset(
    (
        *("who", "whos", "whose", "whom", "what", "whats", "when", "where", "why", "how", "hows", "which", "show"),
        *("list", "tell", "give", "explain", "describe", "summarise", "summarize", "find", "help", "remind", "any"),
    )
)
"""Words with which people begin what they ask for."""
_MAY_ASK = frozenset(
    (
        *("is", "are", "was", "were", "does", "do", "did", "can", "could", "should", "will", "would", "has", "have"),
        *("may", "am"),
    )
)
"""Words that begin a question, unless what follows says at once how things stand ("is done")."""
_CHAT = frozenset(
    (
        *("thanks", "thank", "thx", "ok", "okay", "cool", "great", "hi", "hello", "hey", "cheers", "you", "good"),
        *("morning", "will", "do", "planbot", "noted", "later", "sure", "got", "it", "yes", "no", "nice", "much", "so"),
    )
)
"""A message of these words alone says nothing of the plan."""
_LEAD = re.compile(r"\W*(?:(?:for|on|re|of|update|action|indicator|my)\b\W*)*", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:[;\n]+|,|\band\b|[.!](?=\s))\s*", re.IGNORECASE)
_PARTED = re.compile(r"[,:;.!–—-]\s*$")
_CAUSE = re.compile(r"(?:because|since|as|but|waiting|until|due\s+to|by|though|still|now)\b", re.IGNORECASE)
_SIGN = re.compile(r"\d\s*(?:[%％]|per\s?cent|pct)", re.IGNORECASE)
_ALSO_ASKED = re.compile(r"\b(?:overdue|late)\W*$", re.IGNORECASE)
"""Statuses that are asked for as often as they are told."""


@dataclass(eq=False)
class WhichEntry(Unread):
    """An answer to a reminder of several entries that names none of them."""

    typed: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands, as far as it bears on what it is about."""

    listed: tuple[str, ...] = ()
    """The keys of the entries that the person was reminded of lately, in its order."""
    is_answer: bool = False
    """Whether it stands in the thread of that reminder."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a message says of one entry."""

    text: str
    said: Report | Figures | None = None
    mistake: MemberMistake | None = None
    """Why that cannot be kept, where it says nothing that can be."""


def read_reply(text: str, plan: Plan, member: Member, now: datetime, place: Place) -> tuple[Part, ...]:
    """What a direct message says, an entry at a time; nothing where it is no update."""
    words = text.strip()
    if is_question(words) or set(words_of(words)) <= _CHAT or not (place.is_answer or _tells(words)):
        return ()
    return _Reader(plan, member, now.astimezone(plan.about.zone).date(), place).parts(words)


def is_question(text: str) -> bool:
    """Whether a message asks for something."""
    words = words_of(text)
    if text.rstrip().endswith("?"):
        return True
    return bool(words) and (words[0] in _ASKING or (words[0] in _MAY_ASK and not _says_at_once(text)))


def _tells(text: str) -> bool:
    """Whether there is anything in a message by which somebody could tell how things stand; found out cheaply."""
    return (
        any(sign.isdigit() or sign == ":" for sign in text)
        or next(exact_statuses(text, 0, len(text)), None) is not None
        or next_unchanged(text, 0, len(text)) is not None
    )


def _says_at_once(text: str) -> bool:
    """Whether what follows the first word is a status or a percentage: `is done`."""
    rest = text.strip().partition(" ")[2]
    probe = Action(key="x-0", title="x")
    try:
        said = read_about(f"x-0 {rest}", Named(probe, 0, 3, is_outright=True), date.max)
    except Unread:
        return False
    return isinstance(said, Report) and said.says_state and said.note is None


class _Reader:
    def __init__(self, plan: Plan, member: Member, today: date, place: Place) -> None:
        self._plan = plan
        self._member = member
        self._today = today
        self._place = place
        self._own = own_entries(plan, member)
        self._own_keys = frozenset(one.key for one in self._own)
        self._own_names = Names(self._own, self._own_keys)

    def parts(self, text: str) -> tuple[Part, ...]:
        texts = self._apart(text)
        if not self._place.is_answer and not self._is_update(texts[0]):
            return ()
        parts = (self._part(one) for one in texts)
        return tuple(one for one in parts if one.mistake or (one.said and not one.said.says_nothing))

    def _apart(self, text: str) -> list[str]:
        """The message cut where another entry is named and something clear is said of it."""
        starts, named = [(0, 0)], [self._named(text)]
        for cut in list(_CUT.finditer(text))[: 4 * MOST_PARTS]:
            beginning = text[cut.end() : cut.end() + BEGINNING]
            other = self._named(beginning) if cut.start() and _tells(beginning) else None
            known = {one.entry.key for one in named if one}
            is_another = other is not None and other.entry.key not in known and len(starts) < MOST_PARTS
            if other and is_another and self._is_clear(beginning, other):
                starts.append((cut.start(), cut.end()))
                named.append(other)
        ends = [start for start, _ in starts[1:]] + [len(text)]
        return [text[start:end].strip() for (_, start), end in zip(starts, ends, strict=True)]

    def _is_update(self, text: str) -> bool:
        """Whether it is one although it answers no reminder in its thread."""
        named = self._named(text)
        if named is None:
            return any(self._is_clear(*one) for one in self._lines(text)) or self._names_several(text)
        entry = named.entry
        if entry.key in self._place.listed and text[named.end :].lstrip().startswith(":"):
            return not is_question(text[named.end :])
        if not self._is_clear(text, named):
            return False
        if entry.key in self._place.listed or _SIGN.search(text):
            return True
        return self._member.reports_on(entry.key, entry.owners) and not _ALSO_ASKED.search(text)

    def _part(self, text: str) -> Part:
        named = self._named(text)
        try:
            line, about = (text, named) if named else self._about_listed(text)
            may_report(about.entry, self._member)
            return Part(text, read_about(line, about, self._today))
        except MemberMistake as mistake:
            return Part(text, mistake=mistake)

    def _about_listed(self, text: str) -> tuple[str, Named]:
        """The message as a line about the one listed entry that it may be about. Raises Unread."""
        lines = self._lines(text)
        readable = [one for one in lines if self._read(*one)]
        found = [one for one in readable if self._is_clear(*one)] or readable or lines
        if not found:  # nothing was listed: what `name_in` says of it
            names = Names((*self._plan.actions(), *indicators(self._plan)), self._own_keys)
            return text, name_in(text, names, self._today, self._own) or _nothing_named(text)
        if len(found) > 1:
            raise WhichEntry(text, tuple(Offer(line, entry=about.entry) for line, about in found))
        return found[0]

    def _lines(self, text: str) -> list[tuple[str, Named]]:
        """The message with each of the listed entries named in front of it."""
        known = [key for key in self._place.listed if self._plan.find(key)]
        return [(f"{key} {text}", Named(entry_with(key, self._plan), 0, len(key), is_outright=True)) for key in known]

    def _near(self, text: str) -> Names:
        """The names to look for: the person's own entries by any name, anybody's by the key that the text begins with.

        Where a plan has thousands of entries, to look for all their names in every message would take too long.
        """
        words = _LEAD.sub("", text, count=1).split()
        found = self._plan.find(words[0].strip(",.:;()#")) if words else None
        entry = found.entry if found else None
        if not isinstance(entry, Action | Indicator) or entry.key in self._own_keys:
            return self._own_names
        return Names((entry, *self._own), self._own_keys)

    def _named(self, text: str) -> Named | None:
        """The entry that the message names: at its beginning, or elsewhere one that may be meant; else None."""
        try:
            named = name_in(text, self._near(text), self._today, self._own)
        except Unread:
            return None
        if named is None:
            return None
        begins = bool(_LEAD.fullmatch(text[: named.start]))
        if named.is_outright:
            return named if begins or named.entry.key in self._place.listed or not self._place.listed else None
        return named if begins and self._is_clear(text, named) else None

    def _names_several(self, text: str) -> bool:
        """Whether it begins with words that name more than one entry, and tells a percentage."""
        if self._place.listed or not _SIGN.search(text):
            return False
        try:
            name_in(text, self._own_names, self._today, self._own)
        except SeveralEntries as several:
            return _LEAD.sub("", text, count=1).casefold().startswith(several.typed.casefold())
        except Unread:
            return False
        return False

    def _read(self, line: str, about: Named) -> Report | Figures | None:
        try:
            said = read_about(line, about, self._today)
        except Unread:
            return None
        return None if said.says_nothing else said

    def _is_clear(self, line: str, about: Named) -> bool:
        """Whether the line says how the entry stands, and whatever follows is a note set apart."""
        said = self._read(line, about)
        if said is None or is_question(said.note or ""):
            return False
        if isinstance(said, Figures):
            return isinstance(said.value, float) and _is_apart(said.note, line)
        if not (said.says_state or said.is_renewal):
            return False
        return _is_apart(said.note, line) or (said.percent is not None and bool(_SIGN.search(line)))


def _is_apart(note: str | None, line: str) -> bool:
    """Whether a note is set apart from what stands before it, or begins with a cause."""
    if note is None:
        return True
    head, found, _ = line.rpartition(note)
    return bool(found and _PARTED.search(head)) or bool(_CAUSE.match(note))


def _nothing_named(text: str) -> Named:
    raise WhichEntry(text, ())


def offers_of_all(error: WhichEntry) -> tuple[Offer, ...]:
    """The offers, and where nothing has changed, one for all of them together."""
    if len(error.offers) < 2 or not all(_is_renewal(offer, error.typed) for offer in error.offers):
        return error.offers
    return (*error.offers, Offer("; ".join(offer.text for offer in error.offers)))


def _is_renewal(offer: Offer, typed: str) -> bool:
    entry: Reportable | None = offer.entry
    if not isinstance(entry, Action):
        return False
    said = read_about(offer.text, Named(entry, 0, len(entry.key), is_outright=True), date.max)
    return isinstance(said, Report) and said.is_renewal and said.says_nothing_but_no_change and bool(typed)
