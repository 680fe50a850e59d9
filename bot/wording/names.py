"""What the commands are called here."""

from typing import Protocol


class Names(Protocol):
    """The slash commands' names; they are settings."""

    @property
    def plan(self) -> str: ...

    @property
    def progress(self) -> str: ...

    @property
    def digest(self) -> str: ...
