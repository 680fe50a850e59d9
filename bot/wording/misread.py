"""What to say of a line of progress that could not be read: what it was, and that nothing was recorded."""

from bot.wording.dates import day
from bot.wording.names import Names
from bot.wording.status import WORDS
from bot.wording.voice import Voice, one_line
from commands.mistakes import MemberMistake
from commands.progress import mistakes
from commands.progress.mistakes import Offer, UnclearStatus, UnknownEntry, UnknownMilestone, UnreadableValue
from store.plan import Action, Indicator, Nature

_NOTHING = "Nothing was recorded."


def misread_sentences(error: MemberMistake, voice: Voice, names: Names) -> tuple[str, ...]:
    """The sentences for a mistake of `commands.progress.mistakes`; none for any other."""
    match error:
        case UnknownEntry():
            return _unknown(error, voice, names)
        case mistakes.SeveralEntries():
            return (f"“{voice.plain(error.typed)}” may be more than one. {_NOTHING} Which do you mean?",)
        case mistakes.UnclearNaming():
            named = f"I am not sure that “{voice.plain(error.typed)}” names an action"
            return (f"{named}, and could read no percentage and no status. {_NOTHING} Is the rest a note?",)
        case UnclearStatus():
            return _unclear_status(error, voice)
        case UnknownMilestone():
            return _unknown_milestone(error, voice)
        case mistakes.UnclearMilestone():
            return (f"Is the milestone “{voice.plain(error.milestone.title)}” done? {_NOTHING}",)
        case mistakes.PercentOutOfRange():
            return (f"{voice.plain(error.typed)} is not a whole percentage from 0 to 100. {_NOTHING}",)
        case mistakes.UnreadableDay():
            return (
                f"I could not read “{voice.plain(error.typed)}” as a day. {_NOTHING}",
                "Write it as `as of 12 Nov`, `as of 2026-11-12` or `as of yesterday`.",
            )
        case mistakes.DayInFuture():
            return (f"{day(error.day)} has not come yet, so nobody can report of it. {_NOTHING}",)
        case UnreadableValue():
            return _unreadable_value(error, voice, names)
        case mistakes.UnreadWords():
            return (f"I could not read “{voice.plain(error.typed)}”. {_NOTHING} Shall I leave it out?",)
        case mistakes.TooLateToUndo():
            return (f"That was recorded more than {error.minutes} minutes ago and stands. Edit it, or report anew.",)
        case mistakes.DraftGone():
            return ("I no longer have what you typed; please type it again. Nothing was recorded.",)
        case mistakes.NotSaved():
            return ("You chose not to save that. Nothing was recorded.",)
        case mistakes.ReplacedAlready():
            return ("That was taken back or replaced already. Nothing was changed.",)
        case mistakes.NotYourUpdate():
            return ("Only whoever recorded that can edit it, take it back or share it; administrators can correct it.",)
        case mistakes.OfPlanFile():
            return (
                "That came with the plan file, so it is mended there.",
                "A plan administrator changes the file and imports it again.",
            )
        case mistakes.NothingToConfirm():
            key = voice.plain(error.action.key)
            return (
                f"Nobody has said yet how {key} stands, so there is nothing to confirm. {_NOTHING}",
                f"For example: `{names.progress} {error.action.key} on track 10%`",
            )
        case mistakes.NothingToCorrect():
            return _nothing_to_correct(error.entry, voice, names)
    return ()


def _nothing_to_correct(entry: Action | Indicator, voice: Voice, names: Names) -> tuple[str, ...]:
    named = voice.plain(f"{entry.key} {entry.title}")
    return (
        f"You have recorded nothing on {named} that could be corrected.",
        f"`{names.progress} {entry.key} history` shows what was reported.",
    )


def offer_words(offer: Offer) -> str:
    """What a button says that stands for an offer: plain words."""
    if offer.milestone is not None and offer.done is None:
        return offer.milestone.title
    if offer.done is not None:
        return "Done" if offer.done else "Not done"
    if offer.is_note:
        return f"Keep as a note on {offer.entry.key}" if offer.entry else "Keep as a note"
    if offer.is_today:
        return "Record as of today"
    if offer.status is not None:
        return f"It is {WORDS[offer.status]}"
    return f"{offer.entry.key} {offer.entry.title}" if offer.entry else offer.text


def _unknown(error: UnknownEntry, voice: Voice, names: Names) -> tuple[str, ...]:
    if not error.typed:
        which = "Which is it about?" if error.offers else f"`{names.progress} help` tells how to."
        return (f"That names no action or indicator of the plan. {_NOTHING} {which}",)
    return (
        f"“{voice.plain(one_line(error.typed, 300))}” names no action or indicator of the plan. {_NOTHING}",
        "Did you mean one of these?" if error.offers else f"`{names.progress} mine` lists your actions.",
    )


def _unclear_status(error: UnclearStatus, voice: Voice) -> tuple[str, ...]:
    return (f"“{voice.plain(error.typed)}” may be a status, or not the one that you mean. {_NOTHING} Which is it?",)


def _unknown_milestone(error: UnknownMilestone, voice: Voice) -> tuple[str, ...]:
    of = voice.plain(f"{error.action.key} {error.action.title}")
    if not error.action.milestones:
        return (f"{of} has no milestones in the plan. {_NOTHING}",)
    named = f"“{voice.plain(error.typed)}” names no single one" if error.typed else "No milestone is named"
    return (f"{named} of the milestones of {of}. {_NOTHING} Which do you mean?",)


def _unreadable_value(error: UnreadableValue, voice: Voice, names: Names) -> tuple[str, ...]:
    of = voice.plain(f"{error.indicator.key} {error.indicator.title}")
    typed = voice.plain(one_line(error.typed, 300))
    example = f"{names.progress} {error.indicator.key} 53.1 as of yesterday: what to know about it"
    measured = f"{of} is measured in {voice.plain(unit_words(error.indicator))}"
    return (f"{measured}, and I could not read “{typed}” as that. {_NOTHING}", f"For example: `{example}`")


def unit_words(indicator: Indicator) -> str:
    """What an indicator is measured in."""
    return "words" if indicator.nature is Nature.QUALITATIVE else indicator.unit or "a number"
