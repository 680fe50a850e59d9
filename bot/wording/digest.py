"""The lines of a digest."""

from bot.wording.age import action_words
from bot.wording.dates import day, from_today, span
from bot.wording.digest_voice import Speaker
from bot.wording.progress import change_words
from bot.wording.voice import joined
from commands.digest import MOST_NAMED, Attention, Concern, Digest, Movement
from commands.standing import confirmation
from store.plan import Action

_REACHED = 2
"""Milestones of an action that are named."""
_MILESTONE = 60


def movement_line(movement: Movement, speaker: Speaker) -> str:
    """An action that moved: from what to what, which milestones were reached, by whom."""
    as_of = f", as of {day(movement.as_of)}" if movement.as_of else ""
    reached = f"; {_reached(movement.reached, speaker)}" if movement.reached else ""
    author = speaker.called(movement.author) if movement.author else ""
    by = f" ({author})" if author else ""
    change = change_words(movement.before, movement.after)
    return f"{speaker.named(movement.action.key, movement.action.title)}: {change}{as_of}{reached}{by}"


def attention_line(attention: Attention, speaker: Speaker) -> str:
    """An action that needs attention: why, and who owns it."""
    action = attention.action
    told = attention.concerns
    if {Concern.OFF_TRACK, Concern.AT_RISK} & set(told) and confirmation(action):
        told = tuple(one for one in told if one is not Concern.SILENT)  # the status tells its age
    reasons = ", ".join(_reason(concern, attention, speaker) for concern in told)
    return f"{speaker.named(action.key, action.title)}: {reasons} ({speaker.owners(action.owners)})"


def reason_words(attention: Attention, speaker: Speaker) -> str:
    """The worst of the reasons for which an action needs attention."""
    return _reason(attention.concerns[0], attention, speaker)


def _reason(concern: Concern, attention: Attention, speaker: Speaker) -> str:
    action, today = attention.action, speaker.tell.today
    if concern is Concern.OVERDUE and action.due:
        return f"{span((today - action.due).days)} overdue"
    if concern is Concern.BLOCKED:
        return f"needs help from {speaker.people([attention.help_from])}" if attention.help_from else "needs help"
    if concern is Concern.SILENT:
        return f"last heard of {from_today(attention.last_heard, today)}" if attention.last_heard else "no update yet"
    return action_words(action, today)


def due_line(action: Action, speaker: Speaker) -> str:
    """An action that is due soon."""
    today = speaker.tell.today
    when = f"{day(action.due)}, {from_today(action.due, today)}" if action.due else ""
    return f"{speaker.named(action.key, action.title)}: due {when} ({action_words(action, today)})"


def due_words(action: Action) -> str:
    """`due 31 October 2026`."""
    return f"due {day(action.due)}" if action.due else ""


def briefly(action: Action, words: str, speaker: Speaker) -> str:
    """An action by its key alone."""
    return f"{speaker.tell.plain(action.key)}: {words}"


def quiet_line(action: Action, speaker: Speaker) -> str:
    """An open action of which nothing was heard for long."""
    heard = f"last update {from_today(action.latest.date, speaker.tell.today)}" if action.latest else "no update yet"
    return f"{speaker.named(action.key, action.title)}: {heard}"


def confirmed_words(action: Action, speaker: Speaker) -> str:
    """An action of which somebody said that nothing has changed; it has not moved."""
    return f"{speaker.tell.plain(action.key)} {speaker.fitted(action.title, 120)}"


def lines_about(key: str, digest: Digest, speaker: Speaker) -> tuple[str, ...]:
    """What the digest says of one action, in the very lines."""
    return (
        *(movement_line(one, speaker) for one in digest.moved[:MOST_NAMED] if one.action.key == key),
        *(attention_line(one, speaker) for one in digest.attention[:MOST_NAMED] if one.action.key == key),
        *(due_line(one, speaker) for one in digest.due_soon[:MOST_NAMED] if one.key == key),
    )


def people_named(digest: Digest) -> tuple[str, ...]:
    """The user ids of those whom it names: who reported, who owns what needs attention, whose help is needed."""
    named = [one.author for one in digest.moved[:MOST_NAMED] if one.author]
    for one in digest.attention[:MOST_NAMED]:
        named += [*one.action.owners, *([one.help_from] if one.help_from else [])]
    return tuple(dict.fromkeys(one for one in named if "@" not in one))


def _reached(titles: tuple[str, ...], speaker: Speaker) -> str:
    named = [f"“{speaker.fitted(title, _MILESTONE)}”" for title in titles[:_REACHED]]
    more = [f"{len(titles) - _REACHED} more"] if len(titles) > _REACHED else []
    return f"milestone{'s' * (len(titles) > 1)} reached: {joined([*named, *more])}"
