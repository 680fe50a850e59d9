"""The log of every Web API call that came in, with its whole body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `at` is `time.time()` on arrival, `error` what was answered (None for `ok: true`).

    `arguments` are as sent, JSON parts decoded, the token left out. An answer that is no Slack answer (HTTP 500, a
    dropped connection) has its name in `error` too.
    """

    method: str
    arguments: Mapping[str, Any]
    at: float
    error: str | None = None


@dataclass(slots=True)
class CallLog:
    """Every call in order of arrival, and the methods asked for that do not exist here."""

    calls: list[Call] = field(default_factory=list)
    unknown_methods: list[str] = field(default_factory=list)

    def of(self, method: str | None = None) -> list[Call]:
        """The calls of `method`, or all of them."""
        return [call for call in self.calls if method in (None, call.method)]
