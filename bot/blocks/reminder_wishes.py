"""What becomes of a reminder: what somebody wishes about it, and what administrators read of unanswered ones."""

from collections.abc import Sequence
from datetime import date

from bot.blocks.message import Block, Message, context, escaped, section, sections
from bot.blocks.voice import mention, slack_voice
from bot.wording.names import Names
from bot.wording.reminders import day_words, unanswered_line, wish_words
from bot.wording.voice import Teller
from store.reminder_wishes import Disowned, Wish
from store.reminders import Unanswered

MOST_SHOWN = 10


def wish_kept(wish: Wish, today: date, names: Names, *, reminds: bool) -> Message:
    """For the one who asked for it, or who asked how things are; `reminds`: whether anybody is reminded."""
    nobody = "" if reminds else " For now nobody is reminded: whoever runs planbot has turned reminders off."
    return _said(f"{wish_words(wish, today, names)}{nobody}")


def comes_later(wish: Wish, names: Names) -> Message:
    """For the one who wants to be reminded on another day."""
    when = day_words(wish.comes_on) if wish.comes_on else ""
    return _said(
        f"I remind you again on {when}, of what still waits for an update then, and not before. "
        f"`{names.progress} reminders on` brings back the usual rhythm."
    )


def no_new_figure(key: str) -> Message:
    """For the owner of an indicator that has no new measurement."""
    return _said(f"Noted: there is no new figure for {escaped(key)}. Nothing was recorded, and I ask again later.")


def disowning_told(key: str, names: Names, *, administrators: bool) -> Message:
    """For the owner who says that an entry is no longer theirs."""
    who = (
        "The plan's administrators know"
        if administrators
        else "It is noted, but no plan administrator is set up whom I could tell; please tell whoever looks after it"
    )
    return _said(
        f"{who}: {escaped(key)} needs another owner. I do not remind you of it any more. Until it is handed over, "
        f"the plan names you, and `{names.progress} {escaped(key)}` still works."
    )


def disowned_card(one: Disowned, names: Names) -> Message:
    """For an administrator: an entry needs another owner."""
    named = escaped(f"{one.key} {one.title}")
    return _said(
        f"{mention(one.person)} says that *{named}* is no longer theirs. "
        f"Hand it over with `{names.plan} change {escaped(one.key)}`; `{names.progress} {escaped(one.key)} history` "
        "shows what was reported."
    )


def reminders_for_administrators(
    silent: Sequence[Unanswered], disowned: Sequence[Disowned], today: date, names: Names
) -> tuple[Block, ...]:
    """What an administrator sees of reminders in the App Home; nothing where there is nothing to see."""
    tell = Teller(slack_voice(today))
    unanswered = [unanswered_line(one, tell) for one in silent]
    orphaned = [
        f"{tell.strong(one.key)} {tell.plain(one.title)}: {mention(one.person)} says it is no longer theirs; "
        f"`{names.plan} change {escaped(one.key)}`"
        for one in disowned
    ]
    return (*_part("Reminders not answered", unanswered), *_part("In need of another owner", orphaned))


def _part(title: str, lines: Sequence[str]) -> tuple[Block, ...]:
    if not lines:
        return ()
    more = (context(f"and {len(lines) - MOST_SHOWN} more"),) if len(lines) > MOST_SHOWN else ()
    return (*sections([f"*{title}*", *lines[:MOST_SHOWN]]), *more)


def _said(words: str) -> Message:
    return Message(words, (section(words),))
