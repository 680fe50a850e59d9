"""When digests are due, reckoned day by day from the calendar: nothing of planbot's own reckoning is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Every = Literal["week", "fortnight", "month"]
TYPED = {"week": "weekly", "fortnight": "fortnightly", "month": "monthly first"}
GRACE = timedelta(hours=24)
"""What could not be posted for longer is left to the next digest."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a channel wants its digest."""

    every: Every
    weekday: int
    hour: int
    minute: int
    zone: str

    @property
    def typed(self) -> str:
        """What a member types to get it."""
        return f"{TYPED[self.every]} {WEEKDAYS[self.weekday]} {self.hour:02}:{self.minute:02} {self.zone}"

    def runs(self, after: datetime, until: datetime, counted_from: date | None = None) -> Iterator[datetime]:
        """Its moments later than `after`, up to `until` (both in UTC).

        The fortnights are counted from that day, else from its first one.
        """
        zone = ZoneInfo(self.zone)
        day = after.astimezone(zone).date() - timedelta(days=1)
        while day <= until.astimezone(zone).date():
            # A time that the clock skips is an hour later by the clock: the same instant. One that comes twice counts
            # once, as the first.
            at = datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=zone).astimezone(UTC)
            if after < at <= until and self._is_day(day, counted_from):
                counted_from = counted_from or day
                yield at
            day += timedelta(days=1)

    def _is_day(self, day: date, counted_from: date | None) -> bool:
        if day.weekday() != self.weekday:
            return False
        if self.every == "month":
            return day.day <= len(WEEKDAYS)
        return self.every == "week" or counted_from is None or (day - counted_from).days % 14 == 0


@dataclass(slots=True)
class Wanted:
    """A rule, and for how long it held."""

    subscription: int
    channel: str
    rule: Rule
    since: datetime
    counted_from: date | None = None
    """From when its fortnights are counted: who asks for another time on the same day does not move it by a week."""
    until: datetime | None = None
    """When it was changed, stopped or paused; None while it holds."""
    open_since: datetime | None = None
    """What was due from then on may have come or not: it was changed, stopped or paused while that was being sent."""

    def due(self, now: datetime) -> tuple[datetime, ...]:
        """The moments at which its digest was due, up to `now`."""
        return tuple(self.rule.runs(self.since, min(self.until or now, now), self.counted_from))

    def leaves_open(self, due: datetime) -> bool:
        """Whether the digest of that moment may have come or not."""
        return self.open_since is not None and due >= self.open_since

    def count_goes_on(self, rule: Rule) -> date | None:
        """From when the fortnights of the rule that replaces this one are counted; None: from its own first day."""
        if rule.every != "fortnight" or rule.weekday != self.rule.weekday:
            return None
        first = next(self.rule.runs(self.since, self.since + timedelta(days=15)))
        return self.counted_from or first.astimezone(ZoneInfo(self.rule.zone)).date()
