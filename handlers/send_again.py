"""再发给没收到的: one tap, and it goes once more to those whom it did not reach, and to nobody else. (S6)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers import menu
from handlers.turn import Turn
from storage import campaigns, senders, sending_again


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
