"""People who have left, in words: what they owned, and what could not be handed over."""

from bot.wording.dates import dated, day
from bot.wording.figures import amount
from bot.wording.names import Names
from bot.wording.progress import own_action_line
from bot.wording.voice import Teller, Voice, joined, numbered
from commands import departing
from commands.departing import Left
from commands.mistakes import MemberMistake
from commands.progress.finding import Reportable
from store.departures import Departed
from store.plan import Action, Indicator


def name_of(departed: Departed) -> str:
    """What they are called; unescaped."""
    return departed.name or departed.email or departed.user_id


def reason_suggested(departed: Departed) -> str:
    """Why their entries are handed over, for a form."""
    return f"{name_of(departed)} has left"


def departed_sentence(departed: Departed, left: int, voice: Voice) -> str:
    """That somebody has left, and of how much."""
    who = f"{voice.person(departed.user_id)} ({voice.plain(name_of(departed))})"
    if not left:
        return f"{who} was deactivated in Slack. All that they owned of the plan is handed over."
    need = "needs" if left == 1 else "need"
    return (
        f"{who} was deactivated in Slack. {numbered(left, 'action or indicator', 'actions and indicators')} {need} you."
    )


def left_line(left: Left, tell: Teller) -> str:
    """An action or an indicator that somebody left: how it stands, and whether anybody else owns it."""
    others = f"{tell.people(left.remaining)} also own{'s' if len(left.remaining) == 1 else ''} it"
    return f"{entry_line(left.entry, tell)}\n{others if left.remaining else 'Nobody else owns it'}"


def entry_line(entry: Reportable, tell: Teller) -> str:
    """How an action or an indicator stands."""
    if isinstance(entry, Action):
        return own_action_line(entry, tell)
    return f"{tell.strong(entry.key)} {tell.plain(entry.title)} · {_measured(entry, tell)}"


def unowned_line(action: Action, tell: Teller) -> str:
    """An action that nobody can report on, and whom the plan names."""
    named = f"the plan names {tell.people(action.owners)}, who cannot report" if action.owners else "no owner is named"
    return f"{own_action_line(action, tell)}\n{named[0].upper()}{named[1:]}"


def departure_sentences(error: MemberMistake, voice: Voice, names: Names) -> tuple[str, ...]:
    """The sentences for a mistake of `commands.departing`; none for any other."""
    match error:
        case departing.HandedOver():
            owners = joined(voice.person(owner) for owner in error.owners)
            now = f"{owners} own{'s' if len(error.owners) == 1 else ''} it" if owners else "It has no owner"
            return (f"{voice.plain(error.key)} was handed over already. {now}. Nothing was changed.",)
        case departing.CannotTakeOver():
            return (
                f"{voice.person(error.user)} is an app or deactivated, and cannot own anything. Nothing was changed.",
                f"Choose somebody else, or use `{names.plan} change`.",
            )
    return ()


def _measured(indicator: Indicator, tell: Teller) -> str:
    latest, target = indicator.latest, indicator.target
    now = (
        f"{amount(latest, indicator.unit, tell, 60)}, {dated(latest.date, tell.today)}"
        if latest
        else "not measured yet"
    )
    return f"{now} · to reach {amount(target, indicator.unit, tell, 60)} by {day(target.date)}" if target else now
