"""The SMS companies that send what we write, as the settings describe them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels.gateways.contract import Gateway
from bot.channels.gateways.plain_http import PlainHttp
from bot.channels.gateways.plain_http_reading import company_in
from bot.channels.gateways.twilio import Twilio
from bot.channels.gateways.yunmas import Yunmas
from bot.clock import WallClock
from bot.doors_of_templates import templates_of
from bot.settings import Settings


def yunmas_of(settings: Settings) -> Yunmas:
    return Yunmas(
        settings.yunmas_url,
        settings.yunmas_company,
        settings.yunmas_account,
        settings.yunmas_password.get_secret_value(),
        settings.yunmas_sign,
        settings.yunmas_extra,
        settings.sms_signature,
        templates=templates_of(settings) if settings.sms_templates else None,
    )


def twilio_of(settings: Settings) -> Twilio:
    return Twilio(
        settings.twilio_account,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_from,
        f"{settings.public_url}{settings.sms_path}",
        settings.twilio_api,
    )


def plain_http_of(settings: Settings) -> PlainHttp:
    return PlainHttp(
        company_in(Path(settings.plain_http_file)),
        settings.plain_http_account,
        settings.plain_http_secret.get_secret_value(),
        settings.sms_signature,
        WallClock(),
        ZoneInfo(settings.timezone),
    )


FREE_TEXT: Mapping[str, Callable[[Settings], Gateway]] = {
    "yunmas": yunmas_of,
    "twilio": twilio_of,
    "plain_http": plain_http_of,
}
