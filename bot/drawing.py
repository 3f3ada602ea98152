"""Has the pictures of a message drawn, just before it is sent, by a process of its own.

The library that draws holds the interpreter while it does: in a thread, 0.1 s for a phone's picture and
0.9 s for a page would be as long a pause for everybody else.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import structlog

from content.letter import Attachment, Drawing

_ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 30

log = structlog.get_logger()


class NotDrawn(Exception):
    """The picture could not be drawn; what it shows stands in the text beside it."""


async def drawn(asked: Attachment | Drawing | None) -> Attachment | None:
    """The file to send; None where there is none, or it cannot be drawn: the words go out all the same."""
    if not isinstance(asked, Drawing):
        return asked
    try:
        return Attachment(asked.name, "image/png", await asyncio.wait_for(_draw(asked), _SECONDS))
    except (NotDrawn, TimeoutError, OSError) as failure:
        log.error("not_drawn", picture=asked.name, exc_info=failure)
        return None


async def _draw(asked: Drawing) -> bytes:
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "content.pictures", asked.paper, stdin=pipe, stdout=pipe, stderr=pipe, cwd=_ROOT
    )
    try:
        picture, said = await child.communicate(asked.sheet.to_json().encode())
    finally:
        if child.returncode is None:
            child.kill()
    if child.returncode or not picture:
        raise NotDrawn(said.decode(errors="replace")[-500:])
    return picture
