"""The final account and the page with the people count alike, whatever became of each of them. (S6)"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage import account_letter
from storage.coverage import in_sight
from storage.outbox import outbox
from storage.recipients import recipients as rows
from storage.viewer import the_programme
from tests.conversations.office import screen
from tests.conversations.test_account import becomes, is_handed_to_a_voice, the_ladder_ends
from tests.conversations.test_lesson import plans, sends
from tests.conversations.town import Speaker, Town


def number(pattern: str, said: str) -> int:
    found = re.search(pattern, said)
    return int(found[1]) if found else 0


async def a_crowd(town: Town) -> dict[str, Speaker]:
    names = ("told", "not_told", "late", "quiet", "expired", "again")
    return {
        name: await town.moves_in(name, f"何{n}", f"+86139000001{n:02}", smartphone=False, liaison="liaison")
        for n, name in enumerate(names)
    }


async def letter_of(town: Town, who: Speaker, state: str, reason: str = "") -> None:
    async with town.writing() as tx:
        theirs = outbox.c.person_id == who.id, outbox.c.kind.in_(["lesson", "campaign"])
        await tx.conn.execute(update(outbox).where(*theirs).values(state=state, reason=reason or None))


async def everything_happens(town: Town) -> None:
    """Answered, off, told, not told, a receipt that comes late, one that never does, and one expired."""
    crowd = await a_crowd(town)
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.member.presses("不行，工资要用钱发")
    await is_handed_to_a_voice(town, town.old)
    await letter_of(town, crowd["told"], "failed", "power_off")
    await becomes(town, crowd["told"], "told")
    await letter_of(town, crowd["not_told"], "failed", "no_such_number")
    await becomes(town, crowd["not_told"], "not_told", "no_reply")
    await becomes(town, crowd["late"], "not_told", "no_reply")
    await letter_of(town, crowd["quiet"], "accepted")
    await letter_of(town, crowd["expired"], "accepted")
    await becomes(town, crowd["expired"], "left_out", "expired")
    await the_ladder_ends(town)


async def short_account(town: Town) -> str:
    async with town.reading() as tx:
        [campaign] = await in_sight(tx, the_programme())
        price = town.rehearsal.app.intake.turns.house.price
        told = await account_letter.written(tx, town.clock.now(), "zh", the_programme(), campaign, price)
    return told.sms


async def test_both_numbers_agree_person_by_person(town: Town) -> None:
    await everything_happens(town)
    account, short = screen(town.secretary), await short_account(town)
    await town.secretary.presses("看回执")
    page = screen(town.secretary)
    tally = page.split("\n")[1]
    lines = [line for line in page.split("\n") if re.match(r"\d+\. ", line)]

    def saying(*words: str) -> int:
        return sum(any(word in line for word in words) for line in lines)

    assert len(lines) == 8 == number(r"共 (\d+) 人", account) == number(r"：(\d+)人", short)
    answered = saying("已答")
    assert answered == 1 == number(r"已答或已读 (\d+)", account) == number(r"已答 (\d+)", tally)
    assert answered == number(r"已答(\d+)", short)
    delivered = answered + saying("已送达")
    assert delivered == 3 == number(r"送达 (\d+)", account) == number(r"送达 (\d+)", tally)
    assert delivered == number(r"送达(\d+)", short)
    assert number(r"发出 (\d+)", account) == number(r"发出 (\d+)", tally) == 5
    assert saying("联系人转告了") == 1 == number(r"转告了 (\d+) 人", account) == number(r"转告(\d+)", short)
    assert saying("已派人转告") == 1 == number(r"还没办的 (\d+) 人", account)
    assert saying("没联系上") == 1 == number(r"联系人也没找到的 (\d+) 人", account)
    missing = saying("已派人转告", "没联系上", "过期了")
    assert missing == 3 == number(r"还差 (\d+) 人", account) == number(r"没送到(\d+)", short)
    assert missing == number(r"发不到 (\d+)", tally)
    assert saying("还没答") - saying("已送达") == 1 == number(r"没有回执的 (\d+) 人", account)


async def test_called_off_they_agree_too_and_the_text_message_says_so(town: Town) -> None:
    carer = await town.moves_in(
        "carer", "余联", "+8613900000012", smartphone=False, on_roster=False, role="secretary"
    )
    await town.clock_of(town.old, "Europe/London")
    await plans(carer, "现在", "手机防骗", by="sms")
    await carer.says("1", by="sms")
    await town.ticks()
    await carer.says("取消发送", by="sms")
    await carer.says("取消", by="sms")
    await town.passes(minutes=5)
    said = await carer.reads("sms")
    assert "取消了：共2人，送达1，转告0，其余1人没发到。" in said and "完了" not in said
    page = await carer.says("回执", by="sms")
    assert "（取消了）" in page
    assert "发不到 1" in await carer.says("1", by="sms")


async def test_by_whatever_reason_the_account_and_the_page_name_it_alike(town: Town) -> None:
    await everything_happens(town)
    account = screen(town.secretary)
    page = await town.secretary.presses("看回执")
    assert "空号 1" in account and "何1 · 联系人没联系上：没人接（消息没到：空号）" in page
    assert "no_reply" not in account and "没人接 1" not in account
    assert "何4 · 过期了，没有发" in page


@pytest.mark.parametrize("door", ["chat", "sms"])
async def test_whoever_the_liaison_could_not_reach_keeps_the_reason(town: Town, door: str) -> None:
    town.world.number_dies(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.says("待办")
    await town.liaison.presses("欧阳**")
    await town.liaison.presses("没联系上")
    await town.liaison.presses("号码不对")
    await town.passes(hours=1)
    heard = await town.secretary.reads()
    assert "联系人也没找到的 1 人。" in heard and "没送到的：空号 1。" in heard
    if door == "chat":
        await town.secretary.says("回执")
        assert "欧阳山 · 联系人没联系上：号码不对（消息没到：空号）" in await town.secretary.presses("工资")
    else:
        await town.secretary.says("回执", by="sms")
        assert "没转告到1，还缺1" in await town.secretary.says("1", by="sms")


async def test_an_earlier_campaign_shut_the_number_and_that_is_still_the_reason(town: Town) -> None:
    town.world.number_dies(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    town.clock.wind(timedelta(hours=1))
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    await town.passes(hours=1)
    await town.secretary.says("回执")
    report = await town.secretary.presses("明天停水")
    assert "空号 1" in report


async def test_what_lies_before_the_end_is_no_failure(town: Town) -> None:
    """The bar and the page, while somebody is still asleep."""
    await town.clock_of(town.old, "Europe/London")
    await sends(town.secretary)
    async with town.reading() as tx:
        found = (await tx.conn.execute(rows.select().where(rows.c.person_id == town.old.id))).one()
    assert found.step == "waiting"
    await town.secretary.says("回执")
    assert "发不到 0" in await town.secretary.presses("工资")
