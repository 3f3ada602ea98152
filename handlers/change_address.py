"""换了住处: read back, confirmed, dated, the old one kept as history, the liaison told. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.rules.names import masked
from content.words.catalogue import Tongue
from handlers import liaison, menu
from handlers.turn import Turn
from storage import changes, dialogues, members
from storage.changes import Change
from storage.members import Member

LONGEST_ADDRESS = 120


async def change_address(turn: Turn, act: Act) -> Letter:
    """Ask where, ask which where two places bear the name, then read it back."""
    words = (act.address or act.text).strip()
    if not act.place and not act.options and words:
        act = _with_place(act, words)
    if act.options:
        return _ask_which(turn, act, words)
    if act.place:
        return _read_back(turn, act.place, words)
    return await _ask_where(turn, asked_before=bool(act.about))


async def keep_address(turn: Turn, act: Act) -> Letter:
    """The member confirmed: from here on it is in the file."""
    before = await turn.own_file()
    new_place, new_words = act.place, act.address
    await changes.record(
        turn.tx,
        before,
        Change(
            field="address",
            old=before.address,
            new=new_words,
            old_place=before.place_code,
            new_place=new_place,
            at=turn.now,
            channel=turn.word.channel,
            by_id=turn.actor.id,
        ),
    )
    await members.note_texts(turn.tx, before, address=new_words)
    await members.note_facts(turn.tx, before, place_code=new_place, whereabouts="out")
    await liaison.tell_liaison(turn, before, lambda t: _to_liaison(t, before, new_place, new_words))
    return Letter(
        chat=turn.say("记下了,您现在住在 {where}。到了新地方,多保重。", where=spelled(new_place, new_words)),
        sms=turn.say("记下了。到了新地方,多保重。有难处请回JF。"),
        choices=menu.for_member(turn),
    )


def spelled(place_code: str, words: str) -> str:
    """The place by its full name, and the words behind it where they say more."""
    place = places.place_of(place_code)
    name = place.name if place else ""
    more = words if words not in name else ""
    return f"{name} {more}".strip()


def _with_place(act: Act, words: str) -> Act:
    found = places.find_place(words)
    if isinstance(found, places.Place):
        return Act(intent=act.intent, place=found.code, address=words, about=act.about)
    if isinstance(found, places.Several):
        return Act(intent=act.intent, address=words, options=tuple(p.code for p in found.options))
    return act


async def _ask_where(turn: Turn, asked_before: bool) -> Letter:
    await dialogues.ask(
        turn.tx,
        turn.now,
        turn.actor.id,
        turn.word.channel,
        Act(intent="change_address", about={"asked": "where"}),
    )
    if asked_before:
        return Letter(
            chat=turn.say("没认出是哪个市县。请写上省或市的名字,比如“江苏昆山”。"),
            sms=turn.say("没认出是哪个市县。请写上省或市,如:江苏昆山。"),
        )
    return Letter(
        chat=turn.say("您现在住在哪里?写到市、区县就行,比如“苏州昆山”。写得更细也可以。"),
        sms=turn.say("您现在住在哪里?写到市、区县就行,如:苏州昆山。"),
    )


def _ask_which(turn: Turn, act: Act, words: str) -> Letter:
    named = [place for code in act.options[:6] if (place := places.place_of(code))]
    rows = tuple(
        (Choice(place.short, Act(intent="change_address", place=place.code, address=words)),)
        for place in named
    )
    return Letter(
        chat=turn.say("叫这个名字的地方不止一个,您说的是哪里?"),
        sms=turn.say("同名的地方不止一个,您在哪里?"),
        choices=rows,
    )


def _read_back(turn: Turn, place_code: str, words: str) -> Letter:
    kept = words[:LONGEST_ADDRESS]
    confirm = Choice(turn.say("对"), Act(intent="keep_address", place=place_code, address=kept))
    place = places.place_of(place_code)
    return Letter(
        chat=turn.say("住处改为:{where}\n对吗?", where=spelled(place_code, kept)),
        sms=turn.say("住处改为{where},对吗?", where=place.short if place else kept[:20]),
        choices=((confirm, turn.choice(turn.say("重写"), "change_address")),),
    )


def _to_liaison(t: Tongue, before: Member, place_code: str, words: str) -> Letter:
    old = spelled(before.place_code, before.address) or t.say("(以前没登记)")
    return Letter(
        chat=t.say(
            "{name}({unit})换了住处。\n原来:{old}\n现在:{new}",
            name=before.name,
            unit=before.unit,
            old=old,
            new=spelled(place_code, words),
        ),
        sms=t.say("{who}换了住处,已登记。详情请用聊天看。", who=masked(before.name)),
        choices=((Choice(t.say("打开资料"), Act(intent="open_file", about={"id": before.id})),),),
    )
