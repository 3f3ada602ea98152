"""What is written to somebody who sent a roster: what it would do, what it did, or why it cannot be read."""

from __future__ import annotations

from content.act import Act
from content.letter import XLSX, Attachment, Choice, Letter
from content.words.catalogue import Tongue
from handlers.roster.planned import OUTCOMES, Plan
from handlers.roster.report import as_text


def shown(plan: Plan, marked: bytes, roster_id: str, t: Tongue) -> Letter:
    """The dry run: counts to read, the marked workbook to open, and the question."""
    report = Attachment(t.say("名册核对.xlsx"), XLSX, marked)
    told = as_text(plan, t, rows=False)
    if not plan.deeds:
        nothing = t.say("没有要导入的，什么都没有改。")
        return Letter(chat=f"{told}\n\n{nothing}", sms=t.say("名册看过了，没有要导入的。"), document=report)
    question = t.say("现在什么都没有改。表格里红色是不收的行，黄色是要核对的格。要导入吗？")
    about = {"roster": roster_id}
    yes = Choice(t.say("导入"), Act(intent="import_roster", about=about))
    no = Choice(t.say("不导入"), Act(intent="drop_roster", about=about))
    return Letter(
        chat=f"{told}\n\n{question}",
        sms=t.say("名册：新增{added}，更改{changed}，不收{refused}行。导入吗？", **_counted(plan)),
        document=report,
        choices=((yes, no),),
    )


def imported(plan: Plan, t: Tongue) -> Letter:
    told = t.say(
        "已导入：新增{added}人，更改{changed}人，不变{unchanged}人，合并{merged}行，"
        "不收{refused}行，{unclear}格要核对。",
        **_counted(plan),
    )
    next_step = t.say("不收的行和要核对的格，改好后把整张表再发一次就行，已收的不会重复。")
    in_order = not plan.refused and not plan.unclear
    return Letter(
        chat=told if in_order else f"{told}\n{next_step}",
        sms=t.say("名册已导入：新增{added}，更改{changed}，不收{refused}行。", **_counted(plan)),
    )


def said(text: str) -> Letter:
    """One clear line: it cannot be read, or not now, or not by them."""
    return Letter(chat=text)


def _counted(plan: Plan) -> dict[str, object]:
    counted: dict[str, object] = {outcome: plan.count(outcome) for outcome in OUTCOMES}
    return {**counted, "refused": len(plan.refused), "unclear": len(plan.unclear)}
