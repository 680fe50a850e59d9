"""From what fits to what is answered: one subject and facet, a few suggestions, or nothing."""

from commands.ask.index import Index
from commands.ask.parse import Reading
from commands.ask.question import Facet, Outcome, Understanding
from commands.ask.scoring import Candidate
from store.plan import Kind

ACTION_SORTS = (
    Facet.MINE, Facet.OVERDUE, Facet.AT_RISK, Facet.STALE, Facet.DUE_SOON, Facet.RECENT, Facet.COMPLETE,
)  # fmt: skip
"""Facets that ask for actions of a sort."""
LITTLE = 0.45
"""Content that may be left over beside the name of a section."""
SURE_COVER, SURE_MET = 0.5, 0.55
CLEAR_LEAD = 1.12


def facet_for(reading: Reading, one: Candidate) -> Facet:
    """What is asked about the entry."""
    asked = [cue.facet for cue in reading.cues]
    kind = one.subject.kind
    if kind in (Kind.PRIORITY, Kind.OBJECTIVE):
        return _about_scope(asked, reading, one)
    if kind is Kind.ACTION:
        return _first(asked, {
            Facet.OWNER: Facet.OWNER, Facet.DUE: Facet.DUE, Facet.DUE_SOON: Facet.DUE, Facet.PARENT: Facet.PARENT,
            Facet.STATUS: Facet.STATUS, Facet.OVERDUE: Facet.STATUS, Facet.AT_RISK: Facet.STATUS,
            Facet.COMPLETE: Facet.STATUS, Facet.STALE: Facet.STATUS, Facet.RECENT: Facet.STATUS,
        })  # fmt: skip
    if kind is Kind.INDICATOR:
        return _first(asked, {
            Facet.OWNER: Facet.OWNER, Facet.PARENT: Facet.PARENT, Facet.TARGET: Facet.TARGET,
            Facet.STATUS: Facet.STATUS, Facet.COUNT: Facet.TARGET,
        })  # fmt: skip
    return Facet.MEANING


def _first(asked: list[Facet], known: dict[Facet, Facet]) -> Facet:
    return next((answered for cue, answered in known.items() if cue in asked), Facet.MEANING)


def _about_scope(asked: list[Facet], reading: Reading, one: Candidate) -> Facet:
    named = {met.what for met in reading.sections if met.sure >= 1.0}
    if Facet.PARENT in asked and one.subject.kind is Kind.OBJECTIVE and one.titled > 0.5:
        return Facet.PARENT
    if Facet.COUNT in asked and named & {"objectives", "actions", "indicators"}:
        return Facet.COUNT
    for sort in ACTION_SORTS:
        if sort in asked:
            return sort
    for facet in (Facet.OWNER, Facet.DUE, Facet.STATUS):
        if facet in asked:
            return facet
    if Facet.LIST in asked or named & {"objectives", "actions", "indicators"}:
        return Facet.LIST
    return Facet.MEANING


def choose(reading: Reading, ranked: tuple[Candidate, ...], index: Index) -> Understanding:
    """The outcome for a reading whose candidates are ranked."""
    best = ranked[0] if ranked else None
    if reading.content <= LITTLE and not (best and best.claimed):
        return _section(reading, index)
    if best is None:
        return Understanding(reading.question, Outcome.UNKNOWN)
    rivals = [one for one in ranked[1:] if one.score * CLEAR_LEAD > best.score]
    sure = best.covered >= SURE_COVER and best.met >= SURE_MET
    if sure and not rivals:
        return _answer(reading, best.subject.key, facet_for(reading, best), min(best.covered, 1.0))
    if best.covered >= 0.4 and best.met >= 0.4 and len(ranked) > 1:
        keys = tuple(one.subject.key for one in ranked[:3])
        return Understanding(
            reading.question, Outcome.SUGGEST, None, facet_for(reading, best), best.covered, suggestions=keys
        )
    return Understanding(reading.question, Outcome.UNKNOWN)


def _answer(reading: Reading, subject: str, facet: Facet, confidence: float) -> Understanding:
    return Understanding(reading.question, Outcome.ANSWER, subject, facet, round(confidence, 3))


def _section(reading: Reading, index: Index) -> Understanding:
    asked = [cue.facet for cue in reading.cues]
    named = [met.what for met in sorted(reading.sections, key=lambda met: -met.sure) if met.sure >= 1.0]
    others = [name for name in named if name != "plan"]
    section = others[0] if others else named[0] if named else None
    for sort in ACTION_SORTS:
        if sort in asked and (section in (None, "actions", "plan") or sort is Facet.MINE):
            return _answer(reading, "actions", sort, 0.9)
    if section is None:
        return Understanding(reading.question, Outcome.UNKNOWN)
    if section in ("vision", "mission"):
        return _answer(reading, section, Facet.MEANING, 0.95)
    if section == "plan":
        facet = next((one for one in (Facet.STATUS, Facet.PERIOD) if one in asked), Facet.MEANING)
        return _answer(reading, "plan", facet, 0.9)
    return _answer(reading, section, Facet.COUNT if Facet.COUNT in asked else Facet.LIST, 0.95)
