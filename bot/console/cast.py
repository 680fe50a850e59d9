"""Who there is in the console's workspace: everybody whom the plan names, and two whom it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.console.workspace import Person, Workspace
from store.plan import Action, Indicator, Plan

_TELLING_ID = re.compile(r"[UW]\d+([A-Z]{3,})")
"""A user id with a name in it, as invented plans have; real ones are letters and digits mixed."""
USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Role:
    """A person and how the plan names them: user id, e-mail address, or not at all."""

    person: Person
    reference: str | None
    owns: tuple[str, ...] = ()
    is_administrator: bool = False


def gather(workspace: Workspace, plan: Plan) -> tuple[Role, ...]:
    """Makes everybody a member of the workspace: owners first, in the plan's order, then who else wrote updates."""
    owned = _owned(plan)
    references = sorted(owned, key=lambda one: "@" in one)  # ids first, so that no made-up id takes one of theirs
    made = {reference: _member(workspace, reference, plan) for reference in references}
    roles = [Role(made[reference], reference, tuple(keys)) for reference, keys in owned.items()]
    zone = plan.about.timezone
    member = workspace.member(_free(workspace, "alex"), real_name="Alex", tz=zone, email="")
    administrator = workspace.member(_free(workspace, "kim"), real_name="Kim", tz=zone, email="")
    return (*roles, Role(member, None), Role(administrator, None, is_administrator=True))


def stranger(workspace: Workspace, user_id: str, plan: Plan) -> Role:
    """Somebody whom the plan does not name, as a member of the workspace."""
    return Role(_member(workspace, user_id, plan), user_id)


def find(roles: tuple[Role, ...], typed: str) -> tuple[Role, ...]:
    """Who may be meant by an id, a handle, an e-mail address or part of a name; the certain one alone."""
    wanted = typed.strip().removeprefix("<@").removesuffix(">").removeprefix("@").casefold()
    exact = [role for role in roles if wanted in {name.casefold() for name in _names(role)}]
    if exact or not wanted:
        return tuple(exact[:1])
    return tuple(role for role in roles if any(wanted in name.casefold() for name in _names(role)))


def _names(role: Role) -> tuple[str, ...]:
    own = (role.person.id, role.person.name, role.person.real_name)
    return (*own, role.reference) if role.reference else own


def _owned(plan: Plan) -> dict[str, list[str]]:
    """The keys of what each person owns, by how the plan names them; an address in two spellings is one person."""
    owned: dict[str, list[str]] = {}
    spelt: dict[str, str] = {}
    for reference, key in _named(plan):
        keys = owned.setdefault(spelt.setdefault(reference.casefold(), reference), [])
        if key and key not in keys:
            keys.append(key)
    return owned


def _named(plan: Plan) -> Iterator[tuple[str, str | None]]:
    entries = [node.entry for node in plan.walk()]
    for entry in entries:
        if isinstance(entry, Action | Indicator):
            yield from ((owner, entry.key) for owner in entry.owners)
    for entry in entries:
        if isinstance(entry, Action):
            yield from ((update.author, None) for update in entry.updates if update.author)


def _member(workspace: Workspace, reference: str, plan: Plan) -> Person:
    is_address = "@" in reference
    name = _name_in_address(reference) if is_address else _name_in_id(reference)
    handle = reference.partition("@")[0].casefold() if is_address else name.casefold()
    return workspace.member(
        _free(workspace, handle),
        user_id=None if is_address else reference,
        real_name=name,
        tz=plan.about.timezone,
        email=reference if is_address else "",
    )


def _name_in_id(user_id: str) -> str:
    told = _TELLING_ID.fullmatch(user_id)
    return told[1].title() if told else user_id


def _name_in_address(address: str) -> str:
    parts = [part for part in re.split(r"[._+-]", address.partition("@")[0]) if part]
    return " ".join(f"{part.upper()}." if len(part) == 1 else part.title() for part in parts) or address


def _free(workspace: Workspace, handle: str) -> str:
    """The handle, numbered where somebody has it."""
    taken = {person.name for person in workspace.people}
    numbered = (handle if number == 1 else f"{handle}{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)
