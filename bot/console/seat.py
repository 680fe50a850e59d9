"""Where one sits at the console: who speaks and in which place, what they do, and what they come to see of it."""

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.console.background import Background
from bot.console.cast import Role, stranger
from bot.console.drawing import Key, draw, key_of
from bot.console.fields import Reader
from bot.console.mrkdwn import Directory, formatted
from bot.console.prompting import Prompter
from bot.console.stage import Stage
from bot.console.terminal import Terminal
from bot.console.workspace import Channel, NotPossibleError, NotSeenError, Person, SeenMessage, View
from bot.console.workspace.app import Shortcut
from bot.console.workspace.reading import Control

R = TypeVar("R")

ANSWER_SECONDS = 15.0
MENUS = ("static_select", "radio_buttons", "overflow", "multi_static_select", "checkboxes")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A button or menu that was drawn with a number."""

    surface: SeenMessage | View
    control: Control


class Seat:
    """The person at the terminal."""

    def __init__(self, terminal: Terminal, background: Background[Stage], role: Role) -> None:
        self._terminal = terminal
        self._background = background
        self.stage = background.opened
        self.roles = list(self.stage.roles)
        self.role = role
        self.place: Channel | None = None
        self._numbered: list[Numbered] = []
        self._is_new_turn = True
        self._shown: dict[tuple[str, str], str] = {}

    @property
    def person(self) -> Person:
        """Who speaks."""
        return self.role.person

    @property
    def prompt(self) -> str:
        """What stands before the line that they type."""
        return f"{self.person.real_name}{f' #{self.place.name}' if self.place else ''}> "

    @property
    def directory(self) -> Directory:
        """What the ids in messages stand for."""
        people = {role.person.id: role.person.real_name for role in self.roles}
        bot = self.stage.workspace.bot
        channels = {channel.id: channel.name for channel in self.stage.workspace.channels}
        return Directory({**people, bot.id: bot.real_name}, channels)

    def become(self, role: Role) -> None:
        """From now on this person speaks; what they have not read yet is shown."""
        if role is self.role:
            return
        self.role = role
        self._numbered.clear()
        if self.place:
            self.enter(self.place)
        self.show_news()

    def admit(self, user_id: str) -> Role:
        """Make somebody whom the plan does not name a member."""

        async def come() -> Role:
            return stranger(self.stage.workspace, user_id, self.stage.plan)

        role = self._background.call(come())
        self.roles.append(role)
        return role

    def enter(self, channel: Channel) -> None:
        """From now on they speak in this channel."""

        async def join() -> None:
            self.person.joins(channel)

        self._background.call(join())
        self.place = channel

    def say(self, words: str) -> None:
        """Say something to the bot: in its direct message, or by a mention in the channel."""
        place = self.place

        async def speak() -> None:
            if place is None:
                self.person.says(self.person.dm, words)
            else:
                self.person.mentions(place, words)

        self._take_turn(speak())

    def type_command(self, line: str, place: Channel | None) -> None:
        """Type one of the bot's slash commands, in `place` or else in the direct message."""
        self._take_turn(self.person.types(line, channel=place, within=None))

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The bot's shortcuts."""
        return self.stage.workspace.app.shortcuts

    def use_shortcut(self, shortcut: Shortcut) -> None:
        """Use a shortcut; one of messages on what was said last before the person, by a person, in this place."""
        if shortcut.kind == "global":
            self._take_turn(self.person.uses_shortcut(shortcut.callback_id, within=None))
            return
        message = self._said_last()
        if message is None:
            self._terminal.write("Nobody has said anything here yet that it could be used on.")
            return
        self._terminal.write(f"(used on “{formatted(message.text, self.directory).plain}”)", "dim")
        self._take_turn(self.person.uses_shortcut(shortcut.callback_id, message=message, within=None))

    def _said_last(self) -> SeenMessage | None:
        place = self.place

        async def look() -> SeenMessage | None:
            said = self.person.messages(place or self.person.dm)
            return next((one for one in reversed(said) if not _is_from_slack(one)), None)

        return self._background.call(look())

    def open_home(self) -> None:
        """Look at the App Home."""
        person = self.person
        self.act(person.opens_home(within=None))

        async def look() -> View | None:
            return person.home

        view = self._background.call(look())
        if view is None:
            self._terminal.write("planbot has published no App Home.")
        else:
            self._is_new_turn = True
            pieces = draw(view.blocks, self.directory, self._number(view))
            self._terminal.show(f"App Home of {person.real_name}", pieces)

    def press(self, number: int) -> None:
        """Press the button, or choose from the menu, that was drawn with that number."""
        if not 1 <= number <= len(self._numbered):
            self._terminal.write(f"There is no button {number} now.")
            return
        pressed = self._numbered[number - 1]
        if not self._is_meant(pressed.control):
            return
        value = self._choice(pressed.control)
        if pressed.control.type in MENUS and value is None:
            return
        control = pressed.control
        self._take_turn(
            self.person.clicks(
                pressed.surface, action_id=control.action_id, block_id=control.block_id, value=value, within=None
            )
        )
        if control.url:
            self._terminal.write(f"The button leads to {control.url}")

    def _is_meant(self, control: Control) -> bool:
        """Ask what a button asks before it is sent."""
        asked = control.element.get("confirm")
        if not asked:
            return True
        self._terminal.show("", draw([{"type": "section", "text": asked["text"]}], self.directory))
        answer = self._terminal.ask(f"{asked['confirm']['text']} [y/N]: ")
        return (answer or "").strip().casefold() in ("y", "yes")

    def _choice(self, control: Control) -> Any:
        """What a menu is set to; None for a button, and where nothing was chosen."""
        return self._prompter().choose(control) if control.type in MENUS else None

    def _take_turn(self, doing: Coroutine[Any, Any, Any]) -> None:
        self._is_new_turn = True
        self.act(doing)
        is_seen = not self._is_new_turn
        while (view := self._modal()) is not None:
            is_seen = True
            self._prompter().fill(view)
        if not is_seen:
            self._terminal.write("(planbot showed nothing new.)", "dim")

    def act(self, doing: Coroutine[Any, Any, R]) -> R | None:
        """Do something as the person, and show what comes of it; None where it was not possible."""
        done = None
        try:
            done = self._background.call(doing)
        except NotPossibleError:
            self._terminal.write("That is no longer there to press.")
        except NotSeenError:
            self._terminal.write("planbot did not answer.")
        is_settled = self._background.call(self.stage.settle(ANSWER_SECONDS))
        self.show_news()
        if not is_settled:
            self._terminal.write(f"planbot is still at it after {ANSWER_SECONDS:g} seconds.")
        return done

    def show_news(self) -> None:
        """Show what the person can read and has not been shown."""

        async def look() -> list[tuple[SeenMessage, bool]]:
            return self._news()

        for message, is_changed in self._background.call(look()):
            self._show(message, is_changed)

    async def watch(self, wait: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Show what comes while nobody has asked for it, looking again each time that `wait` is over.

        To be run in the background's event loop.
        """
        while True:
            await wait()
            if self._has_news():
                self._terminal.break_in(self._show_all_news)

    def _show_all_news(self) -> None:
        for message, is_changed in self._news():
            self._show(message, is_changed)

    def _unread(self) -> list[tuple[SeenMessage, str]]:
        messages = [(message, _looks(message)) for message in self.person.messages() if _is_from_slack(message)]
        return [(one, looks) for one, looks in messages if self._shown.get((one.channel, one.ts)) != looks]

    def _has_news(self) -> bool:
        return bool(self._unread())

    def _news(self) -> list[tuple[SeenMessage, bool]]:
        news = []
        for message, looks in self._unread():
            news.append((message, (message.channel, message.ts) in self._shown))
            self._shown[message.channel, message.ts] = looks
        return news

    def _show(self, message: SeenMessage, is_changed: bool) -> None:
        where = self.directory.channels.get(message.channel)
        notes = [f"#{where}" if where else "", "in the thread" if where and message.thread_ts else ""]
        notes += ["only you see this" if message.ephemeral else "", "changed" if is_changed else ""]
        blocks = message.blocks or ({"type": "section", "text": {"type": "mrkdwn", "text": message.text}},)
        heading = " · ".join(["planbot" if message.by_app else "Slack", *filter(None, notes)])
        self._terminal.show(heading, draw(blocks, self.directory, self._number(message)))

    def _number(self, surface: SeenMessage | View) -> dict[Key, int]:
        """Numbers for what can be pressed; what a turn shows first takes the numbers of the turn before away."""
        if self._is_new_turn:
            self._numbered.clear()
            self._is_new_turn = False
        first = len(self._numbered) + 1
        self._numbered += [Numbered(surface, control) for control in surface.controls]
        return {key_of(control): number for number, control in enumerate(surface.controls, start=first)}

    def _modal(self) -> View | None:
        async def look() -> View | None:
            return self.person.modal

        return self._background.call(look())

    def _prompter(self) -> Prompter:
        reader = Reader(self.roles, self.directory, self.person.tz)
        return Prompter(self._terminal, self.person, self.act, reader, self.directory)


def _is_from_slack(message: SeenMessage) -> bool:
    """Of the bot, or of Slack itself, which speaks to one person alone."""
    return message.by_app or message.ephemeral


def _looks(message: SeenMessage) -> str:
    return json.dumps([message.text, message.blocks], sort_keys=True)
