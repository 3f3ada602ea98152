"""我的资料: the member sees what is kept, and who has looked. (S31)"""

from __future__ import annotations

from datetime import date

from storage import changes, consents, contacts, members
from storage.changes import Change
from storage.viewer import the_programme
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


async def test_every_field_that_is_kept(town: Town) -> None:
    file = await town.member.file()
    async with town.writing() as tx:
        await members.note_texts(tx, file, reason="务工", family_phone="139 0000 0040")
        await consents.give(tx, town.clock.now(), file.id, "keeping", "2026-11", "telegram")
    await notes(town, town.member, joined_party_on=date(2011, 7, 1), out_since=date(2023, 3, 1))
    said = await town.member.says("/me")
    for kept in (
        "入党时间：2011年7月1日",
        "外出原因：务工",
        "外出时间：2023年3月1日",
        "家属电话：139 0000 0040",
        "联系人：孟联",
        "语言：中文",
        "聊天：2026年11月2日接通",
        "同意过：保存资料（2026年11月2日）",
        "还缺：行业、详细住址、党费",
    ):
        assert kept in said, kept


async def test_when_there_was_contact_and_that_a_talk_was_noted(town: Town) -> None:
    """The notice says that the times are kept; what a liaison wrote down is asked of the liaison."""
    assert "没有联系记录" not in await town.member.says("签到")
    await town.liaison.says("找 石远")
    await town.liaison.presses("记一次电话")
    await town.liaison.presses("平安")
    async with town.writing() as tx:
        await contacts.note_words(tx, the_programme(), town.member.id, town.liaison.id, "家里盖房")
    said = await town.member.says("/me")
    assert "最近的联系：\n11月2日" in said and "签到" in said
    assert "盖房" not in said and "请问联系人" in said


async def test_what_is_counted_in_plain_is_shown_as_well(town: Town) -> None:
    for words in ("GZ木工", "1"):
        await town.old.says(words, by="sms")
    await town.member.says("GZ顺丰，快递员")
    await town.member.says("对")
    said = await town.member.says("/me")
    assert "状态：外出" in said and "（统计时算作运输快递）" in said


async def test_what_was_changed_from_what_to_what(town: Town) -> None:
    for words in ("DZ昆山", "DZ上海松江区工地3栋"):
        await town.member.says(words)
        await town.member.says("对")
    said = await town.member.says("/me")
    assert "住处：没登记 → 江苏省苏州市昆山市" in said
    assert "住处：江苏省苏州市昆山市 → 上海市松江区工地3栋" in said
    assert "上海市松江区工地3栋" in await town.member.presses("全部改动")
    assert "住处：江苏省苏州市昆山市 → 上海市松江区工地3栋" in await town.liaison.says("找 石远")


async def test_by_sms_three_numbers_lead_on_each_to_one_part(town: Town) -> None:
    for words in ("DZ昆山玉山镇前进路5号", "1", "GZ木工", "1"):
        await town.old.says(words, by="sms")
    await town.secretary.says("找 欧阳山")
    assert "\n回1 缺什么 回2 改动 回3 谁看过" in await town.old.says("我的资料", by="sms")
    changes = await town.old.says("2", by="sms")
    assert "11月2日住处没登记→苏州昆山" in changes and "工作没登记→木工" in changes
    assert "前进路" not in changes
    assert "书记1次，最近11月2日" in await town.old.says("3", by="sms")
    assert "还缺：外出原因、外出时间、党费。" in await town.old.says("1", by="sms")
    assert "为什么外出" in await town.old.says("1", by="sms")


async def test_by_sms_a_number_is_told_by_its_last_digits(town: Town) -> None:
    file = await town.old.file()
    async with town.writing() as tx:
        change = Change("phone", "+8613900000009", "+8613900000004", "", "", town.clock.now(), "sms", file.id)
        await changes.record(tx, file, change)
    said = await town.old.says("改动", by="sms")
    assert "手机号尾号0009→尾号0004" in said and "1390000" not in said


async def test_nothing_changed_and_nobody_looked(town: Town) -> None:
    assert "还没有改动过" in await town.old.says("改动记录", by="sms")
    assert "还没有人打开过" in await town.old.says("谁看过", by="sms")


async def test_whoever_is_out_of_scope_neither_sees_nor_is_noted(town: Town) -> None:
    other = await town.moves_in("other", "葛二", "+8613900000044", on_roster=False, role="liaison")
    assert "没有这个人" in await other.says("找 石远")
    assert "还没有人打开过" in await town.member.says("/me")
