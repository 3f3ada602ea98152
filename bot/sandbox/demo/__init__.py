"""The demo: five phones on a page, a district behind them, and a clock that a visitor winds."""

from bot.sandbox.demo.folder import FolderUnusable
from bot.sandbox.demo.opening import opened_demo

__all__ = ["FolderUnusable", "opened_demo"]
