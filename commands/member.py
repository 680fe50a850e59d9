"""Who speaks to the bot."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Mandate:
    """That somebody reports on an action or an indicator for its owners."""

    key: str
    """The entry's, in lower case."""
    granted_by: str
    """The user id of the owner or administrator who asked for it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the organisation."""

    id: str
    """The user id, as the plan's owners are named by."""
    email: str | None = None
    """The address by which a plan may name its owners instead."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """Where the person's clock is."""
    is_administrator: bool = False
    is_known: bool = True
    """Whether e-mail address and zone could be asked for; if not, an owner named by address may go unrecognised."""
    addresses: frozenset[str] = frozenset()
    """Further addresses of theirs by which the plan may name them, in lower case."""
    mandates: tuple[Mandate, ...] = ()
    """What they report on for its owners, now."""

    @property
    def names(self) -> frozenset[str]:
        """Everything by which the plan may name this person as an owner, e-mail in lower case."""
        return self.addresses | {self.id} | ({self.email.casefold()} if self.email else set())

    def is_among(self, owners: tuple[str, ...]) -> bool:
        """Whether one of `owners` (user ids or e-mail addresses) is this person."""
        return any(owner == self.id or owner.casefold() in self.names for owner in owners)

    @property
    def delegated(self) -> frozenset[str]:
        """The keys, in lower case, of what they report on for its owners."""
        return frozenset(one.key for one in self.mandates)

    def reports_on(self, key: str, owners: tuple[str, ...]) -> bool:
        """Whether they report on the entry with `key`, which is `owners`': as one of them, or for them."""
        return self.is_among(owners) or key.casefold() in self.delegated

    def acts_for(self, key: str, owners: tuple[str, ...]) -> str | None:
        """For which of `owners` they report: none where they are one; who asked them to, else the first."""
        if self.is_among(owners):
            return None
        granted_by = next((one.granted_by for one in self.mandates if one.key == key.casefold()), None)
        return granted_by if granted_by in owners else next(iter(owners), None)

    def name_in(self, owners: tuple[str, ...]) -> str:
        """How `owners` names this person; the user id where it does not."""
        return next((owner for owner in owners if owner == self.id or owner.casefold() in self.names), self.id)

    def today(self, now: datetime | None = None) -> datetime:
        """The moment on the person's own clock."""
        return (now or datetime.now(UTC)).astimezone(self.zone)
