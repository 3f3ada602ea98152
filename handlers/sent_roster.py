"""A workbook sent to the bot: taken in here, looked at outside the turn, imported when its sender says so.

Nothing is fetched in a turn: a file of megabytes over a slow line would keep every member waiting.
"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.roles import may
from handlers import menu, otherwise
from handlers.roster.opening import FILE_BYTES
from handlers.turn import Turn
from storage import sent_rosters
from storage.sent_rosters import SentRoster


async def take_in(turn: Turn, _act: Act) -> Letter:
    """Whoever keeps a roster may send it; nobody else's file is fetched or kept."""
    document = turn.word.document
    if document is None or not may(turn.actor.roles, "secretary"):
        return _not_theirs(turn)
    if document.size > FILE_BYTES:
        return Letter(
            chat=turn.say("文件太大，最多收10MB。请只留名单，或者拆成几个再发。"),
            choices=menu.own(turn),
        )
    await sent_rosters.take_in(turn.tx, turn.now, turn.actor.id, turn.word.channel, document.file_id)
    return Letter(
        chat=turn.say("收到“{name}”，正在看。先给您看结果，您点了“导入”才导入。", name=document.name)
    )


async def accept(turn: Turn, act: Act) -> Letter:
    """导入: what was shown is to be done. The same button pressed again does nothing more."""
    roster = await _shown(turn, act)
    if isinstance(roster, Letter):
        return roster
    await sent_rosters.move(turn.tx, turn.now, roster.id, "shown", "accepted")
    return Letter(chat=turn.say("好，正在导入，办完告诉您。"), sms=turn.say("好，正在导入。"))


async def decline(turn: Turn, act: Act) -> Letter:
    """不导入: nothing was changed, and the file is forgotten."""
    roster = await _shown(turn, act)
    if isinstance(roster, Letter):
        return roster
    await sent_rosters.settle(turn.tx, turn.now, roster.id, "shown", "declined")
    return Letter(chat=turn.say("好，没有导入，什么都没有改。改好表格可以再发来。"), choices=menu.own(turn))


async def _shown(turn: Turn, act: Act) -> SentRoster | Letter:
    """The roster that the button stands under, where it still waits for an answer."""
    if not may(turn.actor.roles, "secretary"):
        return _not_theirs(turn)
    roster = await sent_rosters.of_person(turn.tx, turn.actor.id, act.about.get("roster", ""))
    if roster is None:
        return await otherwise.expired(turn, act)
    if turn.now - roster.made_at > sent_rosters.HOLDS_FOR or roster.state == "expired":
        return Letter(chat=turn.say("这份名册过了一天，已经不留了。请再发一次表格。"))
    if roster.state != "shown":
        return Letter(chat=turn.say("这份名册已经答复过了。还要导入，请再发一次表格。"))
    return roster


def _not_theirs(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("导入名册要由支部书记发来。这个文件没有打开，也没有保存。要改自己的情况，直接写给我。"),
        choices=menu.own(turn),
    )
