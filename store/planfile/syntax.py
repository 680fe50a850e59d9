"""What is wrong where YAML itself breaks off, in words for somebody who has never read YAML's grammar."""

import yaml

from store.planfile.tree import Flaw

TAB = "YAML does not allow a tab for indentation; use spaces."
MISFIT = (
    "This line does not fit the lines above it: check the spaces before it, the dash of a list, "
    "and the colon and space after a field's name."
)
SAID: tuple[tuple[str, str], ...] = (
    ("tab character", TAB),
    (
        "mapping values are not allowed",
        (
            "A colon followed by a space cannot stand here. Put the value in quotes if the colon belongs to it; "
            "otherwise check the spaces before this line."
        ),
    ),
    ("expected ':'", "A field's name without a colon: write `name: value`, and check the spaces before the line."),
    (
        "escape",
        (
            "In double quotes a backslash begins a sign such as \\n, and this one is unknown; "
            "write \\\\ for a backslash, or use single quotes."
        ),
    ),
    ("expected alphabetic", "A value that begins with * or & refers to another; put it in quotes if text is meant."),
    ("tag", "A value that begins with ! is a tag to YAML; put it in quotes if text is meant."),
    (
        "comment or line break",
        "After | or > the text begins on the next line; put the value in quotes if | or > is meant.",
    ),
    ("chomping", "After | or > the text begins on the next line; put the value in quotes if | or > is meant."),
    ("expected key", MISFIT),
    ("block end", MISFIT),
    ("'-' indicator", MISFIT),
    ("block entr", MISFIT),
    ("document start", MISFIT),
    (
        "expected ','",
        "What opens with [ or { on line {opened} is not closed before this line; check its commas and its end.",
    ),
)
"""Pieces of what libyaml or PyYAML say, and what to tell instead; the first piece that occurs counts."""


def flaw_of(error: yaml.MarkedYAMLError, text: str) -> Flaw:
    """Where `text` breaks off, and what to do about it."""
    said = f"{error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    opened = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if "end of stream" in said and "quoted" in (error.context or "") and opened:
        return Flaw(opened.line + 1, opened.column + 1, "The quotation mark that opens here is never closed.")
    if "expected ':'" in said and opened:
        line, column = opened.line, opened.column
    return Flaw(line + 1, column + 1, _sentence(said, _letter(text, line, column), opened.line + 1 if opened else 1))


def _sentence(said: str, letter: str, opened: int) -> str:
    if "cannot start any token" in said:
        return TAB if letter == "\t" else f"A value cannot begin with {letter} in YAML; put it in quotes."
    for piece, told in SAID:
        if piece in said:
            return told.replace("{opened}", str(opened))
    return f"This is not YAML ({said or 'unreadable'}). Check this line and the one above: spaces, quotes and brackets."


def _letter(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    return lines[line][column : column + 1] if line < len(lines) else ""
