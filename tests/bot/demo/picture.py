"""Takes the picture of the README, docs/demo.png: `python -m tests.bot.demo.picture`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox.demo.folder import DemoFolder
from tests.bot.demo.process import running_demo
from tests.bot.demo.visitor import Visitor, sends_a_lesson
from tests.bot.page.chromium import chromium

PICTURE = Path(__file__).resolve().parents[3] / "docs" / "demo.png"
WIDE, HIGH = 1600, 940
_TEN_IN_THE_MORNING = 2  # in UTC; the district lives at UTC+8


async def take_picture(to: Path) -> None:
    with TemporaryDirectory() as folder:
        DemoFolder(Path(folder)).keep_clock(_tomorrow())
        async with running_demo(Path(folder), "--at", "2026-11-23T10:00:00") as demo, chromium() as browser:
            page = await browser.new_page(
                viewport={"width": WIDE, "height": HIGH},
                locale="zh-CN",
                reduced_motion="reduce",
                color_scheme="light",
            )
            await page.goto(demo.url)
            await _live_a_morning(Visitor(page))
            await page.mouse.move(0, 0)
            await page.evaluate("document.activeElement.blur()")
            await asyncio.sleep(1)
            await page.screenshot(path=to)


async def _live_a_morning(visitor: Visitor) -> None:
    """On each phone one thing that the programme is for."""
    await visitor.secretary.says("邀请 柳一禾")
    await visitor.secretary.presses("链接")
    await visitor.passes_the_invitation_on()
    await sends_a_lesson(visitor.liaison, "工资")
    await visitor.old_phone.hears("3/3")
    await visitor.joined.presses("工资要用钱发")
    await visitor.joined.hears("答对")
    await visitor.joined.says("签到")
    await visitor.joined.hears("平安.*下次")
    await visitor.newcomer.presses("境外")
    await visitor.newcomer.hears("柳一禾.*欢迎")
    await visitor.newcomer.says("我搬到鼓楼区了")
    await visitor.newcomer.hears("不止一个")
    await visitor.liaison.presses("看回执")
    await visitor.liaison.hears("石远帆.{1,5}已答")
    await visitor.secretary.says("失联 浙江")
    await visitor.secretary.hears("在浙江")


def _tomorrow() -> datetime:
    """Not before now, or the demo would begin now, at whatever hour somebody runs this."""
    day = datetime.now(UTC) + timedelta(days=1)
    return day.replace(hour=_TEN_IN_THE_MORNING, minute=8, second=0, microsecond=0)


if __name__ == "__main__":
    asyncio.run(take_picture(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE))
