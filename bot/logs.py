"""The log: one line an event, its constant name first, then its fields; nothing a member typed, no token."""

import logging
import sys

_STANDARD = frozenset(vars(logging.LogRecord("", 0, "", 0, "", None, None))) | {"message", "asctime", "taskName"}


class _EventLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        fields = " ".join(f"{name}={value}" for name, value in vars(record).items() if name not in _STANDARD)
        line = super().formatMessage(record)
        return f"{line} {fields}" if fields else line


def start_log(level: str) -> None:
    """Write the log to standard error from `level` on.

    The Slack libraries log whole requests, words and tokens of members included, at their lower levels: they are
    held at warnings whatever the level.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_EventLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for library in ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "aiosqlite", "sqlalchemy", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)
