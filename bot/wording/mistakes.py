"""What to say when something typed could not be done: what happened, and what to type instead."""

from bot.wording.delegates import delegation_sentences
from bot.wording.departures import departure_sentences
from bot.wording.misread import misread_sentences
from bot.wording.names import Names
from bot.wording.reminders import wish_mistake
from bot.wording.voice import Voice, joined
from commands import mistakes
from commands.changing import ChangeOvertaken
from commands.mistakes import MemberMistake
from commands.schedule import DAYS
from store.plan import Action, Indicator

_FIELDS = {
    "missing": "Choose one, please.",
    "no words": "Type the words by which members name it.",
    "nothing found": "Nothing in the plan is like that. Try its key, or another piece of its title.",
    "out of range": "A percentage is a whole number from 0 to 100.",
    "no number": "A number, please: this indicator is measured in numbers.",
    "in the future": "A day that has not come cannot be reported on.",
    "no value": "What was measured? Type the value.",
    "too long": "At most 40,000 characters, please: put the rest where the evidence link leads.",
    "milestone gone": "The plan's milestones have changed since. Close the form and open it again, please.",
    "oneself": "That is you. Choose the colleague whose help you need, or leave it empty.",
    "a bot": "That is an app, which cannot help. Choose a colleague, or leave it empty.",
    "gone": "That account is deactivated. Choose somebody else, or leave it empty.",
    "no owner": "Apps and deactivated accounts cannot own anything. Choose somebody else.",
    "before start": "That is before the action starts.",
    "target without value": "What is to be reached by that day? Type the value, or leave both empty.",
    "target without day": "By which day? Choose one, or leave both empty.",
    "no reason": "Why is it changed? The reason is kept with the decision.",
    "no change": "Nothing is changed yet: change a field above, or cancel.",
    "no time": "A time of day, please, such as 09:00.",
    "no zone": "I know no such time zone. Choose one from the list.",
    "scope gone": "The plan no longer has that. Choose another one.",
    "subscribed already": "The channel has a digest about that, as often, already. Choose another one, or change that.",
    "not in channel": "I am not in that channel. Invite me there with /invite @planbot, then try again.",
    "not looked up": "I could not look that up just now. Nothing was changed; press the button again in a moment.",
    "archived": "That channel is archived.",
    "no link": "A link begins with https:// or http:// and has no spaces.",
}


_CLOSED = {
    "is_archived": "the channel is archived",
    "channel_not_found": "the channel is gone, or I was removed from it",
    "not_in_channel": "I am no longer a member of the channel",
    "restricted_action": "I may not post in the channel",
    "restricted_action_read_only_channel": "I may not post in the channel",
    "restricted_action_thread_only_channel": "the channel takes answers in threads only",
    "scope_gone": "the plan no longer has the priority, objective or department that it was about",
    "by_hand": "it was paused by hand",
}


_NAMED = 3
"""Administrators that are named to whoever may not do something."""


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
    of_others = (
        misread_sentences(error, voice, names)
        or delegation_sentences(error, voice, names)
        or departure_sentences(error, voice, names)
        or wish_mistake(error, voice, names)
    )
    if of_others:
        return of_others
    match error:
        case mistakes.NoPlanYet():
            return ("There is no plan here yet. A plan administrator loads one with `planbot plan import FILE`.",)
        case mistakes.NotYourAction():
            return _not_yours(error.entry, voice)
        case mistakes.CannotTellOwner():
            key = voice.plain(error.entry.key)
            return (f"I cannot ask Slack just now whether you own {key}. Nothing was recorded; try again in a minute.",)
        case mistakes.NothingToUndo():
            return (f"You have recorded no update in the last {error.minutes} minutes, so there is nothing to undo.",)
        case mistakes.UnreadableSchedule():
            return _unreadable(error, voice, names)
        case mistakes.NotSubscribed():
            return (
                (
                    f"This channel gets no such digest, so there is nothing to {error.deed}. "
                    f"`{names.digest} weekly monday 09:00` subscribes it."
                ),
            )
        case mistakes.NotYours():
            return _not_your_digest(error, voice)
        case mistakes.SubscriptionGone():
            return (f"That digest was stopped already. `{names.digest}` shows what this channel gets.",)
        case mistakes.SubscribedAlready():
            return ("The channel has a digest about that, as often, already. Nothing was changed.",)
        case mistakes.NeedsChannel():
            return (
                (
                    "A digest cannot come here, to a conversation among people: it needs a channel, "
                    f"or the messages with me. Type `{names.digest}` there."
                ),
            )
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
        case ChangeOvertaken():
            key = voice.plain(error.key)
            return (
                f"Somebody else changed {key} just before you. Nothing of yours was kept.",
                f"`{names.plan} change {key}` shows how it stands now.",
            )
        case mistakes.GapGone():
            return (f"Somebody has dealt with that question already. `{names.plan} gaps` shows what is left.",)
        case mistakes.AliasTaken():
            return (alias_taken(error, voice), "Nothing was changed.")
        case mistakes.ScopeGone():
            return (
                f"The plan no longer has “{voice.plain(error.scope)}”, which this digest was about.",
                f"`{names.digest} change` lets it be about something else, `{names.digest} off` ends it.",
            )
        case mistakes.DigestGone():
            return (f"I no longer know what that digest was made of. `{names.digest} preview` shows it as it is now.",)
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


def _not_yours(entry: Action | Indicator, voice: Voice) -> tuple[str, ...]:
    named = voice.plain(f"{entry.key} {entry.title}")
    if not entry.owners:
        return (f"{named} has no owner yet, so nobody can report on it. A plan administrator can name one.",)
    owners = joined(voice.person(owner) for owner in entry.owners)
    verb = "owns" if len(entry.owners) == 1 else "own"
    return (
        f"Only its owner can report on {named}: {owners} {verb} it. Nothing was recorded.",
        f"If you know something new, tell {owners}.",
    )


def _not_your_digest(error: mistakes.NotYours, voice: Voice) -> tuple[str, ...]:
    made_by = voice.person(error.made_by)
    others = [voice.person(one) for one in error.administrators[:_NAMED] if one != error.made_by]
    if not error.is_gone:
        named = f" ({joined(others)})" if others else ""
        return (f"{made_by} set this digest up. Only {made_by} or a plan administrator{named} can change it.",)
    gone = f"{made_by} set this digest up, and has left. Only a plan administrator can change it now"
    if not others:
        return (f"{gone}, and my settings name none: ask whoever looks after planbot.",)
    return (f"{gone}: ask {joined(others)}.",)


def _unreadable(error: mistakes.UnreadableSchedule, voice: Voice, names: Names) -> tuple[str, ...]:
    lines = error.lines or (f"weekly {DAYS[0]} 09:00 America/Toronto",)
    example = f"For example: {' or '.join(f'`{names.digest} {line}`' for line in lines)}"
    typed = voice.plain(" ".join(error.unread))
    if error.is_unclear_hour:
        return (f"Is “{typed}” in the morning or in the afternoon? Nothing was changed.", example)
    if error.several:
        which = joined(voice.plain(f"“{one}”") for one in error.several)
        return (f"“{typed}” may be {which}. Nothing was changed; type the one that you mean.", example)
    if error.unread:
        often = f"A digest comes weekly, fortnightly or monthly; `{names.digest} new` lets you choose."
        return (f"I could not read “{typed}”. Nothing was changed. {often}", example)
    missing = {"day": "on which day", "time": "at what time"}
    return (f"Say {joined(missing[part] for part in error.missing)} the digest should come.", example)
