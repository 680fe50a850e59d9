"""A channel's digest."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.blocks.digest_buttons import digest_buttons
from bot.blocks.digest_showing import Posts, Showing
from bot.blocks.message import Block, Message, context, divider, escaped, header, quote, section, sections, within
from bot.blocks.voice import slack_voice
from bot.wording.dates import day
from bot.wording.digest import (
    attention_line,
    confirmed_line,
    counts_words,
    due_line,
    headline,
    movement_line,
    period_words,
    quiet_line,
)
from bot.wording.names import Names
from bot.wording.status import SIGNS, WORDS
from bot.wording.voice import Teller
from commands.digest import Digest, Movement
from store.plan import Status

MOST_SHOWN = 10
"""Rows of a part that fit on a phone; how many more there are is said."""
NOTE_SHOWN = 300
BAR = 20
"""Characters of a text bar."""


def digest_posts(digest: Digest, showing: Showing) -> Posts:
    """The digest as it is shown here."""
    first = digest_message(digest, names=showing.names, late_for=showing.late_for, is_preview=showing.is_preview)
    buttons = [digest_buttons(showing.delivery)] if showing.delivery is not None else []
    return Posts(first.ending(*buttons))


def digest_message(
    digest: Digest, *, names: Names, late_for: datetime | None = None, is_preview: bool = False
) -> Message:
    """The digest; `late_for` is the time at which it should have come, if that was well before now."""
    title = digest.scope or digest.about.title
    tell = Teller(slack_voice(digest.today))
    blocks: list[Block] = [
        header(f"Weekly digest: {title}"),
        *_remarks(digest, late_for, is_preview),
        section(f"*{headline(digest)}*"),
        *_standing(digest),
        *_moved(digest, tell, names),
        *([context(confirmed_line(digest, tell, MOST_SHOWN))] if digest.confirmed else []),
        *_part("Needs attention", [attention_line(one, tell) for one in digest.attention]),
        *_part("Due in the next two weeks", [due_line(one, tell) for one in digest.due_soon]),
        *_part("Quietest", [quiet_line(one, tell) for one in digest.quietest]),
        context(
            f"{escaped(digest.about.title)} · {period_words(digest)} · "
            f"ask `{names.plan} what is overdue` · report with `{names.progress}`"
        ),
    ]
    return Message(_text(digest, title, tell), tuple(blocks))


def _remarks(digest: Digest, late_for: datetime | None, is_preview: bool) -> Iterable[Block]:
    if is_preview:
        yield context("A preview: only you see it.")
    if late_for is not None:
        due = late_for.astimezone(digest.about.zone)
        yield context(f"This comes late: it was due on {day(due.date())} at {due:%H:%M} ({digest.about.timezone}).")


def _standing(digest: Digest) -> Iterable[Block]:
    if not digest.counts:
        return
    most = max(count for _, count in digest.counts)
    rows = [f"{_bar(count, most)} {count} {WORDS[status]} {SIGNS[status]}" for status, count in digest.counts]
    yield section(f"{counts_words(digest)}\n```{chr(10).join(rows)}```")


def _bar(count: int, most: int) -> str:
    return ("█" * max(1, round(BAR * count / most))).ljust(BAR)


def _moved(digest: Digest, tell: Teller, names: Names) -> Iterable[Block]:
    if not digest.moved:
        return
    yield divider()
    yield section("*Moved*")
    for priority, movements in _by_priority(digest.moved[:MOST_SHOWN]):
        if not digest.scope:
            yield context(escaped(priority))
        for movement in movements:
            yield section(f"{SIGNS[movement.after.status or Status.NOT_STARTED]} {movement_line(movement, tell)}")
            if movement.note:
                yield quote(_shown_of(movement.note, movement.action.key, names))
    if len(digest.moved) > MOST_SHOWN:
        yield context(f"and {len(digest.moved) - MOST_SHOWN} more that moved")


def _shown_of(note: str, key: str, names: Names) -> str:
    """A note, or its beginning with where the whole of it is."""
    if len(note) <= NOTE_SHOWN:
        return note
    return f"{within(note, NOTE_SHOWN)} [cut here: {names.progress} {key} history has all of it]"


def _by_priority(moved: Sequence[Movement]) -> list[tuple[str, list[Movement]]]:
    grouped: dict[str, list[Movement]] = {}
    for movement in moved:
        grouped.setdefault(movement.priority, []).append(movement)
    return list(grouped.items())


def _part(title: str, lines: Sequence[str]) -> Iterable[Block]:
    if not lines:
        return
    yield divider()
    more = [f"_and {len(lines) - MOST_SHOWN} more_"] if len(lines) > MOST_SHOWN else []
    yield from sections([f"*{title}*", *lines[:MOST_SHOWN], *more])


def _text(digest: Digest, title: str, tell: Teller) -> str:
    """What notifications and screen readers get: the headline, the counts, and every line of the parts."""
    parts = (
        [movement_line(one, tell) for one in digest.moved[:MOST_SHOWN]],
        [attention_line(one, tell) for one in digest.attention[:MOST_SHOWN]],
        [due_line(one, tell) for one in digest.due_soon[:MOST_SHOWN]],
    )
    named = ("Moved", "Needs attention", "Due in the next two weeks")
    lines = [f"Weekly digest: {escaped(title)}", headline(digest), counts_words(digest)]
    lines += [confirmed_line(digest, tell, MOST_SHOWN)] if digest.confirmed else []
    for name, part in zip(named, parts, strict=True):
        lines += [f"{name}:", *part] if part else []
    return "\n".join(lines)
