"""The settings, read once from the environment; a flag of the command line goes first."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from scoring.errors import SettingsError, WordsError

PREFIX = "EVENKEEL_"
PORTS = 65_536
# The settings that are a flag of the command line too.
FLAGS = ("database", "timezone", "week_starts", "now")
# The ways to ask a model for a form.
METHODS = ("json_schema", "function_calling", "json_mode")
# The settings that Slack's own tools know by a name of Slack's.
SLACKS = ("slack_bot_token", "slack_app_token", "slack_signing_secret")


class Settings(BaseModel):
    """What the one who runs Evenkeel may decide; each field is a line of docs/running.md."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    database: str = Field(
        default="evenkeel.db",
        description="Where records are kept: a SQLite file, or postgresql://USER@HOST/NAME.",
    )
    timezone: str = Field(
        default="UTC", description="The zone that days and weeks are cut in, like Europe/London."
    )
    week_starts: Literal["monday", "sunday"] = Field(
        default="monday", description="The first day of a week."
    )
    repeat_days: int = Field(
        default=7,
        ge=1,
        le=30,
        description="Days without a repeat contact that make a first contact resolution.",
    )
    working_hours: Path | None = Field(
        default=None, description="A TOML file of working hours, for response times on that clock."
    )
    kpis: Path | None = Field(
        default=None,
        description="A TOML file that changes entries of the KPI catalogue or adds to it.",
    )
    practices: Path | None = Field(
        default=None,
        description="A TOML file that changes practices that notes suggest, or adds to them.",
    )
    sentiment_engine: Literal["service", "textblob"] = Field(
        default="service", description="What reads the mood of texts: service or textblob."
    )
    redact_numbers: str | None = Field(
        default=None,
        description="Shapes of order and account numbers to take out of texts: `ORD-####, AC#*`.",
    )
    customer_key: SecretStr | None = Field(
        default=None,
        description="The secret that customers' ids are hashed with; made on first use if none.",
    )
    key_file: Path | None = Field(
        default=None,
        description="Where a key that was made is kept; if not set, beside the SQLite file.",
    )
    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="The bot token of your Slack app, xoxb-…; `SLACK_BOT_TOKEN` serves too.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="Its app token, xapp-…, for Socket Mode; `SLACK_APP_TOKEN` serves too.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="Its signing secret, for HTTP; `SLACK_SIGNING_SECRET` serves too.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Where Slack's Web API is; another for a proxy or a stand-in.",
    )
    listen: str = Field(
        default="127.0.0.1:3000",
        description="HOST:PORT where HTTP requests of Slack come in, where there is no app token.",
    )
    jobs: str | None = Field(
        default=None,
        description="Where it is kept what is under way of sending; if not set, beside the SQLite"
        " file or in the PostgreSQL database.",
    )
    posts_per_second: float = Field(
        default=1.0,
        gt=0,
        le=50,
        description="How many weekly messages Slack is given in any second, at most.",
    )
    model: str | None = Field(
        default=None, description="The language model, by its server's name; none if not set."
    )
    model_url: str = Field(
        default="https://api.openai.com/v1",
        description="Where it is: OpenAI, or any server that speaks the same protocol.",
    )
    model_key: SecretStr | None = Field(
        default=None, description="The API key of that server, if it wants one."
    )
    model_timeout: float = Field(
        default=20, gt=0, le=300, description="Seconds without a word after which it is given up."
    )
    model_retries: int = Field(
        default=1, ge=0, le=3, description="How often it is asked again if it is busy or broken."
    )
    model_methods: str = Field(
        default=",".join(METHODS),
        description="Ways to ask it for a form, in the order in which they are tried.",
    )
    model_responses_api: bool = Field(
        default=False, description="true for OpenAI's Responses API instead of Chat Completions."
    )
    model_limit_name: Literal["max_completion_tokens", "max_tokens"] = Field(
        default="max_completion_tokens",
        description="What its server calls the limit of an answer; max_tokens for older ones.",
    )
    model_temperature: float | None = Field(
        default=None, ge=0, le=2, description="0 for the steadiest answers, if it takes one."
    )
    model_answer_tokens: int = Field(
        default=1000, ge=50, description="The most tokens of one answer."
    )
    model_question_tokens: int = Field(
        default=20_000, ge=1, description="The most tokens of one question, all calls together."
    )
    model_day_tokens: int = Field(
        default=1_000_000, ge=1, description="The most tokens of a day, in UTC, in one process."
    )
    model_notes: bool = Field(
        default=False,
        description="Whether the model may add comments, checked, to weekly notes that are sent.",
    )
    mcp_token: SecretStr | None = Field(
        default=None,
        description="What clients of `evenkeel mcp --http` have to bring, 16 characters or more.",
    )
    now: datetime | None = Field(
        default=None, description="The clock, for repeatable runs; the real one if not set."
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is no time zone; write it as Europe/London") from error

    @field_validator("slack_api_url")
    @classmethod
    def _a_folder(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("is no address; write it as https://slack.com/api/")
        return f"{value.rstrip('/')}/"

    @field_validator("model_methods")
    @classmethod
    def _known_methods(cls, value: str) -> str:
        named = [one.strip() for one in value.split(",")]
        if not set(named) <= set(METHODS):
            raise ValueError(f"names others than {', '.join(METHODS)}")
        return ",".join(named)

    @field_validator("model_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("is no address; write it as https://api.openai.com/v1")
        return value.rstrip("/")

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not (host and port.isascii() and port.isdecimal() and int(port) < PORTS):
            raise ValueError("is no place to listen at; write it as 127.0.0.1:3000")
        return value

    @field_validator("redact_numbers")
    @classmethod
    def _known_shapes(cls, value: str | None) -> str | None:
        from scoring.redaction.redactor import shapes_of

        try:
            shapes_of((value or "").split(","))
        except SettingsError as error:
            raise ValueError(str(error)) from error
        return value

    @field_validator("now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's zone."""
        return ZoneInfo(self.timezone)

    @property
    def post_seconds(self) -> float:
        """How far apart messages are sent: some more than the pace asks for, as ways differ."""
        return 1.25 / self.posts_per_second

    @property
    def number_shapes(self) -> tuple[str, ...]:
        """The shapes of numbers that are taken out of texts."""
        return tuple(one.strip() for one in (self.redact_numbers or "").split(",") if one.strip())

    @property
    def key_path(self) -> Path:
        """Where a key that was made on first use is kept."""
        if self.key_file is not None:
            return self.key_file
        path = self.database.removeprefix("sqlite:///")
        return Path("evenkeel.key") if "://" in path else Path(path).with_suffix(".key")

    @property
    def first_weekday(self) -> int:
        """The first day of a week, 0 for Monday."""
        return 0 if self.week_starts == "monday" else 6


def read_settings(
    environment: Mapping[str, str] | None = None, flags: Mapping[str, Any] | None = None
) -> Settings:
    """The settings of the environment, with those given as flags before them.

    Raises:
        SettingsError: which settings cannot be used, all of them at once; WordsError where only
            flags are wrong.
    """
    found = os.environ if environment is None else environment
    slacks: dict[str, Any] = {
        name: found[name.upper()] for name in SLACKS if found.get(name.upper())
    }
    given = slacks | {
        name: found[PREFIX + name.upper()]
        for name in Settings.model_fields
        if found.get(PREFIX + name.upper())
    }
    said = {name: value for name, value in (flags or {}).items() if name in FLAGS}
    try:
        return Settings.model_validate({**given, **said})
    except ValidationError as error:
        names = [str(one["loc"][0]) for one in error.errors()]
        wrong = [
            f"{_name(name)} “{one['input']}”: {_why(one['msg'])}"
            for name, one in zip(names, error.errors(), strict=True)
        ]
        kind = WordsError if said.keys() >= set(names) else SettingsError
        raise kind("Settings cannot be used as they are: " + "; ".join(wrong) + ".") from error


def _name(setting: str) -> str:
    flag = f"--{setting.replace('_', '-')} or " if setting in FLAGS else ""
    return f"{flag}{PREFIX}{setting.upper()}"


def _why(message: str) -> str:
    return message.removeprefix("Value error, ")
