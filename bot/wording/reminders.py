"""Reminders in words: why an update is due, what the digest will say, what somebody wishes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.wording.dates import day, due, from_today
from bot.wording.names import Names
from bot.wording.progress import own_action_line
from bot.wording.status import SIGNS, status_words
from bot.wording.voice import Teller, Voice, numbered
from commands.mistakes import MemberMistake
from commands.outlook import Fate, Item, Letter
from commands.progress.finding import Reportable
from commands.reminder_wishes import NoDayAhead, UnreadableWish
from commands.reminding import Reason
from commands.schedule import DAYS
from store.plan import Action, Indicator
from store.reminder_wishes import Wish
from store.reminders import Unanswered


def headline(letter: Letter) -> str:
    """`2 of your entries in the plan wait for an update.`"""
    named = sum(item.reason is Reason.NAMED for item in letter.open)
    count = len(letter.open) - named
    if not letter.open:
        return "Nothing of yours waits for an update any more. Thank you."
    if not count:
        return f"{numbered(named, 'entry', 'entries')} of yours in the plan will be named in the digest."
    wait = (
        f"{numbered(count, 'entry', 'entries')} of yours in the plan {'waits' if count == 1 else 'wait'} for an update"
    )
    return f"{wait}, and {named} more will be named." if named else f"{wait}."


def reason_words(item: Item, today: date) -> str:
    """Why an update is due: `no update yet`, `due 12 December 2026, in 9 days`."""
    entry = item.entry
    if item.reason is Reason.NAMED:
        return "no update is due; you can still mend what will be said"
    if isinstance(entry, Indicator):
        return f"last measured {from_today(entry.latest.date, today)}" if entry.latest else "not measured yet"
    if not isinstance(entry, Action):
        return ""
    if item.reason is not Reason.SILENT and entry.due:
        return due(entry.due, today, overdue=entry.is_overdue(today))
    return f"last update {from_today(entry.latest.date, today)}" if entry.latest else "no update yet"


def entry_line(entry: Reportable, tell: Teller) -> str:
    """An entry of one's own: key, title, state."""
    if isinstance(entry, Action):
        return f"{SIGNS[entry.standing]} {own_action_line(entry, tell)}"
    return f"{tell.strong(entry.key)} {tell.plain(entry.title)}"


def fate_words(item: Item, today: date) -> str:
    """What has become of an entry since it was listed."""
    entry = item.entry
    if item.fate is Fate.MENDED and isinstance(entry, Action) and entry.latest:
        return f"{status_words(entry.standing, entry.progress)}, told {from_today(entry.latest.date, today)}"
    words = {
        Fate.MENDED: "nothing to do for now",
        Fate.DISOWNED: "no longer yours, you said; the administrators know",
        Fate.GONE: "no longer yours, or no longer in the plan",
    }
    return words[item.fate]


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """`Monday 30 November 2026 at 09:00`, on the clock of the zone."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())} at {local:%H:%M}"


def day_words(when: date) -> str:
    """`Monday 30 November 2026`."""
    return f"{DAYS[when.weekday()].title()} {day(when)}"


def wish_words(wish: Wish, today: date, names: Names) -> str:
    """What somebody wishes about reminders, and how to change it."""
    if wish.is_off:
        return f"Your reminders are off. `{names.progress} reminders on` turns them on again."
    if wish.comes_on and wish.comes_on >= today:
        return f"Your next reminder comes on {day_words(wish.comes_on)}, if something still waits for an update then."
    if wish.rests_until and wish.rests_until > today:
        return (
            f"Your reminders rest until {day_words(wish.rests_until)}. "
            f"`{names.progress} reminders on` ends that, `{names.progress} reminders off` turns them off."
        )
    return (
        "Your reminders are on: at most one a week, in working hours, two working days before a digest names what "
        f"waits for an update. `{names.progress} reminders off` turns them off, "
        f"`{names.progress} reminders until 15 January` lets them rest."
    )


def wish_mistake(error: MemberMistake, voice: Voice, names: Names) -> tuple[str, ...]:
    """What to say of a wish that could not be made out; nothing for other mistakes."""
    progress = names.progress
    match error:
        case UnreadableWish():
            return (
                f"I could not read “{voice.plain(error.typed)}”. Nothing was changed.",
                (
                    f"`{progress} reminders` tells how it is; `{progress} reminders off`, `{progress} reminders on`, "
                    f"`{progress} reminders until 15 January` change it."
                ),
            )
        case NoDayAhead():
            return (
                (
                    f"{day_words(error.day)} cannot be: choose a day from tomorrow to {day(error.most)}. "
                    f"Nothing was changed. `{progress} reminders off` turns reminders off for good."
                ),
            )
    return ()


def unanswered_line(one: Unanswered, tell: Teller) -> str:
    """Somebody who does not answer: who, how often, since when, about what."""
    keys = ", ".join(tell.plain(key) for key in one.keys)
    times = numbered(one.reminders, "reminder")
    return f"{tell.people([one.person])}: {times} in a row since {day(one.since)}, about {keys}"
