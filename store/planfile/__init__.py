"""Plan files: reading one with every error at its line, writing one, and the JSON Schema of the format."""

from store.planfile.problems import PlanFileErrors, Problem
from store.planfile.reading import parse, read
from store.planfile.schema import json_schema
from store.planfile.writing import write

__all__ = ["PlanFileErrors", "Problem", "json_schema", "parse", "read", "write"]
