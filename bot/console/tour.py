"""The tour: what planbot does, in a few steps on the example plan."""

from dataclasses import dataclass

from bot.console.cast import find
from bot.console.chatting import Chat
from bot.console.seat import Seat
from bot.console.terminal import Terminal
from bot.settings import CommandNames

READING_SECONDS = 2.5
OWNER = "U07BEAULI"
COLLEAGUE = "U06NGUYEN"
MEMBER = "@alex"


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown, who does it, and the line that they type."""

    tells: str
    speaker: str
    line: str


def steps(names: CommandNames) -> tuple[Step, ...]:
    """The steps, in order."""
    return (
        Step("A member asks in everyday words.", MEMBER, "how are we doing on safer streets?"),
        Step("Misspelt words are understood.", MEMBER, "who is responsable for the frod portal"),
        Step("What the plan does not hold, planbot does not make up.", MEMBER, "what is the parking fee downtown?"),
        Step(
            "Where it is not sure, it offers what may be meant.",
            MEMBER,
            "how about use of force",
        ),
        Step("A number presses the button.", MEMBER, "1"),
        Step(
            "An owner reports progress in one line.",
            OWNER,
            f"{names.progress} A-06 60% on track: two night nurses start in January",
        ),
        Step("Nobody else can, and planbot says whom to ask.", COLLEAGUE, f"{names.progress} A-06 90%"),
        Step("The App Home has the plan and one's own actions.", OWNER, "/home"),
        Step("A channel subscribes to a weekly digest.", OWNER, f"{names.digest} weekly monday 09:00"),
        Step("The digest tells what moved: the update just made is in it.", OWNER, f"{names.digest} preview"),
    )


class Tour:
    """Plays the steps."""

    def __init__(self, terminal: Terminal, seat: Seat, names: CommandNames) -> None:
        self._terminal = terminal
        self._seat = seat
        self._names = names

    def play(self) -> None:
        """Every step, with time to read where somebody watches; Ctrl-C ends the tour."""
        chat = Chat(self._terminal, self._seat, self._names)
        begun_by = self._seat.role
        all_steps = steps(self._names)
        try:
            for number, step in enumerate(all_steps, start=1):
                self._terminal.write("")
                self._terminal.write(f"{number}/{len(all_steps)}  {step.tells}", "bold")
                self._seat.become(find(tuple(self._seat.roles), step.speaker)[0])
                self._terminal.write(f"{self._seat.prompt}{step.line}")
                chat.take(step.line)
                self._terminal.pause(READING_SECONDS)
        except KeyboardInterrupt:
            self._terminal.write("The tour ends here.")
        self._terminal.write("")
        self._seat.become(begun_by)
