"""The log: what happened, by name, and nothing that is somebody's own."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import start_log


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Iterator[None]:
    """The root logger, put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_event_has_its_name_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("INFO")
    logging.getLogger("bot.delivering").info("digest delivered", extra={"subscription": 3})
    assert "INFO bot.delivering: digest delivered subscription=3" in capsys.readouterr().err


def test_libraries_tell_only_warnings_whatever_their_level(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("DEBUG")
    chatty = logging.getLogger("slack_bolt.AsyncApp")
    chatty.setLevel(logging.DEBUG)
    chatty.debug("Received message (data: 'what a member typed')")
    chatty.warning("a warning")
    said = capsys.readouterr().err
    assert "typed" not in said
    assert "a warning" in said


def test_a_credential_in_an_error_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("INFO")
    try:
        raise ValueError("url='wss://example.org/link/?ticket=abc-123&app=1' token xoxb-9-secret xapp-1-secret")
    except ValueError:
        logging.getLogger("slack_sdk").exception("Failed to connect")
    said = capsys.readouterr().err
    for secret in ("abc-123", "9-secret", "1-secret"):
        assert secret not in said
    assert "app=1" in said
