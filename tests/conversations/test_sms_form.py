"""Every text message a member gets fits one part: whoever pays by the message counts them.

The town itself looks at the end of each conversation; here the longest names are put in.
"""

from __future__ import annotations

import pytest

from tests.conversations.town import Town

LONGEST_PLACES = [
    "包头达尔罕茂明安联合旗",
    "新疆伊犁察布查尔锡伯自治县",
    "甘肃临夏积石山保安族东乡族撒拉族自治县",
]
SHARED_NAMES = ["朝阳区", "鼓楼区", "城关区", "新华区", "和平区", "桥西区", "西湖区"]


@pytest.mark.parametrize("place", LONGEST_PLACES)
async def test_the_longest_places(town: Town, place: str) -> None:
    assert "回1 对" in await town.old.says(f"签到，我搬到{place}人民路88号了", by="sms")
    assert "记下了" in await town.old.says("1", by="sms")


@pytest.mark.parametrize("place", SHARED_NAMES)
async def test_the_names_that_most_places_bear(town: Town, place: str) -> None:
    assert "回1" in await town.old.says(f"签到，我搬到{place}了", by="sms")


async def test_all_news_at_once(town: Town) -> None:
    await town.old.says(
        "签到，我搬到内蒙古达尔罕茂明安联合旗了，换厂了，进了包头某某重型机械厂，换号了13900000021", by="sms"
    )
    for _ in range(4):
        await town.old.says("1", by="sms")


async def test_the_rest_of_a_year(town: Town) -> None:
    for days in (29, 10, 30, 60, 90):
        await town.passes(days=days)
    assert await town.old.reads("sms")


async def test_a_town_notices_a_second_part(town: Town) -> None:
    town.world.network.put(town.old.phone, from_program=True, body="长" * 71)
    assert town.long_texts_to_members() == ["长" * 71]
    town.on_roster.remove("old")
