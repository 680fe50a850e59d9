"""`planbot chat` at a terminal: prompts, keys, colours, what comes by itself."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WAIT_SECONDS = 30.0
AGAIN_SECONDS = 3.0
STEP_SECONDS = 0.2
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
CTRL_C, CTRL_D = "\x03", "\x04"

PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from bot.cli.app import main
main()
"""
"""Takes the terminal as its controlling one, so that Ctrl-C reaches it as a signal."""


class Screen:
    """A process at a terminal of 60 columns."""

    def __init__(self, *words: str, folder: Path) -> None:
        self._keyboard, theirs = pty.openpty()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "PLANBOT_"))}
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", PROGRAM, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "60", "LINES": "40"},
            start_new_session=True,
        )
        os.close(theirs)
        self._received = b""
        self._read_up_to = 0

    @property
    def raw(self) -> str:
        """All that came, colours and all."""
        return self._received.decode(errors="replace")

    def types(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._keyboard, keys.encode())

    def shows(self, words: str, *, pressing: str = "") -> str:
        """Wait for words that were not waited for before; what came up to their end.

        With `pressing`, press that key, and now and then again until they come: Python does not see an interrupt of the
        very moment between writing a prompt and reading the line.
        """
        begun = pressed = time.monotonic()
        self.types(pressing)
        while True:
            if time.monotonic() - pressed > AGAIN_SECONDS:
                self.types(pressing)
                pressed = time.monotonic()
            text = ESCAPES.sub("", self.raw)
            at = text.find(words, self._read_up_to)
            if at >= 0:
                before, self._read_up_to = self._read_up_to, at + len(words)
                return text[before : self._read_up_to]
            if time.monotonic() - begun > WAIT_SECONDS or not self._receive():
                raise AssertionError(f"{words!r} did not come; there is {text[self._read_up_to :]!r}")

    def ends(self) -> int:
        """Wait until the process has ended; its exit code."""
        while self._receive():
            pass
        return self._process.wait(WAIT_SECONDS)

    def _receive(self) -> bool:
        """Whether there may be more to come."""
        if not select.select([self._keyboard], [], [], STEP_SECONDS)[0]:
            return True
        try:
            received = os.read(self._keyboard, 65536)
        except OSError:  # how Linux tells that the other side has closed
            return False
        self._received += received
        return bool(received)

    def close(self) -> None:
        """Hang up."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._keyboard)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    opened = Screen("chat", "--plan", str(ROOT / "plans" / "riverbend-2025-2028.yml"), folder=tmp_path)
    yield opened
    opened.close()


def test_a_form_is_filled_in_and_another_closed_by_ctrl_c(screen: Screen) -> None:
    screen.shows("Carter> ")
    screen.types("/progress A-12\n")
    screen.shows("Action or indicator [A-12 Move all video evidence into one system]: ")
    screen.types("\n")
    assert "3 ▲ at risk" in screen.shows("Status [► on track]: ")
    screen.types("3\n")
    screen.shows("Percent complete [65]: ")
    screen.types("70\n")
    screen.shows("Milestones done [In-car recordings moved]: ")
    screen.types("\n")
    screen.shows("Day it speaks of (optional): ")
    screen.types("\n")
    screen.shows("Note (optional): ")
    screen.types("Waiting for log-ins\n")
    screen.shows("Evidence (optional): ")
    screen.types("\n")
    screen.shows("I need help from (optional): ")
    screen.types("\n")
    assert "at risk, 70 %" in screen.shows("Carter> ")

    screen.types("/progress A-12\n")
    screen.shows("Action or indicator [A-12 Move all video evidence into one system]: ")
    screen.shows("Closed, nothing was handed in.", pressing=CTRL_C)
    screen.shows("Carter> ")
    assert "\x1b[1m" in screen.raw

    screen.shows("Goodbye.", pressing=CTRL_C)
    assert screen.ends() == 0
    assert "Traceback" not in screen.raw


def test_lines_are_wrapped_and_ctrl_d_leaves(screen: Screen) -> None:
    screen.shows("Carter> ")
    screen.types("what are our values\n")
    shown = screen.shows("\r\nCarter> ")
    assert "Courage" in shown
    assert max(len(line) for line in shown.split("\r\n")) <= 60

    screen.types(CTRL_D)
    screen.shows("Goodbye.")
    assert screen.ends() == 0
