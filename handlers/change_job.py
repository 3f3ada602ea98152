"""换了工作: where and what, read back, confirmed, dated; the liaison told. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.rules.understanding.plain import without_code_word
from content.rules.understanding.replies import is_bare_number
from content.words import short
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member

LONGEST = 60


async def change_job(turn: Turn, act: Act) -> Letter:
    """Ask where and what, then read it back."""
    employer, job = _told(act)
    if not (employer or job):
        return await _ask_what(turn)
    confirm = Choice(turn.say("对"), Act(intent="keep_job", employer=employer, job=job))
    again = turn.choice(turn.say("重写"), "change_job")
    work = spelled(employer, job)
    room = short.room_beside(turn.say("工作改为{work}，对吗？", work=""), [confirm.label, again.label])
    return Letter(
        chat=turn.say("工作改为：{work}\n对吗？", work=work),
        sms=turn.say("工作改为{work}，对吗？", work=short.shortened(work, room)),
        choices=((confirm, again),),
    )


async def keep_job(turn: Turn, act: Act) -> Letter:
    """The member confirmed: from here on it is in the file."""
    before = await turn.own_file()
    work = spelled(act.employer, act.job)
    if (before.employer, before.job) == (act.employer, act.job):
        return Letter(
            chat=turn.say("这份工作已经登记好了：{work}。", work=work),
            sms=turn.say("这份工作已经登记好了。"),
            choices=menu.for_member(turn),
        )
    await changes.record(
        turn.tx, before, turn.change(before, "job", spelled(before.employer, before.job), work)
    )
    await members.note_texts(turn.tx, before, employer=act.employer, job=act.job)
    await liaison.tell_liaison(turn, before, lambda t: _to_liaison(t, before, work))
    return Letter(
        chat=turn.say("记下了，工作：{work}。祝您在新岗位一切顺利。", work=work),
        sms=turn.say("记下了，祝工作顺利。有难处请回QZ。"),
        choices=menu.for_member(turn),
    )


def spelled(employer: str, job: str) -> str:
    """顺丰快递员, Foxconn 焊工: as one says it, without a space in Chinese, and no trade twice."""
    if not employer or not job or job in employer:
        return employer or job
    return f"{employer}{'' if _is_chinese(employer[-1] + job[0]) else ' '}{job}"


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def _told(act: Act) -> tuple[str, str]:
    """Employer and trade. An answer of which only a part is understood is kept in the member's words."""
    said = "" if is_bare_number(act.text) else without_code_word(act.text).strip()
    if act.about.get("asked") and said and not (act.employer and act.job) and said != act.job:
        return said[:LONGEST], ""
    return act.employer[:LONGEST], act.job[:LONGEST]


async def _ask_what(turn: Turn) -> Letter:
    awaits = Act(intent="change_job", about={"asked": "what"})
    await turn.ask(awaits)
    return Letter(
        chat=turn.say("换到哪里、做什么？一句话就行，比如“某某电子厂，质检”。不想写单位，只写工种也行。"),
        sms=turn.say("换到哪里、做什么？如：电子厂质检。只写工种也行。"),
    )


def _to_liaison(t: Tongue, before: Member, work: str) -> Letter:
    return Letter(
        chat=t.say(
            "{name}（{unit}）换了工作。\n原来：{old}\n现在：{new}",
            name=before.name,
            unit=before.unit,
            old=spelled(before.employer, before.job) or t.say("（以前没登记）"),
            new=work,
        ),
        sms=t.say("{who}换了工作，已登记。详情请用聊天看。", who=masked(before.name)),
        choices=to_the_file(t, before.id),
    )
