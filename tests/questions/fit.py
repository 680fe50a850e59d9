"""Fits what understanding weighs to the questions in this folder. Run after the vocabulary or the questions change:

    python -m tests.questions.fit turns        writes commands/ask/vocabulary/turns.tsv
    python -m tests.questions.fit confidence   writes commands/ask/vocabulary/confidence.txt

Turns of phrase are fitted on `turns/*.tsv`: `sort<TAB>question`, questions to organisations of many kinds, written
without any plan in view. `out`: no plan answers it; `in`, `in.value`, ...: about an entry; `values.list`, ...: about a
section. Confidence is fitted on the question sets beside this file.
"""

import math
import operator
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from commands.ask.confidence import Signs, signs
from commands.ask.evaluation import read_samples
from commands.ask.index import Index
from commands.ask.normalise import clean, words_of
from commands.ask.parse import read
from commands.ask.scoring import rank
from commands.ask.spelling import Speller
from commands.ask.turns import ALWAYS, OUTSIDE, phrases, tokens
from commands.ask.understand import understand
from commands.ask.vocabulary import FOLDER as VOCABULARY
from commands.ask.vocabulary import vocabulary
from store.planfile import read as read_plan

QUESTIONS = Path(__file__).parent
LEAST_SEEN = 4
"""Questions that a turn of phrase must stand in."""
LEAST_WEIGHT = 0.15
PASSES = 8
WRITTEN_BY = "Written by tests/questions/fit.py."


@dataclass
class Fit:
    """Logistic regression with weights that are zero unless they help: FTRL-Proximal (McMahan and others, 2013)."""

    pace: float = 1.5
    sparing: float = 0.3
    """The L1 part of the penalty."""
    damping: float = 0.3
    """The L2 part."""
    _pull: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _seen: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def weight(self, name: str) -> float:
        """What the feature weighs by now."""
        pull = self._pull[name]
        if abs(pull) <= self.sparing:
            return 0.0
        return -(pull - math.copysign(self.sparing, pull)) / (
            (1.0 + math.sqrt(self._seen[name])) / self.pace + self.damping
        )

    def learn(self, found: dict[str, float], is_so: bool) -> None:
        """Take one example in: its features with their values, and whether it is of the sort."""
        now = {name: self.weight(name) for name in found}
        total = sum(now[name] * value for name, value in found.items())
        slope = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) - is_so
        for name, value in found.items():
            step = slope * value
            seen = self._seen[name]
            self._pull[name] += step - (math.sqrt(seen + step * step) - math.sqrt(seen)) / self.pace * now[name]
            self._seen[name] = seen + step * step


