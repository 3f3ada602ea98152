"""Files by upload, by id and by address, within Telegram's limits."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, URLInputFile
from aiohttp import web
from conftest import SANDBOX, TOKEN, Hands

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
MB = 1024 * 1024


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A web site with a picture, a form, and a page that is not there."""

    async def give(request: web.Request) -> web.Response:
        content = {"dot.png": PIXEL, "名册.csv": "姓名\n".encode()}.get(request.match_info["name"])
        return web.Response(body=content) if content else web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{name}", give)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_files_are_fetched_from_their_address(bot: Bot, hands: Hands, welder: int, site: str) -> None:
    photo = await bot.send_photo(welder, f"{site}/dot.png", caption="三月")
    assert photo.photo and photo.photo[-1].width == 1
    document = (await bot.send_document(welder, f"{site}/名册.csv")).document
    assert document and document.file_name == "名册.csv"
    got = await bot.download(document)
    assert got and got.read().decode() == "姓名\n"
    assert (await bot.send_photo(welder, URLInputFile(f"{site}/dot.png", filename="dot.png"))).photo


async def test_an_address_with_nothing_to_fetch(bot: Bot, welder: int, site: str) -> None:
    for url in (f"{site}/nothing.png", "http://127.0.0.1:9/dot.png"):
        with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
            await bot.send_photo(welder, url)
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(welder, f"{site}/名册.csv")


async def test_no_web_page_has_files_fetched_through_it(bot: Bot, welder: int, site: str) -> None:
    said = {"chat_id": str(welder), "photo": f"{site}/dot.png"}
    for headers in ({"Origin": "http://elsewhere.example"}, {"Host": "elsewhere.example"}):
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{SANDBOX}/bot{TOKEN}/sendPhoto", data=said, headers=headers) as answer,
        ):
            assert (await answer.json())["description"] == "Bad Request: failed to get HTTP URL content"


async def test_a_file_has_a_size(bot: Bot, welder: int) -> None:
    with pytest.raises(TelegramEntityTooLarge) as refused:
        await bot.send_document(welder, BufferedInputFile(b"0" * (51 * MB), "large.bin"))
    assert refused.value.message == "Request Entity Too Large"
    with pytest.raises(TelegramBadRequest) as photo:
        await bot.send_photo(welder, BufferedInputFile(PIXEL + b"0" * (10 * MB), "large.png"))
    assert "is too big for a photo; the maximum size is 10485760 bytes" in photo.value.message
    large = await bot.send_document(welder, BufferedInputFile(b"0" * (21 * MB), "large.bin"))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(large.document.file_id)


async def test_a_document_is_no_photo(bot: Bot, welder: int) -> None:
    sent = await bot.send_document(welder, BufferedInputFile("姓名\n".encode(), "名册.csv"))
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(welder, sent.document.file_id)
