"""How old a status is: no status is shown without that, so that none looks fresher than it is."""

from datetime import date

from bot.wording.dates import from_today
from bot.wording.status import sign, status_words
from commands.standing import Confirmation, Standing, confirmation
from store.plan import Action, Status


def age_words(confirmed: Confirmation | None, today: date) -> str:
    """`confirmed 3 days ago`, `as the plan states`; nothing where nobody has said how it stands."""
    if confirmed is None:
        return ""
    if confirmed.on is None:
        return "as the plan states"
    age = from_today(min(confirmed.on, today), today)
    return f"confirmed {age}" if confirmed.is_by_owner else f"as the plan stated {age}"


def aged_words(status: Status | None, percent: int, confirmed: Confirmation | None, today: date) -> str:
    """`on track, 65 %, confirmed 3 days ago`."""
    age = age_words(confirmed, today)
    return ", ".join(part for part in (status_words(status, percent), age) if part)


def action_words(action: Action, today: date) -> str:
    """How an action stands, and how old that is."""
    confirmed = confirmation(action)
    return aged_words(action.standing if confirmed else None, action.progress, confirmed, today)


def action_sign(action: Action) -> str:
    """The sign of an action's status, or that there is none yet."""
    return sign(action.standing if confirmation(action) else None)


def span_words(standing: Standing, today: date) -> str:
    """How old the words behind a rolled-up status are: `last word 3 days ago, the oldest still open 5 months ago`."""
    if standing.latest is None:
        return ""
    newest = f"last word {from_today(min(standing.latest, today), today)}"
    if standing.oldest is None or standing.oldest == standing.latest:
        return newest
    return f"{newest}, the oldest still open {from_today(min(standing.oldest, today), today)}"
