"""Progress as a person sees it: one's own actions and indicators, the usage."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.blocks.message import Block, Message, actions, button, context, section
from bot.blocks.voice import slack_voice
from bot.wording.age import action_sign
from bot.wording.names import Names
from bot.wording.progress import own_action_line, own_indicator_line
from bot.wording.voice import Teller
from commands.progress.finding import Reportable
from commands.standing import confirmation
from store.plan import Action, Indicator

OPEN_FORM = "progress:open"
RENEW = "progress:renew"
"""A button whose value is an action's key: nothing has changed there. A number behind a colon tells rows apart."""
STILL_TRUE = "No change, still true"
MOST_SHOWN = 20


def my_entries(own: Sequence[Reportable], *, today: date, names: Names, delegated: Collection[str] = ()) -> Message:
    """What one may report on, each with a button that opens its form; `delegated` are keys of what is others' of it."""
    if not own:
        words = (
            "You own no action or indicator of the plan, so there is nothing to report. "
            f"`{names.plan} who owns …` tells whose an action is."
        )
        return Message(words, (section(words),))
    lines = [_line(entry, today, delegated) for entry in own]
    rows = entry_rows(own, today, delegated)
    title = heading(own)
    return Message(f"{title}:\n" + "\n".join(lines), (section(f"*{title}*"), *rows))


def heading(own: Sequence[Reportable]) -> str:
    """What a list of one's own is called by what it holds."""
    kinds = {Indicator: "indicators", Action: "actions"}
    held = [name for kind, name in kinds.items() if any(isinstance(entry, kind) for entry in own)]
    return f"Your {' and '.join(reversed(held)) or 'actions'}"


def entry_rows(own: Sequence[Reportable], today: date, delegated: Collection[str] = ()) -> tuple[Block, ...]:
    """Actions and indicators with their buttons; of many, the first 20 and how many more there are."""
    rows = [block for at, entry in enumerate(own[:MOST_SHOWN]) for block in _row(at, entry, today, delegated)]
    more = [context(f"and {len(own) - MOST_SHOWN} more")] if len(own) > MOST_SHOWN else []
    return (*rows, *more)


def _line(entry: Reportable, today: date, delegated: Collection[str]) -> str:
    tell = Teller(slack_voice(today))
    whose = f" · for {tell.people(entry.owners)}" if entry.key.casefold() in delegated and entry.owners else ""
    own = own_action_line(entry, tell) if isinstance(entry, Action) else own_indicator_line(entry, tell)
    return f"{own}{whose}"


def _row(at: int, entry: Reportable, today: date, delegated: Collection[str]) -> tuple[Block, ...]:
    """An entry as it stands; an action that is open and was spoken of can be confirmed by one press."""
    sign = f"{action_sign(entry)} " if isinstance(entry, Action) else ""
    line = f"{sign}{_line(entry, today, delegated)}"
    update = button("Update", f"{OPEN_FORM}:{at}", entry.key)
    if isinstance(entry, Indicator) or entry.standing.is_closed or confirmation(entry) is None:
        return (section(line, accessory=update),)
    return (section(line), actions(update, button(STILL_TRUE, f"{RENEW}:{at}", entry.key)))


def report_button() -> Block:
    """A button that opens the form of the first of one's own."""
    return button("Report progress", OPEN_FORM, "first")


def progress_usage(names: Names) -> Message:
    """How the progress command is used."""
    progress = names.progress
    lines = (
        f"`{progress}` opens a form with your actions; `{progress} A-01` the form of one action",
        "The shortcut “Report progress” opens it, too; “Use as progress update” on a message takes that as the note",
        f"`{progress} A-01 60% at risk: waiting for procurement` records at once; any part may be missing",
        f"`{progress} dashboard done`, `{progress} A-01 +10%`: a piece of the title will do, even misspelt",
        "The status in everyday words: on track, at risk, behind, blocked, done, cancelled, not started",
        f"`{progress} A-01 milestone pilot done`, `{progress} A-01 milestone 2 not done`",
        f"`{progress} CSI 53.1 as of 30 Sep` records a measurement of an indicator, in numbers or in your words",
        "`as of 12 Nov`, `as of yesterday` names the day; a link is kept as evidence; behind a colon comes the note",
        f"`{progress} A-01 no change` confirms that all is as it was, which makes the status as fresh as today",
        f"`{progress} mine` lists your actions and indicators, `{progress} A-01 history` what was reported",
        f"`{progress} A-01 correct` mends your last report on it, at any time; the record keeps both",
        f"`{progress} A-01 delegate @colleague until 15 January` lets somebody report for you",
        f"`{progress} A-01 delegate` lists them, `{progress} A-01 delegate @colleague off` ends it",
        f"`{progress} undo` takes your last update back, within 15 minutes",
        f"`{progress} reminders` tells when I remind you; `off`, `on` or `until 15 January` behind it changes that",
    )
    words = "\n".join(lines)
    return Message(words, (section(words),))
