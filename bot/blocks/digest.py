"""A channel's digest: a summary that reads well on a phone, and the rest for its thread."""

from collections.abc import Iterator, Sequence

from bot.blocks.digest_buttons import digest_buttons
from bot.blocks.digest_charts import figures
from bot.blocks.digest_parts import Part, grouped, parts
from bot.blocks.digest_showing import Posts, Showing
from bot.blocks.digest_thread import Listed, fitting, thread
from bot.blocks.message import (
    Block,
    Message,
    context,
    divider,
    escaped,
    header,
    quote,
    section,
    sections,
    size,
    within,
)
from bot.blocks.voice import mention, slack_voice
from bot.wording.dates import day
from bot.wording.digest_beside import asked_lines, featured_title
from bot.wording.digest_headline import headline
from bot.wording.digest_period import gap_words, period_words, this_period, title_words
from bot.wording.digest_standing import counts_words, standing_line, trend, trend_words
from bot.wording.digest_voice import Speaker
from bot.wording.voice import Teller, joined, one_line
from commands.digest import Digest

MOST_SHOWN = 10
"""Rows of a list that fit on a phone; the others go into the thread."""
STATEMENT = 500
"""Characters of a passage of the plan that are shown."""
_NAME = 40


def digest_posts(digest: Digest, showing: Showing) -> Posts:
    """The digest as its first message and those of its thread."""
    return _Writer(digest, showing).posts()


def told_above() -> Message:
    """What stands in a thread where an amended digest has less to say there than before."""
    words = "What stood here is told above since the digest was amended."
    return Message(words, (context(words),))


def speaker(digest: Digest, showing: Showing) -> Speaker:
    """Who speaks the digest here: whom it mentions, and how it calls everybody else."""

    def called(ref: str) -> str:
        return escaped(ref if "@" in ref else one_line(showing.called.get(ref, ""), _NAME))

    def owner(ref: str) -> str:
        return mention(ref) if ref in showing.mentioned else called(ref)

    return Speaker(Teller(slack_voice(digest.today)), called, owner)


class _Writer:
    def __init__(self, digest: Digest, showing: Showing) -> None:
        self._digest = digest
        self._showing = showing
        self._speaker = speaker(digest, showing)
        self._parts = parts(digest, self._speaker, showing.names)

    def posts(self) -> Posts:
        shown = [(part, _fitting_first(part)) for part in self._parts]
        rest = [(part, many) for part, many in shown if many < len(part.rows)]
        return Posts(self._first(shown), thread(rest))

    def _first(self, shown: Sequence[tuple[Part, int]]) -> Message:
        digest, buttons = self._digest, self._showing.delivery
        blocks: list[Block] = [
            header(title_words(digest)),
            *[context(remark) for remark in self._remarks()],
            section(headline(digest, self._speaker)),
            *self._standing(),
        ]
        for part, many in shown:
            blocks += self._listed(part, many)
        blocks += [*self._asked(), *self._featured(), self._foot()]
        blocks += [digest_buttons(buttons)] if buttons is not None else []
        return Message(self._text(shown), tuple(blocks))

    def _remarks(self) -> Iterator[str]:
        late_for = self._showing.late_for
        if self._showing.is_preview:
            yield "A preview: only you see it."
        if late_for is not None:
            due = late_for.astimezone(self._digest.about.zone)
            yield f"This comes late: it was due on {day(due.date())} at {due:%H:%M} ({self._digest.about.timezone})."
        if gap := gap_words(self._digest):
            yield gap
        if (amended_at := self._showing.amended_at) is not None:
            then = amended_at.astimezone(self._digest.about.zone)
            yield f"Amended on {day(then.date())} at {then:%H:%M} ({self._digest.about.timezone}), after late updates."

    def _standing(self) -> Iterator[Block]:
        if self._digest.actions:
            yield section(f"{standing_line(self._digest, self._speaker)}\n{counts_words(self._digest)}")
            yield from figures(self._digest, charts=self._showing.charts)

    def _listed(self, part: Part, many: int) -> Iterator[Block]:
        if part.is_run_in:
            yield context(self._run_in(part, many))
            return
        more = self._more(part, many)
        yield divider()
        yield from sections(
            [f"*{part.title}* ({part.total:,})", *grouped(part.rows[:many]), *([f"_{more}_"] if more else [])]
        )

    def _run_in(self, part: Part, many: int) -> str:
        more = self._more(part, many)
        named = [row.line for row in part.rows[:many]]
        return f"{part.title}: {joined([*named, more] if more else named)}."

    def _more(self, part: Part, many: int) -> str:
        """How many more there are, and where."""
        if many == part.total:
            return ""
        where = "below" if self._showing.is_preview else "in the thread"
        return f"{'' if part.is_run_in else 'and '}{part.total - many:,} more {where}"

    def _asked(self) -> Iterator[Block]:
        if self._digest.asked:
            yield divider()
            yield from sections(
                [f"*Asked {this_period(self._digest)}*", *asked_lines(self._digest.asked, self._speaker)]
            )

    def _featured(self) -> Iterator[Block]:
        if featured := self._digest.featured:
            yield divider()
            yield section(featured_title(featured, self._digest, self._speaker))
            yield quote(within(featured.statement, STATEMENT))

    def _foot(self) -> Block:
        names = self._showing.names
        return context(
            f"{self._speaker.tell.plain(self._digest.about.title)} · {period_words(self._digest)} · "
            f"ask `{names.plan} what is overdue` · report with `{names.progress}`"
        )

    def _text(self, shown: Sequence[tuple[Part, int]]) -> str:
        """What notifications and screen readers get: the same facts, without notes."""
        digest, tell = self._digest, self._speaker.tell
        lead = [tell.plain(title_words(digest)), *self._remarks(), headline(digest, self._speaker)]
        if digest.actions:
            lead += [standing_line(digest, self._speaker), counts_words(digest)]
            lead += [trend_words(points)] if (points := trend(digest)) else []
        tail = list(asked_lines(digest.asked, self._speaker)) if digest.asked else []
        tail += [featured_title(digest.featured, digest, self._speaker)] if digest.featured else []
        return fitting(lead, [self._told(part, many) for part, many in shown], tail)

    def _told(self, part: Part, many: int) -> Listed:
        if part.is_run_in:
            return Listed(self._run_in(part, many))
        return Listed(f"{part.title} ({part.total:,}):", part.rows[:many], self._more(part, many))


def _fitting_first(part: Part) -> int:
    """How many rows of a list the first message shows: as many as are seen at a glance, and at least one."""
    room = part.room
    for many, row in enumerate(part.rows[:MOST_SHOWN]):
        room -= size(row.shown()) + size(row.group) + 4
        if room < 0 and many:
            return many
    return min(MOST_SHOWN, len(part.rows))
