"""When a digest comes, in words."""

from zoneinfo import ZoneInfo

from bot.wording.dates import moment
from commands.schedule import DAYS, NTH
from store.digest_tables import Every
from store.plan import Plan
from store.subscriptions import Subscription


def schedule_words(subscription: Subscription) -> str:
    """`every Monday at 09:00 (America/Toronto)`, `on the last Friday of every month at 15:00 (America/Toronto)`."""
    weekday = DAYS[subscription.weekday].title()
    days = {
        Every.WEEK: f"every {weekday}",
        Every.FORTNIGHT: f"every other {weekday}",
        Every.MONTH: f"on the {NTH[subscription.nth]} {weekday} of every month",
    }[subscription.every]
    return f"{days} at {subscription.hour:02}:{subscription.minute:02} ({subscription.timezone})"


def next_words(subscription: Subscription) -> str:
    """`30 November 2026 at 09:00`, in the subscription's own zone."""
    return moment(subscription.next_run_at, ZoneInfo(subscription.timezone))


def scope_words(subscription: Subscription, plan: Plan) -> str:
    """The title of what the digest is about; unescaped."""
    node = plan.find(subscription.scope_key) if subscription.scope_key else None
    if subscription.scope_key and node is None:
        return f"“{subscription.scope_key}”, which the plan no longer has"
    if subscription.department:
        department = f"the department {subscription.department}"
        return f"{node.entry.title}, {department}" if node else department
    return node.entry.title if node else "the whole plan"
