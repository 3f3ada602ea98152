"""我的资料: the member sees what is kept, and who has looked. (S31)"""

from __future__ import annotations

from tests.conversations.town import Town


async def test_in_the_chat_all_that_is_kept(town: Town) -> None:
    await town.member.says("DZ昆山")
    await town.member.says("对")
    file = await town.member.says("我的资料")
    for kept in ("石远", "柳湾村党支部", "江苏省苏州市昆山市", "139 0000 0003", "还没登记", "12月2日"):
        assert kept in file
    assert "没有人打开过" in file


async def test_who_has_looked_at_it(town: Town) -> None:
    await town.liaison.says("找 石远")
    assert "孟联" in await town.member.says("/me")


async def test_by_sms_what_is_there_and_what_is_missing_without_name_or_place(town: Town) -> None:
    await town.old.says("DZ昆山", by="sms")
    await town.old.says("1", by="sms")
    file = await town.old.says("我的资料", by="sms")
    assert "住处已登记" in file and "工作没登记" in file
    for personal in ("欧阳", "昆山", "柳湾", "0004"):
        assert personal not in file
