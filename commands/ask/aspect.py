"""Which facet of its subject a question asks for, by what the subject is and can have."""

from collections.abc import Mapping, Sequence

from commands.ask.facets import Cue
from commands.ask.index import Index
from commands.ask.parse import Reading
from commands.ask.question import Facet
from store.plan import SECTIONS, Kind

ACTION_SORTS = (
    Facet.MINE, Facet.OVERDUE, Facet.STALE, Facet.DUE_SOON, Facet.AT_RISK, Facet.RECENT, Facet.COMPLETE,
)  # fmt: skip
"""Facets that ask for actions of a sort, the more special first."""

Also = tuple[tuple[str, Facet], ...]
Aspect = tuple[str, Facet, Also]
"""The subject and the facet that are asked for, and what is asked in the same breath."""

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
"""What is answered for what is asked; where several are asked, the first here."""
_OF_VALUE = {Facet.PARENT: Facet.PARENT}
_MEMBERS = ("objectives", "actions", "indicators")
_JOINED = (Facet.OWNER, Facet.DUE, Facet.STATUS, Facet.TARGET, Facet.PARENT, Facet.LIST)
"""Facets that are asked together ("who owns it and when is it due")."""
_JOINTS = frozenset(("and", "plus", "also", "as", "or"))


def facet_of_key(reading: Reading, key: str, index: Index, titled: float = 1.0) -> Aspect:
    """What is asked about the entry or section with `key`.

    `titled` is how much of the entry's name stands in the question: where little does, a word such as "list" or
    "where" rather asks what the entry says.
    """
    if key in SECTIONS and key not in ("vision", "mission"):
        return aspect_of_section(reading, key) or (key, Facet.LIST, ())
    kind = index.plan.nodes[key].kind
    if kind in (Kind.PRIORITY, Kind.OBJECTIVE):
        return _of_scope(reading, key, kind, titled, index)
    if kind is Kind.ACTION:
        return _joined(reading, key, _OF_ACTION)
    if kind is Kind.INDICATOR:
        return _joined(reading, key, _OF_INDICATOR)
    asks_parent = kind is Kind.VALUE and Facet.PARENT in _asked(reading) and not _names(reading, "values")
    return key, Facet.PARENT if asks_parent and titled >= 0.9 else Facet.MEANING, ()


def can_have(key: str, facet: Facet, index: Index) -> bool:
    """Whether the facet can be asked of the entry with `key`: a value has no owner."""
    node = index.plan.nodes.get(key)
    if node is None:
        return False
    if node.kind is Kind.ACTION:
        return facet in _OF_ACTION.values()
    if node.kind is Kind.INDICATOR:
        return facet in _OF_INDICATOR.values()
    return node.kind in (Kind.PRIORITY, Kind.OBJECTIVE) and facet not in (Facet.TARGET, Facet.PERIOD)


def _asked(reading: Reading) -> frozenset[Facet]:
    return frozenset(cue.facet for cue in reading.cues)


def _names(reading: Reading, *sections: str) -> bool:
    return any(met.what in sections and met.sure >= 1.0 for met in reading.sections)


def _joined(reading: Reading, key: str, answered: Mapping[Facet, Facet]) -> Aspect:
    """The facet asked first and those joined to it; without a joint, the most special one that is asked."""
    apart = [answered[cue.facet] for cue in _apart(reading) if cue.facet in _JOINED and cue.facet in answered]
    facets = tuple(dict.fromkeys(apart))
    if len(facets) > 1:
        return key, facets[0], tuple((key, facet) for facet in facets[1:])
    asked = _asked(reading)
    return key, next((facet for cue, facet in answered.items() if cue in asked), Facet.MEANING), ()


def _apart(reading: Reading) -> Sequence[Cue]:
    """The cues that do not overlap, if a joint or a new clause stands between them; the longer ones win."""
    kept: list[Cue] = []
    for cue in sorted(reading.cues, key=lambda one: (-len(one.words), one.at)):
        if all(_are_joined(reading, cue, other) for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda one: one.at)


def _are_joined(reading: Reading, one: Cue, other: Cue) -> bool:
    first, second = sorted((one, other), key=lambda cue: cue.at)
    if first.words & second.words:
        return False
    between = range(first.at, second.at + 1)
    return any(reading.words[place].text in _JOINTS for place in between) or (
        reading.words[first.at].clause != reading.words[second.at].clause
    )


def _of_scope(reading: Reading, key: str, kind: Kind, titled: float, index: Index) -> Aspect:
    asked = _asked(reading)
    if Facet.PARENT in asked and kind is Kind.OBJECTIVE and (titled >= 0.4 or _names(reading, "priorities")):
        return key, Facet.PARENT, ()
    if Facet.TARGET in asked:
        below = [node.key for node in index.plan.below(key) if node.kind is Kind.INDICATOR]
        if len(below) == 1:
            return below[0], Facet.TARGET, ()
    members = _names(reading, *_MEMBERS)
    if Facet.COUNT in asked and members:
        return key, Facet.COUNT, ()
    sort = next((sort for sort in ACTION_SORTS if sort in asked), None)
    if sort:
        return key, sort, ()
    if Facet.OWNER in asked or Facet.STATUS in asked:
        key, facet, also = _joined(reading, key, {Facet.OWNER: Facet.OWNER, Facet.STATUS: Facet.STATUS})
        return key, facet, also
    if (Facet.LIST in asked or members or Facet.COUNT in asked) and titled >= 0.6:
        return key, Facet.LIST, ()
    if Facet.DUE in asked and titled >= 0.9 and not index.subjects[index.number[key]].has_figures:
        return key, Facet.DUE, ()
    return key, Facet.MEANING, ()


def aspect_of_section(reading: Reading, section: str | None) -> Aspect | None:
    """The section and the facet that is asked of it; None if the question asks for no section."""
    asked = _asked(reading)
    if section in (None, "plan", "actions", "objectives", "indicators", "priorities"):
        for sort in ACTION_SORTS:
            if sort in asked and not (section == "plan" and _plan_status(reading)):
                return "actions", sort, ()
    if section is None:
        return ("plan", Facet.STATUS, ()) if _plan_status(reading) else None
    if section == "plan":
        return "plan", next((facet for facet in (Facet.STATUS, Facet.PERIOD) if facet in asked), Facet.MEANING), ()
    if section in ("vision", "mission"):
        return section, Facet.MEANING, ()
    return section, Facet.COUNT if Facet.COUNT in asked else Facet.LIST, ()


_IN_FORCE = frozenset(("adopted", "approved", "draft", "overall", "official", "finalized", "final", "ratified"))


def _plan_status(reading: Reading) -> bool:
    said = {word.text for word in reading.words}
    return bool(said & _IN_FORCE) and Facet.STATUS in _asked(reading)
