"""How likely it is that the best candidate is what was asked about."""

import math
from dataclasses import dataclass
from functools import cache

from commands.ask.index import Index
from commands.ask.parse import Reading
from commands.ask.question import Facet
from commands.ask.scoring import Candidate, kinds_named
from commands.ask.vocabulary import lines
from store.plan import Kind

NOTHING = 0.15
"""What the unmet words may tell at most where nothing was left unmet."""
WHOLE_NAME, LITTLE_ELSE = 0.9, 0.5
"""How much of a name must be said, and how much else at most, to name an entry outright."""
OUTRIGHT = 0.9
TELLING = 0.5
"""What a word that tells much weighs at least."""
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
    put_outside: float
    """How much it is put like a question for something that no plan holds, log odds from -6 to 6."""
    put_elsewhere: float
    """The same where it is more likely than not, else 0."""
    named_elsewhere: float
    """That of a question that names the entry: "who sits on the police board"."""
    put_section: float
    """How much it is put like a question for a whole section of the plan, 0 to 1."""
    put_kind: float
    """How much it is put like one for an entry of its kind, 0 to 1."""
    unheard: float
    """Words beside it that neither the plan nor the vocabulary has, up to 2."""
    named_unheard: float
    """The same of a question that names the entry: "does Northampton have that value"."""
    bare: float
    """Whether its whole name is said and next to nothing else."""
    is_value: float
    is_background: float
    is_indicator: float
    is_action: float
    outside: float
    """Whether it asks for something that no plan holds, and the entry does not either."""
    unfit: float
    """Whether a facet is asked that such an entry cannot have: the owner of a value."""
    uncounted: float
    """Whether a number is asked and the entry has none."""
    right_kind: float
    """1 if an entry of its kind is asked for, -1 if one of another."""


def signs(reading: Reading, ranked: tuple[Candidate, ...], index: Index) -> Signs:
    """The signs for the first of `ranked`."""
    best = ranked[0]
    second = next((one.score for one in ranked[1:] if not _kin(one, best)), 0.0)
    weights = reading.weights
    left = [weights[place] for place in range(len(weights)) if place not in best.places]
    asked = {cue.facet for cue in reading.cues}
    outside = any(not met.places & best.direct_places for met in reading.outside)
    lead = 1.0 - second / best.score if best.score else 0.0
    left_alone = min(sum(reading.alone[place] for place in range(len(weights)) if place not in best.places), 3.0)
    elsewhere = max(reading.turns.outside, 0.0)
    strange = float(min(unheard(reading, index, best.places), 2))
    kind = best.subject.kind
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
        left=left_alone,
        left_rare=max(left, default=0.0),
        pointed=_pointed(reading, best, second),
        plain=plain,
        alone=plain * lead,
        direct=best.direct / best.met if best.met else 0.0,
        telling=best.telling,
        several=min(sum(1 for place in best.places if weights[place] >= 0.2), 4),
        ours=min(reading.frame.ours, 3),
        other=min(reading.frame.other, 3),
        put_outside=reading.turns.outside,
        put_elsewhere=elsewhere,
        named_elsewhere=elsewhere * best.claimed,
        put_section=reading.turns.section_sure,
        put_kind=reading.turns.kinds.get(kind, 0.0),
        unheard=strange,
        named_unheard=strange * best.claimed,
        bare=float(best.claimed and best.titled >= WHOLE_NAME and left_alone <= LITTLE_ELSE),
        is_value=float(kind is Kind.VALUE),
        is_background=float(kind is Kind.BACKGROUND),
        is_indicator=float(kind is Kind.INDICATOR),
        is_action=float(kind is Kind.ACTION),
        outside=float(outside),
        unfit=_unfit(asked, best),
        uncounted=float(Facet.COUNT in asked and not _has_numbers(best)),
        right_kind=_right_kind(reading, best),
    )


def unheard(reading: Reading, index: Index, met: frozenset[int] = frozenset()) -> int:
    """How many words that tell much, beside those `met`, neither the plan nor the vocabulary has: names, mostly."""
    return sum(
        weight >= TELLING and place not in met and not index.has_heard(reading.words[place].text)
        for place, weight in enumerate(reading.weights)
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
    outright = found.bare and found.put_outside <= LITTLE_ELSE and not found.outside
    return max(likely, OUTRIGHT) if outright else likely


ALWAYS = "*"
"""What weighs whatever the signs are."""


@cache
def weights() -> dict[str, float]:
    """What each sign weighs, as fitted by `tests/questions/fit.py` on questions about plans of several kinds."""
    return {name: float(weight) for name, weight in (line.split() for line in lines("confidence.txt"))}


def _sum(found: Signs) -> float:
    return sum(weight * (1.0 if name == ALWAYS else float(getattr(found, name))) for name, weight in weights().items())
