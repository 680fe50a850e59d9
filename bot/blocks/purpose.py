"""What a form is for, as it carries it along: Slack gives it back with whatever is done in the form."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from commands.progress.finding import Reportable
from commands.progress.form import Shown, shown_of
from store.plan import Action, Status

METADATA = 3_000
"""The characters that a form can carry along."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a form is for, as it carries it along."""

    key: str = ""
    """The entry's of which it has the fields."""
    response_url: str = ""
    """Where the receipt goes."""
    corrects: int | None = None
    """What is replaced by what is handed in."""
    status: str = ""
    percent: int | None = None
    """How the action stood when its fields were loaded."""
    turn: int = 0
    """How often another entry was chosen: Slack keeps what was typed for a field's id, so each turn has its own ids."""
    keeps_words: bool = False
    """Whether note and evidence go along when another entry is chosen: they came from a message."""
    doubted: tuple[str, ...] = ()
    """What was asked about already."""
    draft: str = ""
    """The token of the draft that what is handed in comes in the place of."""

    @classmethod
    def read(cls, written: str) -> "Purpose":
        """From a view's `private_metadata`, even of another version of planbot."""
        known = {one.name for one in fields(cls)}
        held = {name: value for name, value in json.loads(written or "{}").items() if name in known}
        return cls(**held | {"doubted": tuple(held.get("doubted", ()))})

    def written(self) -> str:
        """For a view's `private_metadata`."""
        held = {name: value for name, value in asdict(self).items() if value != _DEFAULTS[name]}
        words = json.dumps(held, separators=(",", ":"))
        return words if len(words) <= METADATA else replace(self, response_url="", doubted=()).written()

    def of(self, entry: Reportable) -> "Purpose":
        """The same for another entry, or anew for this one, as it stands now."""
        shown = shown_of(entry) if isinstance(entry, Action) else None
        return replace(
            self,
            key=entry.key,
            status=shown.status.value if shown else "",
            percent=shown.percent if shown else None,
            turn=self.turn + 1,
            doubted=(),
        )

    def shown(self, done: frozenset[str]) -> Shown:
        """How the action stood when its fields were loaded; `done` are the milestones that were."""
        return Shown(Status(self.status or Status.NOT_STARTED), self.percent, done)


_DEFAULTS: dict[str, Any] = asdict(Purpose())
