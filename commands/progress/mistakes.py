"""What a member can mend in a line of progress, with the lines that may have been meant instead."""

from dataclasses import dataclass
from datetime import date

from commands.mistakes import MemberMistake
from store.plan import Action, Indicator, Milestone, Status


@dataclass(frozen=True, slots=True)
class Offer:
    """What a member may have meant: the line to be read instead of the one that was typed, and what is other in it."""

    text: str
    entry: Action | Indicator | None = None
    """The action or indicator that it names."""
    milestone: Milestone | None = None
    status: Status | None = None
    done: bool | None = None
    """Whether it says that the milestone is done."""
    is_note: bool = False
    """Whether the words are kept as a note."""
    is_today: bool = False
    """Whether it speaks of today instead of another day."""


class Unread(MemberMistake):
    """A line of progress that could not be read; `offers` are what may be meant, so that nothing is typed twice."""

    offers: tuple[Offer, ...]


@dataclass(eq=False)
class UnknownEntry(Unread):
    """No action or indicator is named like that."""

    typed: str
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class SeveralEntries(Unread):
    """More than one action or indicator may be meant."""

    typed: str
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class UnclearNaming(Unread):
    """A few words may name an action and begin a note, or be something else."""

    typed: str
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class UnclearStatus(Unread):
    """Words may say that an action is at an end and may begin a note, or are as near to one status as to another."""

    typed: str
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class PercentOutOfRange(Unread):
    """A percentage is a whole number from 0 to 100."""

    typed: str
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class UnknownMilestone(Unread):
    """No milestone of the action, or more than one, is named like that."""

    action: Action
    typed: str
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class UnclearMilestone(Unread):
    """A milestone is named, and not whether it is done."""

    milestone: Milestone
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class UnreadableDay(Unread):
    """No day is named like that, or more than one."""

    typed: str
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class DayInFuture(Unread):
    """Nobody reports of a day that has not come."""

    day: date
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class UnreadableValue(Unread):
    """The indicator is measured in numbers, and what was typed is none, or one of something else."""

    indicator: Indicator
    typed: str
    offers: tuple[Offer, ...] = ()


@dataclass(eq=False)
class UnreadWords(Unread):
    """Words before the action that are no part of a report; the offer is the line without them."""

    typed: str
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class TooLateToUndo(MemberMistake):
    """What was recorded stands longer than it can be taken back."""

    minutes: int


@dataclass(eq=False)
class DraftGone(MemberMistake):
    """What a button stood for is forgotten."""


@dataclass(eq=False)
class NotSaved(MemberMistake):
    """What a button stood for was dropped: its author chose not to save it."""


@dataclass(eq=False)
class ReplacedAlready(MemberMistake):
    """What was to be edited or taken back was replaced or taken back before."""


@dataclass(eq=False)
class NotYourUpdate(MemberMistake):
    """Only who recorded something takes it back or shares it; administrators may correct it."""


@dataclass(eq=False)
class OfPlanFile(MemberMistake):
    """What came from a plan file is mended there."""


@dataclass(eq=False)
class NothingToConfirm(MemberMistake):
    """Nobody has said yet how the action stands."""

    action: Action


@dataclass(eq=False)
class NothingToCorrect(MemberMistake):
    """The member has recorded nothing on the entry that still stands."""

    entry: Action | Indicator
