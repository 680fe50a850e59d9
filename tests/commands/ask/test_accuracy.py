"""How much of whole question sets is understood. The floors guard what was reached; `planbot evaluate` shows all."""

from pathlib import Path

import pytest

from commands.ask.evaluation import Verdict, read_samples, score, tally
from tests.commands.ask.conftest import ROOT, index_of

QUESTIONS = Path("tests/questions")
PLANS = QUESTIONS / "plans"
FLOORS = {
    "bellweather-library-2024-2028": 0.6,
    "kestrel-highlands-2023-2027": 0.6,
    "marlow-bay-2024-2028": 0.6,
    "port-alder-2025-2029": 0.6,
    "tamarack-health-2024-2029": 0.55,
}
"""The part of the answerable questions that must be answered rightly; many of them are riddles."""


@pytest.mark.parametrize(("plan", "floor"), FLOORS.items(), ids=FLOORS.keys())
def test_most_is_answered_rightly_and_hardly_anything_wrongly(plan: str, floor: float) -> None:
    counted = tally(score(read_samples(ROOT / QUESTIONS / f"{plan}.jsonl"), index_of(str(PLANS / f"{plan}.yml"))))
    assert counted.verdicts[Verdict.RIGHT] >= floor * counted.answerable
    assert counted.verdicts[Verdict.WRONG] <= 0.05 * counted.total
    assert counted.facets_right >= 0.9 * counted.facets_judged


@pytest.mark.parametrize("plan", FLOORS.keys())
def test_everyday_questions_are_not_answered(plan: str) -> None:
    everyday = read_samples(ROOT / QUESTIONS / "everyday-ood.jsonl")
    counted = tally(score(everyday, index_of(str(PLANS / f"{plan}.yml"))))
    assert counted.verdicts[Verdict.WRONG] <= 0.03 * counted.total
