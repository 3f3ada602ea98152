"""求助: it reaches the liaison at once, the secretary too where it is urgent, and says whom to call. (S22)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.rules.names import masked
from content.words.catalogue import N_, Tongue
from handlers import liaison, menu
from handlers.turn import Turn
from storage import dialogues, post
from storage.members import Member

_MARKS = "".join(("。", "!", "!", "~"))
# Public hotlines, free of charge everywhere in the country.
_HOTLINES = {
    "wages": N_("讨要工资可打 12333,法律援助打 12348。"),
    "accident": N_("先救人:急救 120,火警 119,报警 110。"),
    "legal": N_("法律援助热线 12348,免费。"),
    "health": N_("急病打 120。"),
    "": N_("遇到危险打 110,急救 120,欠薪 12333,法律援助 12348。"),
}


async def ask_help(turn: Turn, act: Act) -> Letter:
    words = act.text or ("" if act.about else turn.word.text)
    if not (act.kind or act.urgent) and _says_only_help(words):
        return await _ask_what(turn)
    member = await turn.own_file()
    number = await post.number_of(turn.tx, member.id)
    told = await liaison.tell_liaison(
        turn,
        member,
        lambda t: _to_liaison(t, member, words, act, number.value if number else ""),
        kind="reply",
        secretary_too=act.urgent,
    )
    hotline = turn.say(_HOTLINES.get(act.kind, _HOTLINES[""]))
    if not told:
        return Letter(
            chat=turn.say("您的求助已记下,但现在没有联系人能收到。请直接拨打:{hotline}", hotline=hotline)
        )
    return Letter(
        chat=turn.say("收到了,已经告诉您的联系人,会尽快回您。{hotline}", hotline=hotline),
        choices=menu.for_member(turn),
    )


def _says_only_help(words: str) -> bool:
    return words.strip().rstrip(_MARKS).upper() in {"", "求助", "JF", "帮忙", "救助", "/ASK"}


async def _ask_what(turn: Turn) -> Letter:
    awaits = Act(intent="help", about={"asked": "what", "verbatim": "1"})
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)
    return Letter(
        chat=turn.say(
            "遇到什么难处?写一句就行,比如“工资拖了两个月”。马上转给您的联系人。\n有危险请先打 110、120。"
        ),
        sms=turn.say("遇到什么难处?写一句,马上转给联系人。有危险先打110、120。"),
    )


def _to_liaison(t: Tongue, member: Member, words: str, act: Act, number: str) -> Letter:
    head = t.say("【紧急求助】") if act.urgent else t.say("【求助】")
    told = Act(intent="open_file", about={"id": member.id})
    return Letter(
        chat=t.say(
            "{head}{name}({unit})写道:\n{words}\n电话:{number}",
            head=head,
            name=member.name,
            unit=member.unit,
            words=words,
            number=phones.as_written(number) if number else t.say("没有登记"),
        ),
        sms=t.say("{head}{who}需要帮助,请马上联系本人。", head=head, who=masked(member.name)),
        choices=((Choice(t.say("打开资料"), told),),),
    )
