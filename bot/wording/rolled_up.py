"""How a priority, an objective or the plan stands, with how much word there is behind it and how old that is."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.wording.actions import action_line
from bot.wording.age import span_words
from bot.wording.dates import dated
from bot.wording.figures import target_line
from bot.wording.kinds import counted, place
from bot.wording.listing import DETAILED, MORE, Part, listing, part
from bot.wording.status import COURSES, WORDS, sign
from bot.wording.voice import Passage, Role, Teller, joined, numbered, sentence
from commands.ask.facts import RolledUp
from commands.standing import Course, Standing
from store.plan import Kind, Status

_TROUBLE = (Status.OFF_TRACK, Status.AT_RISK)
_NAMED = 3
_ALL_SHOWN = 5


def rolled_up_passages(found: RolledUp, tell: Teller) -> tuple[Passage, ...]:
    """The standing, the numbers behind it, and the actions and indicators with those in trouble first."""
    standing = found.standing
    if not found.lines and not found.targets:
        words = f"No word yet: the plan lists no actions and no indicators {place(found.of, tell)}."
        return (Passage(Role.BODY, (words,)),)
    whose = found.of.title if found.of.kind or found.of.key == "plan" else "The plan"
    old = old_words(standing)
    lead = f"{tell.strong(whose)}: {standing_words(standing)}{f', but {old}' if old else ''}."
    titles = {one.of.key: one.of.title for one in found.targets}
    body = Passage(Role.BODY, (lead, *standing_lines(standing, titles, tell)))
    return (body, *listing(_parts(found, tell), most=DETAILED, more=MORE))


def standing_words(standing: Standing) -> str:
    """`■ off track, 78 % on average`, or that there is no word."""
    share = f", {standing.percent} % on average" if standing.percent is not None else ""
    if standing.status is not None:
        words = WORDS[standing.status] + share
    elif not standing.actions and standing.cancelled:
        words = "nothing under way, since what was planned is cancelled"
    elif not standing.by_status and not standing.courses:
        words = "no word yet"
    else:
        words = f"too little recent word to say{share}"
    return f"{sign(standing.status)} {words}" if standing.status else words


def old_words(standing: Standing) -> str:
    """`3 of 5 updates are over 45 days old`; nothing where none is that old."""
    aged = standing.aged
    if aged is None:
        return ""
    if aged.old == aged.updates:
        whole = "its only update is" if aged.updates == 1 else f"all {aged.updates:,} updates are"
        return f"{whole} over {aged.days} days old"
    are = "is" if aged.old == 1 else "are"
    return f"{aged.old:,} of {numbered(aged.updates, 'update')} {are} over {aged.days} days old"


def aged_standing_words(standing: Standing, today: date) -> str:
    """As `standing_words`, with the age of what it is made of."""
    age = "; ".join(part for part in (span_words(standing, today), old_words(standing)) if part)
    return f"{standing_words(standing)} ({age})" if age else standing_words(standing)


def standing_lines(standing: Standing, titles: Mapping[str, str], tell: Teller) -> tuple[str, ...]:
    """What is behind a standing: the numbers, the reasons and the age of the word. `titles` are the indicators'."""
    lines = [_behind(standing)]
    if standing.because and standing.status in _TROUBLE:
        named = [tell.plain(titles.get(key, key)) for key in standing.because[:_NAMED]]
        rest = [f"{len(standing.because) - _NAMED} more"] if len(standing.because) > _NAMED else []
        lines.append(f"{sentence(WORDS[standing.status])} because of {joined(named + rest)}.")
    if standing.latest:
        oldest = standing.oldest
        behind = f"; the oldest still open {dated(oldest, tell.today)}" if oldest and oldest != standing.latest else ""
        lines.append(f"Last word {dated(standing.latest, tell.today)}{behind}.")
    return tuple(line for line in lines if line)


def _parts(found: RolledUp, tell: Teller) -> tuple[Part, ...]:
    """Every action and indicator where they are few, else those that need attention."""
    lines, targets, heading = found.lines, found.targets, ("Actions:", "Indicators:")
    if len(lines) + len(targets) > _ALL_SHOWN:
        because = frozenset(found.standing.because)
        lines = tuple(one for one in lines if one.is_overdue or one.status in _TROUBLE or one.of.key in because)
        targets = tuple(one for one in targets if one.course in (Course.AWAY, Course.UNCHANGED, Course.MISSED))
        heading = ("Actions that need attention:", "Indicators that need attention:")
    return (
        part(heading[0], lines, lambda one: action_line(one, tell)),
        part(heading[1], targets, lambda one: target_line(one, tell)),
    )


def _behind(standing: Standing) -> str:
    said = []
    if standing.actions:
        stands = [(number, WORDS[status]) for status, number in standing.by_status]
        silent = [(standing.silent, "without a word yet")] if standing.silent else []
        overdue = f" ({standing.overdue} overdue)" if standing.overdue else ""
        said.append(_spread(counted(Kind.ACTION, standing.actions), stands + silent) + overdue)
    if standing.indicators:
        lie = [(number, COURSES[where]) for where, number in standing.courses]
        unjudged = standing.indicators - sum(number for number, _ in lie)
        rest = [(unjudged, "without figures to judge by")] if unjudged else []
        said.append(_spread(counted(Kind.INDICATOR, standing.indicators), lie + rest))
    if standing.cancelled and standing.actions:
        said.append(f"{numbered(standing.cancelled, 'cancelled action')} left out")
    return f"{'. '.join(said)}." if said else ""


def _spread(total: str, stands: Sequence[tuple[int, str]]) -> str:
    """`3 actions: 1 at risk, 2 complete`; where all stand alike, `3 actions, complete`."""
    if len(stands) == 1:
        return f"{total}, {stands[0][1]}"
    return f"{total}: {', '.join(f'{number} {words}' for number, words in stands)}"
