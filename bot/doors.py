"""Which doors the settings open: the chat, the SMS gateway, both, or none yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.contract import Channel
from bot.channels.gateways.contract import Gateway
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.channels.telegram import Pacer, Telegram, Webhook
from bot.doors_of_free_text import FREE_TEXT
from bot.doors_of_templates import aliyun_of, tencent_of
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Doors:
    """SMS alone is a complete way: `telegram` is None where no token is set."""

    telegram: Telegram | None
    gateway: Gateway | None
    channels: Mapping[str, Channel]

    def bot_name(self) -> str:
        """Empty until Telegram was reached for the first time."""
        return self.telegram.username if self.telegram else ""


def doors_of(settings: Settings) -> Doors:
    telegram, gateway = _telegram(settings), gateway_of(settings)
    channels: dict[str, Channel] = {}
    if telegram:
        channels["telegram"] = telegram
    if gateway:
        channels["sms"] = Sms(gateway, settings.sms_signature, settings.sms_suffix)
    return Doors(telegram, gateway, channels)


def _telegram(settings: Settings) -> Telegram | None:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    by_webhook = settings.telegram_mode == "webhook"
    secret = settings.telegram_secret.get_secret_value()
    webhook = Webhook(settings.telegram_webhook, secret) if by_webhook else None
    pacer = Pacer(settings.telegram_rate) if settings.telegram_rate else None
    return Telegram(token, settings.telegram_api, webhook, pacer=pacer)


def gateway_of(settings: Settings) -> Gateway | None:
    if settings.sms_gateway == "none":
        return None
    if settings.sms_gateway == "aliyun":
        return aliyun_of(settings)
    if settings.sms_gateway == "tencent":
        return tencent_of(settings)
    if settings.sms_gateway in FREE_TEXT:
        return FREE_TEXT[settings.sms_gateway](settings)
    return Kannel(
        settings.kannel_url,
        settings.kannel_username,
        settings.kannel_password.get_secret_value(),
        settings.kannel_from,
        f"{settings.public_url}{settings.sms_path}/receipt",
    )
