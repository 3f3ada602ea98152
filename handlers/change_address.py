"""换了住处: read back, confirmed, dated, the old one kept as history, the liaison told. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.rules.understanding.replies import is_bare_number
from content.words.address import spelled
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu, whereabouts
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member

__all__ = ["change_address", "keep_address", "spelled"]


async def change_address(turn: Turn, act: Act) -> Letter:
    """Ask where, ask which where two places bear the name, then read it back."""
    where = whereabouts.meant(act, turn.word.text)
    if where.options:
        return await whereabouts.ask_which(turn, where)
    if where.is_known:
        return whereabouts.read_back(turn, where)
    if act.about.get("asked") == "again" and where.words and not is_bare_number(act.text):
        return whereabouts.read_back_without_place(turn, where)
    return await whereabouts.ask_where(turn, where)


async def keep_address(turn: Turn, act: Act) -> Letter:
    """The member confirmed: from here on it is in the file."""
    before = await turn.own_file()
    where = spelled(act.place, act.address)
    if (before.place_code, before.address, before.whereabouts) == (act.place, act.address, "out"):
        return Letter(
            chat=turn.say("已经登记好了：您现在住在 {where}。", where=where),
            sms=turn.say("这个住处已经登记好了。"),
            choices=menu.for_member(turn),
        )
    await _write(turn, before, act)
    await liaison.tell_liaison(turn, before, lambda t: _to_liaison(t, before, where))
    return Letter(
        chat=turn.say("记下了，您现在住在 {where}。到了新地方，多保重。", where=where),
        sms=turn.say("记下了。到了新地方，多保重。有难处请回QZ。"),
        choices=menu.for_member(turn),
    )


async def _write(turn: Turn, before: Member, act: Act) -> None:
    change = turn.change(before, "address", before.address, act.address, act.place)
    await changes.record(turn.tx, before, change)
    await members.note_texts(turn.tx, before, address=act.address)
    since = turn.today if before.whereabouts == "home" else before.out_since
    moved = before._replace(address=act.address)
    await members.note_facts(turn.tx, moved, place_code=act.place, whereabouts="out", out_since=since)


def _to_liaison(t: Tongue, before: Member, new: str) -> Letter:
    if before.whereabouts == "home":
        return _gone_again(t, before, new)
    return Letter(
        chat=t.say(
            "{name}（{unit}）换了住处。\n原来：{old}\n现在：{new}",
            name=before.name,
            unit=before.unit,
            old=spelled(before.place_code, before.address) or t.say("（以前没登记）"),
            new=new,
        ),
        sms=t.say("{who}换了住处，已登记。详情请用聊天看。", who=masked(before.name)),
        choices=to_the_file(t, before.id),
    )


def _gone_again(t: Tongue, before: Member, new: str) -> Letter:
    """Whoever was at home has left it: that is more than a new address."""
    return Letter(
        chat=t.say("{name}（{unit}）又外出了，现住：{new}", name=before.name, unit=before.unit, new=new),
        sms=t.say("{who}又外出了，已登记。详情请用聊天看。", who=masked(before.name)),
        choices=to_the_file(t, before.id),
    )
