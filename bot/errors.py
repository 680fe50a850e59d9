"""Every error reaches the person it kept waiting, once, in words; what the person cannot mend reaches the log too."""

import logging
import secrets

from bot.blocks.message import Message
from bot.blocks.mistakes import apology, mistake
from bot.wording.names import Names
from commands.mistakes import MemberMistake

log = logging.getLogger(__name__)


def explain(error: Exception, names: Names) -> Message:
    """What to tell the person: what to type instead, or an apology with the reference that the log has."""
    if isinstance(error, MemberMistake):
        return mistake(error, names)
    return apology(log_failure(error))


def log_failure(error: Exception) -> str:
    """Log an unexpected error with its traceback; the reference under which it can be found there."""
    reference = secrets.token_hex(4)
    log.error("listener failed", extra={"reference": reference}, exc_info=error)
    return reference
