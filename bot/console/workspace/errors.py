"""What the workspace answers when it refuses, and what it raises when nothing came to be seen."""

from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """A Web API call that Slack answers with `ok: false`.

    `error` is Slack's code (https://docs.slack.dev/reference/methods lists them for each method), `fields` whatever
    else the answer carries, such as `needed` and `provided` for `missing_scope`.
    """

    def __init__(self, error: str, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.fields = dict(fields or {})


class NotSeenError(TimeoutError):
    """What a person or a test waited for did not come within its deadline. The message says what came instead."""


class NotPossibleError(ValueError):
    """A person tried what Slack's own client would not let them do: no such button, no such field, no such message."""
