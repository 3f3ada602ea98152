"""All settings, read once from the environment or `liandong.toml` and handed down; the environment wins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.channels.gateways.plain_http_reading import company_in, places_in
from bot.in_charge import Way
from bot.settings_forms import (
    UPPER,
    DatabaseUrl,
    Digits,
    Host,
    Networks,
    Signature,
    Suffix,
    TimeZone,
    Token,
    TwilioAccount,
    TwilioSender,
    Unguessable,
    WebAddress,
    WhomToTell,
    way_to,
)
from bot.settings_needed import needed_by
from bot.settings_written import written_down
from bot.settings_wrong import Complaint, SettingsWrong, missing, wrong

__all__ = ["Settings", "SettingsWrong", "read_settings"]

# Where our own HTTP door takes Telegram's updates; what stands in front of it may call it otherwise.
TELEGRAM_PATH = "/telegram"
TELEGRAM = "https://api.telegram.org"
TWILIO = "https://api.twilio.com"
# Bot API, setWebhook, "Ports currently supported for webhooks". A server of one's own takes any, and http.
_TELEGRAMS_PORTS = (None, 443, 80, 88, 8443)


class Settings(BaseSettings):
    """Each field is `LIANDONG_` and its name in capitals; addresses of the web carry no slash at the end."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: DatabaseUrl = Field("sqlite+aiosqlite:///liandong.db", repr=False)
    key_file: Path = Path("liandong.key")
    state_folder: Path | None = None

    telegram_token: Token = SecretStr("")
    telegram_api: WebAddress = TELEGRAM
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: WebAddress = ""
    telegram_secret: Unguessable = SecretStr("")
    telegram_rate: int = Field(30, ge=0, le=1000)

    sms_gateway: Literal["none", "kannel", "aliyun", "tencent", "yunmas", "twilio", "plain_http"] = "none"
    sms_signature: Signature = "【联动】"
    sms_suffix: Suffix = ""
    sms_price: float = Field(0, ge=0, le=1000)
    approval_above: int = Field(200, ge=0)
    sms_path_secret: Unguessable = SecretStr("")
    sms_allow: Networks = ""
    kannel_url: WebAddress = Field("", repr=False)
    kannel_username: str = ""
    kannel_password: SecretStr = SecretStr("")
    kannel_from: str = ""
    kannel_status_url: WebAddress = Field("", repr=False)
    sms_templates: str = ""
    aliyun_key_id: str = ""
    aliyun_key_secret: SecretStr = SecretStr("")
    aliyun_endpoint: WebAddress = "https://dysmsapi.aliyuncs.com"
    tencent_secret_id: str = ""
    tencent_secret_key: SecretStr = SecretStr("")
    tencent_app_id: Digits = ""
    tencent_region: str = "ap-guangzhou"
    tencent_endpoint: WebAddress = "https://sms.tencentcloudapi.com"
    yunmas_url: WebAddress = Field("", repr=False)
    yunmas_company: str = ""
    yunmas_account: str = ""
    yunmas_password: SecretStr = SecretStr("")
    yunmas_sign: str = ""
    yunmas_extra: str = ""
    twilio_account: TwilioAccount = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: TwilioSender = ""
    twilio_api: WebAddress = TWILIO
    plain_http_file: str = ""
    plain_http_account: str = ""
    plain_http_secret: SecretStr = SecretStr("")

    public_url: WebAddress = ""
    http_host: Host = "127.0.0.1"
    http_port: int = Field(8090, ge=0, le=65535)
    trusted_proxies: Networks = ""
    metrics_secret: Unguessable = SecretStr("")
    alarm_to: WhomToTell = Field("", repr=False)
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

    @property
    def alarm_ways(self) -> list[Way]:
        """To whom an alarm goes beside the administrators."""
        return [Way(*way) for one in self.alarm_to.split(",") if (way := way_to(one))]

    def secret_values(self) -> tuple[str, ...]:
        """What must never be seen in a log."""
        words = (
            self.telegram_token, self.telegram_secret, self.sms_path_secret, self.kannel_password,
            self.metrics_secret, self.aliyun_key_secret, self.tencent_secret_key,
            self.yunmas_password, self.twilio_auth_token, self.plain_http_secret,
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
    written = written_down(environ, folder, Settings.model_fields)
    try:
        settings = Settings(**written)
    except ValidationError as error:
        fields = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False))
        # Not chained: a traceback would show the values.
        raise SettingsWrong(wrong(field) for field in fields) from None
    if complaints := [*_what_is_missing(settings), *_out_of_telegrams_reach(settings)]:
        raise SettingsWrong(complaints)
    if settings.sms_gateway == "plain_http":
        _look_at_the_company(settings, folder)
    return settings


def _what_is_missing(settings: Settings) -> list[Complaint]:
    by_webhook = bool(settings.telegram_token.get_secret_value()) and settings.telegram_mode == "webhook"
    needed = needed_by(settings.sms_gateway, by_webhook)
    return [
        missing(field, why) for why, fields in needed.items() for field in fields if not _has(settings, field)
    ]


def _out_of_telegrams_reach(settings: Settings) -> list[Complaint]:
    url = urlsplit(settings.telegram_webhook_url)
    wanted = settings.telegram_mode == "webhook" and settings.telegram_api == TELEGRAM
    if not wanted or not url.hostname or (url.scheme == "https" and url.port in _TELEGRAMS_PORTS):
        return []
    return [wrong("telegram_webhook_url")]


def _look_at_the_company(settings: Settings, folder: Path) -> None:
    """What is wrong with its file is said before anything starts, and not at the first message."""
    file = settings.plain_http_file
    places = places_in(company_in(folder / file))
    wanted = {"account": "plain_http_account", "secret": "plain_http_secret"}
    gone = {place: field for place, field in wanted.items() if place in places and not _has(settings, field)}
    if gone:
        raise SettingsWrong(missing(field, f"{file} {{{place}}}") for place, field in gone.items())


def _has(settings: Settings, field: str) -> bool:
    value = getattr(settings, field)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
