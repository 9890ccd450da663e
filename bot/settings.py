"""Every setting, in one frozen tree, read from the environment and from `.env`.

A setting is named `ONRECORD_` and its field in capitals; Slack's tokens keep the names that
everyone already has. A misspelt name stops the start, and no message ever shows a token.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.environment import lend_to_providers
from retrieval.errors import UsageError

PREFIX = "ONRECORD_"
ENV_FILE = Path(".env")  # in the folder in which the command is run
_REMEDY = "Correct it in the environment or in .env; .env.example explains every setting."


def _token(prefix: str, what: str) -> AfterValidator:
    """Accept only a token of the right kind; the message describes it without showing it."""

    def check(token: SecretStr) -> SecretStr:
        value = token.get_secret_value().strip()
        if not value.startswith(prefix) or not value.isascii() or len(value.split()) != 1:
            raise ValueError(f"this is not {what}, which begins with {prefix!r} and has no spaces")
        return SecretStr(value)

    return AfterValidator(check)


def _signing_secret(secret: SecretStr) -> SecretStr:
    """Accept what may be a signing secret; the message describes it without showing it."""
    value = secret.get_secret_value().strip()
    if not re.fullmatch(r"(?!xox|xapp-)[\x21-\x7e]{16,}", value):
        raise ValueError(
            "this is not a signing secret, which is a row of letters and digits; it stands under "
            "Basic Information, App Credentials"
        )
    return SecretStr(value)


def _listed(value: object) -> object:
    """What is separated by commas, in order and once each."""
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def _user_id(value: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]{2,}", value):
        raise ValueError(
            f"{value!r} is not a Slack user id, which begins with U or W, for instance "
            "U012AB3CD; in a person's profile, the menu ⋮ has Copy member ID"
        )
    return value


def _channel_id(value: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
        raise ValueError(
            f"{value!r} is not a Slack channel id, which begins with C or G, for instance "
            "C012AB3CD; it stands at the bottom of the channel's details"
        )
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", value):
        raise ValueError("this is not a host name or an address, for instance 127.0.0.1 or 0.0.0.0")
    return value


_UNITS_S = {"m": 60, "h": 3_600, "d": 86_400}


def _interval(value: object) -> object:
    """A length of time such as `30m`, `6h` or `1d`."""
    if not isinstance(value, str):
        return value
    written = re.fullmatch(r"\s*([1-9]\d{0,3})\s*([mhd])\s*", value.lower())
    if written is None:
        raise ValueError(
            "this is not a length of time, which is a number and m, h or d, for instance 30m, 6h "
            "or 1d"
        )
    return timedelta(seconds=int(written.group(1)) * _UNITS_S[written.group(2)])


def _web_address(url: str) -> str:
    if not re.match(r"https?://[^\s/]", url):
        raise ValueError("this is not a web address, which begins with https:// or http://")
    return url if url.endswith("/") else f"{url}/"


def _model_name(name: str) -> str:
    if not re.fullmatch(r"[a-z_]+:\S+", name):
        raise ValueError(
            "a model is named provider:model, for instance openai:gpt-4.1-mini to write or"
            " openai:text-embedding-3-small to embed"
        )
    return name


Folder = Annotated[Path, AfterValidator(Path.expanduser)]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"],
    BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
]
Strictness = Annotated[
    Literal["careful", "balanced", "eager"],
    BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
]
Url = Annotated[str, AfterValidator(_web_address)]
ModelName = Annotated[str, AfterValidator(_model_name)]
UserId = Annotated[str, AfterValidator(_user_id)]
UserIds = Annotated[tuple[UserId, ...], NoDecode, BeforeValidator(_listed)]
ChannelId = Annotated[str, AfterValidator(_channel_id)]
Interval = Annotated[timedelta, BeforeValidator(_interval)]
Host = Annotated[str, AfterValidator(_host)]


class Settings(BaseSettings):
    """What can be set, with bounds and defaults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="match_prefix",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    corpus_dir: Folder = Path("corpus")
    """Folder with the documents to answer from."""

    data_dir: Folder = Path("data")
    """Folder in which Onrecord keeps its index and its records."""

    collections: Folder | None = None
    """File that names collections of documents and who may see each; unset: all members all."""

    embedding_model: ModelName | None = None
    """`provider:model` of a LangChain embedding; unset means the embedded model."""

    chat_model: ModelName | None = None
    """`provider:model` of a LangChain chat model; unset means that answers are quotations."""

    chat_timeout_s: float = Field(default=20.0, ge=1, le=300)
    """Seconds that the chat model has for an answer; after them the documents are quoted."""

    chat_max_tokens: int = Field(default=800, ge=50, le=8000)
    """Tokens that the chat model may write for an answer."""

    read_timeout_s: int = Field(default=60, ge=1, le=3600)
    """Seconds that reading one document may take; then it is left out and named."""

    chroma_url: Url | None = None
    """Address of a Chroma server to keep the vectors; unset means a folder in the data folder."""

    most_removed: float = Field(default=0.5, ge=0, le=1)
    """Share of the documents that an index run may remove without being allowed to."""

    tracing: bool = False
    """Whether LangSmith's and OpenTelemetry's variables count: they send questions away."""

    strictness: Strictness = "balanced"
    """How much risk of a wrong answer is taken: `careful`, `balanced` or `eager`."""

    workers: int = Field(default=2, ge=1, le=32)
    """How many questions the Slack bot answers at the same time."""

    answer_timeout_s: float = Field(default=30.0, ge=1, le=600)
    """Seconds after which the Slack bot gives up on a question and says so."""

    reindex_every: Interval | None = None
    """How often the bot indexes the documents by itself: `30m`, `6h`, `1d`; unset means never."""

    watch: bool = False
    """Whether the bot indexes the documents by itself as soon as they change."""

    notice_days: int = Field(default=7, ge=0, le=90)
    """For how many days a note below an answer says that its documents changed; 0 for never."""

    admins: UserIds = ()
    """Slack user ids, separated by commas, of those who may re-index, roll back, see feedback."""

    trust_workspace_admins: bool = False
    """Whether admins and owners of the Slack workspace are admins of Onrecord, too."""

    owners_channel: ChannelId | None = None
    """Id of the Slack channel to which "Ask a person" hands a refused question."""

    http_host: Host = "127.0.0.1"
    """Address on which Slack's requests are taken in HTTP mode; `0.0.0.0` takes them on all."""

    http_port: int = Field(default=3000, ge=0, le=65535)
    """Port on which Slack's requests are taken in HTTP mode; 0 takes any free port."""

    workspace_port: int = Field(default=0, ge=0, le=65535)
    """Port of the local workspace on this machine; 0 takes any free port."""

    open_browser: bool = True
    """Whether the local workspace opens in a browser by itself, where there is a display."""

    log_level: LogLevel = "INFO"
    """What `onrecord serve` logs: `DEBUG`, `INFO`, `WARNING` or `ERROR`."""

    evaldata: Folder | None = None
    """Folder with question sets that `onrecord eval` can be given by name."""

    slack_bot_token: Annotated[SecretStr, _token("xoxb-", "a bot token")] | None = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN"
    )
    """Bot token of the Slack app; begins with `xoxb-`."""

    slack_app_token: Annotated[SecretStr, _token("xapp-", "an app-level token")] | None = Field(
        default=None, validation_alias="SLACK_APP_TOKEN"
    )
    """App-level token with the scope `connections:write`, for Socket Mode; begins with `xapp-`."""

    slack_signing_secret: Annotated[SecretStr, AfterValidator(_signing_secret)] | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )
    """Signing secret of the Slack app, for HTTP mode instead of the app-level token."""

    slack_api_url: Url = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    """Address of Slack's Web API; only changed for tests and proxies."""


