"""The same in aiogram, run by the environment that it needs for itself. `python bare_aiogram.py API`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(api: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(Bot("1:a", session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
