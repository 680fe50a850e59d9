"""The one sentence of a digest that a busy reader should know."""

from collections.abc import Mapping, Sequence

from bot.wording.digest_period import this_period
from bot.wording.digest_voice import Speaker
from bot.wording.voice import joined, numbered, sentence
from commands.digest import Concern, Digest, Movement, Turn
from store.plan import Status

_NAME = 100
"""Characters of a title that the headline names."""
_LEADS = {
    Turn.FELL: "fell off track",
    Turn.SLIPPED: "slipped to at risk",
    Turn.COMPLETED: "{was} completed",
    Turn.RECOVERED: "recovered",
    Turn.REOPENED: "{was} reopened",
    Turn.STARTED: "got under way",
    Turn.CANCELLED: "{was} cancelled",
}
"""What happened to those that the sentence begins with: the first of these turns that any action took."""
_ALSO = {
    Turn.SLIPPED: "slipped",
    Turn.REOPENED: "{was} reopened",
    Turn.COMPLETED: "{was} completed",
    Turn.RECOVERED: "recovered",
    Turn.CANCELLED: "{was} cancelled",
}
"""What is counted behind it."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def headline(digest: Digest, speaker: Speaker) -> str:
    """`*Body-worn cameras* fell off track and two others slipped; 3 actions are overdue, 1 was completed.`"""
    if not digest.actions:
        return f"There are no actions here to report on yet{_measured(digest)}."
    turns = _by_turn(digest.moved)
    lead = next((turn for turn in _LEADS if turn in turns), None)
    first, told = _lead(digest, turns, lead, speaker)
    rest = _rest(digest, turns, lead, told)
    return f"{sentence(first)}{f'; {rest}' if rest else ''}."


def _lead(
    digest: Digest, turns: Mapping[Turn, Sequence[Movement]], lead: Turn | None, speaker: Speaker
) -> tuple[str, frozenset[Turn]]:
    """The first clause, and the turns that it tells of."""
    if lead is None:
        return _without_turn(digest, speaker), frozenset()
    said = f"{_names(turns[lead], speaker)} {_form(_LEADS[lead], len(turns[lead]))}"
    if lead is Turn.FELL and Turn.SLIPPED in turns:
        slipped = len(turns[Turn.SLIPPED])
        return f"{said} and {_others(slipped)} slipped", frozenset({lead, Turn.SLIPPED})
    return said, frozenset({lead})


def _without_turn(digest: Digest, speaker: Speaker) -> str:
    confirmed = len(digest.confirmed)
    if digest.moved:
        return f"{_names(digest.moved, speaker)} moved without a change of status"
    if confirmed:
        were = "was" if confirmed == 1 else "were"
        return f"nothing moved {this_period(digest)}, and {numbered(confirmed, 'action')} {were} confirmed unchanged"
    return f"nothing was reported {this_period(digest)}{_measured(digest)}"


def _rest(digest: Digest, turns: Mapping[Turn, Sequence[Movement]], lead: Turn | None, told: frozenset[Turn]) -> str:
    """Counts, the first with its noun: `3 actions are overdue, 1 was completed`."""
    off_track = dict(digest.counts).get(Status.OFF_TRACK, 0)
    overdue = sum(Concern.OVERDUE in one.concerns for one in digest.attention)
    counts = [(overdue, "{are} overdue")]
    if lead is not Turn.FELL:
        counts.insert(0, (off_track, "{are} off track"))
    if not overdue and not off_track:
        counts.append((len(digest.attention), "{need} attention"))
    counts += [(len(turns.get(turn, ())), words) for turn, words in _ALSO.items() if turn not in told]
    said = [(number, _form(words, number)) for number, words in counts if number]
    if not said:
        return ""
    (number, words), *more = said
    return ", ".join([f"{numbered(number, 'action')} {words}", *(f"{count:,} {form}" for count, form in more)])


def _names(moved: Sequence[Movement], speaker: Speaker) -> str:
    """One or two by name; of more, the first and how many others."""
    named = [speaker.tell.voice.strong(speaker.fitted(one.action.title, _NAME)) for one in moved[:2]]
    return joined(named if len(moved) <= len(named) else [named[0], _others(len(moved) - 1)])


def _others(number: int) -> str:
    count = _SMALL[number] if number < len(_SMALL) else f"{number:,}"
    return f"{count} other{'s' * (number > 1)}"


def _measured(digest: Digest) -> str:
    measured = len(digest.measured)
    return f", but {numbered(measured, 'indicator')} {'was' if measured == 1 else 'were'} measured" if measured else ""


def _form(words: str, number: int) -> str:
    one = number == 1
    return words.format(was="was" if one else "were", are="is" if one else "are", need="needs" if one else "need")


def _by_turn(moved: Sequence[Movement]) -> dict[Turn, list[Movement]]:
    found: dict[Turn, list[Movement]] = {}
    for one in moved:
        found.setdefault(one.turn, []).append(one)
    return found
