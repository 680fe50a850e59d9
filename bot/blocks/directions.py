"""Words whose direction is their own: whatever runs from right to left in them leaves the rest of the line alone.

Unicode's isolates do that (UAX 9, explicit directional isolates): what stands between FSI and PDI is laid out apart.
"""

import re
import unicodedata

FSI, PDI = "\u2068", "\u2069"
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_TURNS = frozenset({"R", "AL", "RLE", "LRE", "RLO", "LRO", "PDF", *_ISOLATES, "PDI"})
_PLAIN = re.compile(r"[\x00-\u058f\u2010-\u2027\u2030-\u2065\u2070-\u2fff]*")
"""Most words have nothing that turns a direction."""


def isolated(words: str) -> str:
    """The words with each line that turns a direction isolated, and closed where it leaves one open."""
    if _PLAIN.fullmatch(words):
        return words
    return "\n".join(_line(line) for line in words.split("\n"))


def _line(line: str) -> str:
    kinds = [unicodedata.bidirectional(sign) for sign in line]
    if not _TURNS.intersection(kinds):
        return line
    kept, opened = [], 0
    for sign, kind in zip(line, kinds, strict=True):
        opened += kind in _ISOLATES
        if kind == "PDI":
            if not opened:
                continue  # it would end ours; by itself it shows nothing
            opened -= 1
        kept.append(sign)
    return f"{FSI}{''.join(kept)}{PDI * (opened + 1)}"
