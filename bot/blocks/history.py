"""The history of an action or an indicator, a page at a time, and one report of it whole."""

from typing import Any
from zoneinfo import ZoneInfo

from bot.blocks.message import (
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    link,
    plain_text,
    quote,
    quotes,
    section,
)
from bot.blocks.voice import slack_voice
from bot.wording.history import page_words, told_lines
from bot.wording.names import Names
from commands.progress.looking import Page, Told, ref_to
from commands.progress.undoing import Recorded
from store.measurements import RecordedMeasurement

NEWER = "progress:history:newer"
OLDER = "progress:history:older"
CORRECT = "progress:correct"
WHOLE = "progress:whole"
SHOWN = 700
"""Characters of a note that a page shows; the rest is one press away."""


def history_page(page: Page, zone: ZoneInfo, names: Names) -> Message:
    """Ten reports, the last recorded first, with a way to the others; `zone` is the viewer's."""
    title = escaped(f"{page.entry.key} {page.entry.title}")
    if not page.told:
        words = f"Nobody has reported on {title} yet."
        return Message(words, (section(words),))
    head = f"*{title}*: {page_words(page)}"
    rows = [block for at, told in enumerate(page.told) for block in _row(at, told, page, zone)]
    turning = _turning(page)
    foot = context(
        f"Times are yours ({escaped(zone.key)}). `{names.progress} {escaped(page.entry.key)} history` shows this."
    )
    lines = [" ".join(told_lines(told, page, slack_voice(), zone)) for told in page.told]
    return Message("\n".join((head, *lines)), (section(head), *rows, *turning, foot))


def whole_report(page: Page, zone: ZoneInfo) -> dict[str, Any]:
    """A view of one report with every word of it; the page holds it alone."""
    (told,) = page.told
    words = quotes(words_of(told.recorded))
    title = section(f"*{escaped(f'{page.entry.key} {page.entry.title}')}*")
    lines = section("\n".join(told_lines(told, page, slack_voice(), zone)))
    return {
        "type": "modal",
        "title": plain_text("What was reported"),
        "close": plain_text("Close"),
        "blocks": [title, lines, *words[:MOST_QUOTES], *_evidence(told.recorded)],
    }


MOST_QUOTES = 90
"""Paragraphs of 3,000 characters that fit a view beside the rest: more than any message that Slack takes."""


def words_of(recorded: Recorded) -> str:
    """What a person wrote in a report."""
    value = recorded.value if isinstance(recorded, RecordedMeasurement) else None
    return "\n\n".join(part for part in (value if isinstance(value, str) else "", recorded.note) if part)


def _row(at: int, told: Told, page: Page, zone: ZoneInfo) -> tuple[Block, ...]:
    lines, words = told_lines(told, page, slack_voice(), zone), words_of(told.recorded)
    ref, buttons = str(ref_to(told.recorded)), []
    cut = len(words) > SHOWN
    if cut:
        buttons.append(button("Read all of it", f"{WHOLE}:{at}", ref))
    if told.may_correct:
        buttons.append(button("Correct", f"{CORRECT}:{at}", ref))
    shown = f"{words[:SHOWN].rstrip()} …" if cut else words
    small = [f"Cut here: {len(words) - SHOWN:,} more characters."] if cut else []
    small += [f"Evidence: {link(told.recorded.evidence)}"] if told.recorded.evidence else []
    return (
        section("\n".join(lines)),
        *((quote(shown),) if shown else ()),
        *((context(*small),) if small else ()),
        *((actions(*buttons),) if buttons else ()),
    )


def _evidence(recorded: Recorded) -> tuple[Block, ...]:
    return (context(f"Evidence: {link(recorded.evidence)}"),) if recorded.evidence else ()


def _turning(page: Page) -> tuple[Block, ...]:
    buttons = []
    if page.number > 1:
        buttons.append(button("Newer", NEWER, f"{page.entry.key}|{page.number - 1}"))
    if page.number < page.pages:
        buttons.append(button("Older", OLDER, f"{page.entry.key}|{page.number + 1}"))
    return (actions(*buttons),) if buttons else ()
