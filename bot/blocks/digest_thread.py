"""What of a digest has no room in its first message, as messages for its thread."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.blocks.digest_parts import Part, Row, grouped
from bot.blocks.message import TEXT_UPDATED, Block, Message, section, sections, size, within_marked

ROOM = 11_000
"""Characters that the blocks of a message may hold in all; Slack refuses much more with `msg_blocks_too_long`."""
_HEADING = 200
"""Characters set aside for a heading."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, or a part of one, for a message's text."""

    heading: str
    rows: tuple[Row, ...] = ()
    ending: str = ""
    """What stands behind the rows."""


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
        self._text = TEXT_UPDATED

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
    lists = [Listed(f"{one.heading}:", one.rows, one.ending) for one in pieces]
    return Message(fitting([], lists), tuple(blocks))


def fitting(lead: Sequence[str], lists: Sequence[Listed], tail: Sequence[str] = (), most: int = TEXT_UPDATED) -> str:
    """Lines, lists, and lines again in `most` characters: as many rows as fit in full, the others in a few words.

    Where there is no room even for those, it says how many are left out.
    """
    fixed = sum(size(line) + 1 for line in (*lead, *tail))
    room = most - fixed - sum(size(one.heading) + size(one.ending) + len(_BELOW) + 10 for one in lists)
    many, room = _spread([[size(row.brief) + 1 for row in one.rows] for one in lists], room)
    longer = [
        [max(0, size(row.line) - size(row.brief)) for row in one.rows[:shown]]
        for one, shown in zip(lists, many, strict=True)
    ]
    whole, _ = _spread(longer, room)
    found = list(lead)
    for one, shown, in_full in zip(lists, many, whole, strict=True):
        rows = [*(row.line for row in one.rows[:in_full]), *(row.brief for row in one.rows[in_full:shown])]
        more = [_BELOW.format(len(one.rows) - shown)] if shown < len(one.rows) else []
        found += [one.heading, *rows, *more, *([one.ending] if one.ending else [])]
    return within_marked("\n".join([*found, *tail]), most)


def _spread(lists: Sequence[Sequence[int]], room: int) -> tuple[list[int], int]:
    """How many of each list's sizes fit, all lists having their turn; and the room that is left."""
    taken = [0] * len(lists)
    waiting = [at for at, sizes in enumerate(lists) if sizes]
    while waiting:
        for at in list(waiting):
            if lists[at][taken[at]] > room:
                waiting.remove(at)
                continue
            room -= lists[at][taken[at]]
            taken[at] += 1
            if taken[at] == len(lists[at]):
                waiting.remove(at)
    return taken, room


_BELOW = "and {:,} more in the message"
