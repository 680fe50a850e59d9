"""Lines in, paragraphs out: a terminal with colours and editing, or plain text over pipes."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from threading import RLock
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.console.drawing import Paragraph, Piece, Rule

WIDEST = 100
"""Columns that are comfortable to read, however wide the terminal."""
UNWRAPPED = 100_000
"""The width where nobody wraps: what is piped on may be searched line by line."""
BOT_BAR = "▌ "
PLAIN_BAR = "  "
RULE_WIDTH = 20


class Terminal:
    """Where the console reads and writes. Use one a process: it sets up the two streams for it."""

    def __init__(self, given: TextIO | None, shown: TextIO) -> None:
        self._given = given
        self.is_typed = given is not None and given.isatty()
        self.is_screen = shown.isatty()
        for stream in (given, shown):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        # Loading it gives input() its editing and its history; not every system has it.
        self._editing = import_module("readline") if self.is_live and find_spec("readline") else None
        self._console = Console(
            file=shown,
            force_terminal=self.is_screen,
            color_system="auto" if self.is_screen else None,
            width=None if self.is_screen else UNWRAPPED,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self._ahead: list[str] = []
        self._asking: str | None = None
        self._turn = RLock()

    @classmethod
    def standard(cls) -> "Terminal":
        """On standard input and output."""
        return cls(sys.stdin, sys.stdout)

    @property
    def is_live(self) -> bool:
        """Whether a person sits at it."""
        return self.is_typed and self.is_screen

    def is_at_end(self) -> bool:
        """Whether there is no line to read: for input that is no terminal, which is read one line ahead for this."""
        if self.is_typed or self._ahead:
            return False
        line = self._read()
        if line is None:
            return True
        self._ahead.append(line)
        return False

    def ask(self, prompt: str) -> str | None:
        """The next line, without its end; None when there is none any more. Raises KeyboardInterrupt."""
        if not self.is_typed:
            line = self._ahead.pop(0) if self._ahead else self._read()
            if line is not None:
                self.write(Text(f"{prompt}{line}"))
            return line
        with self._prompting(prompt):
            try:
                return input(prompt)
            except EOFError:
                self._console.print()
                return None

    def _read(self) -> str | None:
        line = self._given.readline() if self._given is not None else ""
        return line.rstrip("\r\n") if line else None

    @contextmanager
    def _prompting(self, prompt: str) -> Iterator[None]:
        with self._turn:
            self._asking = prompt
        try:
            yield
        finally:
            with self._turn:
                self._asking = None

    def break_in(self, show: Callable[[], None]) -> None:
        """Called by another thread: shows something above the prompt at which somebody may be typing.

        Where nobody is asked anything now, nothing is shown.
        """
        with self._turn:
            if self._asking is None:
                return
            self._raw("\r\x1b[K")
            show()
            typed = self._editing.get_line_buffer() if self._editing else ""
            self._raw(f"{self._asking}{typed}")

    def _raw(self, signs: str) -> None:
        self._console.file.write(signs)
        self._console.file.flush()

    def write(self, text: Text | str, style: str = "") -> None:
        """The console's own words, wrapped at the terminal's width."""
        whole = Text(text) if isinstance(text, str) else text
        whole.stylize(style)
        self._print(Paragraph(whole), "", "")

    def show(self, heading: str, pieces: Iterable[Piece]) -> None:
        """What somebody else says: a heading (or none) and paragraphs, beside a bar."""
        bar = BOT_BAR if self.is_screen else PLAIN_BAR
        if heading:
            self._print(Paragraph(Text(heading, "bold blue")), bar, "blue")
        for piece in pieces:
            paragraph = Paragraph(Text("─" * RULE_WIDTH, "dim")) if isinstance(piece, Rule) else piece
            self._print(paragraph, bar, "blue")

    def _print(self, paragraph: Paragraph, bar: str, bar_style: str) -> None:
        room = min(self._console.width, WIDEST) if self.is_screen else UNWRAPPED
        room = max(room - len(bar) - max(len(paragraph.first), len(paragraph.rest)), 10)
        lines = paragraph.text.wrap(self._console, room, tab_size=4) or [Text()]
        for at, line in enumerate(lines):
            line.rstrip()
            start = paragraph.rest if at else paragraph.first
            row = Text.assemble((bar, bar_style), start, line)
            row.rstrip()
            self._console.print(row, soft_wrap=True)

    def gap(self) -> None:
        """An empty line, where somebody reads along."""
        if self.is_screen:
            self._console.print()

    def pause(self, seconds: float) -> None:
        """Time to read; none where nobody watches. Raises KeyboardInterrupt."""
        if self.is_live:
            time.sleep(seconds)
