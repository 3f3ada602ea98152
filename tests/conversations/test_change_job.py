"""换了工作: where and what, read back, confirmed; the liaison told. (S7)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town
from tests.conversations.ways_in import history_of

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("answer", ["电子厂质检", "在富士康做质检", "质检"])
async def test_asked_read_back_and_kept(town: Town, answer: str, by: Door) -> None:
    assert "做什么" in await town.member.says("换厂了", by=by)
    assert "质检" in await town.member.says(answer, by=by)
    assert (await town.member.file()).employer == (await town.member.file()).job == ""
    assert "顺利" in await town.member.says("对", by=by)
    file = await town.member.file()
    assert "质检" in file.employer + file.job
    assert [change.field for change in await history_of(town, town.member)] == ["job"]
    assert "质检" in await town.liaison.reads()


@by_both
async def test_the_old_work_stays_in_the_history(town: Town, by: Door) -> None:
    for work in ("跳槽到昆山富士康了", "GZ在顺丰"):
        await town.member.says(work, by=by)
        await town.member.says("1", by=by)
    newest, _ = await history_of(town, town.member)
    assert ("富士康" in newest.old, "顺丰" in newest.new) == (True, True)
    told = await town.liaison.reads()
    assert "以前没登记" in told and told.count("换了工作") == 2


@by_both
async def test_rewriting_and_expiring_change_nothing(town: Town, by: Door) -> None:
    await town.member.says("跳槽到富士康了", by=by)
    assert "做什么" in await town.member.says("重写", by=by)
    await town.member.says("电子厂质检", by=by)
    await town.passes(hours=25)
    assert "已过期" in await town.member.says("1", by=by)
    assert await history_of(town, town.member) == []


async def test_long_words_fit_one_text_message(town: Town) -> None:
    await town.old.says("GZ", by="sms")
    assert "回1 对" in await town.old.says("某某精密电子科技股份有限公司" * 6, by="sms")
