"""What of a digest has no room in its first message, as messages for its thread."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.blocks.digest_parts import Part, Row, grouped
from bot.blocks.message import Block, Message, section, sections, size, within_marked

ROOM = 11_000
"""Characters that the blocks of a message may hold in all; Slack refuses much more with `msg_blocks_too_long`."""
TEXT = 4_000
"""Characters of a message's `text` that `chat.update` takes."""
_HEADING = 200
"""Characters set aside for a heading."""


Listed = tuple[str, Sequence[str], str]
"""A list as lines of text: its heading, its lines, what stands behind them."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows of one list that stand in one message."""

    part: Part
    start: int
    """How many of the list's rows were shown before."""
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        """`Needs attention: 11 to 57 of 312`."""
        last = self.start + len(self.rows)
        which = f"{self.start + 1:,} to {last:,}" if len(self.rows) > 1 else f"{last:,}"
        return f"{self.part.title}: {which} of {self.part.total:,}"

    @property
    def ending(self) -> str:
        """How many are left out, behind the list's last row."""
        is_last = self.start + len(self.rows) == len(self.part.rows)
        return left_out(self.part) if is_last else ""


def left_out(part: Part) -> str:
    """`and 4,760 more: ask …`; nothing where every one has its row."""
    if not part.left_out:
        return ""
    return f"and {part.left_out:,} more{f': {part.ask}' if part.ask else ''}"


def thread(rest: Iterable[tuple[Part, int]]) -> tuple[Message, ...]:
    """The rows of each list from the given one on, in as few messages as Slack's limits allow."""
    return tuple(_message(pieces) for pieces in _packed(rest))


def _packed(rest: Iterable[tuple[Part, int]]) -> Iterator[list[_Piece]]:
    pieces: list[_Piece] = []
    room = _Room()
    for part, start in rest:
        taken = start
        if not room.take(_HEADING, _HEADING):
            yield pieces
            pieces, room = [], _Room()
            room.take(_HEADING, _HEADING)
        for at, row in enumerate(part.rows[start:], start):
            needed = _needed(row)
            if not room.take(*needed):
                pieces += [_Piece(part, taken, part.rows[taken:at])] if at > taken else []
                yield from ([pieces] if pieces else [])
                pieces, taken, room = [], at, _Room()
                room.take(_HEADING, _HEADING)
                room.take(*needed)
        pieces.append(_Piece(part, taken, part.rows[taken:]))
    yield from ([pieces] if pieces else [])


def _needed(row: Row) -> tuple[int, int]:
    """Characters that a row takes in the blocks, and at least in the text."""
    return size(row.shown(is_brief=True)) + size(row.group) + 4, size(row.brief) + 1


class _Room:
    """What a message has room for still, in its blocks and in its text."""

    def __init__(self) -> None:
        self._blocks = ROOM
        self._text = TEXT

    def take(self, blocks: int, text: int) -> bool:
        """Use some of it; where that much is not left, nothing."""
        has_room = blocks <= self._blocks and text <= self._text
        if has_room:
            self._blocks -= blocks
            self._text -= text
        return has_room


def _message(pieces: Sequence[_Piece]) -> Message:
    blocks: list[Block] = []
    for piece in pieces:
        ending = [f"_{piece.ending}_"] if piece.ending else []
        blocks.append(section(f"*{piece.heading}*"))
        blocks += sections([*grouped(piece.rows, is_brief=True), *ending])
    lists = [(f"{one.heading}:", [row.line for row in one.rows], one.ending) for one in pieces]
    if sum(size(line) + 1 for _, lines, _ in lists for line in lines) > TEXT - _HEADING * len(pieces):
        lists = [(f"{one.heading}:", [row.brief for row in one.rows], one.ending) for one in pieces]
    return Message(fitting([], lists), tuple(blocks))


def fitting(lead: Sequence[str], lists: Sequence[Listed], tail: Sequence[str] = (), most: int = TEXT) -> str:
    """Lines, lists, and lines again in `most` characters: of each list as much as fits.

    Where something is left out, it says so.
    """
    room = most - sum(size(line) + 1 for line in (*lead, *tail))
    room -= sum(size(heading) + size(ending) + len(_BELOW) + 10 for heading, _, ending in lists)
    taken = [0] * len(lists)
    open_ones = set(range(len(lists)))
    while open_ones:
        for at in sorted(open_ones):
            lines = lists[at][1]
            needed = size(lines[taken[at]]) + 1 if taken[at] < len(lines) else room + 1
            if needed > room:
                open_ones.discard(at)
            else:
                taken[at] += 1
                room -= needed
    found = list(lead)
    for (heading, lines, ending), many in zip(lists, taken, strict=True):
        more = [_BELOW.format(len(lines) - many)] if many < len(lines) else []
        found += [heading, *lines[:many], *more, *([ending] if ending else [])]
    return within_marked("\n".join([*found, *tail]), most)


_BELOW = "and {:,} more in the message"
