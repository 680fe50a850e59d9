"""Which facet of its subject a question asks for, by what the subject is and can have."""

from collections.abc import Mapping

from commands.ask.index import Index
from commands.ask.parse import Reading
from commands.ask.question import Facet
from commands.ask.scoring import Candidate
from store.plan import Kind

ACTION_SORTS = (
    Facet.MINE, Facet.OVERDUE, Facet.STALE, Facet.DUE_SOON, Facet.AT_RISK, Facet.RECENT, Facet.COMPLETE,
)  # fmt: skip
"""Facets that ask for actions of a sort, the more special first."""

_OF_ACTION = {
    Facet.OWNER: Facet.OWNER, Facet.PARENT: Facet.PARENT, Facet.DUE: Facet.DUE, Facet.PERIOD: Facet.DUE,
    Facet.STATUS: Facet.STATUS, Facet.OVERDUE: Facet.STATUS, Facet.AT_RISK: Facet.STATUS,
    Facet.COMPLETE: Facet.STATUS, Facet.STALE: Facet.STATUS, Facet.RECENT: Facet.STATUS,
    Facet.DUE_SOON: Facet.DUE, Facet.COUNT: Facet.STATUS,
}  # fmt: skip
_OF_INDICATOR = {
    Facet.OWNER: Facet.OWNER, Facet.PARENT: Facet.PARENT, Facet.TARGET: Facet.TARGET, Facet.STATUS: Facet.STATUS,
    Facet.COUNT: Facet.TARGET, Facet.DUE: Facet.TARGET, Facet.AT_RISK: Facet.STATUS, Facet.RECENT: Facet.TARGET,
}  # fmt: skip
_MEMBERS = ("objectives", "actions", "indicators")


def aspect_of(reading: Reading, one: Candidate, index: Index) -> tuple[str, Facet]:
    """The subject (mostly the candidate's key) and the facet that is asked for."""
    asked = frozenset(cue.facet for cue in reading.cues)
    kind, key = one.subject.kind, one.subject.key
    if kind in (Kind.PRIORITY, Kind.OBJECTIVE):
        return _of_scope(asked, reading, one, index)
    if kind is Kind.ACTION:
        return key, _first(asked, _OF_ACTION)
    if kind is Kind.INDICATOR:
        return key, _first(asked, _OF_INDICATOR)
    return key, Facet.PARENT if Facet.PARENT in asked and one.claimed and kind is Kind.VALUE else Facet.MEANING


def _first(asked: frozenset[Facet], answered: Mapping[Facet, Facet]) -> Facet:
    return next((facet for cue, facet in answered.items() if cue in asked), Facet.MEANING)


def _of_scope(asked: frozenset[Facet], reading: Reading, one: Candidate, index: Index) -> tuple[str, Facet]:
    key = one.subject.key
    named = {met.what for met in reading.sections if met.sure >= 1.0}
    if Facet.PARENT in asked and one.subject.kind is Kind.OBJECTIVE and one.titled >= 0.4:
        return key, Facet.PARENT
    if Facet.TARGET in asked:
        below = [node.key for node in index.plan.below(key) if node.kind is Kind.INDICATOR]
        if len(below) == 1:
            return below[0], Facet.TARGET
    if Facet.COUNT in asked and named & set(_MEMBERS):
        return key, Facet.COUNT
    for sort in ACTION_SORTS:
        if sort in asked:
            return key, sort
    for facet in (Facet.OWNER, Facet.STATUS):
        if facet in asked:
            return key, facet
    if Facet.LIST in asked or named & set(_MEMBERS) or Facet.COUNT in asked:
        return key, Facet.LIST if one.titled >= 0.6 else Facet.MEANING
    if Facet.DUE in asked and not one.subject.has_figures:
        return key, Facet.DUE
    return key, Facet.MEANING


def aspect_of_section(reading: Reading, section: str | None, index: Index) -> tuple[str, Facet] | None:
    """The section and the facet that is asked of it; None if the question asks for no section."""
    asked = frozenset(cue.facet for cue in reading.cues)
    if "actions" in index.sections and section in (None, "plan", "actions", "objectives", "indicators", "priorities"):
        for sort in ACTION_SORTS:
            if sort in asked and not (section == "plan" and sort in (Facet.COMPLETE, Facet.RECENT)):
                return "actions", sort
    if section is None:
        return ("plan", Facet.STATUS) if _plan_status(reading) else None
    if section == "plan":
        return "plan", _of_plan(asked)
    if section in ("vision", "mission"):
        return section, Facet.MEANING
    return section, Facet.COUNT if Facet.COUNT in asked else Facet.LIST


def _of_plan(asked: frozenset[Facet]) -> Facet:
    for facet in (Facet.STATUS, Facet.PERIOD):
        if facet in asked:
            return facet
    return Facet.MEANING


def _plan_status(reading: Reading) -> bool:
    said = {word.text for word in reading.words}
    return bool(said & {"adopted", "approved", "draft", "overall"}) and any(
        cue.facet is Facet.STATUS for cue in reading.cues
    )
