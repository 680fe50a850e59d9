"""Block Kit drawn as paragraphs of text, with numbers on whatever can be pressed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from bot.console.charts import bars
from bot.console.mrkdwn import QUOTE_BAR, REFERENCE_STYLE, Directory, as_typed, formatted, link, plain, reference
from bot.console.workspace.reading import Control, text_of, words

Block = Mapping[str, Any]
Key = tuple[str, str]
"""A control's `block_id` and `action_id`, which tell it from every other of its message."""

BULLETS = "•◦▪"
LIST_STARTS = ("• ", "◦ ", "- ", "– ", QUOTE_BAR)
BUTTON_STYLES = {"primary": "bold green", "danger": "bold red"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with what stands before its first line and before the lines it is wrapped into; `Rule` is a line across."""

    text: Text
    first: str = ""
    rest: str = ""


class Rule:
    """A line across."""


Piece = Paragraph | Rule


def key_of(control: Control) -> Key:
    """By what `draw` is told a control's number."""
    return control.block_id, control.action_id


def draw(blocks: Iterable[Block], directory: Directory, numbers: Mapping[Key, int] | None = None) -> list[Piece]:
    """What the blocks show, in reading order. Input blocks are left out: they are asked for one by one."""
    drawing = _Drawing(directory, numbers or {})
    return [piece for block in blocks for piece in drawing.block(block)]


def paragraphs(text: Text) -> Iterator[Paragraph]:
    """Each line of a text; what begins like a list's line is indented where it is wrapped."""
    for line in text.split("\n", allow_blank=False):
        start = next((sign for sign in LIST_STARTS if line.plain.startswith(sign)), "")
        if start:
            rest = QUOTE_BAR if start == QUOTE_BAR else " " * len(start)
            yield Paragraph(line[len(start) :], start, rest)
        else:
            yield Paragraph(line)


class _Drawing:
    def __init__(self, directory: Directory, numbers: Mapping[Key, int]) -> None:
        self._directory = directory
        self._numbers = numbers
        self._sorts: dict[str, Callable[[Block], Iterator[Piece]]] = {
            "header": self._header,
            "section": self._section,
            "context": self._context,
            "divider": self._divider,
            "actions": self._actions,
            "context_actions": self._actions,
            "rich_text": self._rich_text,
            "data_visualization": self._chart,
            "table": self._table,
            "markdown": self._plain_words,
            "image": self._image,
            "input": self._nothing,
        }

    def block(self, block: Block) -> Iterator[Piece]:
        return self._sorts.get(block["type"], self._words_alone)(block)

    def _nothing(self, _: Block) -> Iterator[Piece]:
        return iter(())

    def _words_alone(self, block: Block) -> Iterator[Piece]:
        """A block of a sort that has no drawing of its own: its words can be read all the same."""
        yield from paragraphs(Text(as_typed(words(block))))

    def _plain_words(self, block: Block) -> Iterator[Piece]:
        yield from paragraphs(Text(as_typed(block["text"])))

    def _header(self, block: Block) -> Iterator[Piece]:
        title = self._text(block["text"])
        title.stylize("bold")
        yield Paragraph(title)

    def _section(self, block: Block) -> Iterator[Piece]:
        lines = list(paragraphs(self._text(block["text"]))) if "text" in block else []
        for held in block.get("fields", ()):
            lines += paragraphs(self._text(held))
        if "accessory" in block:
            beside = self._element(block, block["accessory"])
            if lines and lines[-1].text.plain:
                last = lines.pop()
                beside = Text("  ").join([last.text, beside])
                lines.append(Paragraph(beside, last.first, last.rest))
            else:
                lines.append(Paragraph(beside))
        yield from lines

    def _context(self, block: Block) -> Iterator[Piece]:
        parts = [self._element(block, part) for part in block["elements"]]
        joined = Text("  ").join(parts)
        joined.stylize("dim")
        yield from paragraphs(joined)

    def _divider(self, _: Block) -> Iterator[Piece]:
        yield Rule()

    def _actions(self, block: Block) -> Iterator[Piece]:
        for element in block["elements"]:
            yield Paragraph(self._element(block, element), rest="    ")

    def _image(self, block: Block) -> Iterator[Piece]:
        yield Paragraph(self._element(block, block))

    def _chart(self, block: Block) -> Iterator[Piece]:
        yield Paragraph(Text(as_typed(block["title"]), "bold"))
        yield from (Paragraph(line) for line in bars(block["chart"]))

    def _table(self, block: Block) -> Iterator[Piece]:
        rows = [[Text(as_typed(words(cell))) for cell in row] for row in block["rows"]]
        widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
        for number, row in enumerate(rows):
            for cell, width in zip(row, widths, strict=False):
                cell.pad_right(width - len(cell))
            line = Text("  ").join(row)
            line.rstrip()
            line.stylize("bold" if number == 0 else "")
            yield Paragraph(line)

    def _text(self, text: Block) -> Text:
        if text["type"] == "mrkdwn":
            return formatted(text["text"], self._directory)
        return plain(text["text"], emoji=text.get("emoji", True))

    def _element(self, block: Block, element: Block) -> Text:
        match element.get("type"):
            case "mrkdwn" | "plain_text":
                return self._text(element)
            case "image":
                return Text(f"[image: {as_typed(str(element.get('alt_text', '')))}]", "dim")
            case "button":
                return self._button(block, element)
            case _:
                return self._menu(block, element)

    def _number(self, block: Block, element: Block) -> str:
        number = self._numbers.get((block.get("block_id", ""), element.get("action_id", "")))
        return f"[{number}] " if number else ""

    def _button(self, block: Block, element: Block) -> Text:
        label = plain(text_of(element["text"]), emoji=element["text"].get("emoji", True))
        style = BUTTON_STYLES.get(element.get("style", ""), "bold")
        button = Text.assemble((self._number(block, element), style), label)
        return button + Text(" ") + link(element["url"]) if element.get("url") else button

    def _menu(self, block: Block, element: Block) -> Text:
        """A menu, date or other thing to set: what it is called, what it is set to."""
        chosen = element.get("initial_option") or {}
        label = text_of(chosen.get("text")) or text_of(element.get("placeholder")) or str(element.get("type"))
        return Text.assemble((self._number(block, element), "bold"), as_typed(label), " ▾")

    def _rich_text(self, block: Block) -> Iterator[Piece]:
        for part in block["elements"]:
            yield from self._rich_part(part)

    def _rich_part(self, part: Block) -> Iterator[Piece]:
        match part["type"]:
            case "rich_text_list":
                yield from self._rich_list(part)
            case "rich_text_quote":
                for line in paragraphs(self._rich_line(part["elements"])):
                    yield Paragraph(line.text, QUOTE_BAR, QUOTE_BAR)
            case "rich_text_preformatted":
                code = self._rich_line(part["elements"])
                code.stylize("cyan")
                yield from (Paragraph(line) for line in code.split("\n", allow_blank=False))
            case _:
                yield from paragraphs(self._rich_line(part["elements"]))

    def _rich_list(self, part: Block) -> Iterator[Piece]:
        level = int(part.get("indent", 0))
        for at, row in enumerate(part["elements"]):
            number = int(part.get("offset", 0)) + at + 1
            sign = f"{number}." if part.get("style") == "ordered" else BULLETS[level % len(BULLETS)]
            start = "  " * level + sign + " "
            for place, line in enumerate(self._rich_line(row["elements"]).split("\n", allow_blank=False)):
                yield Paragraph(line, " " * len(start) if place else start, " " * len(start))

    def _rich_line(self, elements: Sequence[Block]) -> Text:
        line = Text().join(self._rich_inline(element) for element in elements)
        line.rstrip()
        return line

    def _rich_inline(self, element: Block) -> Text:
        match element["type"]:
            case "user":
                return reference(f"@{element['user_id']}", self._directory)
            case "channel":
                return reference(f"#{element['channel_id']}", self._directory)
            case "emoji":
                return plain(f":{element['name']}:")
            case "link":
                return link(str(element["url"]), str(element.get("text", "")))
            case "date":
                return Text(as_typed(str(element.get("fallback") or element["timestamp"])))
            case "broadcast":
                return Text(f"@{element['range']}", REFERENCE_STYLE)
            case "text":
                return Text(as_typed(element["text"]), _style(element.get("style", {})))
            case _:
                return Text(as_typed(words(element)))


def _style(asked: Mapping[str, bool]) -> str:
    known = {"bold": "bold", "italic": "italic", "strike": "strike", "underline": "underline", "code": "cyan"}
    return " ".join(style for name, style in known.items() if asked.get(name))
