"""Who speaks to the bot."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


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

    @property
    def names(self) -> frozenset[str]:
        """Everything by which the plan may name this person as an owner, e-mail in lower case."""
        return frozenset({self.id} | ({self.email.casefold()} if self.email else set()))

    def is_among(self, owners: tuple[str, ...]) -> bool:
        """Whether one of `owners` (user ids or e-mail addresses) is this person."""
        return any(owner == self.id or owner.casefold() in self.names for owner in owners)

    def name_in(self, owners: tuple[str, ...]) -> str:
        """How `owners` names this person; the user id where it does not."""
        return next((owner for owner in owners if owner == self.id or owner.casefold() in self.names), self.id)

    def today(self, now: datetime | None = None) -> datetime:
        """The moment on the person's own clock."""
        return (now or datetime.now(UTC)).astimezone(self.zone)
