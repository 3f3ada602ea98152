"""再发给没收到的: it goes once more to those whom it did not reach, and to nobody else. (S6)

One tap under the account or the report; in words it is asked first which, and whether.
"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.words import short
from content.words.campaign_title import says
from handlers import member_file, menu
from handlers.lesson_named import lesson_named
from handlers.turn import Turn
from storage import campaigns, members, senders, sending_again, stoppable
from storage.campaigns import Campaign

_SHOWN, _BY_SMS = 6, 3


async def send_again(turn: Turn, act: Act) -> Letter:
    """`campaign` is that of the button; in words it is the one whose title has `text` in it."""
    return await (keep_send_again if act.about.get("campaign") else _ask_first)(turn, act)


async def keep_send_again(turn: Turn, act: Act) -> Letter:
    campaign = await campaigns.by_id(turn.tx, act.about["campaign"])
    if campaign is None or not await senders.may_stop(turn.tx, campaign, turn.actor.id):
        return Letter(chat=turn.say("这是别人发的，您不能再发。"), choices=menu.for_office(turn))
    if act.about.get("asks"):
        return await _whether(turn, campaign)
    if sending_again.is_over(turn.now, campaign):
        return Letter(chat=turn.say("这一次已经过期或取消了，不能再发。"), choices=menu.for_office(turn))
    n = await sending_again.send_again(turn.tx, turn.now, campaign)
    if not n:
        return Letter(chat=turn.say("没有要再发的人了。"), choices=menu.for_office(turn))
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=campaign.id)
    return Letter(chat=turn.say("好，再发给 {n} 人，别的人不会再收到。", n=n), choices=((watch,),))


async def send_to_new_number(turn: Turn, act: Act) -> Letter:
    """What one member did not hear, to their new number."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    n = 0
    for campaign in await sending_again.unheard_by(turn.tx, turn.now, member.id):
        n += await sending_again.send_again(turn.tx, turn.now, campaign, member.id)
    if not n:
        return Letter(chat=turn.say("没有要再发的了。"), choices=menu.for_office(turn))
    return Letter(chat=turn.say("好，发到新号码了，共 {n} 条。", n=n), choices=menu.for_office(turn))


async def _ask_first(turn: Turn, act: Act) -> Letter:
    found = await _unreached(turn, act.text.strip())
    if not found:
        return _none(turn, act.text.strip())
    if len(found) == 1:
        return await _whether(turn, found[0])
    rows = tuple(
        [
            (turn.choice(await lesson_named(turn, one), "send_again", campaign=one.id, asks="1"),)
            for one in found[: _BY_SMS if turn.by_sms else _SHOWN]
        ]
    )
    letter = Letter(chat=turn.say("再发哪一个？"), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _unreached(turn: Turn, words: str) -> list[Campaign]:
    """Of what this person may send again, what did not reach somebody whom it now may, newest first."""
    theirs = await stoppable.in_a_word(turn.tx, turn.actor.id, sending_again.STATES)
    if words:
        theirs = [one for one in theirs if says(one.slug, await campaigns.words_of(turn.tx, one.id), words)]
    return [one for one in theirs if await sending_again.how_many(turn.tx, turn.now, one)]


async def _whether(turn: Turn, campaign: Campaign) -> Letter:
    n = await sending_again.how_many(turn.tx, turn.now, campaign)
    if not n:
        return _none(turn, "")
    again = turn.choice(turn.say("再发"), "keep_send_again", campaign=campaign.id)
    said = turn.say("{title}：再发给没收到的 {n} 人，对吗？", title=await lesson_named(turn, campaign), n=n)
    return Letter(chat=said, choices=((again,),))


def _none(turn: Turn, words: str) -> Letter:
    if words:
        said = turn.say("没找到写着“{words}”、还能再发的。请写“回执”看看。", words=short.shortened(words, 12))
    else:
        said = turn.say("没有要再发的人：都收到了，或者还没有能用的联系方式。")
    return Letter(chat=said, choices=menu.for_office(turn))
