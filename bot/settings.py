"""Every setting, read once where the process starts: from the environment, else from `.env`."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from commands.guard import PATTERNS, GuardUnusable, guard

COMMAND = r"^/[a-z0-9_-]{1,31}$"
"""Slack's form of a slash command's name: a slash, then at most 31 lower-case characters without spaces."""


class SettingsUnusable(Exception):
    """Settings are missing or malformed; `problems` has one sentence for each, none of which shows a secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _FromEnvironment(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    @classmethod
    def read(cls, **given: Any) -> Self:
        """The settings; what is `given` goes before the environment. Raises SettingsUnusable."""
        try:
            return cls(**given)
        except ValidationError as error:
            raise SettingsUnusable(tuple(_sentence(cls, one) for one in error.errors())) from None
        except UnicodeDecodeError:
            raise SettingsUnusable(("The file .env is not UTF-8 text: save it as UTF-8.",)) from None


def _sentence(settings: type[BaseSettings], problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    by_variable = {str(field.validation_alias or name): field for name, field in settings.model_fields.items()}
    field = by_variable.get(name)
    if field is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    variable = name.upper()
    if problem["type"] == "missing":
        return f"{variable} is missing: {field.description}"
    return f"{variable} is malformed ({str(problem['msg']).removeprefix('Value error, ')}): {field.description}"


def _has_sound_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _lines_of(file: Path) -> list[str]:
    """The first word of each line of a file, without empty lines and those that begin with #."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"'{file}' is neither a day such as 2026-12-25 nor a file that can be read") from None
    return [line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"'{typed}' is not a day such as 2026-12-25") from None


class RecordSettings(_FromEnvironment):
    """What the commands that only touch the record need."""

    database_url: str = Field(
        "sqlite:///planbot.db",
        description="where the record is: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/DATABASE",
    )
    planbot_keep_words: bool = Field(
        True,
        description="whether the words of questions that were not answered are kept: true or false",
    )
    planbot_keep_days: int = Field(
        90, ge=1, le=3650, description="for how many days the words of unanswered questions are kept, 1 to 3650"
    )


class CommandNames(_FromEnvironment):
    """The slash commands' names; generic ones may be taken in a workspace."""

    plan: str = Field(
        "/plan", validation_alias="planbot_plan_command", pattern=COMMAND, description="name of the /plan command"
    )
    progress: str = Field(
        "/progress",
        validation_alias="planbot_progress_command",
        pattern=COMMAND,
        description="name of the /progress command",
    )
    digest: str = Field(
        "/digest", validation_alias="planbot_digest_command", pattern=COMMAND, description="name of the /digest command"
    )

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if len({self.plan, self.progress, self.digest}) < 3:
            raise ValueError(
                "PLANBOT_PLAN_COMMAND, PLANBOT_PROGRESS_COMMAND and PLANBOT_DIGEST_COMMAND must be three names"
            )
        return self


class Settings(RecordSettings):
    """What `planbot serve` needs."""

    slack_bot_token: SecretStr = Field(
        description="the bot token, xoxb-…, from 'OAuth & Permissions' of the app's settings at Slack"
    )
    slack_app_token: SecretStr | None = Field(
        None,
        description="the app-level token, xapp-…, with connections:write; set: Socket Mode, unset: HTTP",
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="the signing secret from 'Basic Information' of the app's settings; needed for HTTP"
    )
    slack_api_url: str = Field("https://slack.com/api/", description="address of Slack's Web API")
    port: int = Field(3000, ge=1, le=65535, description="port of the HTTP mode, 1 to 65535")
    planbot_admins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="the plan administrators' Slack user ids, separated by commas"
    )
    planbot_guard_file: Path | None = Field(
        None,
        description="a file of patterns for what must be asked about before a note is kept, in the form of "
        "commands/guard/patterns.yml; a file with an empty list asks about nothing",
    )
    planbot_reminders: bool = Field(
        True, description="whether owners are reminded of what waits for an update: true or false"
    )
    planbot_holidays: Annotated[frozenset[date], NoDecode] = Field(
        frozenset(),
        description="days on which nobody is reminded, as 2026-12-25, separated by commas, or a file with one a line",
    )
    planbot_wake_seconds: float = Field(
        5.0,
        gt=0,
        le=60,
        description="how often, in seconds, the bot looks for digests that are due and for what a killed process left "
        "undone",
    )
    planbot_posts_a_minute: int = Field(
        300,
        ge=1,
        le=60_000,
        description="how many messages of digests a process posts in a minute at most; Slack takes several hundred in "
        "a workspace, answers to members among them",
    )
    planbot_pause_seconds: float = Field(
        1.0,
        ge=0,
        description="how long, in seconds, a process waits between two messages of a digest's thread; Slack takes one "
        "a second in a channel",
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", mode="before")
    @classmethod
    def _without_space(cls, secret: object) -> object:
        if not isinstance(secret, str):
            return secret
        if not secret.strip().isascii():
            raise ValueError("it has characters that no token has")
        return secret.strip()

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            raise ValueError("a bot token starts with xoxb-")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not token.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token starts with xapp-")
        return token

    @field_validator("slack_api_url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not _has_sound_port(url):
            raise ValueError("not a web address such as https://slack.com/api/")
        return url.rstrip("/") + "/"

    @field_validator("planbot_admins", mode="before")
    @classmethod
    def _split(cls, listed: object) -> object:
        if not isinstance(listed, str):
            return listed
        ids = [one.strip() for one in listed.split(",") if one.strip()]
        for one in ids:
            if not (one[0] in "UW" and one.isalnum() and one.isupper()):
                raise ValueError(f"'{one}' is not a Slack user id such as U02AB3CD4")
        return frozenset(ids)

    @field_validator("planbot_holidays", mode="before")
    @classmethod
    def _days(cls, listed: object) -> object:
        if not isinstance(listed, str):
            return listed
        words = [one.strip() for one in listed.split(",") if one.strip()]
        if words and not words[0][:1].isdigit():
            words = _lines_of(Path(listed.strip()))
        return frozenset(_day(one) for one in words)

    @field_validator("planbot_guard_file")
    @classmethod
    def _guards(cls, file: Path | None) -> Path | None:
        try:
            guard(file or PATTERNS)
        except GuardUnusable as error:
            raise ValueError(str(error)) from None
        return file

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _http_is_signed(self) -> Self:
        if self.slack_app_token is None and self.slack_signing_secret is None:
            raise ValueError(
                "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing: set the first for Socket Mode, "
                "or the second for HTTP (requests that nobody signed are not taken)"
            )
        return self

    @property
    def uses_socket_mode(self) -> bool:
        """Whether Slack is reached by WebSocket instead of HTTP."""
        return self.slack_app_token is not None
