"""Asked for the report of what has not gone out: when it will, or that it was called off. (S5)"""

from __future__ import annotations

from content.letter import Letter
from content.words.catalogue import N_
from handlers import menu
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage.campaigns import Campaign

_PLANNED = N_("这一课还没有发，定在 {when}。"), N_("这一条还没有发，定在 {when}。")
_PAUSED = N_("这一课暂停着，没有发，原定在 {when}。"), N_("这一条暂停着，没有发，原定在 {when}。")


def called_off(turn: Turn, campaign: Campaign) -> Letter:
    said = turn.say("这一条取消了，没有发。") if campaign.is_read else turn.say("这一课取消了，没有发。")
    return Letter(chat=said, choices=menu.for_office(turn))


def still_planned(turn: Turn, campaign: Campaign) -> Letter:
    call_off = turn.say("取消这次发送") if campaign.is_read else turn.say("取消这次发课")
    off = turn.choice(call_off, "cancel_lesson", campaign=campaign.id)
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=campaign.id)
    when = spelled(turn, campaign.planned_for)
    if campaign.state == "paused":
        go_on = turn.choice(turn.say("继续"), "resume_campaign", campaign=campaign.id)
        return Letter(chat=turn.say(_of(campaign, _PAUSED), when=when), choices=((watch, go_on, off),))
    pause = turn.choice(turn.say("暂停"), "pause_campaign", campaign=campaign.id)
    return Letter(chat=turn.say(_of(campaign, _PLANNED), when=when), choices=((watch, pause, off),))


def _of(campaign: Campaign, words_for: tuple[str, str]) -> str:
    return words_for[campaign.is_read]
