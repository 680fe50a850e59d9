"""What a line typed at the console means: one of the console's own words, a slash command, a button, or a question."""

from collections.abc import Callable

from rich.text import Text

from bot.console.cast import USER_ID, Role, find
from bot.console.drawing import Paragraph
from bot.console.seat import Seat
from bot.console.terminal import Terminal
from bot.settings import CommandNames

HELP = (
    ("what are our values", "say it to planbot; in a channel it is a mention"),
    ("{plan} …, {progress} …, {digest} …", "planbot's slash commands; each has a help"),
    ("1", "press the button with that number"),
    ("/as NAME", "speak as somebody else: user id, @handle or part of the name"),
    ("/people", "who there is, and what they own"),
    ("/in #strategy, /dm", "speak in a channel, or in the direct message again"),
    ("/home", "look at the App Home"),
    ("/shortcut NAME", "use one of planbot's shortcuts; alone, it lists them"),
    ("/quit", "leave; so does Ctrl-D"),
)


class Leave(Exception):
    """The person wants to leave."""


class Chat:
    """Takes line after line."""

    def __init__(self, terminal: Terminal, seat: Seat, names: CommandNames) -> None:
        self._terminal = terminal
        self._seat = seat
        self._names = names
        self._own: dict[str, Callable[[str], None]] = {
            "/as": self._speak_as,
            "/people": self._show_people,
            "/in": self._speak_in,
            "/dm": self._speak_directly,
            "/home": lambda _: seat.open_home(),
            "/shortcut": self._use_shortcut,
            "/shortcuts": self._use_shortcut,
            "/help": self._help,
            "/quit": self._leave,
            "/exit": self._leave,
        }

    def run(self) -> None:
        """Until the lines end or one of them says to leave. Raises KeyboardInterrupt."""
        while True:
            self._seat.show_news()
            self._terminal.gap()
            line = self._terminal.ask(self._seat.prompt)
            if line is None:
                return
            try:
                self.take(line)
            except Leave:
                return

    def take(self, line: str) -> None:
        """Do what the line says. Raises Leave."""
        line = line.strip()
        word, _, rest = line.partition(" ")
        if not line:
            return
        if word in (self._names.plan, self._names.progress, self._names.digest):
            self._type_command(word, line)
        elif word.casefold() in self._own:
            self._own[word.casefold()](rest.strip())
        elif word.startswith("/"):
            self._terminal.write(f"There is no command {word} here: /help lists what there is.")
        elif line.isdecimal() and len(line) < 4:
            self._seat.press(int(line))
        else:
            self._seat.say(line)

    def _type_command(self, word: str, line: str) -> None:
        place = self._seat.place
        if place is None and word == self._names.digest:
            place = self._seat.stage.strategy
            self._terminal.write(f"(typed in #{place.name}, since a digest belongs to a channel)", "dim")
        self._seat.type_command(line, place)

    def _speak_as(self, typed: str) -> None:
        if not typed:
            self._terminal.write("Say who: /as and a user id, an @handle or part of a name. /people lists everyone.")
            return
        role = role_meant(self._terminal, self._seat, typed)
        if role is not None:
            self._seat.become(role)
            self._terminal.write(f"You speak as {described(role)}.")

    def _show_people(self, _: str) -> None:
        rows = [Paragraph(Text(described(role)), rest="    ") for role in self._seat.roles]
        self._terminal.show("People", rows)

    def _speak_in(self, typed: str) -> None:
        channels = {channel.name: channel for channel in self._seat.stage.workspace.channels}
        named = channels.get(typed.removeprefix("#"))
        if named is None:
            known = ", ".join(f"#{name}" for name in channels)
            self._terminal.write(f"There is no channel {typed or 'without a name'}; there is {known}.")
            return
        self._seat.enter(named)
        self._terminal.write(f"You speak in #{named.name}; what you say there mentions planbot.")

    def _speak_directly(self, _: str) -> None:
        self._seat.place = None
        self._terminal.write("You speak to planbot directly.")

    def _use_shortcut(self, typed: str) -> None:
        known = self._seat.shortcuts
        named = [one for one in known if typed and typed.casefold() in one.name.casefold()]
        if len(named) == 1:
            self._seat.use_shortcut(named[0])
            return
        on = {"global": "from anywhere", "message": "on the last message that somebody said here"}
        rows = [Paragraph(Text.assemble((one.name, "bold"), f"  {on[one.kind]}"), rest="    ") for one in known]
        self._terminal.show("Shortcuts: /shortcut and a piece of the name", rows)

    def _help(self, _: str) -> None:
        names = {"plan": self._names.plan, "progress": self._names.progress, "digest": self._names.digest}
        rows = [
            Paragraph(Text.assemble((typed.format(**names), "bold"), f"  {does}"), rest="    ") for typed, does in HELP
        ]
        self._terminal.show("What you can type", rows)

    def _leave(self, _: str) -> None:
        raise Leave


def role_meant(terminal: Terminal, seat: Seat, typed: str) -> Role | None:
    """Who is meant; a user id that nobody has joins the workspace. Says so where nobody, or not one alone, is meant."""
    meant = find(tuple(seat.roles), typed)
    if len(meant) == 1:
        return meant[0]
    if not meant and USER_ID.fullmatch(typed):
        return seat.admit(typed)
    people = ", ".join(f"{role.person.real_name} ({role.person.id})" for role in meant or seat.roles)
    told = f"{typed} may be several" if meant else f"Nobody here is called {typed}; there are"
    terminal.write(f"{told}: {people}." if meant else f"{told} {people}.")
    return None


def described(role: Role) -> str:
    """A person in one line: name, handle, id, what they own."""
    person = role.person
    address = f", {role.reference}" if role.reference and "@" in role.reference else ""
    owns = " and ".join(filter(None, (", ".join(role.owns[:-1]), *role.owns[-1:]))) or "nothing in the plan"
    administers = "a plan administrator " if role.is_administrator else ""
    return f"{person.real_name} (@{person.name}, {person.id}{address}), {administers}who owns {owns}"
