"""Fixtures of the workspace's own tests."""

from tests.slack.fixtures import scene

__all__ = ["scene"]
