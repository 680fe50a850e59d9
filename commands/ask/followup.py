"""Questions that lean on what was just answered: "who owns it", "the second one", "what about dedication"."""

import re
from dataclasses import dataclass

from commands.ask.aspect import ACTION_SORTS, facet_of_key
from commands.ask.index import Index
from commands.ask.parse import Reading
from commands.ask.question import Facet, Outcome, Understanding

SURE = 0.9
"""Confidence in what a follow-up leans on."""
LONGEST = 14
"""Words of a question that may lean on another without a pronoun."""
LITTLE = 0.3
"""Content that may be left in a question that leans on another."""

_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7, "8th": 7, "last": -1,
}  # fmt: skip
_NUMBERED = re.compile(r"(?:^|number |nr |no |option |#)([1-9])(?: please)?$")
_POINTING = frozenset(
    ["it", "its", "that", "this", "they", "them", "their", "those", "these", "he", "she", "there", "one"]
)
_WHAT_ABOUT = re.compile(r"^(?:ok |okay |and |so |then |thanks )*(?:what about|how about|and|same for|also)\b")


@dataclass(frozen=True, slots=True)
class Previous:
    """What was just answered in the same conversation."""

    subject: str | None = None
    facet: Facet | None = None
    listed: tuple[str, ...] = ()
    """The keys that were suggested or listed, in the order shown."""


def follow_up(reading: Reading, previous: Previous, index: Index) -> Understanding | None:
    """The question read against `previous`, None if it stands on its own."""
    if reading.content > LITTLE or reading.claims or _names_a_section(reading):
        return None
    said = [word.text for word in reading.words]
    key = _listed(said, previous)
    if key:
        return _about(reading, key, previous.facet if not reading.cues else None, index)
    if previous.subject is None or not reading.cues:
        return None
    asked = {cue.facet for cue in reading.cues}
    points = bool(_POINTING & set(said)) or said[0] in ("and", "also", "plus")
    alone = len(said) <= LONGEST and not asked & set(ACTION_SORTS)
    return _about(reading, previous.subject, None, index) if points or alone else None


def keeps_facet(reading: Reading, previous: Previous) -> Facet | None:
    """The facet of `previous` where the question only changes the subject ("and what about the fleet")."""
    asks_anew = {cue.facet for cue in reading.cues} - {Facet.MEANING}
    changes = _WHAT_ABOUT.match(" ".join(word.text for word in reading.words))
    return previous.facet if changes and not asks_anew else None


def _names_a_section(reading: Reading) -> bool:
    return any(met.sure >= 1.0 for met in reading.sections)


def _listed(said: list[str], previous: Previous) -> str | None:
    """The entry of the last list that is meant by its place in it."""
    places = [_ORDINALS[word] for word in said if word in _ORDINALS]
    numbered = _NUMBERED.search(" ".join(said))
    if numbered:
        places.append(int(numbered[1]) - 1)
    if len(places) != 1 or not -1 <= places[0] < len(previous.listed) or not previous.listed:
        return None
    return previous.listed[places[0]]


def _about(reading: Reading, subject: str, facet: Facet | None, index: Index) -> Understanding:
    answered, asked, also = facet_of_key(reading, subject, index)
    return Understanding(reading.question, Outcome.ANSWER, answered, facet or asked, SURE, also=also)
