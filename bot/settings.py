"""All settings, read once from the environment or `liandong.toml` and handed down; the environment wins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.settings_forms import UPPER, DatabaseUrl, Host, Signature, TimeZone, Token, Unguessable, WebAddress
from bot.settings_wrong import (
    PREFIX,
    Complaint,
    SettingsWrong,
    missing,
    no_such_file,
    not_toml,
    shut,
    unknown,
    unknown_in_file,
    wrong,
)

__all__ = ["Settings", "SettingsWrong", "read_settings"]

CONFIG = PREFIX + "CONFIG"
FILE_NAME = "liandong.toml"
# Where our own HTTP door takes Telegram's updates; what stands in front of it may call it otherwise.
TELEGRAM_PATH = "/telegram"
TELEGRAM = "https://api.telegram.org"
# Bot API, setWebhook, "Ports currently supported for webhooks". A server of one's own takes any, and http.
_TELEGRAMS_PORTS = (None, 443, 80, 88, 8443)


class Settings(BaseSettings):
    """Each field is `LIANDONG_` and its name in capitals; addresses of the web carry no slash at the end."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: DatabaseUrl = Field("sqlite+aiosqlite:///liandong.db", repr=False)
    key_file: Path = Path("liandong.key")

    telegram_token: Token = SecretStr("")
    telegram_api: WebAddress = TELEGRAM
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: WebAddress = ""
    telegram_secret: Unguessable = SecretStr("")
    telegram_rate: int = Field(30, ge=0, le=1000)

    sms_gateway: Literal["none", "kannel"] = "none"
    sms_signature: Signature = "【联动】"
    sms_path_secret: Unguessable = SecretStr("")
    kannel_url: WebAddress = Field("", repr=False)
    kannel_username: str = ""
    kannel_password: SecretStr = SecretStr("")
    kannel_from: str = ""

    public_url: WebAddress = ""
    http_host: Host = "127.0.0.1"
    http_port: int = Field(8090, ge=0, le=65535)
    metrics_secret: Unguessable = SecretStr("")
    language: Literal["zh", "en"] = "zh"
    timezone: TimeZone = "Asia/Shanghai"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], UPPER] = "INFO"

    @property
    def sms_path(self) -> str:
        """Where our own HTTP door takes what the gateway brings: `/inbound` and `/receipt` stand below it."""
        return f"/sms/{self.sms_path_secret.get_secret_value()}"

    @property
    def telegram_webhook(self) -> str:
        """Where Telegram is asked to bring updates: our own path, unless another one was written down."""
        url = self.telegram_webhook_url
        return url if urlsplit(url).path else url + TELEGRAM_PATH

    def secret_values(self) -> tuple[str, ...]:
        """What must never be seen in a log."""
        words = (
            self.telegram_token, self.telegram_secret, self.sms_path_secret, self.kannel_password,
            self.metrics_secret,
        )  # fmt: skip
        of_the_database = unquote(urlsplit(self.database_url).password or "")
        return tuple(filter(None, (*(word.get_secret_value() for word in words), of_the_database)))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read_settings` was given: no environment, no .env file read behind its back."""
        return (init_settings,)


def read_settings(environ: Mapping[str, str], folder: Path) -> Settings:
    """The settings in `environ`, and in the file it names or `folder` holds. SettingsWrong where unusable.

    An empty variable counts as not set.
    """
    written = _in_file(environ, folder) | _in_environment(environ)
    try:
        settings = Settings(**written)
    except ValidationError as error:
        fields = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False))
        # Not chained: a traceback would show the values.
        raise SettingsWrong(wrong(field) for field in fields) from None
    if complaints := [*_what_is_missing(settings), *_out_of_telegrams_reach(settings)]:
        raise SettingsWrong(complaints)
    return settings


def _in_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in environ.items() if name.startswith(PREFIX) and name != CONFIG}
    known = {PREFIX + field.upper(): field for field in Settings.model_fields}
    if strange := ours.keys() - known.keys():
        raise SettingsWrong(unknown(name, known) for name in sorted(strange))
    return {known[name]: value for name, value in ours.items() if value.strip()}


def _in_file(environ: Mapping[str, str], folder: Path) -> dict[str, Any]:
    named = environ.get(CONFIG, "")
    path = folder / (named or FILE_NAME)
    try:
        if named and not path.is_file():
            raise SettingsWrong([no_such_file(CONFIG)])
        written = TomlConfigSettingsSource(Settings, toml_file=path)()
    except OSError:
        raise SettingsWrong([shut(path)]) from None
    except ValueError:
        raise SettingsWrong([not_toml(path.name)]) from None
    if strange := written.keys() - Settings.model_fields.keys():
        raise SettingsWrong(unknown_in_file(name, Settings.model_fields) for name in sorted(strange))
    return written


def _what_is_missing(settings: Settings) -> list[Complaint]:
    needed: dict[str, list[str]] = {}
    if settings.telegram_token.get_secret_value() and settings.telegram_mode == "webhook":
        needed["LIANDONG_TELEGRAM_MODE=webhook"] = ["telegram_webhook_url", "telegram_secret"]
    if settings.sms_gateway == "kannel":
        needed["LIANDONG_SMS_GATEWAY=kannel"] = [
            "kannel_url", "kannel_username", "kannel_password", "sms_path_secret", "public_url"
        ]  # fmt: skip
    return [
        missing(field, why) for why, fields in needed.items() for field in fields if not _has(settings, field)
    ]


def _out_of_telegrams_reach(settings: Settings) -> list[Complaint]:
    url = urlsplit(settings.telegram_webhook_url)
    wanted = settings.telegram_mode == "webhook" and settings.telegram_api == TELEGRAM
    if not wanted or not url.hostname or (url.scheme == "https" and url.port in _TELEGRAMS_PORTS):
        return []
    return [wrong("telegram_webhook_url")]


def _has(settings: Settings, field: str) -> bool:
    value = getattr(settings, field)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
