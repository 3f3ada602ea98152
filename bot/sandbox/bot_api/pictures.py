"""How large a picture is, read from its first bytes."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.phones import ChatFile

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
# The frame headers of JPEG (ITU T.81, table B.1); C4, C8 and CC among them are other segments.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


# Telegram keeps a picture in boxes of these sizes besides, by letters (core.telegram.org/api/files).
BOXES = {"s": 100, "m": 320, "x": 800, "y": 1280}


def smaller(picture: ChatFile) -> list[ChatFile]:
    """The smaller sizes of a picture, smallest first. Their bytes are the same: nobody here draws."""
    longest = max(picture.width, picture.height)
    return [_in_box(picture, letter, box / longest) for letter, box in BOXES.items() if box < longest]


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; anything else is refused as Telegram refuses it."""
    if content.startswith(PNG) and len(content) >= 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content.startswith(JPEG) and (size := _jpeg_size(content)):
        return size
    raise bad_request("IMAGE_PROCESS_FAILED")


def _in_box(picture: ChatFile, letter: str, scale: float) -> ChatFile:
    return replace(
        picture,
        id=f"{picture.id}-{letter}",
        unique_id=f"{picture.unique_id}{letter}",
        width=max(1, round(picture.width * scale)),
        height=max(1, round(picture.height * scale)),
    )


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width), int.from_bytes(height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
