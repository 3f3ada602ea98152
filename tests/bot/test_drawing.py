"""A picture is drawn where it is sent; one that cannot be drawn costs itself and not its words."""

from __future__ import annotations

import asyncio
import sys

import pytest

from bot import drawing
from bot.drawing import drawn
from bot.sandbox.bot_api.pictures import picture_size
from content.letter import Attachment, Drawing
from content.pictures.sheet import Sheet

SHEET = Sheet("云汀区委", "", (("外出", "106"),), (), "")


async def test_a_drawing_becomes_a_picture_and_a_file_stays_what_it_is() -> None:
    file = await drawn(Drawing("图.png", SHEET))
    assert file and (file.name, file.mime) == ("图.png", "image/png")
    assert picture_size(file.content)[0] == 720
    assert await drawn(None) is None
    assert await drawn(kept := Attachment("a.pdf", "application/pdf", b"%PDF")) is kept


async def test_whoever_waits_for_nothing_waits_for_no_picture() -> None:
    """An A4 page takes a second or two; in a thread it would stop everybody else for as long."""
    turns = 0
    drawing_it = asyncio.ensure_future(drawn(Drawing("a4.png", SHEET, "a4")))
    while not drawing_it.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert await drawing_it
    assert turns > 10


async def test_what_cannot_be_drawn_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert await drawn(Drawing("图.png", SHEET)) is None


async def test_a_drawing_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_SECONDS", 0.01)
    assert await drawn(Drawing("图.png", SHEET)) is None
