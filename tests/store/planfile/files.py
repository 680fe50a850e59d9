"""Pieces of plan files, and what is told about a file."""

import pytest

from store.planfile import PlanFileErrors, Problem, parse

HEAD = """plan:
  key: p
  title: P
  organization: O
  status: draft
  timezone: UTC
"""
TREE = (
    HEAD
    + """priorities:
- key: r
  title: R
  objectives:
  - key: o
    title: O
"""
)
ACTION = (
    TREE
    + """    actions:
    - key: A-01
      title: Act
"""
)
INDICATOR = (
    TREE
    + """    indicators:
    - key: I-1
      title: Indicate
"""
)


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with the text of a file."""
    with pytest.raises(PlanFileErrors) as caught:
        parse(text, "plan.yml")
    return caught.value.problems


def told(text: str) -> list[str]:
    """What is wrong, as it is printed."""
    return [str(one).removeprefix("plan.yml:") for one in problems(text)]
