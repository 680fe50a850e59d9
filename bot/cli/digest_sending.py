"""One digest sent by hand, as the ledger allows."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import DBAPIError

from bot.cli.digest_lines import moment, run_words
from bot.cli.digest_record import Known, known_of
from bot.cli.failing import Refused
from bot.cli.plan_lines import printable
from bot.delivering import AlreadySent, Deliverer, InOtherHands
from bot.posted import LEASE
from bot.serve import FINISH_SECONDS, opened
from bot.service import Service
from bot.settings import CommandNames, Settings
from bot.slack import SLACK_FAILURES, error_code
from bot.wording.mistakes import closed_words
from bot.wording.voice import numbered
from commands.mistakes import ChannelClosed, NoPlanYet, NotInChannel, ScopeGone
from commands.runs import NoSuchRun, RunToCome, UnreadablePeriod, period_typed, run_meant
from store.digests import Delivery
from store.errors import DatabaseUnusable, NoActivePlan
from store.ledger import claimed_runs
from store.subscriptions import Subscription

REST = numbered(round(LEASE.total_seconds() / 60), "minute")
"""How long a claim lasts: for so long nobody else sends that digest, whatever became of who claimed it."""


async def sent(settings: Settings, names: CommandNames, number: int, period: str, *, again: bool) -> tuple[str, ...]:
    """Send the digest of a subscription's run; what to say of it. Raises Refused, and as `bot.serve.opened`."""
    async with opened(settings, names) as service:
        try:
            async with service.database.reading() as session:
                known = await known_of(session, service.workspace)
                of = known.numbered(number)
                run = _run(of, await claimed_runs(session, of.id), period, known)
            delivery = await _delivered(service, of, run, again=again)
            is_whole = await service.desk.finish(FINISH_SECONDS)
        except DBAPIError as error:
            reason = service.database.address.without_password(str(error.orig))
            raise DatabaseUnusable(f"{service.database.address}: {reason}") from error
    return tuple(_said(of, delivery, is_whole=is_whole))


def _run(of: Subscription, claimed: tuple[datetime, ...], period: str, known: Known) -> datetime:
    """The run that is meant, of a subscription that is still there. Raises Refused."""
    zone = of.timezone
    if of.ended_at:
        when = moment(of.ended_at, zone)
        raise Refused(f"Subscription {of.id} was stopped ({when} {zone}): subscribe the channel again, then send.")
    try:
        return run_meant(of, claimed, period_typed(period, zone), known.now)
    except UnreadablePeriod:
        words = f"{printable(period)} is neither a day nor a time: give the run as 2026-11-23, or as 2026-11-23T09:00."
        raise Refused(words) from None
    except NoSuchRun as none:
        nearest = f"{run_words(none.before, zone)} and {run_words(none.after, zone)}"
        words = f"Subscription {of.id} has no run then ({printable(period)}); the nearest ones are {nearest}."
        raise Refused(words) from None
    except RunToCome as early:
        words = f"That run has not come yet: it is on {run_words(early.run, zone)}, and is sent then by itself."
        raise Refused(words) from None


async def _delivered(service: Service, of: Subscription, run: datetime, *, again: bool) -> Delivery:
    """The delivery, once it is in the channel. Raises Refused and NoActivePlan."""
    try:
        return await Deliverer(service).send(of, run, again=again)
    except AlreadySent as before:
        raise Refused(_already(of, before.delivery)) from None
    except InOtherHands as other:
        raise Refused(_at_it(of, other.delivery)) from None
    except NoPlanYet:
        raise NoActivePlan from None
    except ScopeGone as gone:
        about = printable(gone.scope)
        raise Refused(f"The plan no longer has {about}, which the digest is about: nothing was sent.") from None
    except NotInChannel:
        words = f"The bot is not in the channel {of.channel_id} and cannot join it by itself: nothing was sent"
        raise Refused(f"{words}; type `/invite @planbot` there, and send again.") from None
    except ChannelClosed as closed:
        words = f"The bot cannot post in {of.channel_id}, since {closed_words(closed.reason)}: nothing was sent"
        raise Refused(f"{words}; once that is mended, send again.") from None
    except SLACK_FAILURES as error:
        said = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        words = f"Slack did not say whether the digest is there ({said or 'an error without a name'})"
        raise Refused(f"{words}: send again in {REST}, and it is looked for before it is posted.") from error


def _already(of: Subscription, before: Delivery) -> str:
    zone = of.timezone
    when = f" on {moment(before.posted_at, zone)} {zone}" if before.posted_at else ""
    return (
        f"The digest of {run_words(before.period_due_at, zone)} was posted{when} in {printable(before.channel_id)} "
        f"(message {before.message_ts}): nothing was sent. With --again the channel gets it a second time."
    )


def _at_it(of: Subscription, held: Delivery | None) -> str:
    ledger = f"`planbot digest history {of.id}` tells how it ends"
    if held is None:
        return f"Another process has just begun to send it: nothing was sent; {ledger}."
    since = f"{held.claimed_at.astimezone(ZoneInfo(of.timezone)):%H:%M:%S} {of.timezone}"
    return (
        f"A process ({printable(held.claimed_by)}) has been at it since {since}: nothing was sent; {ledger}. "
        f"Should it have broken off, send again {REST} after that."
    )


def _said(of: Subscription, delivery: Delivery, *, is_whole: bool) -> Iterator[str]:
    yield (
        f"Sent: the digest of {run_words(delivery.period_due_at, of.timezone)} is in {printable(of.channel_id)} "
        f"as message {delivery.message_ts}; it covers the time since {moment(delivery.covers_from, of.timezone)}."
    )
    if delivery.parts_posted < delivery.parts or not is_whole:
        yield f"Its thread has {delivery.parts_posted} of {delivery.parts} messages: `planbot serve` posts the others."
