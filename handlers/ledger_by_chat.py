"""台账: a secretary gets the ledger of what is below them as a workbook, in the chat alone. (S1, S31)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import XLSX, Attachment, Letter
from content.rules.roles import may
from handlers import menu
from handlers.ledger import Ledger, make_workbook
from handlers.turn import Turn
from handlers.which_unit import is_named, units_meant, which_unit
from storage import ledger as kept
from storage import viewings
from storage.ledger import Entry
from storage.units import Unit

# A turn is one transaction: while a workbook is made, everybody else's words wait.
MOST = 1_000


async def ledger(turn: Turn, act: Act) -> Letter:
    """`act.text` names a unit or a part of its name, `about` its id; without either all that is below."""
    if not may(turn.actor.roles, "secretary"):
        return Letter(chat=turn.say("台账只发给书记。您可以写“找 姓名”看您联系的党员。"))
    if turn.by_sms:
        return Letter(chat=turn.say("台账是表格，短信发不了。请在聊天里写“台账”，或请管理员导出。"))
    if not is_named(act):
        return await _of(turn, None)
    meant = await units_meant(turn, act)
    if len(meant) == 1:
        return await _of(turn, meant[0])
    if meant:
        return await which_unit(turn, turn.say("叫这个名字的不止一个，要哪一个的台账？"), meant, "ledger")
    return Letter(
        chat=turn.say("您负责的范围里没有“{name}”这个党组织。请核对名称，或只写“台账”。", name=act.text),
        choices=menu.for_office(turn),
    )


async def _of(turn: Turn, unit: Unit | None) -> Letter:
    path = unit.path if unit else ""
    n = await kept.size(turn.tx, turn.viewer, path)
    if n > MOST:
        return _too_many(turn, n)
    entries = await kept.entries(turn.tx, turn.viewer, path)
    if not entries:
        return Letter(chat=turn.say("这里还没有登记在册的党员。"), choices=menu.for_office(turn))
    await viewings.record_all(turn.tx, turn.now, turn.viewer, [entry.member for entry in entries])
    return _letter(turn, unit, entries)


def _too_many(turn: Turn, n: int) -> Letter:
    told = turn.say(
        "这里共 {n} 人，聊天里一次最多 {most} 人。请写“台账 支部名”，或请管理员在电脑上导出。", n=n, most=MOST
    )
    return Letter(chat=told, choices=menu.for_office(turn))


def _letter(turn: Turn, unit: Unit | None, entries: Sequence[Entry]) -> Letter:
    held = [office.unit for office in turn.actor.offices if office.role != "liaison"]
    title = unit.name if unit else held[0] if len(held) == 1 else ""
    content = make_workbook(Ledger(title, turn.today, turn.now, entries))
    return Letter(
        chat=turn.say(
            "{unit}台账，共 {n} 人，截至今天。里面有姓名和电话，请收好，不要转发。谁看过，党员本人能查到。",
            unit=title,
            n=len(entries),
        ),
        sms=turn.say("台账是表格，请在聊天里看。"),
        document=Attachment(f"{title}台账-{turn.today:%Y-%m-%d}.xlsx", XLSX, content),
        choices=menu.for_office(turn),
    )
