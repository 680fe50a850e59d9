"""From what fits to what is answered: one subject and facet, a few suggestions, or nothing."""

from dataclasses import replace

from commands.ask.aspect import aspect_of_section, facet_of_key
from commands.ask.confidence import Signs, likelihood, signs, unheard
from commands.ask.index import Index
from commands.ask.parse import Met, Reading
from commands.ask.question import Facet, Outcome, Understanding
from commands.ask.scoring import KIND_OF, Candidate

ANSWERED_FROM = 0.65
"""Likelihood from which a candidate is the answer."""
SUGGESTED_FROM = 0.1
"""Likelihood from which candidates are suggested."""
SUGGESTED_TO_OURS = 0.03
"""The same for a question that is put like one to a plan."""
ELSEWHERE = 1.0
"""The log odds of asking for something else, from which no section is meant that is not named."""
SUGGESTED_TO_OTHERS = 0.13
"""The same for one that names a topic no plan holds: the weather."""
LIKE_OURS = -1.0
"""The log odds of asking for something else, up to which a question is put like one to a plan."""
LITTLE = 0.55
"""Content that may be left over beside the name of a section."""
TELLING = 0.45
"""What a word tells at least that counts whole beside the name of a section, wherever it stands."""
HINTED_LITTLE = 0.45
"""The same where it is only hinted at."""
UNNAMED_LITTLE = 0.2
"""The same where no section is named and only actions of a sort are asked for."""
PUT_LIKE = 0.5
"""Likelihood from which a question that names no section is answered with the one it is put like."""
NAMED_PUT_LIKE = 0.25
"""The same of one that names the section among other things."""
MOST_SUGGESTED = 3


def choose(reading: Reading, ranked: tuple[Candidate, ...], index: Index) -> Understanding:
    """The outcome for a question whose candidates are ranked."""
    if reading.unknown_key and not any(claim.by_key for claim in reading.claims):
        return Understanding(reading.question, Outcome.UNKNOWN)
    found = signs(reading, ranked, index) if ranked else None
    likely = likelihood(found) if found else 0.0
    put = section_put(reading, index)
    if not (ranked and ranked[0].claimed):
        section = section_of(reading, index, likely, ranked[0].places if ranked else frozenset())
        if section:
            return replace(section, facet=put.facet) if put and _is_finer(put, section) else section
    if put and put.confidence > likely:
        return put
    if ranked and likely >= ANSWERED_FROM:
        return _answer(reading, ranked[0], likely, index)
    if put:
        return put
    if not ranked:
        return Understanding(reading.question, Outcome.UNKNOWN)
    suggested = _suggested(ranked)
    if found and likely >= _enough(reading, found) and len(suggested) > 1:
        _, facet, _ = facet_of_key(reading, ranked[0].subject.key, index, ranked[0].titled)
        return Understanding(reading.question, Outcome.SUGGEST, None, facet, round(likely, 3), suggestions=suggested)
    return Understanding(reading.question, Outcome.UNKNOWN, confidence=round(likely, 3))


def _enough(reading: Reading, found: Signs) -> float:
    """The likelihood from which candidates are suggested."""
    if found.outside:
        return SUGGESTED_TO_OTHERS
    return SUGGESTED_TO_OURS if reading.turns.outside < LIKE_OURS else SUGGESTED_FROM


def _is_finer(put: Understanding, named: Understanding) -> bool:
    """Whether a question for a section is put like one for something about it that no cue has told."""
    return put.subject == named.subject and put.confidence >= PUT_LIKE and named.facet in (Facet.LIST, Facet.MEANING)


def _answer(reading: Reading, best: Candidate, likely: float, index: Index) -> Understanding:
    subject, facet, also = facet_of_key(reading, best.subject.key, index, best.titled)
    return Understanding(reading.question, Outcome.ANSWER, subject, facet, round(likely, 3), also=also)