def written() -> list[tuple[str, tuple[str, ...]]]:
    """The questions of `turns/`, each with its sort, as tokens."""
    known = vocabulary()
    speller = Speller(known, ())
    found = []
    for file in sorted((QUESTIONS / "turns").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            sort, _, question = line.partition("\t")
            if sort and not sort.startswith("#"):
                found.append((sort, tokens(speller.read(words_of(clean(question), known.short_forms)))))
    return found


def fitted(examples: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, dict[str, float]]:
    """Turn of phrase → sort → weight."""
    rows = [(sort, list(dict.fromkeys(phrases(row)))) for sort, row in examples]
    often = Counter(phrase for _, row in rows for phrase in row)
    rows = [(sort, [phrase for phrase in row if often[phrase] >= LEAST_SEEN]) for sort, row in rows]
    features = [(sort, dict.fromkeys(row, 1.0 / math.sqrt(len(row) or 1)) | {ALWAYS: 1.0}) for sort, row in rows]
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for sort in _sorts(sort for sort, _ in examples):
        fit = _fit(features, sort)
        for phrase in (ALWAYS, *sorted(often)):
            weight = round(fit.weight(phrase), 2)
            if abs(weight) >= LEAST_WEIGHT or phrase == ALWAYS:
                weights[phrase][sort] = weight
    return weights


def _sorts(all_of: Iterable[str]) -> list[str]:
    return sorted(set(all_of) - {"in"})


def _fit(features: Sequence[tuple[str, dict[str, float]]], sort: str) -> Fit:
    fit = Fit(sparing=0.5 if sort == OUTSIDE else 2.0)
    # Of lines that only say `in` it is not known what kind of entry they are about.
    rows = [row for row in features if not (sort.startswith("in.") and row[0] == "in")]
    order = random.Random(1)  # noqa: S311 (no secret: the same questions are to give the same weights)
    for _ in range(PASSES):
        order.shuffle(rows)
        for of, found in rows:
            fit.learn(found, of == sort)
    return fit


def write_turns() -> None:
    """Fit the turns of phrase and write their weights."""
    weights = fitted(written())
    head = f"# turn of phrase, then what it weighs for each sort of question. {WRITTEN_BY}\n"
    body = "".join(
        "\t".join((phrase, *(f"{sort} {weight:g}" for sort, weight in sorted(each.items())))) + "\n"
        for phrase, each in weights.items()
    )
    (VOCABULARY / "turns.tsv").write_text(head + body, encoding="utf-8")


def asked_of_plans() -> Iterator[tuple[Signs, bool]]:
    """The signs of every question of the sets here that no section answers, and whether its best candidate is right."""
    everyday = read_samples(QUESTIONS / "everyday-ood.jsonl")[::3]
    for file in (*sorted(QUESTIONS.glob("*-20[0-9][0-9]*.jsonl")), QUESTIONS / "halton-police-board.jsonl"):
        index = Index.build(read_plan(_plan_of(file)))
        for sample in (*read_samples(file), *(everyday if file.stem.startswith("riverbend") else ())):
            reading = read(sample.question, index)
            ranked = rank(reading, index)
            accepted = sample.subjects or frozenset()
            of_section = understand(sample.question, index).subject in index.sections or accepted & index.sections
            if ranked and not of_section:
                yield signs(reading, ranked, index), ranked[0].subject.key in accepted


def _plan_of(questions: Path) -> Path:
    """The plan that a set is about, one of those here or of the examples: it bears the name, up to the first point."""
    own = QUESTIONS / "plans" / f"{questions.name.partition('.')[0]}.yml"
    return own if own.exists() else QUESTIONS.parent.parent / "plans" / own.name


def write_confidence() -> None:
    """Fit what the signs weigh and write it."""
    examples = list(asked_of_plans())
    names = [one.name for one in fields(Signs)]
    rows = [[float(getattr(found, name)) for name in names] for found, _ in examples]
    weights, always = _regress(rows, [is_right for _, is_right in examples])
    head = f"# sign, then its weight. {WRITTEN_BY}\n"
    body = "".join(f"{name} {weight:.2f}\n" for name, weight in zip(names, weights, strict=True))
    (VOCABULARY / "confidence.txt").write_text(f"{head}* {always:.2f}\n{body}", encoding="utf-8")


def _regress(
    rows: list[list[float]], truths: list[bool], steps: int = 600, decay: float = 10.0
) -> tuple[list[float], float]:
    """Logistic regression by gradient descent on signs brought to one scale; the weights, and what weighs always."""
    count, columns = len(rows), list(zip(*rows, strict=True))
    means = [sum(column) / count for column in columns]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / count) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    scaled = [
        [(value - mean) / spread for value, mean, spread in zip(row, means, spreads, strict=True)] for row in rows
    ]
    weights, always = [0.0] * len(means), 0.0
    pushes = [0.0] * len(means)
    for _ in range(steps):
        errors = [
            1.0 / (1.0 + math.exp(-always - sum(map(operator.mul, weights, row)))) - truth
            for row, truth in zip(scaled, truths, strict=True)
        ]
        slopes = [decay * weight / count for weight in weights]
        for error, row in zip(errors, scaled, strict=True):
            slopes = [slope + error * value / count for slope, value in zip(slopes, row, strict=True)]
        pushes = [0.9 * push - 0.1 * slope for push, slope in zip(pushes, slopes, strict=True)]
        weights = [weight + push for weight, push in zip(weights, pushes, strict=True)]
        always -= sum(errors) / count
    plain = [weight / spread for weight, spread in zip(weights, spreads, strict=True)]
    return plain, always - sum(map(operator.mul, plain, means))


if __name__ == "__main__":
    {"turns": write_turns, "confidence": write_confidence}[sys.argv[1]]()
