"""A reminder: what of one's own waits for an update, what the digest will say of it, and what to press."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.blocks.digest import speaker
from bot.blocks.digest_showing import Showing
from bot.blocks.message import (
    TEXT_UPDATED,
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    plain_text,
    section,
    sections,
    within_marked,
)
from bot.blocks.progress import OPEN_FORM
from bot.blocks.voice import slack_voice
from bot.wording.digest import lines_about, people_named
from bot.wording.names import Names
from bot.wording.reminders import entry_line, fate_words, headline, moment_words, reason_words
from bot.wording.voice import Teller
from commands.outlook import Fate, Item, Letter
from commands.reminding import Coming
from store.plan import Indicator

UNCHANGED = "reminder:unchanged"
DISOWN = "reminder:disown"
LATER = "reminder:later"
MOST_BUTTONS = 12
"""Entries that have buttons; the others are listed. With them a reminder stays under Slack's 50 blocks."""
MOST_LISTED = 60
LINE = 500
"""Characters of an entry that is only listed."""


def reminder(
    letter: Letter,
    *,
    number: int,
    zone: ZoneInfo,
    names: Names,
    called: Mapping[str, str],
    muted: Set[str],
) -> Message:
    """The reminder with that number on the record; times are told on the clock of `zone`.

    `called` are people's names by user id, `muted` those whom no digest mentions: the lines that a digest will post are
    told as they will be.
    """
    return _Writer(letter, number, zone, Showing(names, called=called), muted).message()


class _Writer:
    def __init__(self, letter: Letter, number: int, zone: ZoneInfo, showing: Showing, muted: Set[str]) -> None:
        self._letter = letter
        self._number = number
        self._zone = zone
        self._showing = showing
        self._muted = muted
        self._names = showing.names
        found = {item.coming for item in letter.open}
        self._shared = next(iter(found)) if len(found) == 1 else None
        """The digest that is about all of what is open, where that is one."""

    def message(self) -> Message:
        first = [headline(self._letter), *([self._announced(self._shared)] if self._shared else [])]
        today = self._letter.today
        settled = [one for one in self._letter.items if one.fate is not Fate.OPEN]
        done = [f"{escaped(one.key)}: {fate_words(one, today)}" for one in settled]
        blocks: list[Block] = [section(f"*{first[0]}*" + "".join(f"\n{line}" for line in first[1:]))]
        for at, item in enumerate(self._letter.open[:MOST_BUTTONS]):
            blocks += self._row(item, at)
        listed = [within_marked(self._said_of(item), LINE) for item in self._letter.open[:MOST_LISTED]]
        blocks += [section("*And these*"), *sections(listed[MOST_BUTTONS:])] if listed[MOST_BUTTONS:] else []
        rest = self._rest()
        blocks += [context(line) for line in rest]
        blocks += [context("\n".join(done))] if done else []
        blocks += self._foot()
        text = "\n".join([*first, *rest, *done, *listed])  # the list last: of a very long one, the end is cut off
        return Message(within_marked(text, TEXT_UPDATED), tuple(blocks))

    def _rest(self) -> list[str]:
        left_out = len(self._letter.open) - MOST_LISTED
        return [f"and {left_out} more; `{self._names.progress} mine` lists all of yours"] if left_out > 0 else []

    def _row(self, item: Item, at: int) -> Iterable[Block]:
        value = f"{self._number}|{item.key}"
        same = "No new figure" if isinstance(item.entry, Indicator) else "Nothing changed"
        yield section(self._said_of(item))
        yield actions(
            button("Update", f"{OPEN_FORM}:{at}", item.key, style="primary"),
            button(same, f"{UNCHANGED}:{at}", value),
            button("Not mine any more", f"{DISOWN}:{at}", value) | {"confirm": _sure(item)},
        )

    def _said_of(self, item: Item) -> str:
        """What the digest will say of the entry, word for word; how it stands where no digest names it."""
        why = reason_words(item, self._letter.today)
        said = self._in_digest(item)
        if said and item.coming:
            return "\n".join([*said, why if self._shared else f"{why}. {self._announced(item.coming)}"])
        line = entry_line(item.entry, Teller(slack_voice(self._letter.today))) if item.entry else escaped(item.key)
        return f"{line}\n{why}; no digest names it"

    def _in_digest(self, item: Item) -> tuple[str, ...]:
        if item.digest is None or item.coming is None:
            return ()
        mentioned = frozenset(people_named(item.digest)) - self._muted if item.coming.mentions else frozenset[str]()
        return lines_about(item.key, item.digest, speaker(item.digest, replace(self._showing, mentioned=mentioned)))

    def _announced(self, coming: Coming) -> str:
        when = moment_words(coming.at, self._zone)
        return f"The digest in <#{coming.channel}> on {when} will say what stands here, unless you update it before."

    def _foot(self) -> Iterable[Block]:
        if not self._letter.open:
            return
        progress, later = self._names.progress, self._letter.today + timedelta(days=30)
        picker = {"type": "datepicker", "action_id": LATER, "placeholder": plain_text("Remind me on …")}
        yield actions(picker) | {"block_id": f"{LATER}:{self._number}"}
        yield context(
            f"Or answer here in your own words: `60%, waiting on legal`, `{escaped(self._letter.open[0].key)} done`. "
            f"I ask before I keep it. `{progress} reminders off` turns these off, "
            f"`{progress} reminders until {later}` lets them rest."
        )


def _sure(item: Item) -> Block:
    return {
        "title": plain_text("Not yours any more?"),
        "text": plain_text(f"The plan's administrators are told that {item.key} needs another owner."),
        "confirm": plain_text("Tell them"),
        "deny": plain_text("Cancel"),
    }
