"""How a command fails: one clear sentence on standard error and exit code 1, never a traceback."""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from store.errors import DatabaseUnusable, NoActivePlan, NoSuchPlan, NoSuchWorkspace, SeveralWorkspaces

P = ParamSpec("P")


class Refused(Exception):
    """What was asked for cannot be done; the text is for its user and says what to do instead."""


def failing_clearly(command: Callable[P, None]) -> Callable[P, None]:
    """The command, with the errors that its user can mend worded."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Exception as error:
            sentences = _worded(error)
            if not sentences:
                raise
            for sentence in sentences:
                typer.echo(f"planbot: {sentence}", err=True)
            raise typer.Exit(1) from None

    return guarded


def _worded(error: Exception) -> tuple[str, ...]:
    """What to tell the user; nothing for an error that is ours."""
    match error:
        case Refused():
            return (str(error),)
        case NoActivePlan():
            return ("No plan is active: run `planbot plan import FILE`, or `planbot plan activate KEY`.",)
        case NoSuchPlan():
            known = f"there are: {', '.join(error.known)}" if error.known else "there is none yet"
            return (f"There is no plan {error.key}; {known}.",)
        case DatabaseUnusable():
            return (f"The database cannot be used ({error}): see DATABASE_URL.",)
        case SeveralWorkspaces() | NoSuchWorkspace():
            return (f"{error}.",)
    return _said_by_itself(error)


_WORDED = (
    ("bot.settings", "SettingsUnusable"),
    ("bot.readiness", "RecordNotReady"),
    ("bot.introduction", "SlackUnusable"),
    ("bot.serve", "CannotServe"),
)


def _said_by_itself(error: Exception) -> tuple[str, ...]:
    """The sentences of an error whose text is made for the user.

    Only a module that the command has loaded can have raised its error, so none is loaded for this.
    """
    for module, name in _WORDED:
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and isinstance(error, kind):
            return tuple(str(error).splitlines())
    return ()
