"""Debian's own Kannel, bearerbox and smsbox, set up word for word as docs/gateways/kannel.md says."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port

PAGE = Path(__file__).parents[3] / "docs" / "gateways" / "kannel.md"
FAKE_LINE = """
group = smsc
smsc = fake
smsc-id = OPERATOR
port = OPERATOR_PORT
connect-allow-ip = 127.0.0.1
"""
# Where Debian puts them; not everybody's PATH goes there.
_BEARERBOX, _SMSBOX = "/usr/sbin/bearerbox", "/usr/sbin/smsbox"
_FAKESMSC = "/usr/lib/kannel/test/fakesmsc"


class NoKannel(RuntimeError):
    """No Kannel is installed on this machine: apt-get install kannel kannel-extras"""


def kannel_or_a_reason() -> None:
    """A test that lacks its gateway says so, and in CI it fails: there nothing is skipped."""
    if all(Path(program).exists() for program in (_BEARERBOX, _SMSBOX, _FAKESMSC)):
        return
    if os.environ.get("CI"):
        pytest.fail(str(NoKannel.__doc__))
    pytest.skip(str(NoKannel.__doc__))


def block(first_line: str) -> str:
    """The block of the page that begins with this comment."""
    blocks = re.findall(r"^```text\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    [found] = [one for one in blocks if one.startswith(f"# {first_line}\n")]
    return str(found)


@dataclass(frozen=True)
class Boxes:
    """`sendsms` is where our program hands texts over; the operator's line is expected at `line`."""

    folder: Path
    config: Path
    admin: int
    sendsms: int
    line: int

    async def status(self) -> str:
        url = f"http://127.0.0.1:{self.admin}/status.txt?password=ADMIN_PASSWORD"
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(url)).text

    async def says(self, words: str) -> None:
        """Returns once Kannel's own status has these words."""
        async with asyncio.timeout(15):
            while words not in await self._status_or_nothing():  # noqa: ASYNC110 - it rings no bell
                await asyncio.sleep(0.02)

    async def tried_in_vain(self, texts: int) -> None:
        """Returns once smsbox could hand over none of so many texts from phones."""
        log = self.folder / "smsbox.log"
        async with asyncio.timeout(15):
            while len(set(re.findall("Couldn't fetch <(.*)>", log.read_text()))) < texts:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def _status_or_nothing(self) -> str:
        try:
            return await self.status()
        except httpx.HTTPError:
            return ""


def boxes_in(folder: Path, line: str, values: Mapping[str, str]) -> Boxes:
    """The page's configuration with its capitals filled in, its ports free ones, its files in `folder`."""
    admin, smsbox, sendsms, operator = (str(free_port()) for _ in range(4))
    written = block("/etc/kannel/kannel.conf") + "\n" + line
    moved = {
        "13000": admin,
        "13001": smsbox,
        "13013": sendsms,
        "OPERATOR_HOST": "127.0.0.1",
        "OPERATOR_PORT": operator,
        "/var/lib/kannel": str(folder),
        "/var/log/kannel": str(folder),
    }
    for word, value in {**moved, **values}.items():
        written = written.replace(word, value)
    (folder / "receipts").mkdir()
    config = folder / "kannel.conf"
    config.write_text(written)
    return Boxes(folder, config, int(admin), int(sendsms), int(operator))


@asynccontextmanager
async def running(boxes: Boxes) -> AsyncIterator[Boxes]:
    async with _process(boxes.folder, _BEARERBOX, "--", str(boxes.config)):
        await boxes.says("Status: running")
        async with _process(boxes.folder, _SMSBOX, "--", str(boxes.config)):
            await boxes.says("smsbox:(none)")
            yield boxes


@asynccontextmanager
async def fakesmsc(boxes: Boxes, *messages: str) -> AsyncIterator[Path]:
    """Kannel's own fake SMS centre, which brings these messages and then listens; where it writes."""
    told = ["-r", str(boxes.line), "-i", "0.01", "-m", str(len(messages))]
    async with _process(boxes.folder, _FAKESMSC, *told, *(messages or ["1 2 text nothing"])) as log:
        yield log


@asynccontextmanager
async def _process(folder: Path, program: str, *words: str) -> AsyncIterator[Path]:
    log = folder / f"{Path(program).name}.out"
    with log.open("ab") as writing:
        process = await asyncio.create_subprocess_exec(
            program, *words, cwd=folder, stdout=writing, stderr=writing
        )
    try:
        yield log
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
