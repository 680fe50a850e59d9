"""Links as evidence, plain or in angle brackets with a label."""

import re
from dataclasses import dataclass

_LINK = re.compile(
    r"<(?P<marked>https?://[^\s<>|]+)(?:\|(?P<label>[^<>]*))?>|(?P<plain>https?://[^\s<>]+)", re.IGNORECASE
)
_TRAILING = ".,;:!?)]}'\"”’*_~"
"""What ends a sentence or a bracket around a link and does not belong to it."""
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class LinkRead:
    """A link, and where it was read."""

    address: str
    start: int
    end: int


def link_at(text: str, at: int) -> LinkRead | None:
    """The link that stands at `at`."""
    found = _LINK.match(text, at)
    return _read(found) if found else None


def first_link(text: str) -> str | None:
    """The first link in a text."""
    found = _LINK.search(text)
    return _read(found).address if found else None


def is_link(text: str) -> bool:
    """Whether the whole text is one link."""
    found = _LINK.fullmatch(text)
    return found is not None and len(text) <= LONGEST


def unmarked(text: str) -> str:
    """The text with links as a person typed them: `<https://a.example|a>` is how Slack passes on `a` or `https://a`."""
    return _LINK.sub(_as_typed, text)


def _as_typed(found: re.Match[str]) -> str:
    if found["plain"]:
        return found[0]
    label = found["label"] or found["marked"]
    return label if found["marked"].rstrip("/").endswith(label.rstrip("/")) else f"{label} ({found['marked']})"


def _read(found: re.Match[str]) -> LinkRead:
    if found["marked"]:
        return LinkRead(found["marked"], found.start(), found.end())
    address = found["plain"].rstrip(_TRAILING)
    return LinkRead(address, found.start(), found.start() + len(address))
