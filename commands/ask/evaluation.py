"""Scoring a question set: what is answered rightly, suggested rightly, answered wrongly, missed, rightly refused."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from commands.ask.index import Index
from commands.ask.question import Facet, Outcome, Understanding
from commands.ask.understand import understand

SUGGESTED_WITHIN = 3
"""A right subject counts as suggested if it is among so many first suggestions."""


class Verdict(StrEnum):
    """How one question of a set came out."""

    RIGHT = "right"
    SUGGESTED = "suggested"
    WRONG = "wrong"
    MISSED = "missed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sample:
    """One question of a set with what a fair judge would accept."""

    question: str
    subjects: frozenset[str] | None
    """None: the plan does not answer it."""
    facet: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with what was understood and how right that is."""

    sample: Sample
    understood: Understanding
    verdict: Verdict
    facet_right: bool | None
    """None where there is no facet to judge: a refusal, a miss, a wrong answer."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions came out how."""

    verdicts: Counter[Verdict]
    answerable: int
    """Questions that the plan answers."""
    facets_right: int
    facets_judged: int

    @property
    def total(self) -> int:
        """All questions."""
        return self.verdicts.total()


def read_samples(path: Path) -> tuple[Sample, ...]:
    """The question set of a JSON lines file. Raises ValueError with the line's number where one is malformed."""
    return tuple(_samples(path.read_text(encoding="utf-8").splitlines()))


def _samples(lines: Iterable[str]) -> Iterator[Sample]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            subjects = row["subject"]
            yield Sample(
                str(row["q"]),
                None if subjects is None else frozenset(map(str, subjects)),
                row.get("facet"),
                tuple(map(str, row.get("tags", ()))),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"line {number}: {error}") from error


def score(samples: Iterable[Sample], index: Index) -> tuple[Scored, ...]:
    """Each question understood and judged, in order."""
    return tuple(judge(sample, understand(sample.question, index)) for sample in samples)


def judge(sample: Sample, understood: Understanding) -> Scored:
    """How right what was understood is."""
    verdict = _verdict(sample, understood)
    judged = verdict in (Verdict.RIGHT, Verdict.SUGGESTED) and sample.facet is not None
    return Scored(sample, understood, verdict, _same_facet(sample, understood) if judged else None)


def _verdict(sample: Sample, understood: Understanding) -> Verdict:
    if understood.outcome is Outcome.ANSWER:
        right = sample.subjects is not None and understood.subject in sample.subjects
        return Verdict.RIGHT if right else Verdict.WRONG
    if sample.subjects is None:
        return Verdict.REFUSED
    near = set(understood.suggestions[:SUGGESTED_WITHIN])
    return Verdict.SUGGESTED if near & sample.subjects else Verdict.MISSED


def _same_facet(sample: Sample, understood: Understanding) -> bool:
    section = understood.subject in ("values", "priorities", "objectives", "actions", "indicators", "background")
    alike = {Facet.LIST, Facet.MEANING}
    if section and understood.facet in alike and sample.facet in alike:
        return True
    return understood.facet == sample.facet


def tally(scored: Iterable[Scored]) -> Tally:
    """The counts of `scored`."""
    listed = tuple(scored)
    judged = [one.facet_right for one in listed if one.facet_right is not None]
    answerable = sum(one.sample.subjects is not None for one in listed)
    return Tally(Counter(one.verdict for one in listed), answerable, sum(judged), len(judged))


def by_tag(scored: Sequence[Scored]) -> dict[str, Tally]:
    """The counts for each tag, by name."""
    tags = sorted({tag for one in scored for tag in one.sample.tags})
    return {tag: tally(one for one in scored if tag in one.sample.tags) for tag in tags}


def by_facet(scored: Sequence[Scored]) -> dict[str, Tally]:
    """The counts for each facet asked, by name; questions without one are left out."""
    facets = sorted({one.sample.facet for one in scored if one.sample.facet})
    return {facet: tally(one for one in scored if one.sample.facet == facet) for facet in facets}
