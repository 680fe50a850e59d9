"""The plans that questions are asked about, each with its index built once."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from commands.ask.index import Index
from store.plan import Plan

ROOT = Path(__file__).parents[3]


@cache
def index_of(file: str) -> Index:
    """The index of the plan in a file of this repository."""
    return Index.build(Plan.model_validate(yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))))


@pytest.fixture(scope="session")
def riverbend() -> Index:
    """A fictional plan with actions and indicators."""
    return index_of("plans/riverbend-2025-2028.yml")


@pytest.fixture(scope="session")
def hamilton() -> Index:
    """A plan without actions and indicators."""
    return index_of("plans/hamilton-2023-2026.yml")
