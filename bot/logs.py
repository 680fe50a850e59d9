"""The log: one line an event, its constant name first, then its fields; nothing a member typed, no token."""

import logging
import re
import sys

_STANDARD = frozenset(vars(logging.LogRecord("", 0, "", 0, "", None, None))) | {"message", "asctime", "taskName"}
_CREDENTIAL = re.compile(r"(ticket=|xox[a-z.]*-|xapp-)[^\s&'\"<>)\]]+")
_LIBRARIES = ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "aiosqlite", "sqlalchemy", "asyncio")


class _EventLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry, its traceback included, without the credentials that a library may put into an error."""
        return _CREDENTIAL.sub(r"\1…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        fields = " ".join(f"{name}={value}" for name, value in vars(record).items() if name not in _STANDARD)
        line = super().formatMessage(record)
        return f"{line} {fields}" if fields else line


def _is_ours_or_a_warning(record: logging.LogRecord) -> bool:
    """Whether an entry may be written: the libraries' lower levels hold whole requests, members' words included.

    Their loggers' levels would not do: Bolt gives its own the root's level.
    """
    return record.levelno >= logging.WARNING or not record.name.startswith(_LIBRARIES)


def start_log(level: str) -> None:
    """Write the log to standard error from `level` on; of the libraries, only warnings and errors."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_EventLines())
    handler.addFilter(_is_ours_or_a_warning)
    logging.basicConfig(level=level, handlers=[handler], force=True)
