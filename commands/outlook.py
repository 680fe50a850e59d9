"""What lies ahead of the owners: who waits to be reminded of what, and what the digests to come will say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.digest import Digest
from commands.digest_previews import foretold
from commands.progress.finding import Reportable
from commands.reminding import APART, FARTHEST, Coming, Due, Heard, Reason, Waiting, comings, persons_among, waiting
from store.addresses import known_addresses
from store.measurements import rhythms
from store.plan import Action, Indicator, Plan
from store.reminder_wishes import Disowned, Wish, disowned, unchanged, wishes
from store.reminders import last_days
from store.subscriptions import Subscription, subscriptions
from store.workspaces import begun_at


class Fate(StrEnum):
    """What has become of an entry since a reminder listed it."""

    OPEN = "open"
    MENDED = "mended"
    """No update of it is due any more."""
    DISOWNED = "disowned"
    """The person says that it is no longer theirs."""
    GONE = "gone"
    """The plan no longer has it, or no longer names the person as its owner."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in a reminder."""

    key: str
    entry: Reportable | None
    fate: Fate
    reason: Reason | None = None
    coming: Coming | None = None
    digest: Digest | None = None
    """The digest to come, as it will be if nothing more is reported."""

    @property
    def is_asked(self) -> bool:
        """Whether an update of it is due."""
        return self.reason is not None and self.reason is not Reason.NAMED


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder, whole."""

    items: tuple[Item, ...]
    today: date
    """In the plan's zone."""

    @property
    def open(self) -> tuple[Item, ...]:
        """What still waits for an update."""
        return tuple(item for item in self.items if item.fate is Fate.OPEN)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything on which it depends who is to be reminded, as it was at one moment."""

    plan: Plan
    now: datetime
    began: datetime
    """When planbot began to work here."""
    ahead: tuple[Coming, ...]
    subscriptions: Mapping[int, Subscription]
    addresses: Mapping[str, str]
    disowned: tuple[Disowned, ...]
    heard: Heard
    wishes: Mapping[str, Wish]
    last: Mapping[str, date]
    """By user id, the day of the last reminder, where that may be too near for the next one."""

    @property
    def today(self) -> date:
        """The day in the plan's zone."""
        return self.now.astimezone(self.plan.about.zone).date()

    def waiting(self) -> tuple[Waiting, ...]:
        """Who has entries of which an update is due."""
        theirs_no_more = {(one.key, one.person) for one in self.disowned}
        return waiting(
            self.plan,
            self.ahead,
            self.now,
            addresses=self.addresses,
            disowned=theirs_no_more,
            heard=self.heard,
        )

    def wish(self, person: str) -> Wish:
        """What a person wishes about reminders."""
        return self.wishes.get(person, Wish())

    def settled(self) -> tuple[int, ...]:
        """Of what owners said is no longer theirs, what the plan says so too."""
        return tuple(one.id for one in self.disowned if not self.is_owner(one.person, one.key))

    def is_owner(self, person: str, key: str) -> bool:
        """Whether the plan names the person as an owner of the entry."""
        node = self.plan.find(key)
        entry = node.entry if node else None
        return isinstance(entry, Action | Indicator) and person in persons_among(entry.owners, self.addresses)


async def look(
    session: AsyncSession, workspace: int, plan: Plan, now: datetime, only: Sequence[str] | None = None
) -> Outlook:
    """What lies ahead now; `only`: the keys of the entries that matter, where not all do."""
    measured = [key for key in only or plan.nodes if _may_have_rhythm(key, plan, now)]
    known = await subscriptions(session, workspace)
    return Outlook(
        plan=plan,
        now=now,
        began=await begun_at(session, workspace),
        ahead=comings(known, now),
        subscriptions={one.id: one for one in known},
        addresses=await known_addresses(session, workspace),
        disowned=tuple(await disowned(session, workspace)),
        heard=Heard(await rhythms(session, workspace, measured), await unchanged(session, workspace)),
        wishes=await wishes(session, workspace),
        last=await last_days(session, workspace, now.date() - 2 * APART),
    )


def _may_have_rhythm(key: str, plan: Plan, now: datetime) -> bool:
    """Whether it depends on how often the indicator is measured if a figure of it is due."""
    node = plan.find(key)
    entry = node.entry if node else None
    if not isinstance(entry, Indicator) or not entry.owners or entry.latest is None:
        return False
    return now.date() + FARTHEST - entry.latest.date > plan.about.update_interval


async def letter(session: AsyncSession, workspace: int, outlook: Outlook, person: str, keys: Sequence[str]) -> Letter:
    """What to tell a person of the entries with these keys, as they stand now."""
    due = {one.entry.key: one for mine in outlook.waiting() if mine.person == person for one in mine.due}
    digests = await _foretold(session, workspace, outlook, [due[key].coming for key in keys if key in due])
    return Letter(tuple(_item(key, due.get(key), outlook, person, digests) for key in keys), outlook.today)


def _item(key: str, due: Due | None, outlook: Outlook, person: str, digests: Mapping[Coming, Digest]) -> Item:
    if due:
        digest = digests.get(due.coming) if due.coming else None
        return Item(due.entry.key, due.entry, Fate.OPEN, due.reason, due.coming, digest)
    node = outlook.plan.find(key)
    entry = node.entry if node and isinstance(node.entry, Action | Indicator) else None
    if any((one.key, one.person) == (key, person) for one in outlook.disowned):
        return Item(key, entry, Fate.DISOWNED)
    return Item(key, entry, Fate.MENDED if outlook.is_owner(person, key) else Fate.GONE)


async def _foretold(
    session: AsyncSession, workspace: int, outlook: Outlook, wanted: Sequence[Coming | None]
) -> dict[Coming, Digest]:
    found: dict[Coming, Digest] = {}
    for coming in wanted:
        if coming and coming not in found:
            subscription = outlook.subscriptions[coming.subscription]
            found[coming] = await foretold(session, workspace, outlook.plan, subscription)
    return found
