"""What a question was understood to ask: the contract between understanding and answering."""

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """What about a subject is asked."""

    MEANING = "meaning"
    LIST = "list"
    COUNT = "count"
    PARENT = "parent"
    PERIOD = "period"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    TARGET = "target"
    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    DUE_SOON = "due-soon"
    RECENT = "recent"
    STALE = "stale"
    COMPLETE = "complete"
    MINE = "mine"


class Outcome(StrEnum):
    """Whether a question found its subject."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"


class SmallTalk(StrEnum):
    """What is said to the bot that is no question about the plan."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason why an entry came into question: these words of the question met that text of the entry."""

    subject: str
    """The key of an entry or the name of a section."""
    asked: str
    met: str
    by: str
    """How they met: title, key, alias, statement, vocabulary, facet ..."""
    score: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question asks, as far as it could be made out.

    With `Outcome.ANSWER` there are a subject (an entry's key or a section's name) and a facet. With
    `Outcome.SUGGEST` there are two to five suggestions, best first, and the facet asked about them. With
    `Outcome.UNKNOWN` there is neither, and `small_talk` where it was that.
    """

    question: str
    outcome: Outcome
    subject: str | None = None
    facet: Facet | None = None
    confidence: float = 0.0
    """0 to 1."""
    suggestions: tuple[str, ...] = ()
    also: tuple[tuple[str, Facet], ...] = ()
    """Further pairs of subject and facet asked in the same breath ("who owns it and when is it due")."""
    small_talk: SmallTalk | None = None
    evidence: tuple[Evidence, ...] = ()
    """Best first; filled only where it was asked for."""
    manner: tuple[Evidence, ...] = ()
    """Turns of phrase and what each of them mostly asks for, the weightiest first; filled only where asked for."""
