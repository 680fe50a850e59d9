"""What to say when something typed could not be done: what happened, and what to type instead."""

from bot.wording.names import Names
from bot.wording.voice import Voice, joined
from commands import mistakes
from commands.mistakes import MemberMistake
from commands.schedule import DAYS
from store.plan import Action

_FIELDS = {
    "missing": "Choose one, please.",
    "no words": "Type the words by which members name it.",
    "nothing found": "Nothing in the plan is like that. Try its key, or another piece of its title.",
    "out of range": "A percentage is a whole number from 0 to 100.",
}


_CLOSED = {
    "is_archived": "the channel is archived",
    "channel_not_found": "the channel is gone, or I was removed from it",
    "not_in_channel": "I am no longer a member of the channel",
    "restricted_action": "I may not post in the channel",
    "scope_gone": "the plan no longer has the priority or objective that it was about",
}


def closed_words(reason: str | None) -> str:
    """Why the bot cannot post in a channel."""
    return _CLOSED.get(reason or "", "Slack refused it")


def apology(reference: str) -> str:
    """For an error that nobody but the operator can mend."""
    return (
        "Sorry, something went wrong on my side and I could not finish that. Please try again; "
        f"if it happens again, tell whoever looks after planbot this reference: {reference}"
    )


def field_sentence(problem: str) -> str:
    """What stands under a form's field."""
    return _FIELDS[problem]


def mistake_sentences(error: MemberMistake, voice: Voice, names: Names) -> tuple[str, ...]:
    """One or more sentences for a member's mistake."""
    match error:
        case mistakes.NoPlanYet():
            return ("There is no plan here yet. A plan administrator loads one with `planbot plan import FILE`.",)
        case mistakes.UnknownAction():
            return _unknown_action(error, voice, names)
        case mistakes.SeveralActions():
            example = f"`{names.progress} {error.candidates[0].key} 60% what happened`"
            return (f"“{voice.plain(error.typed)}” may be more than one action. Use its key: {example}",)
        case mistakes.NotYourAction():
            return _not_yours(error.action, voice)
        case mistakes.CannotTellOwner():
            key = voice.plain(error.action.key)
            return (f"I cannot ask Slack just now whether you own {key}. Nothing was recorded; try again in a minute.",)
        case mistakes.PercentOutOfRange():
            return (f"{voice.plain(error.typed)} is not a percentage from 0 to 100. Nothing was recorded.",)
        case mistakes.NothingToUndo():
            return (f"You have recorded no update in the last {error.minutes} minutes, so there is nothing to undo.",)
        case mistakes.UnreadableSchedule():
            return _unreadable(error, voice, names)
        case mistakes.NotSubscribed():
            return (
                (
                    "This channel gets no such digest, so there is nothing to stop. "
                    f"`{names.digest} weekly monday 09:00` subscribes it."
                ),
            )
        case mistakes.NotYours():
            made_by = voice.person(error.made_by)
            return (f"{made_by} set this digest up. Only {made_by} or a plan administrator can change it.",)
        case mistakes.NotInChannel():
            return (
                (
                    "I am not a member of this channel, and I may not join it by myself. "
                    "Invite me with `/invite @planbot`, then try again."
                ),
            )
        case mistakes.EntryGone():
            return ("The plan has changed since, and no longer has that. Please ask again.",)
        case mistakes.AdministratorsOnly():
            return ("Only a plan administrator can see and do this. Nothing was changed.",)
        case mistakes.GapGone():
            return (f"Somebody has dealt with that question already. `{names.plan} gaps` shows what is left.",)
        case mistakes.AliasTaken():
            return (alias_taken(error, voice), "Nothing was changed.")
        case mistakes.ScopeGone():
            return (f"The plan no longer has “{voice.plain(error.scope)}”, which this digest was about.",)
        case mistakes.ChannelClosed():
            return (f"I cannot post here: {closed_words(error.reason)}. Nothing was changed.",)
        case mistakes.FormTooLate():
            return ("The form took too long to open, and Slack let it go. Please try once more.",)
        case mistakes.InvalidFields():
            return tuple(field_sentence(problem) for problem in error.fields.values())
    raise AssertionError(f"{type(error).__name__} has no words")


def alias_taken(error: mistakes.AliasTaken, voice: Voice) -> str:
    """That another entry is called so."""
    title = voice.plain(error.entry.title)
    return f"“{voice.plain(error.alias)}” is what the plan calls “{title}” already; choose other words for this one."


def _unknown_action(error: mistakes.UnknownAction, voice: Voice, names: Names) -> tuple[str, ...]:
    said = f"“{voice.plain(error.typed)}”" if error.typed else "That"
    return (
        f"{said} names no action of the plan. Nothing was recorded.",
        "Did you mean one of these?" if error.nearest else f"`{names.progress} mine` lists your actions.",
    )


def _not_yours(action: Action, voice: Voice) -> tuple[str, ...]:
    named = voice.plain(f"{action.key} {action.title}")
    if not action.owners:
        return (f"{named} has no owner yet, so nobody can report on it. A plan administrator can name one.",)
    owners = joined(voice.person(owner) for owner in action.owners)
    verb = "owns" if len(action.owners) == 1 else "own"
    return (
        f"Only its owner can report on {named}: {owners} {verb} it. Nothing was recorded.",
        f"If you know something new, tell {owners}.",
    )


def _unreadable(error: mistakes.UnreadableSchedule, voice: Voice, names: Names) -> tuple[str, ...]:
    example = f"For example: `{names.digest} weekly {DAYS[0]} 09:00 America/Toronto`"
    if error.unread:
        return (f"I could not read “{voice.plain(' '.join(error.unread))}”. Nothing was changed.", example)
    missing = {"day": "on which day", "time": "at what time"}
    return (f"Say {joined(missing[part] for part in error.missing)} the digest should come.", example)
