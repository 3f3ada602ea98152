"""Telegram's Bot API as bots meet it, over HTTP on loopback."""
