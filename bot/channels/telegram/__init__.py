"""Telegram, or any server that speaks its Bot API: the only folder that imports telegram."""

from bot.channels.telegram.door import Telegram, Webhook

__all__ = ["Telegram", "Webhook"]
