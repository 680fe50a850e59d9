"""Which digest it is and of which time."""

from bot.wording.dates import day
from commands.digest import Digest
from store.digest_tables import Every

_TITLES = {Every.WEEK: "Weekly digest", Every.FORTNIGHT: "Fortnightly digest", Every.MONTH: "Monthly digest"}
_THIS = {Every.WEEK: "this week", Every.FORTNIGHT: "these two weeks", Every.MONTH: "this month"}
_UNITS = {Every.WEEK: "week", Every.FORTNIGHT: "fortnight", Every.MONTH: "month"}


def title_words(digest: Digest) -> str:
    """`Weekly digest: Core Assets`; unescaped."""
    return f"{_TITLES[digest.every]}: {digest.scope or digest.about.title}"


def this_period(digest: Digest) -> str:
    """`this week`, `since 2 November 2026`."""
    return f"since {_first_day(digest)}" if digest.covers_gap else _THIS[digest.every]


def unit_words(digest: Digest) -> str:
    """`week`."""
    return _UNITS[digest.every]


def period_words(digest: Digest) -> str:
    """The days it covers, in the plan's zone."""
    return f"{_first_day(digest)} to {day(digest.until.astimezone(digest.about.zone).date())}"


def gap_words(digest: Digest) -> str:
    """That it covers more than its own time, and why; nothing where it does not."""
    if not digest.covers_gap:
        return ""
    return f"This digest covers all the time since {_first_day(digest)}: what was due in between could not be sent."


def _first_day(digest: Digest) -> str:
    return day(digest.since.astimezone(digest.about.zone).date())
