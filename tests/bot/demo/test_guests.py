"""Whom a visitor may ask on to the stage, and what they then see: each office its own part. (S29)"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.demo import opened_demo
from bot.sandbox.demo.stage import DemoStage
from bot.sandbox.rehearsal import Rehearsal

MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@asynccontextmanager
async def a_demo(folder: Path) -> AsyncIterator[tuple[Rehearsal, DemoStage]]:
    async with opened_demo(folder, 0, start=MORNING) as (rehearsal, stage):
        await rehearsal.until_calm(20)
        yield rehearsal, stage


async def who(stage: DemoStage, role: str, unit: str = "") -> str:
    return next(w.id for w in await stage.waiting() if w.role.zh == role and unit in w.unit)


async def silent_seen(rehearsal: Rehearsal, phone_id: int) -> str:
    rehearsal.world.type(phone_id, "失联")
    await rehearsal.until_calm(20)
    return next(m.text for m in rehearsal.world.chat(phone_id) if m.from_bot and "在外" in m.text)


async def test_each_office_sees_its_own_part_of_the_district(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as (rehearsal, stage):
        seen = {}
        for role, unit in (
            ("管理员", ""),
            ("党委", "燕来街道"),
            ("支部书记", "新枝社区"),
            ("联系人", "远灯村"),
        ):
            phone_id = await stage.bring(await who(stage, role, unit))
            seen[role] = await silent_seen(rehearsal, phone_id)
        assert ["在外 106 人" in seen["管理员"], "在外 25 人" in seen["党委"]] == [True, True], seen
        assert "在外 9 人" in seen["支部书记"], seen
        assert "在外 5 人" in seen["联系人"], seen


async def test_a_member_from_the_district_comes_with_the_phone_they_have(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as (rehearsal, stage):
        by_sms = rehearsal.world.phone(await stage.bring(await who(stage, "外出党员", "谷满村")))
        outside = rehearsal.world.phone(await stage.bring(await who(stage, "外出党员 · 未加入")))
        assert (by_sms.smartphone, outside.smartphone) == (False, True)
        rehearsal.world.text(by_sms.id, "QD")
        rehearsal.world.type(outside.id, "你好")
        await rehearsal.until_calm(20)
        assert "平安" in rehearsal.world.sms(by_sms.id)[-1].body
        assert rehearsal.world.keyboard(outside.id)


async def test_guests_are_still_there_after_a_restart_and_whoever_left_is_not(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as (rehearsal, stage):
        staying, leaving = await who(stage, "管理员"), await who(stage, "党委")
        phone = rehearsal.world.phone(await stage.bring(staying))
        await stage.dismiss(await stage.bring(leaving))
    async with a_demo(tmp_path) as (rehearsal, stage):
        guests = [standing.phone_id for standing in stage.phones if standing.is_guest]
        assert guests == [phone.id]
        assert "106" in await silent_seen(rehearsal, phone.id)
        assert leaving in [w.id for w in await stage.waiting()]


async def test_a_visitor_alone_answers_on_a_guests_phone(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as (rehearsal, stage):
        phone_id = await stage.bring(await who(stage, "外出党员", "长信村"))
        await asyncio.wait_for(stage.wind("week"), 120)
        assert [m.body for m in rehearsal.world.sms(phone_id) if not m.from_program] == []
