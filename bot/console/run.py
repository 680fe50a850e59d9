"""`planbot chat` and `planbot demo`: the bot in this terminal, with a Slack workspace of its own on loopback."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from types import FrameType
from typing import NoReturn

from bot.console.background import in_background
from bot.console.cast import Role
from bot.console.chatting import Chat, described, role_meant
from bot.console.choosing import Chosen, chosen, example
from bot.console.seat import Seat
from bot.console.stage import Stage, staged
from bot.console.terminal import Terminal
from bot.console.tour import Tour
from bot.logs import start_log
from bot.settings import CommandNames

LOOK_SECONDS = 0.3
"""How often the console looks whether the bot has posted something by itself."""


def chat(plan_file: Path | None, user: str | None) -> None:
    """Talk to the bot about the plan of that file, else of the database, else the example, as `user` if given.

    Raises what `choosing.chosen` raises, and CannotServe.
    """
    terminal = Terminal.standard()
    names = CommandNames.read()
    with _leaving_politely(terminal), _seated(terminal, chosen(plan_file), names) as seat:
        role = role_meant(terminal, seat, user) if user else None
        if role:
            seat.become(role)
        _introduce(terminal, seat)
        Chat(terminal, seat, names).run()


def demo() -> None:
    """Show the bot on the example plan: a tour, then the chat; the chat alone where lines are piped in."""
    terminal = Terminal.standard()
    names = CommandNames.read()
    with _leaving_politely(terminal), _seated(terminal, example(), names) as seat:
        is_piped = not terminal.is_typed and not terminal.is_at_end()
        if not is_piped:
            Tour(terminal, seat, names).play()
        if is_piped or terminal.is_typed:
            _introduce(terminal, seat)
            Chat(terminal, seat, names).run()


@contextmanager
def _seated(terminal: Terminal, plan: Chosen, names: CommandNames) -> Iterator[Seat]:
    """The bot at work on a scratch copy of the plan, and a seat before it."""
    _tell_of(terminal, plan)
    with (
        _logging_aside(terminal),
        TemporaryDirectory(prefix="planbot-console-", ignore_cleanup_errors=True) as folder,
        in_background(lambda: staged(plan.plan, names, Path(folder))) as background,
    ):
        seat = Seat(terminal, background, _first(background.opened))
        if terminal.is_live:
            asyncio.run_coroutine_threadsafe(seat.watch(lambda: asyncio.sleep(LOOK_SECONDS)), background.loop)
        yield seat


@contextmanager
def _logging_aside(terminal: Terminal) -> Iterator[None]:
    """The bot's warnings on standard error; in a file of their own where they would run through the conversation."""
    if not (terminal.is_screen and sys.stderr.isatty()):
        _start_log()
        yield
        return
    with NamedTemporaryFile("w", prefix="planbot-console-", suffix=".log", delete=False, encoding="utf-8") as file:
        log = Path(file.name)
        with redirect_stderr(file):
            _start_log()
        try:
            yield
        finally:
            file.flush()
            if log.stat().st_size:
                terminal.write(f"The bot's log: {log}", "dim")
            else:
                log.unlink()


def _start_log() -> None:
    start_log("WARNING")
    # At the end a look for due digests is cut short, which the scheduler's library reports as an error of the job.
    logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)


def _first(stage: Stage) -> Role:
    """Who speaks at first: the owner of an action that is not closed, if there is one."""
    open_actions = {action.key for action in stage.plan.actions() if not action.standing.is_closed}
    return next((role for role in stage.roles if open_actions.intersection(role.owns)), stage.roles[0])


def _tell_of(terminal: Terminal, plan: Chosen) -> None:
    about = plan.plan.about
    terminal.write(f"planbot on {about.title} ({about.organization}), {plan.found}", "bold")
    invented = "The plan and everybody in it are invented. " if plan.is_invented else ""
    terminal.write(f"{invented}This is a scratch copy in a Slack workspace of its own: nothing typed here is kept.")


def _introduce(terminal: Terminal, seat: Seat) -> None:
    terminal.write(f"You speak as {described(seat.role)}.")
    terminal.write("/as NAME changes who speaks, /people lists everyone, /help tells the rest, /quit leaves.")


@contextmanager
def _leaving_politely(terminal: Terminal) -> Iterator[None]:
    """Ctrl-C and a signal to stop end the block without a traceback, so that all is put away behind it."""

    def stop(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, stop)
    try:
        yield
    except KeyboardInterrupt:
        terminal.write("")
    if terminal.is_live:
        terminal.write("Goodbye.")
