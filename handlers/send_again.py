"""再发给没收到的: one tap, and it goes once more to those whom it did not reach, and to nobody else. (S6)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers import member_file, menu
from handlers.turn import Turn
from storage import campaigns, members, senders, sending_again


async def send_again(turn: Turn, act: Act) -> Letter:
    campaign = await campaigns.by_id(turn.tx, act.about["campaign"])
    if campaign is None or not await senders.may_stop(turn.tx, campaign, turn.actor.id):
        return Letter(chat=turn.say("这是别人发的，您不能再发。"), choices=menu.for_office(turn))
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
