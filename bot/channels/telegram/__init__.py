"""Telegram, or any server that speaks its Bot API: the only folder that imports telegram."""

from bot.channels.telegram.door import Telegram, Webhook
from bot.channels.telegram.pacing import Pacer

__all__ = ["Pacer", "Telegram", "Webhook"]
