"""The lists of a digest as rows of mrkdwn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.wording.age import action_sign
from bot.wording.digest import (
    attention_line,
    briefly,
    confirmed_words,
    due_line,
    due_words,
    movement_line,
    quiet_line,
    reason_words,
)
from bot.wording.digest_beside import measured_line, measured_words
from bot.wording.digest_period import this_period
from bot.wording.digest_voice import Speaker
from bot.wording.names import Names
from bot.wording.progress import state_words
from bot.wording.status import sign
from bot.wording.voice import one_line
from commands.digest import MOST_NAMED, Digest, Movement

NOTE = 400
"""Characters of a note in the first message, with what makes it safe."""
BRIEF_NOTE = 140
"""Characters of a note in the thread."""
NOTE_READ = 1_000
"""Characters of a note that are looked at; no more of it is ever shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; everything in it is mrkdwn."""

    line: str
    """Without its note and its sign, as screen readers get it."""
    brief: str
    """As `line`, where there is room for a few words."""
    sign: str = ""
    note: str = ""
    brief_note: str = ""
    """Of the note what the thread shows."""
    group: str = ""
    """The title of the priority that it stands under."""

    def shown(self, *, is_brief: bool = False) -> str:
        """The row with its note below it."""
        note = self.brief_note if is_brief else self.note
        return f"{self.sign} {self.line}".lstrip() + (f"\n> {note}" if note else "")


@dataclass(frozen=True, slots=True)
class Part:
    """A list."""

    title: str
    rows: tuple[Row, ...]
    """At most `MOST_NAMED`."""
    total: int
    ask: str = ""
    """What shows those that have no row."""
    is_run_in: bool = False
    """Whether its rows stand in one sentence."""
    room: int = 1_700
    """Characters that it may take in the first message."""

    @property
    def left_out(self) -> int:
        """How many have no row."""
        return self.total - len(self.rows)


def parts(digest: Digest, speaker: Speaker, names: Names) -> tuple[Part, ...]:
    """The digest's lists in their order, without those that are empty."""
    ask = f"ask `{names.plan} "
    found = (
        Part(
            f"Moved {this_period(digest)}",
            tuple(_moved(digest, speaker, names)),
            len(digest.moved),
            f"{ask}what changed recently`",
            room=2_800,
        ),
        Part("Not heard of for longest", tuple(_quietest(digest, speaker)), len(digest.quietest)),
        Part(
            "Confirmed, no change",
            tuple(_confirmed(digest, speaker)),
            len(digest.confirmed),
            is_run_in=True,
            room=1_000,
        ),
        Part(
            "Needs attention",
            tuple(_attention(digest, speaker)),
            len(digest.attention),
            f"{ask}what is overdue` or {ask}what is at risk`",
        ),
        Part(
            "Due in the next two weeks",
            tuple(_due_soon(digest, speaker)),
            len(digest.due_soon),
            f"{ask}what is due soon`",
        ),
        Part(
            f"Measured {this_period(digest)}",
            tuple(_measured(digest, speaker)),
            len(digest.measured),
            f"{ask}indicators`",
        ),
    )
    return tuple(part for part in found if part.rows)


def grouped(rows: Sequence[Row], *, is_brief: bool = False) -> tuple[str, ...]:
    """The rows in mrkdwn, those of one priority together under its title."""
    titles = list(dict.fromkeys(row.group for row in rows))
    ordered = sorted(rows, key=lambda row: titles.index(row.group))
    found = []
    for title, within in groupby(ordered, key=lambda row: row.group):
        shown = [row.shown(is_brief=is_brief) for row in within]
        found += [f"_{title}_\n{shown[0]}", *shown[1:]] if title else shown
    return tuple(found)


def _moved(digest: Digest, speaker: Speaker, names: Names) -> Iterator[Row]:
    named = digest.moved[:MOST_NAMED]
    is_of_one = digest.scope is not None and len({one.priority for one in named}) == 1
    for one in named:
        after = one.after.status
        yield Row(
            movement_line(one, speaker),
            briefly(one.action, state_words(one.after), speaker),
            sign=sign(after),
            note=_note(one, NOTE, speaker, names),
            brief_note=_note(one, BRIEF_NOTE, speaker, names),
            group="" if is_of_one else speaker.fitted(one.priority, BRIEF_NOTE),
        )


def _note(movement: Movement, most: int, speaker: Speaker, names: Names) -> str:
    """A note, or its beginning with where the whole of it is."""
    words = one_line(movement.note or "", NOTE_READ)
    shown = speaker.fitted(words, most)
    if shown == speaker.tell.plain(words, NOTE_READ):
        return shown
    return f"{shown} [cut here: `{names.progress} {movement.action.key} history` has all of it]"


def _attention(digest: Digest, speaker: Speaker) -> Iterator[Row]:
    for one in digest.attention[:MOST_NAMED]:
        yield Row(
            attention_line(one, speaker),
            briefly(one.action, reason_words(one, speaker), speaker),
            sign=action_sign(one.action),
        )


def _due_soon(digest: Digest, speaker: Speaker) -> Iterator[Row]:
    for one in digest.due_soon[:MOST_NAMED]:
        yield Row(due_line(one, speaker), briefly(one, due_words(one), speaker), sign=action_sign(one))


def _quietest(digest: Digest, speaker: Speaker) -> Iterator[Row]:
    for one in digest.quietest[:MOST_NAMED]:
        yield Row(quiet_line(one, speaker), one.key, sign=action_sign(one))


def _confirmed(digest: Digest, speaker: Speaker) -> Iterator[Row]:
    for one in digest.confirmed[:MOST_NAMED]:
        yield Row(confirmed_words(one, speaker), one.key)


def _measured(digest: Digest, speaker: Speaker) -> Iterator[Row]:
    for one in digest.measured[:MOST_NAMED]:
        yield Row(measured_line(one, speaker), measured_words(one, speaker))
