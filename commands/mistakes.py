"""What a member can mend: each mistake carries the data from which it is worded, none carries a sentence."""

from dataclasses import dataclass, field

from store.plan import Action, Entry, Indicator


class MemberMistake(Exception):
    """The member can mend it by saying it differently; nothing was written."""


@dataclass(eq=False)
class NoPlanYet(MemberMistake):
    """The workspace has no active plan."""


@dataclass(eq=False)
class NotYourAction(MemberMistake):
    """Only its owners report on an action or an indicator."""

    entry: Action | Indicator


@dataclass(eq=False)
class CannotTellOwner(MemberMistake):
    """Its owners are named by address, and whose address is whose could not be asked just now."""

    entry: Action | Indicator


@dataclass(eq=False)
class NothingToUndo(MemberMistake):
    """The member has no update that could still be taken back."""

    minutes: int


@dataclass(eq=False)
class UnreadableSchedule(MemberMistake):
    """A subscription could not be made out: these words were not understood, or a part is missing."""

    unread: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_unclear_hour: bool = False
    """Whether the words are an hour that may be in the morning or in the afternoon."""
    several: tuple[str, ...] = ()
    """The titles of those that the words may name."""
    likely: str = ""
    """What the words are most like: a key, a department or a zone."""
    lines: tuple[str, ...] = ()
    """What can be typed instead, made of what was understood."""


@dataclass(eq=False)
class NotSubscribed(MemberMistake):
    """The channel has no subscription with which that could be done."""

    deed: str = "stop"
    """What was to be done: `stop`, `pause`, `resume`, `change`."""


@dataclass(eq=False)
class SubscriptionGone(MemberMistake):
    """The subscription has been stopped meanwhile."""


@dataclass(eq=False)
class SubscribedAlready(MemberMistake):
    """The channel has another digest about the same, as often."""


@dataclass(eq=False)
class NeedsChannel(MemberMistake):
    """A digest goes to a channel or to the messages with the bot, not to a conversation among people."""


@dataclass(eq=False)
class NotYours(MemberMistake):
    """Only the member who made a subscription, or an administrator, changes it."""

    made_by: str
    is_gone: bool = False
    """Whether that member has left."""
    administrators: tuple[str, ...] = ()
    """The user ids of those who may in any case."""


@dataclass(eq=False)
class NotInChannel(MemberMistake):
    """The bot is not in the channel and may not join it by itself."""

    channel: str


@dataclass(eq=False)
class EntryGone(MemberMistake):
    """What a button was about is no longer in the plan."""


@dataclass(eq=False)
class AdministratorsOnly(MemberMistake):
    """Only a plan administrator sees and does this."""


@dataclass(eq=False)
class GapGone(MemberMistake):
    """The unanswered question was dealt with, or forgotten, meanwhile."""


@dataclass(eq=False)
class AliasTaken(MemberMistake):
    """Another entry is called so already."""

    alias: str
    entry: Entry


@dataclass(eq=False)
class ScopeGone(MemberMistake):
    """The plan no longer has the priority, objective or department that a digest is about."""

    scope: str


@dataclass(eq=False)
class DigestGone(MemberMistake):
    """The record knows no such digest in the channel where its button was pressed."""


@dataclass(eq=False)
class ChannelClosed(MemberMistake):
    """Nobody, or not the bot, may post in the channel any more."""

    reason: str
    """`is_archived`, `channel_not_found`, `not_in_channel`, `restricted_action` or alike."""


@dataclass(eq=False)
class FormTooLate(MemberMistake):
    """The form could not be opened in the seconds that there are for it."""


@dataclass(eq=False)
class InvalidFields(MemberMistake):
    """Fields of a form hold what they may not; by field, what is wrong."""

    fields: dict[str, str] = field(default_factory=dict)
