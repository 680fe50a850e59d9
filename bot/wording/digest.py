"""A digest in words."""

from bot.wording.age import action_words
from bot.wording.dates import day, from_today, span
from bot.wording.progress import change_words
from bot.wording.status import WORDS
from bot.wording.voice import Teller, joined, numbered
from commands.digest import MOST_NAMED, Attention, Concern, Digest, Movement
from commands.standing import confirmation
from store.plan import Action


def headline(digest: Digest) -> str:
    """The one sentence that a busy reader should know."""
    moved = f"{numbered(len(digest.moved), 'action')} moved" if digest.moved else "Nothing moved"
    confirmed = f"{numbered(len(digest.confirmed), 'action')} {'was' if len(digest.confirmed) == 1 else 'were'}"
    overdue = sum(Concern.OVERDUE in one.concerns for one in digest.attention)
    trouble = [
        words
        for number, words in (
            (len(digest.confirmed), f"{confirmed} confirmed unchanged"),
            (len(digest.attention), f"{len(digest.attention)} need{'s' * (len(digest.attention) == 1)} attention"),
            (overdue, f"{overdue} {'is' if overdue == 1 else 'are'} overdue"),
            (len(digest.due_soon), f"{len(digest.due_soon)} due within two weeks"),
        )
        if number
    ]
    if not digest.actions:
        return "There are no actions here to report on yet."
    return f"{joined([moved, *trouble])}."


def counts_words(digest: Digest) -> str:
    """`12 actions: 5 on track, 2 at risk`."""
    stands = [f"{count} {WORDS[status]}" for status, count in digest.counts]
    by_status = ", ".join([*stands, *([f"{digest.unsaid} without a word yet"] if digest.unsaid else [])])
    return f"{numbered(digest.actions, 'action')}: {by_status}" if by_status else "No actions"


def period_words(digest: Digest) -> str:
    """The days it covers, in the plan's zone."""
    zone = digest.about.zone
    return f"{day(digest.since.astimezone(zone).date())} to {day(digest.until.astimezone(zone).date())}"


def movement_line(movement: Movement, tell: Teller) -> str:
    """An action that moved: from what to what, by whom."""
    by = f", {tell.people([movement.author])}" if movement.author else ""
    named = f"{tell.strong(movement.action.key)} {tell.plain(movement.action.title)}"
    as_of = f", as of {day(movement.as_of)}" if movement.as_of else ""
    return f"{named}: {change_words(movement.before, movement.after)}{as_of}{by}"


def confirmed_line(digest: Digest, tell: Teller, most: int) -> str:
    """The actions of which somebody said that nothing has changed; they have not moved."""
    named = [f"{tell.plain(one.key)} {tell.plain(one.title)}" for one in digest.confirmed[:most]]
    rest = [f"{len(digest.confirmed) - most} more"] if len(digest.confirmed) > most else []
    return f"Confirmed, no change: {joined([*named, *rest])}."


def attention_line(attention: Attention, tell: Teller) -> str:
    """An action that needs attention: why, and who owns it."""
    action = attention.action
    told = attention.concerns
    if {Concern.OFF_TRACK, Concern.AT_RISK} & set(told) and confirmation(action):
        told = tuple(one for one in told if one is not Concern.SILENT)  # the status tells its age
    reasons = [_reason(concern, attention, tell) for concern in told]
    owners = tell.people(action.owners) if action.owners else "nobody owns it"
    return f"{tell.strong(action.key)} {tell.plain(action.title)}: {', '.join(reasons)} ({owners})"


def _reason(concern: Concern, attention: Attention, tell: Teller) -> str:
    action, today = attention.action, tell.today
    if concern is Concern.OVERDUE and action.due:
        return f"{span((today - action.due).days)} overdue"
    if concern is Concern.BLOCKED:
        return f"needs help from {tell.people([attention.help_from])}" if attention.help_from else "needs help"
    if concern is Concern.SILENT:
        return f"last heard of {from_today(attention.last_heard, today)}" if attention.last_heard else "no update yet"
    return action_words(action, today)


def due_line(action: Action, tell: Teller) -> str:
    """An action that is due soon."""
    when = f"{day(action.due)}, {from_today(action.due, tell.today)}" if action.due else ""
    state = action_words(action, tell.today)
    return f"{tell.strong(action.key)} {tell.plain(action.title)}: due {when} ({state})"


def quiet_line(action: Action, tell: Teller) -> str:
    """An open action of which nothing was heard for long."""
    heard = f"last update {from_today(action.latest.date, tell.today)}" if action.latest else "no update yet"
    return f"{tell.strong(action.key)} {tell.plain(action.title)}: {heard}"


def people_named(digest: Digest) -> tuple[str, ...]:
    """The user ids of those whom it names: who reported, who owns what needs attention, whose help is needed."""
    named = [one.author for one in digest.moved[:MOST_NAMED] if one.author]
    for one in digest.attention[:MOST_NAMED]:
        named += [*one.action.owners, *([one.help_from] if one.help_from else [])]
    return tuple(dict.fromkeys(one for one in named if "@" not in one))


def lines_about(key: str, digest: Digest, tell: Teller, most: int) -> tuple[str, ...]:
    """What the digest says of one action, in the very lines; of a part's lines, the first `most` are said."""
    return (
        *(movement_line(one, tell) for one in digest.moved[:most] if one.action.key == key),
        *(attention_line(one, tell) for one in digest.attention[:most] if one.action.key == key),
        *(due_line(one, tell) for one in digest.due_soon[:most] if one.key == key),
    )
