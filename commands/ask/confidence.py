"""How likely it is that the best candidate is what was asked about."""

import math
from dataclasses import dataclass

from commands.ask.parse import Reading
from commands.ask.question import Facet
from commands.ask.scoring import Candidate, kinds_named
from store.plan import Kind

NOTHING = 0.15
"""What the unmet words may tell at most where nothing was left unmet."""
WHOLE_NAME, LITTLE_ELSE = 0.9, 0.5
"""How much of a name must be said, and how much else at most, to name an entry outright."""
OUTRIGHT = 0.9
_HAS_OWNER = (Kind.ACTION, Kind.INDICATOR)
_HAS_STATUS = (Kind.ACTION, Kind.INDICATOR, Kind.OBJECTIVE, Kind.PRIORITY)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against the best candidate. Each is about 0 to 1 unless said otherwise."""

    score: float
    """Its score, up to 3."""
    gap: float
    """How much of a score it is before the next, up to 1."""
    phrase: float
    """Whether a whole phrase met it, not only single words."""
    met: float
    """Sum of the weights of what was met, up to 3."""
    covered: float
    titled: float
    claimed: float
    by_key: float
    lead: float
    """How far it is before the next."""
    left: float
    """Sum of the weights of the words that were not met, each taken alone, up to 3."""
    left_rare: float
    """The weightiest word that was not met."""
    pointed: float
    """Whether all that the question tells points at this entry and at no other."""
    plain: float
    """Whether no word that tells was left unmet, of a question that neither is put like one for something else nor
    names what no plan holds."""
    alone: float
    """That, by how clear the lead is."""
    direct: float
    """The part of what was met that was met word for word, not through the vocabulary."""
    telling: float
    """How few other entries share the most telling word that was met."""
    several: float
    """Telling words that were met, up to 4."""
    ours: float
    """Turns of phrase that ask what the organisation plans, up to 3."""
    other: float
    """Turns of phrase that ask for something else, up to 3."""
    outside: float
    """Whether it asks for something that no plan holds, and the entry does not either."""
    unfit: float
    """Whether a facet is asked that such an entry cannot have: the owner of a value."""
    uncounted: float
    """Whether a number is asked and the entry has none."""
    right_kind: float
    """1 if an entry of its kind is asked for, -1 if one of another."""


def signs(reading: Reading, ranked: tuple[Candidate, ...]) -> Signs:
    """The signs for the first of `ranked`."""
    best = ranked[0]
    second = next((one.score for one in ranked[1:] if not _kin(one, best)), 0.0)
    weights = reading.weights
    left = [weights[place] for place in range(len(weights)) if place not in best.places]
    asked = {cue.facet for cue in reading.cues}
    outside = any(not met.places & best.direct_places for met in reading.outside)
    lead = 1.0 - second / best.score if best.score else 0.0
    plain = float(sum(left) < NOTHING and not outside and not reading.frame.other)
    return Signs(
        score=min(best.score, 3.0),
        gap=min(best.score - second, 1.0),
        phrase=best.phrase,
        met=min(best.met, 3.0),
        covered=best.covered,
        titled=best.titled,
        claimed=float(best.claimed),
        by_key=float(any(claim.by_key and best.number in claim.subjects for claim in reading.claims)),
        lead=lead,
        left=min(sum(reading.alone[place] for place in range(len(weights)) if place not in best.places), 3.0),
        left_rare=max(left, default=0.0),
        pointed=_pointed(reading, best, second),
        plain=plain,
        alone=plain * lead,
        direct=best.direct / best.met if best.met else 0.0,
        telling=best.telling,
        several=min(sum(1 for place in best.places if weights[place] >= 0.2), 4),
        ours=min(reading.frame.ours, 3),
        other=min(reading.frame.other, 3),
        outside=float(outside),
        unfit=_unfit(asked, best),
        uncounted=float(Facet.COUNT in asked and not _has_numbers(best)),
        right_kind=_right_kind(reading, best),
    )


def _pointed(reading: Reading, best: Candidate, second: float) -> float:
    """What was met of all that the question tells, by how clear the lead is, less where there is little to tell."""
    content = reading.content
    if not content or not best.score:
        return 0.0
    met = sum(reading.weights[place] for place in best.places) / content
    return min(met, 1.0) * (1.0 - second / best.score) * min(content, 1.0)


def _kin(one: Candidate, other: Candidate) -> bool:
    """Whether one of them stands directly under the other, so that they rather say the same than compete."""
    return one.subject.parent == other.subject.key or other.subject.parent == one.subject.key


def _unfit(asked: set[Facet], best: Candidate) -> float:
    kind = best.subject.kind
    return float(
        (Facet.OWNER in asked and kind not in _HAS_OWNER)
        or (Facet.DUE in asked and kind is not Kind.ACTION and not best.subject.has_figures)
        or (Facet.TARGET in asked and kind is not Kind.INDICATOR)
        or (Facet.STATUS in asked and kind not in _HAS_STATUS)
    )


def _has_numbers(best: Candidate) -> bool:
    return best.subject.has_figures or best.subject.kind in (Kind.INDICATOR, Kind.ACTION)


def _right_kind(reading: Reading, best: Candidate) -> float:
    kinds = kinds_named(reading, best.subject.kind)
    if not kinds:
        return 0.0
    return 1.0 if best.subject.kind in kinds else -1.0


def likelihood(found: Signs) -> float:
    """0 to 1: how often a best candidate with such signs is the right one.

    Who says an entry's name and next to nothing else means that entry, whatever the other signs.
    """
    likely = 1.0 / (1.0 + math.exp(-_sum(found)))
    outright = found.claimed and found.titled >= WHOLE_NAME and found.left <= LITTLE_ELSE and not found.outside
    return max(likely, OUTRIGHT) if outright else likely


_BIAS = -5.42
_WEIGHTS = {
    "score": 2.07,
    "gap": 0.93,
    "phrase": 1.16,
    "met": -0.7,
    "covered": 1.94,
    "titled": -1.21,
    "claimed": 0.72,
    "by_key": 0.58,
    "lead": -0.15,
    "left": -0.11,
    "left_rare": -0.57,
    "pointed": 0.44,
    "plain": 0.46,
    "alone": 1.2,
    "direct": 0.44,
    "telling": 0.12,
    "several": 0.58,
    "ours": 0.97,
    "other": -0.25,
    "outside": -1.31,
    "unfit": -0.42,
    "uncounted": -0.39,
    "right_kind": 1.78,
}
"""Fitted (logistic regression) on questions about seven plans, half of those in `tests/questions` left out."""


def _sum(found: Signs) -> float:
    return _BIAS + sum(weight * float(getattr(found, name)) for name, weight in _WEIGHTS.items())