def variable_names() -> dict[str, str]:
    """The environment variable of each setting, by field name, in order."""
    return {
        name: str(field.validation_alias or f"{PREFIX}{name}".upper())
        for name, field in Settings.model_fields.items()
    }


def load_settings() -> Settings:
    """Read the settings; a wrong name or value is a `UsageError` that says what to write."""
    _refuse_unknown(os.environ, "the environment")
    _refuse_unknown(_names_in(ENV_FILE), str(ENV_FILE))
    try:
        settings = Settings()
    except ValidationError as error:
        raise _usage_error(error) from None
    if settings.chat_model or settings.embedding_model:
        lend_to_providers(ENV_FILE)
    return settings


def _names_in(env_file: Path) -> Iterable[str]:
    if not env_file.exists():
        return ()
    try:
        return dotenv_values(env_file, encoding="utf-8").keys()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The settings file {env_file} cannot be read: {error}.",
            "Make it a readable text file in UTF-8, or remove it.",
        ) from None


def _refuse_unknown(names: Iterable[str], place: str) -> None:
    known = [v.removeprefix(PREFIX) for v in variable_names().values() if v.startswith(PREFIX)]
    for name in sorted(names):
        prefix, own = name.upper()[: len(PREFIX)], name.upper()[len(PREFIX) :]
        if prefix != PREFIX or own in known:
            continue
        close = get_close_matches(own, known, n=1)
        raise UsageError(
            f"Unknown setting {name} in {place}.",
            f"Did you mean {PREFIX}{close[0]}?" if close else ".env.example lists every setting.",
        )


def _usage_error(error: ValidationError) -> UsageError:
    variables = variable_names()
    problems = []
    for problem in error.errors(include_input=False, include_url=False):
        field = str(problem["loc"][0])
        text = problem["msg"].removeprefix("Value error, ")
        problems.append(f"{variables.get(field, field)}: {text}.")
    return UsageError(" ".join(problems), _REMEDY)
