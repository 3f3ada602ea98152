"""An echo bot as the library's own examples write it. `python bare_ptb.py API [concurrent]`."""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(update.message.text or "")


if __name__ == "__main__":
    api, concurrent = sys.argv[1], len(sys.argv) > 2
    building = Application.builder().token("1:a").base_url(f"{api}/bot").concurrent_updates(concurrent)
    bot = building.build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    bot.run_polling()
