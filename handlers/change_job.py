"""换了工作: where and what, read back, confirmed, dated; the liaison told. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.words.catalogue import Tongue
from handlers import liaison, menu
from handlers.turn import Turn
from storage import changes, dialogues, members
from storage.changes import Change
from storage.members import Member

LONGEST = 60


async def change_job(turn: Turn, act: Act) -> Letter:
    employer, job = act.employer[:LONGEST], act.job[:LONGEST]
    if not (employer or job) and act.about and act.text:
        employer = act.text[:LONGEST]
    if not (employer or job):
        return await _ask_what(turn)
    kept = Act(intent="keep_job", employer=employer, job=job)
    return Letter(
        chat=turn.say("工作改为:{work}\n对吗?", work=spelled(employer, job)),
        sms=turn.say("工作改为{work},对吗?", work=spelled(employer, job)[:24]),
        choices=((Choice(turn.say("对"), kept), turn.choice(turn.say("重写"), "change_job")),),
    )


async def keep_job(turn: Turn, act: Act) -> Letter:
    before = await turn.own_file()
    await changes.record(
        turn.tx,
        before,
        Change(
            field="job",
            old=spelled(before.employer, before.job),
            new=spelled(act.employer, act.job),
            old_place="",
            new_place="",
            at=turn.now,
            channel=turn.word.channel,
            by_id=turn.actor.id,
        ),
    )
    await members.note_texts(turn.tx, before, employer=act.employer, job=act.job)
    await liaison.tell_liaison(turn, before, lambda t: _to_liaison(t, before, act))
    return Letter(
        chat=turn.say("记下了,您现在的工作是 {work}。祝顺利。", work=spelled(act.employer, act.job)),
        sms=turn.say("记下了,祝工作顺利。有难处请回JF。"),
        choices=menu.for_member(turn),
    )


def spelled(employer: str, job: str) -> str:
    return " ".join(part for part in (employer, job) if part)


async def _ask_what(turn: Turn) -> Letter:
    await dialogues.ask(
        turn.tx,
        turn.now,
        turn.actor.id,
        turn.word.channel,
        Act(intent="change_job", about={"asked": "what"}),
    )
    return Letter(
        chat=turn.say("换到哪里、做什么?一句话就行,比如“某某电子厂,质检”。不想写单位,只写工种也行。"),
        sms=turn.say("换到哪里、做什么?如:电子厂质检。只写工种也行。"),
    )


def _to_liaison(t: Tongue, before: Member, act: Act) -> Letter:
    return Letter(
        chat=t.say(
            "{name}({unit})换了工作。\n原来:{old}\n现在:{new}",
            name=before.name,
            unit=before.unit,
            old=spelled(before.employer, before.job) or t.say("(以前没登记)"),
            new=spelled(act.employer, act.job),
        ),
        sms=t.say("{who}换了工作,已登记。详情请用聊天看。", who=masked(before.name)),
        choices=((Choice(t.say("打开资料"), Act(intent="open_file", about={"id": before.id})),),),
    )
