"""我的资料: the member sees what is kept, and who has looked. (S31)"""

from __future__ import annotations

from datetime import date

from tests.conversations.office import notes
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


async def test_whoever_looks_often_is_named_once_with_how_often(town: Town) -> None:
    for _ in range(4):
        await town.liaison.says("找 石远")
    await town.secretary.says("找 石远")
    file = await town.member.says("/me")
    assert "打开过 5 次" in file
    assert file.count("孟联（联系人）4 次") == 1 and "祝文书（书记）1 次，最近 11月2日 10:00" in file


async def test_dues_are_paid_to_a_month(town: Town) -> None:
    await notes(town, town.member, dues_until=date(2026, 10, 31))
    assert "党费交到：2026年10月\n" in await town.member.says("/me")
    assert "党费交到：2026年10月\n" in await town.liaison.says("找 石远")


async def test_by_sms_city_work_and_days_without_name_or_street(town: Town) -> None:
    await town.old.says("DZ昆山玉山镇前进路5号", by="sms")
    await town.old.says("1", by="sms")
    file = await town.old.says("我的资料", by="sms")
    assert "住处苏州昆山，工作没登记。上次联系11月2日，下次12月2日前" in file
    for personal in ("欧阳", "前进路", "柳湾", "0004"):
        assert personal not in file


async def test_by_sms_a_long_employer_is_shortened_to_one_part(town: Town) -> None:
    await town.old.says("GZ 某某某某某某某某某某某某某某某某某某某某精密电子有限公司，质检", by="sms")
    await town.old.says("1", by="sms")
    assert "…。上次联系" in await town.old.says("我的资料", by="sms")
