"""What the record refuses or cannot find, as exceptions that carry the facts."""

from collections.abc import Sequence


class DatabaseUnusable(Exception):
    """The database cannot be used; the text says why and holds no password."""


class NoActivePlan(Exception):
    """The workspace has no active plan."""


class NoSuchPlan(Exception):
    """The workspace has no plan with the key."""

    def __init__(self, key: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no plan {key!r}")
        self.key = key
        self.known = tuple(known)


class NoSuchEntry(Exception):
    """The active plan has no entry of that kind with the key, or has archived it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the plan has no such entry: {key!r}")
        self.key = key


class ChangedMeanwhile(Exception):
    """Fields of an entry that were to be changed are no longer as they were seen."""

    def __init__(self, key: str, fields: Sequence[str]) -> None:
        super().__init__(f"{key} was changed meanwhile: {', '.join(fields)}")
        self.key = key
        self.fields = tuple(fields)


class NoSuchUpdate(Exception):
    """There is nothing recorded under the number on that entry, or it has been corrected already."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is nothing to correct under {number}")
        self.number = number


class NoSuchWorkspace(Exception):
    """No Slack workspace with the team id has a record."""

    def __init__(self, team_id: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no workspace {team_id!r}")
        self.team_id = team_id
        self.known = tuple(known)


class SeveralWorkspaces(Exception):
    """More than one Slack workspace has a record, and none was named."""

    def __init__(self, team_ids: Sequence[str]) -> None:
        super().__init__("several workspaces have a record: " + ", ".join(team_ids))
        self.team_ids = tuple(team_ids)