def _suggested(ranked: tuple[Candidate, ...]) -> tuple[str, ...]:
    """The keys to choose from: the best candidates; where there is but one, it and the entry above it."""
    keys = [one.subject.key for one in ranked[:MOST_SUGGESTED]]
    above = ranked[0].subject.parent
    return tuple(keys) if len(keys) > 1 or above is None else (keys[0], above)


def section_of(
    reading: Reading, index: Index, likely: float, met: frozenset[int] = frozenset()
) -> Understanding | None:
    """The section that is asked about, None if the question says more than a section's name.

    `met` are the places of the words that met an entry: they count whole, wherever they stand.
    """
    named = _named(reading, index)
    left = _left(reading, named, met, index)
    hinted = named is not None and named.sure < 1.0
    if (
        left > (HINTED_LITTLE if hinted else LITTLE)
        or ((named is None or hinted) and reading.outside)
        or (named is None and (likely >= ANSWERED_FROM or reading.turns.outside > ELSEWHERE))
    ):
        return None
    if named and _asks_for_one(reading, named.what):
        return None
    if left > UNNAMED_LITTLE and reading.frame.other and not reading.frame.ours:
        return None
    answered = aspect_of_section(reading, named.what if named else None)
    if answered is None:
        return None
    subject, facet, also = answered
    sure = 0.97 - 0.3 * left - (0.2 if named and named.sure < 1.0 else 0.0)
    return Understanding(reading.question, Outcome.ANSWER, subject, facet, round(sure, 3), also=also)


def _asks_for_one(reading: Reading, section: str) -> bool:
    """Whether the question is put like one for an entry of the section's kind ("is there a value for that")."""
    kind = KIND_OF.get(section)
    asked = section in reading.turns.section and reading.turns.section_sure >= NAMED_PUT_LIKE
    return kind is not None and not asked and reading.turns.kinds.get(kind, 0.0) > PUT_LIKE


def section_put(reading: Reading, index: Index) -> Understanding | None:
    """The section that the question is put like, whether it names it or not: "what do we stand for".

    None where it names an entry, or something that neither the plan nor the vocabulary has heard of: "the vision of
    Northampton" is not ours.
    """
    section, _, facet = reading.turns.section.partition(".")
    sure = reading.turns.section_sure
    named = any(met.what == section and met.sure >= 1.0 for met in reading.sections)
    if sure < (NAMED_PUT_LIKE if named else PUT_LIKE) or section not in index.sections:
        return None
    if reading.claims or reading.turns.outside > ELSEWHERE or unheard(reading, index):
        return None
    asked = Facet(facet) if facet else Facet.MEANING if section in ("vision", "mission") else Facet.LIST
    return Understanding(reading.question, Outcome.ANSWER, section, asked, round(sure, 3))


def _named(reading: Reading, index: Index) -> Met | None:
    """The section that the question names, or hints at; the more special one where it names two."""
    order = ("values", "vision", "mission", "objectives", "actions", "indicators", "priorities", "background", "plan")
    known = [met for met in reading.sections if met.what in index.sections]
    return min(known, key=lambda met: (met.sure < 1.0, order.index(met.what), -len(met.places)), default=None)


def _left(reading: Reading, named: Met | None, met: frozenset[int], index: Index) -> float:
    """What the question says beside the section: whole next to its name or if unheard of, less in other clauses."""
    if named is None:
        return reading.content
    first, last = min(named.places), max(named.places)
    clause = reading.words[first].clause
    same = frozenset().union(*(met.places for met in reading.sections if met.what == named.what))
    total = 0.0
    for place, weight in enumerate(reading.weights):
        if place in same or not weight:
            continue
        here = reading.words[place].clause == clause
        strange = not index.has_heard(reading.words[place].text)
        whole = here and (strange or (place in met and weight >= TELLING) or place > last or first - place <= 2)
        total += weight if whole else weight * 0.5 if here else weight * 0.35
    return total
