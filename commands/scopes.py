"""What a digest may be about, read from what was typed: the whole plan, a priority, an objective or a department."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from commands.mistakes import UnreadableSchedule
from store.plan import Action, Kind, Plan

SURE = 85
"""RapidFuzz score (0 to 100) from which words name something."""
_AS_GOOD = 2
"""How little less another name may score to be meant as well."""
_LIKELY = 75
WHOLE = frozenset(
    {
        "",
        "plan",
        "whole plan",
        "entire plan",
        "full plan",
        "complete plan",
        "everything",
        "all",
        "all of it",
        "all priorities",
    }
)
_DEPARTMENT = frozenset({"department", "departments", "dept", "dept.", "department's"})
_KINDS = frozenset({"priority", "objective", "goal", "scope"})
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "about", "a", "an", "our", "to", "&", "digest"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is about; the whole plan, unless said."""

    key: str = ""
    """Of a priority or an objective."""
    department: str = ""


WHOLE_PLAN = Scope()


def departments(plan: Plan) -> tuple[str, ...]:
    """The departments that do the plan's actions, each as the plan writes it first, in order of the alphabet."""
    found: dict[str, str] = {}
    for node in plan.of_kind(Kind.ACTION):
        if isinstance(node.entry, Action) and node.entry.department:
            found.setdefault(plain_name(node.entry.department), node.entry.department)
    return tuple(sorted(found.values(), key=str.casefold))


def names_of(plan: Plan) -> tuple[tuple[str, Scope], ...]:
    """Everything by which what a digest may be about is called, priorities and objectives before departments."""
    entries = [
        (name, Scope(node.key))
        for kind in (Kind.PRIORITY, Kind.OBJECTIVE)
        for node in plan.of_kind(kind)
        for name in (node.key, node.entry.title, *node.entry.aliases)
    ]
    return (*entries, *((name, Scope(department=name)) for name in departments(plan)))


def read_scope(text: str, plan: Plan, *, is_department: bool = False) -> Scope:
    """What `text` names: by its key, by its name, or by a part of it that nothing else has; a letter may be wrong.

    `is_department`: it names a department, as it also does where it says so. Raises UnreadableSchedule.
    """
    words = _trimmed(text.casefold().split())
    says_department = is_department or bool(_DEPARTMENT & {*words[:1], *words[-1:]})
    typed = plain_name(
        " ".join(_trimmed([word for word in words if word not in _DEPARTMENT]) if says_department else words)
    )
    if typed in WHOLE and not says_department:
        return WHOLE_PLAN
    names = [(plain_name(name), scope) for name, scope in names_of(plan) if scope.department or not says_department]
    found = _meant(typed, names) or (_by_initials(typed, names) if says_department or text.isupper() else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadableSchedule(unread=tuple(text.split()), several=tuple(title_of(one, plan) for one in found[:5]))
    raise UnreadableSchedule(unread=tuple(text.split()), likely=_likely(typed, names))


def title_of(scope: Scope, plan: Plan) -> str:
    """What it is about, by its title; its key, where the plan no longer has it. Empty for the whole plan."""
    node = plan.find(scope.key) if scope.key else None
    return node.entry.title if node else scope.key or scope.department


def is_of_department(action: Action, department: str) -> bool:
    """Whether a department does an action, however the plan writes its name there."""
    return plain_name(action.department or "") == plain_name(department)


def has_scope(plan: Plan, scope: Scope) -> bool:
    """Whether the plan has what a digest is about; it always has the whole of itself."""
    has_key = not scope.key or plan.find(scope.key) is not None
    wanted = plain_name(scope.department)
    return has_key and (not wanted or any(plain_name(one) == wanted for one in departments(plan)))


def _meant(typed: str, names: Sequence[tuple[str, Scope]]) -> list[Scope]:
    """Those that are meant: by the very name, by nearly it, or by words of it."""
    exact = _distinct(scope for name, scope in names if name == typed)
    if exact:
        return exact[:1]
    scored = [(fuzz.ratio(typed, name), scope) for name, scope in names]
    best = max((score for score, _ in scored), default=0.0)
    if best >= SURE:
        near = _distinct(scope for score, scope in scored if score >= best - _AS_GOOD)
        entries = [scope for scope in near if scope.key]
        return entries or near
    return _distinct(scope for name, scope in names if _has_words(name, typed))


def _has_words(name: str, typed: str) -> bool:
    """Whether each word that was typed is one of the name's, and at least one of them says something."""
    wanted = [word for word in typed.split() if word not in _SMALL]
    if not any(len(word) > 3 for word in wanted):
        return False
    own = name.split()
    return all(process.extractOne(word, own, scorer=fuzz.ratio, score_cutoff=SURE) for word in wanted)


def _by_initials(typed: str, names: Sequence[tuple[str, Scope]]) -> list[Scope]:
    """The departments whose first letters these are: IT is Information Technology."""
    if len(typed) < 2:
        return []
    return _distinct(scope for name, scope in names if scope.department and typed in _initials(name))


def _initials(name: str) -> set[str]:
    words = name.split()
    return {"".join(word[0] for word in kept) for kept in (words, [word for word in words if word not in _SMALL])}


def _likely(typed: str, names: Sequence[tuple[str, Scope]]) -> str:
    """What to type for the one whose name is most like what was typed, if any is like it."""
    listed = dict(reversed(names))
    found = (
        process.extractOne(typed, list(listed), scorer=fuzz.WRatio, score_cutoff=_LIKELY) if len(typed) > 2 else None
    )
    scope = listed[found[0]] if found else WHOLE_PLAN
    return scope.key or (f'department "{scope.department}"' if scope.department else "")


def _trimmed(words: Sequence[str]) -> list[str]:
    """The words without small ones at both ends, and without what only says of which kind the named is."""
    left = list(words)
    while left and (left[0] in _SMALL or (left[0] in _KINDS and len(left) > 1)):
        left.pop(0)
    while left and (left[-1] in _SMALL or (left[-1] in _KINDS and len(left) > 1)):
        left.pop()
    return left


def plain_name(name: str) -> str:
    """A name without what nobody minds in it: capitals, hyphens, more than one space."""
    return " ".join(name.casefold().replace("-", " ").split())


def _distinct(scopes: Iterable[Scope]) -> list[Scope]:
    return list(dict.fromkeys(scopes))
