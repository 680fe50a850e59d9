"""What a question asks of a plan: its subject and what about it, or that the plan does not hold it."""

import re
from dataclasses import replace

from commands.ask.aspect import ACTION_SORTS, can_have
from commands.ask.choice import choose
from commands.ask.followup import Previous, follow_up, keeps_facet
from commands.ask.index import Index
from commands.ask.normalise import clean
from commands.ask.parse import Reading, read
from commands.ask.question import Evidence, Facet, Outcome, Understanding
from commands.ask.scoring import Candidate, evidence, rank
from commands.ask.smalltalk import is_only_small_talk, small_talk
from commands.ask.turns import OUTSIDE, heaviest

__all__ = ["Previous", "understand"]

EXPLAINED = 5
"""Candidates whose evidence is shown."""
NEARBY = 3
"""Candidates whose evidence goes with a question that was not understood, so that it can say what is nearest."""
NO_PLAN = "something that no plan holds"
_PARTS = re.compile(
    r"[?!;\n]+(?=\s|$)|\.+(?=\s|$)|,? (?:and|also|plus)(?: also)? "
    r"(?=(?:what|who|when|which|where|how|is|are|does|do|list|show|tell|whats|whos|whens|hows)\b)"
)
_SURE_PART = 0.7


def understand(
    question: str, index: Index, *, previous: Previous | None = None, explain: bool = False
) -> Understanding:
    """What `question` asks of the plan of `index`; the same question is always understood alike.

    `previous` is what was just answered, against which "who owns it" and "the second one" are read. With `explain`
    the evidence is filled in.
    """
    reading = read(question, index)
    ranked = rank(reading, index)
    if is_only_small_talk(reading.words):
        understood = Understanding(question, Outcome.UNKNOWN)
    else:
        understood = _with_parts(question, _in_context(reading, ranked, index, previous), index)
    if explain:
        understood = replace(understood, manner=_manner(reading))
    if understood.outcome is Outcome.UNKNOWN:
        understood = replace(understood, small_talk=small_talk(reading.words))
        near = tuple(one for one in ranked[:NEARBY] if one.covered >= 0.3)
        return replace(understood, evidence=evidence(reading, index, ranked[:EXPLAINED] if explain else near))
    return replace(understood, evidence=evidence(reading, index, ranked[:EXPLAINED])) if explain else understood


def _manner(reading: Reading) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(sort, turn, NO_PLAN if sort == OUTSIDE else sort, "how it is put", weight)
        for turn, sort, weight in heaviest(reading.words)
    )


def _in_context(
    reading: Reading, ranked: tuple[Candidate, ...], index: Index, previous: Previous | None
) -> Understanding:
    if previous is None:
        return choose(reading, ranked, index)
    leaning = follow_up(reading, previous, index)
    if leaning:
        return leaning
    understood = choose(reading, ranked, index)
    kept = keeps_facet(reading, previous)
    if kept and understood.subject and understood.facet is Facet.MEANING and can_have(understood.subject, kept, index):
        return replace(understood, facet=kept)
    return understood


def _with_parts(question: str, whole: Understanding, index: Index) -> Understanding:
    """`whole`, or what its sentences ask one by one where that says more."""
    parts = [part.strip() for part in _PARTS.split(clean(question)) if part and part.strip()]
    if len(parts) < 2 or (whole.outcome is Outcome.ANSWER and (whole.also or whole.facet in ACTION_SORTS)):
        return whole
    answers: list[Understanding] = []
    for part in parts:
        last = Previous(answers[-1].subject, answers[-1].facet) if answers else None
        reading = read(part, index)
        answers.append(_in_context(reading, rank(reading, index), index, last))
    found = [one for one in answers if one.outcome is Outcome.ANSWER and one.confidence >= _SURE_PART]
    if len(found) == len(parts) and found:
        return _together(question, found)
    return whole


def _together(question: str, found: list[Understanding]) -> Understanding:
    pairs = [(one.subject, one.facet) for one in found if one.subject and one.facet]
    first, *others = dict.fromkeys(pairs)
    confidence = min(one.confidence for one in found)
    return Understanding(question, Outcome.ANSWER, first[0], first[1], confidence, also=tuple(others))
