"""Delegates in words: for the owner, for the delegate, and what could not be done."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.wording.dates import day
from bot.wording.names import Names
from bot.wording.voice import Voice, joined, one_line
from commands import delegating
from commands.mistakes import MemberMistake
from commands.progress.finding import Reportable
from store.delegations import Delegated

_NOTHING = "Nothing was changed."


def delegate_line(one: Delegated, voice: Voice, zone: ZoneInfo) -> str:
    """`@Bob until 15 January 2027 (from @Carter, 23 November 2026)`; that day in `zone`."""
    granted = f"from {voice.person(one.granted_by)}, {day(one.granted_at.astimezone(zone).date())}"
    return f"{voice.person(one.delegate)} {until_words(one)} ({granted})"


def until_words(one: Delegated) -> str:
    """Until when it holds."""
    return f"until {day(one.until)}" if one.until else "until it is ended"


def granted_sentences(one: Delegated, voice: Voice, *, is_told: bool) -> tuple[str, ...]:
    """For the owner: who may report now."""
    told = "I have told them." if is_told else "I could not send them a message: tell them yourself, please."
    return (f"{voice.person(one.delegate)} can report on {_named(one, voice)} {until_words(one)}.", told)


def told_sentences(one: Delegated, owners: Sequence[str], voice: Voice, names: Names) -> tuple[str, ...]:
    """For the delegate: what they may do, and how."""
    others = [owner for owner in owners if owner != one.granted_by]
    behalf = f" on behalf of {joined(map(voice.person, owners))}" if others or not owners else ""
    progress, key = names.progress, voice.plain(one.key)
    ways = (
        f"`{progress} {key} 60% at risk: waiting for procurement` records at once",
        f"`{progress} {key}` opens a form",
        f"`{progress} mine` lists all that you report on",
    )
    return (
        f"{voice.person(one.granted_by)} asks you to report on {_named(one, voice)}{behalf} {until_words(one)}.",
        f"{', '.join(ways)}.",
        "The record says that you reported, and for whom.",
    )


def ended_sentence(one: Delegated, voice: Voice, *, for_delegate: bool = False) -> str:
    """That a delegation is over."""
    who = "You no longer report" if for_delegate else f"{voice.person(one.delegate)} no longer reports"
    return f"{who} on {_named(one, voice)}. What was reported stays on the record."


def nobody_sentence(entry: Reportable, voice: Voice, names: Names, *, may: bool) -> str:
    """That there is no delegate."""
    how = f" `{names.progress} {voice.plain(entry.key)} delegate @name until 15 January` names one." if may else ""
    return f"Nobody reports on {voice.plain(f'{entry.key} {entry.title}')} for its owners.{how}"


def delegation_sentences(error: MemberMistake, voice: Voice, names: Names) -> tuple[str, ...]:
    """The sentences for a mistake of `commands.delegating`; none for any other."""
    match error:
        case delegating.UnreadableDelegate():
            typed = voice.plain(one_line(error.typed, 300))
            return (
                f"“{typed}” names nobody. {_NOTHING}",
                f"Type `@` and choose the colleague: `{names.progress} {voice.plain(error.entry.key)} delegate @name`.",
            )
        case delegating.UnreadableUntil():
            typed = voice.plain(one_line(error.typed, 300))
            return (
                f"I could not read “{typed}” as a day. {_NOTHING}",
                "Write the last day as `until 15 January`, `until 2027-01-15`, `until Friday` or `for 3 weeks`.",
            )
        case delegating.UntilPast():
            return (f"{day(error.day)} is over. {_NOTHING} Name a day that is to come, or leave it out.",)
        case delegating.NotYoursToDelegate():
            return _not_yours(error.entry, voice, is_delegate=error.is_delegate)
        case delegating.UnknownColleague():
            typed = voice.plain(one_line(error.typed, 100))
            if error.is_several:
                return (f"More than one person is called “{typed}”. {_NOTHING} Type `@` and choose from the list.",)
            return (f"I know nobody called “{typed}”. {_NOTHING} Type `@` and choose the colleague from the list.",)
        case delegating.CannotLookUp():
            return (f"I cannot ask Slack just now who that is. {_NOTHING} Try again in a minute.",)
        case delegating.NoDelegate():
            why = "is an app" if error.colleague.is_bot else "is no longer active in Slack"
            return (f"{voice.person(error.colleague.id)} {why}, so cannot report on anything. {_NOTHING}",)
        case delegating.DelegatesToSelf():
            return (f"You can report on {voice.plain(error.entry.key)} anyway. {_NOTHING}",)
        case delegating.OwnsItAlready():
            return (f"{voice.person(error.user)} owns {voice.plain(error.entry.key)} and reports anyway. {_NOTHING}",)
        case delegating.DelegatesNothing():
            named = voice.plain(f"{error.entry.key} {error.entry.title}")
            return (f"{voice.person(error.user)} does not report on {named} for its owners. {_NOTHING}",)
    return ()


def _not_yours(entry: Reportable, voice: Voice, *, is_delegate: bool) -> tuple[str, ...]:
    owners = joined(voice.person(owner) for owner in entry.owners)
    ask = f" Ask {owners}." if owners else " A plan administrator can name an owner."
    if is_delegate:
        return (f"You report on {voice.plain(entry.key)} for its owners and cannot pass that on. {_NOTHING}{ask}",)
    return (f"Only owners can say who reports on {voice.plain(entry.key)} for them. {_NOTHING}{ask}",)


def _named(one: Delegated, voice: Voice) -> str:
    return voice.strong(voice.plain(f"{one.key} {one.title}"))
