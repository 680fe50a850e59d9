"""A progress update as data: what somebody says, and what is on the record of it."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from store.milestones import Reached, ReachedBefore
from store.plan import OwnerRef, Percent, Status
from store.standing import State
from store.tables import Via

_REF: TypeAdapter[str | None] = TypeAdapter(OwnerRef | None)
_PERCENT: TypeAdapter[int | None] = TypeAdapter(Percent | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpdate:
    """What somebody says about an action. Raises ValueError where it cannot be so.

    A status or percentage that is None is not said and stays as it was; in a correction, as it was before the update
    that is corrected. So a correction that says nothing takes that update back.
    """

    author: str | None
    """A Slack user id or e-mail address."""
    as_of: date
    """The day it speaks of, in the plan's zone."""
    recorded_at: datetime
    via: Via
    on_behalf_of: str | None = None
    status: Status | None = None
    percent: int | None = None
    """0 to 100."""
    note: str | None = None
    evidence: str | None = None
    help_from: str | None = None
    """The user id of the person whose help is needed."""
    milestones: tuple[Reached, ...] = ()
    """Those of the action's milestones that it says something of."""
    idempotency_key: str | None = None
    """The same for every delivery of one report; at most one update of the workspace has it."""
    corrects: int | None = None
    """The id of the update of the same action that this one replaces."""

    def __post_init__(self) -> None:
        """Check what the types do not."""
        _REF.validate_python(self.author)
        _REF.validate_python(self.on_behalf_of)
        _REF.validate_python(self.help_from)
        _PERCENT.validate_python(self.percent)
        if self.recorded_at.tzinfo is None:
            raise ValueError("the time of recording has no zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedUpdate:
    """A progress update on the record."""

    id: int
    key: str
    """The action's."""
    title: str
    """The action's."""
    author: str | None
    on_behalf_of: str | None
    before: State
    """How the action stood before it."""
    after: State
    """What it says, with what it left unsaid filled in from before."""
    note: str | None
    evidence: str | None
    help_from: str | None
    milestones: tuple[ReachedBefore, ...]
    via: Via
    as_of: date
    recorded_at: datetime
    corrects: int | None
    corrected_by: int | None
    """The id of the update that replaces it."""
    is_latest: bool
    """Whether it is the one by which the action stands as it does."""
    is_undo: bool = False
    """Whether it takes back what it corrects."""
    is_repeat: bool = False
    """Whether it had been recorded already, so that nothing was written."""

    @property
    def says_nothing_new(self) -> bool:
        """Whether it leaves all as it was: it confirms that, or takes something back."""
        says_more = self.note or self.evidence or self.help_from or self.milestones
        return self.before == self.after and not says_more

    @property
    def status(self) -> Status | None:
        """The status that it says."""
        return self.after.status

    @property
    def percent(self) -> int | None:
        """The percentage that it says."""
        return self.after.percent
