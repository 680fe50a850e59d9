"""Modals as prompts: each field is asked in turn, then the form is handed in."""

import json
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol, TypeVar

from rich.text import Text

from bot.console.drawing import Key, Paragraph, draw, key_of
from bot.console.fields import CLEAR, Reader, Unreadable
from bot.console.mrkdwn import Directory, as_typed
from bot.console.terminal import Terminal
from bot.console.workspace import Person, View
from bot.console.workspace.forms import LOOKED_UP
from bot.console.workspace.reading import INPUTS, Control, text_of

R = TypeVar("R")

CANCEL = "/cancel"
KEPT: Final = object()
"""Given for a field that is left as it is."""
MOST_LISTED = 30
"""Options that are listed; the others are found by a part of their text."""
ERROR_STYLE = "bold red"


class Act(Protocol):
    """Lets the person do something, and shows what comes of it; None where it was not possible."""

    def __call__(self, doing: Coroutine[Any, Any, R]) -> R | None:
        """Wait for it and for the bot's answer."""


class _Cancelled(Exception):
    """The person wants out of the form."""


class Prompter:
    """Asks one person for what modals ask."""

    def __init__(self, terminal: Terminal, person: Person, act: Act, reader: Reader, directory: Directory) -> None:
        self._terminal = terminal
        self._person = person
        self._act = act
        self._reader = reader
        self._directory = directory
        self._drawn: set[str] = set()

    def fill(self, view: View) -> None:
        """Ask for all that `view` asks, and hand it in; `/cancel`, Ctrl-C and the end of input close it."""
        how = f"Enter keeps what is in brackets, {CLEAR} clears, {CANCEL} closes" if view.fields else "Enter closes"
        self._terminal.show(as_typed(view.title), [Paragraph(Text(how, "dim"))])
        try:
            if view.submit:
                self._hand_in(view)
            else:
                self._ask_all(view, {}, {})
                raise _Cancelled
        except (_Cancelled, KeyboardInterrupt):
            self._act(self._person.closes(self._current(view)))
            self._terminal.write("Closed, nothing was handed in." if view.submit else "Closed.", "dim")

    def choose(self, control: Control) -> Any:
        """What a menu outside a form is to be set to; None where nothing is chosen."""
        try:
            value = self._read(control, "")
        except (_Cancelled, KeyboardInterrupt):
            return None
        return None if value is KEPT else value

    def _hand_in(self, view: View) -> None:
        given: dict[Key, Any] = {}
        errors: Mapping[str, str] = {}
        while True:
            view = self._ask_all(view, given, errors)
            answer = self._act(self._person.submits(view, _filled(view, given)))
            if answer is None or not answer.errors:
                return
            errors = answer.errors
            view = self._current(view)
            given = {key: KEPT for key in given if key[0] not in errors}
            if not any(control.block_id in errors for control in view.fields):
                self._terminal.write(" ".join(map(as_typed, errors.values())), ERROR_STYLE)
                self._line("Enter hands it in again: ")

    def _ask_all(self, view: View, given: dict[Key, Any], errors: Mapping[str, str]) -> View:
        """Ask for what is not given yet, and draw the rest; the view as it is then, since a choice may change it."""
        is_asking = True
        while is_asking:
            is_asking = False
            for block in view.blocks:
                control = self._show(view, block, given)
                if control is None:
                    continue
                changed = self._ask(view, control, given, errors.get(control.block_id))
                if changed is not None:
                    view, is_asking = changed, True
                    break
        return view

    def _show(self, view: View, block: Mapping[str, Any], given: Mapping[Key, Any]) -> Control | None:
        """Draw a block that was not drawn yet; the field or button in it that is still to be asked about."""
        looks = json.dumps({key: part for key, part in block.items() if key != "block_id"}, sort_keys=True)
        if looks not in self._drawn and block["type"] != "input":
            self._terminal.show("", draw([block], self._directory))
        self._drawn.add(looks)
        asked = (control for control in view.controls if control.block_id == block.get("block_id"))
        return next((control for control in asked if key_of(control) not in given), None)

    def _ask(self, view: View, control: Control, given: dict[Key, Any], error: str | None) -> View | None:
        """Ask for one field; the view anew where the answer was sent to the bot at once."""
        held = view.values.get(control.block_id, {}).get(control.action_id, {})
        value = self._answer(control, self._reader.shown(held), error, view)
        given[key_of(control)] = value
        if value is KEPT or not control.dispatches:
            return None
        press = self._person.clicks(
            view, action_id=control.action_id, block_id=control.block_id, value=value, within=None
        )
        self._act(press)
        return self._current(view)

    def _answer(self, control: Control, current: str, error: str | None, view: View) -> Any:
        if control.type not in INPUTS:
            pressed = self._line(f"[{as_typed(control.label)}] y presses it, Enter goes on: ")
            return None if pressed.casefold() in ("y", "yes") else KEPT
        if control.type == "file_input":
            self._terminal.write(f"{as_typed(control.label)}: a file cannot be chosen here.", "dim")
            return KEPT
        hint = next((text_of(block.get("hint")) for block in view.blocks if block["block_id"] == control.block_id), "")
        if control.type in LOOKED_UP:
            return self._look_up(view, control, current, hint, error)
        return self._read(control, current, hint, error)

    def _look_up(self, view: View, control: Control, current: str, hint: str, error: str | None) -> Any:
        """One of the options that the bot names for what is typed; asked again until that is one."""
        shown = self._with_options(view, control, "")
        self._introduce(shown, hint, error)
        while True:
            typed = self._line(_prompt(control, current))
            if not typed or (typed == CLEAR and control.optional):
                return KEPT if not typed else None
            if _numbered(shown, typed):
                return shown.options[int(typed) - 1]
            found = self._with_options(view, control, typed)
            if len(found.options) == 1:
                return found.options[0]
            if found.options:
                shown = found
                self._introduce(shown, "", None)
            else:
                self._terminal.write(f"{typed} cannot be taken here: there is nothing like it.", ERROR_STYLE)

    def _with_options(self, view: View, control: Control, typed: str) -> Control:
        found = self._act(self._person.looks_up(view, typed=typed, action_id=control.action_id)) or ()
        return replace(control, element={**control.element, "options": found})

    def _read(self, control: Control, current: str, hint: str = "", error: str | None = None) -> Any:
        """What the person wants the control to hold; asked again until it can be read."""
        self._introduce(control, hint, error)
        while True:
            typed = self._line(_prompt(control, current))
            if not typed:
                return KEPT
            try:
                return self._reader.value(control, typed)
            except Unreadable as slip:
                self._terminal.write(f"{typed} cannot be taken here: {slip}.", ERROR_STYLE)

    def _introduce(self, control: Control, hint: str, error: str | None) -> None:
        pieces = []
        if error:
            pieces.append(Paragraph(Text(f"✗ {as_typed(error)}", ERROR_STYLE)))
        pieces += [Paragraph(Text(as_typed(words), "dim")) for words in (hint, _placeholder(control)) if words]
        for number, option in enumerate(control.options[:MOST_LISTED], start=1):
            text = Text(as_typed(text_of(option["text"])))
            if option.get("description"):
                text.append(f" ({as_typed(text_of(option['description']))})", "dim")
            pieces.append(Paragraph(text, f"{number:>2} ", "   "))
        if len(control.options) > MOST_LISTED:
            more = f"and {len(control.options) - MOST_LISTED} more: type a part of the text"
            pieces.append(Paragraph(Text(more, "dim")))
        self._terminal.show(as_typed(control.label), pieces)

    def _line(self, prompt: str) -> str:
        line = self._terminal.ask(prompt)
        if line is None or line.strip() == CANCEL:
            raise _Cancelled
        return line.strip()

    def _current(self, view: View) -> View:
        async def look() -> View | None:
            return self._person.modal

        return self._act(look()) or view


def _filled(view: View, given: Mapping[Key, Any]) -> dict[str, Any]:
    """What was typed for the fields that the view has now."""
    return {
        control.block_id: given[key_of(control)]
        for control in view.fields
        if given.get(key_of(control), KEPT) is not KEPT
    }


def _prompt(control: Control, current: str) -> str:
    held = f" [{current}]" if current else " (optional)" if control.optional else ""
    return f"{as_typed(control.label)}{held}: "


def _numbered(control: Control, typed: str) -> bool:
    """Whether what is typed is the number of an option that is listed, and not a piece of one's text."""
    return typed.isdecimal() and 1 <= int(typed) <= min(len(control.options), MOST_LISTED)


def _placeholder(control: Control) -> str:
    return text_of(control.element.get("placeholder")) if not control.options else ""
