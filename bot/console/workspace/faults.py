"""What can be made to go wrong, on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

EVERY = "*"
Effect = Literal["slow", "rate_limit", "error", "http_error", "drop"]


@dataclass(slots=True)
class Fault:
    """One thing that will go wrong the next `left` times (None: until cleared) that `method` is called."""

    effect: Effect
    method: str
    left: int | None
    seconds: float = 0.0
    status: int = 200
    error: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    def applies(self, method: str) -> bool:
        return self.method in (EVERY, method)


class Faults:
    """The faults that are set. Methods are named as in Slack (`chat.postMessage`); `*` stands for every one.

    A fault set earlier goes first; one that slows lets the next one happen too.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._twice: list[str] = []
        self._down: int | None = None
        self._refused_sockets = 0

    def slow(self, method: str, seconds: float, *, times: int | None = None) -> None:
        """The call is answered `seconds` late."""
        self._faults.append(Fault("slow", method, times, seconds=seconds))

    def rate_limit(self, method: str, *, times: int = 1, retry_after: int = 1) -> None:
        """HTTP 429 with `Retry-After` in seconds; the call is not carried out."""
        self._faults.append(Fault("rate_limit", method, times, seconds=retry_after))

    def fail(self, method: str, error: str, *, times: int | None = 1, **fields: Any) -> None:
        """Answered `ok: false` with that error and those fields; the call is not carried out."""
        self._faults.append(Fault("error", method, times, error=error, fields=fields))

    def http_error(self, method: str, status: int = 500, *, times: int | None = 1) -> None:
        """An HTTP error without a Slack answer; the call is not carried out."""
        self._faults.append(Fault("http_error", method, times, status=status))

    def drop(self, method: str, *, times: int = 1) -> None:
        """The call is carried out, so that a posted message exists, and the connection cut before the answer."""
        self._faults.append(Fault("drop", method, times))

    def deliver_twice(self, times: int = 1, *, name: str = EVERY) -> None:
        """Each of the next `times` deliveries called `name` reaches the app twice, the same in every byte.

        A delivery is called by its event's type (`app_mention`; a mention makes a `message` too), its command
        (`/plan`) or its interaction's type (`block_actions`, `view_submission`).
        """
        self._twice += [name] * times

    def refuse_sockets(self, times: int) -> None:
        """The next `times` attempts to open a WebSocket are refused with HTTP 503."""
        self._refused_sockets += times

    def down(self, status: int = 503) -> None:
        """Slack is down: every method, `response_url` and new WebSocket is answered with that HTTP status.

        WebSockets that are open stay so; `Workspace.drop_sockets` closes them.
        """
        self._down = status

    def up(self) -> None:
        """Slack is up again."""
        self._down = None

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()
        self._twice.clear()
        self._down, self._refused_sockets = None, 0

    def next_for(self, method: str) -> tuple[float, Fault | None]:
        """How many seconds to wait before answering, and what else goes wrong with this call."""
        if self._down is not None:
            return 0.0, Fault("http_error", method, None, status=self._down)
        delay = 0.0
        for fault in [fault for fault in self._faults if fault.applies(method)]:
            self._count_down(fault)
            if fault.effect != "slow":
                return delay, fault
            delay += fault.seconds
        return delay, None

    def takes_twice(self, name: str) -> bool:
        """Whether the delivery of that name is one of those made twice."""
        for wanted in (name, EVERY):
            if wanted in self._twice:
                self._twice.remove(wanted)
                return True
        return False

    def refuses_socket(self) -> bool:
        """Whether this attempt to open a WebSocket is refused."""
        if self._down is not None:
            return True
        self._refused_sockets, refused = max(0, self._refused_sockets - 1), self._refused_sockets > 0
        return refused

    def _count_down(self, fault: Fault) -> None:
        if fault.left is None:
            return
        fault.left -= 1
        if fault.left <= 0:
            self._faults.remove(fault)
