"""What was talked about, in a liaison's words after the two taps of a note. (S4)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.office import understand_office
from handlers import contact_note, menu
from handlers.contact_note import LONGEST
from handlers.turn import Turn
from storage import contacts, members


async def note_words(turn: Turn, act: Act) -> Letter:
    """What was talked about, in the liaison's words, added to the note just made."""
    said = act.text.strip()
    another = await _another_note(turn, said)
    if another:
        return await contact_note.note(turn, another)
    if said in ("不用", "不补", "没有", "无", "no", "No"):
        return Letter(chat=turn.say("好，不补了。"), choices=menu.for_office(turn))
    if act.about.get("outcome") == "trouble":
        said = turn.say("有困难，{words}", words=said)
    added = await contacts.note_words(turn.tx, turn.viewer, act.about["id"], turn.actor.id, said[:LONGEST])
    answer = (
        turn.say("补记好了。") if added else turn.say("没找到要补记的那一条。请写“记 姓名 打过电话”重新记。")
    )
    return Letter(chat=answer, choices=menu.for_office(turn))


async def _another_note(turn: Turn, said: str) -> Act | None:
    """记 李四 打过电话, straight after the note on 张三, is the next note and not words to the last."""
    read = understand_office(said)
    if read is None or read.intent != "note" or not read.text:
        return None
    return read if await members.called(turn.tx, turn.viewer, read.text) else None
