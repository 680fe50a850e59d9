"""Settings: named one by one where they are wrong, and never shown."""

from datetime import date
from pathlib import Path

import pytest

from bot.settings import CommandNames, RecordSettings, Settings, SettingsUnusable

SECRET = "very-secret-9f8e7d"
WELL = {
    "SLACK_BOT_TOKEN": f"xoxb-{SECRET}",
    "SLACK_APP_TOKEN": f"xapp-{SECRET}",
    "SLACK_SIGNING_SECRET": SECRET,
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An environment without any of our settings, in a folder without `.env`."""
    for field in (*Settings.model_fields, "planbot_plan_command", "planbot_progress_command", "planbot_digest_command"):
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("bare"))


def set_all(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> None:
    """A complete environment with changes; None leaves a variable out."""
    for name, value in ({**WELL, **changes}).items():
        if value is not None:
            monkeypatch.setenv(name, value)


def test_with_an_app_token_it_is_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch)
    assert Settings.read().uses_socket_mode


def test_without_one_it_is_http(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SLACK_APP_TOKEN=None)
    settings = Settings.read()
    assert not settings.uses_socket_mode
    assert settings.port == 3000


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SLACK_BOT_TOKEN": None}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": f"xapp-{SECRET}"}, "SLACK_BOT_TOKEN is malformed (a bot token starts with xoxb-)"),
        ({"SLACK_APP_TOKEN": f"xoxb-{SECRET}"}, "SLACK_APP_TOKEN is malformed"),
        ({"SLACK_APP_TOKEN": None, "SLACK_SIGNING_SECRET": None}, "SLACK_SIGNING_SECRET are both missing"),
        ({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL is malformed"),
        ({"SLACK_API_URL": "http://me:word@localhost/api"}, "SLACK_API_URL is malformed"),
        ({"SLACK_API_URL": "http://localhost:port/api"}, "SLACK_API_URL is malformed"),
        ({"SLACK_BOT_TOKEN": f"xoxb-é{SECRET}"}, "SLACK_BOT_TOKEN is malformed"),
        ({"PORT": "eighty"}, "PORT is malformed"),
        ({"PORT": "70000"}, "PORT is malformed"),
        ({"PLANBOT_ADMINS": "dana"}, "PLANBOT_ADMINS is malformed ('dana' is not a Slack user id"),
        ({"PLANBOT_KEEP_DAYS": "0"}, "PLANBOT_KEEP_DAYS is malformed"),
        ({"PLANBOT_KEEP_WORDS": "perhaps"}, "PLANBOT_KEEP_WORDS is malformed"),
        ({"PLANBOT_HOLIDAYS": "2026-12-25,2026-13-01"}, "PLANBOT_HOLIDAYS is malformed ('2026-13-01' is not a day"),
        ({"PLANBOT_HOLIDAYS": "holidays.txt"}, "PLANBOT_HOLIDAYS is malformed ('holidays.txt' is neither a day"),
        ({"PLANBOT_REMINDERS": "sometimes"}, "PLANBOT_REMINDERS is malformed"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is malformed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_setting_that_is_wrong_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str | None], named: str
) -> None:
    set_all(monkeypatch, **changes)
    with pytest.raises(SettingsUnusable) as wrong:
        Settings.read()
    (problem,) = wrong.value.problems
    assert named in problem
    assert SECRET not in problem


def test_all_that_is_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SLACK_BOT_TOKEN="?", PORT="0")
    with pytest.raises(SettingsUnusable) as wrong:
        Settings.read()
    assert len(wrong.value.problems) == 2


def test_a_setting_left_empty_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SLACK_APP_TOKEN="", PORT="")
    assert not Settings.read().uses_socket_mode


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch)
    assert SECRET not in repr(Settings.read())


def test_administrators_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PLANBOT_ADMINS=" U02AB3CD4, W123 ,")
    assert Settings.read().planbot_admins == {"U02AB3CD4", "W123"}


def test_the_record_needs_no_token() -> None:
    assert RecordSettings.read().database_url == "sqlite:///planbot.db"


def test_a_file_named_env_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("with-env")
    (folder / ".env").write_text("DATABASE_URL=sqlite:///elsewhere.db\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert RecordSettings.read().database_url == "sqlite:///elsewhere.db"


@pytest.mark.parametrize("name", ["strategy", "/Plan", "/two words", "/" + "x" * 32])
def test_a_command_has_a_name_that_slack_takes(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PLANBOT_PLAN_COMMAND", name)
    with pytest.raises(SettingsUnusable, match="PLANBOT_PLAN_COMMAND is malformed"):
        CommandNames.read()


def test_commands_have_three_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANBOT_PLAN_COMMAND", "/digest")
    with pytest.raises(SettingsUnusable, match="three names"):
        CommandNames.read()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param("- name: x\n  patterns: ['(']\n", "is no regular expression", id="no pattern"),
        pytest.param("name: x\n", "is no list of entries", id="no list"),
        pytest.param(None, "cannot be read", id="no file"),
    ],
)
def test_a_file_of_patterns_that_cannot_be_used_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str | None, says: str
) -> None:
    file = tmp_path / "guard.yml"
    if written:
        file.write_text(written, encoding="utf-8")
    set_all(monkeypatch, PLANBOT_GUARD_FILE=str(file))
    with pytest.raises(SettingsUnusable) as wrong:
        Settings.read()
    (problem,) = wrong.value.problems
    assert problem.startswith("PLANBOT_GUARD_FILE is malformed")
    assert says in problem
    assert str(file) in problem
    assert "\n" not in problem


def test_a_file_of_no_patterns_turns_the_guard_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "guard.yml"
    file.write_text("[]\n", encoding="utf-8")
    set_all(monkeypatch, PLANBOT_GUARD_FILE=str(file))
    assert Settings.read().planbot_guard_file == file


@pytest.mark.parametrize(
    "words", ["2026-12-25, 2027-01-01", "holidays.txt"], ids=["separated by commas", "in a file, one a line"]
)
def test_holidays_are_days_or_a_file_of_them(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    Path("holidays.txt").write_text("# ours\n2026-12-25 Christmas\n\n2027-01-01\n", encoding="utf-8")
    set_all(monkeypatch, PLANBOT_HOLIDAYS=words)
    assert Settings.read().planbot_holidays == {date(2026, 12, 25), date(2027, 1, 1)}
