"""What a text costs here: the fee of the settings, and all that the company shows around our words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.gateways.contract import Gateway
from bot.doors import gateway_of
from bot.settings import Settings
from content.rules.account import Price


def price_by(settings: Settings, gateway: Gateway | None) -> Price:
    price = Price(settings.sms_price, settings.sms_signature, settings.sms_suffix)
    return price._replace(shown=gateway.as_shown) if gateway else price


@asynccontextmanager
async def priced(settings: Settings) -> AsyncIterator[Price]:
    """For a command, which has no doors of its own."""
    gateway = gateway_of(settings)
    try:
        yield price_by(settings, gateway)
    finally:
        if gateway:
            await gateway.close()
