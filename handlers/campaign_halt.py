"""停, 别发了, 发错了, of somebody who has something going out: it is that which stops. (S5, S24)"""

from __future__ import annotations

from datetime import timedelta

from content.act import Act
from content.letter import Letter
from handlers import campaign_control, menu
from handlers.turn import Turn
from storage import account, campaign_life, progress_letter, stoppable
from storage.campaigns import Campaign, State

# So long after the last letter 发错了 is still said of it.
JUST_SENT = timedelta(hours=2)
_PAUSED: tuple[State, ...] = ("paused",)


async def halt_campaign(turn: Turn, act: Act) -> Letter:
    """At once, and so that it can go on: whether it is called off is asked when nothing goes out any more."""
    if await stoppable.in_a_word(turn.tx, turn.actor.id, ("running", "planned")):
        return _and_then(turn, await campaign_control.pause_campaign(turn, act))
    if await stoppable.in_a_word(turn.tx, turn.actor.id, _PAUSED):
        letter = await campaign_control.pause_campaign(turn, act)
        return letter._replace(chat="\n".join([letter.chat, turn.say("您自己不想收，写“TD”。")]))
    sent = await stoppable.just_sent(turn.tx, turn.actor.id, turn.now - JUST_SENT)
    return await _out_already(turn, sent[0]) if sent else await campaign_control.pause_campaign(turn, act)


async def keep_back_the_rest(turn: Turn, act: Act) -> Letter:
    """No second door is tried and nobody calls: whoever has it not by now does not get it."""
    campaign = await campaign_control.meant(turn, act)
    if isinstance(campaign, Letter):
        return campaign
    await campaign_life.keep_back_the_rest(turn.tx, turn.now, campaign.id)
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    return Letter(
        chat=turn.say("{title}取消了，还没收到的不再送，也不再请人转告。", title=title),
        sms=turn.say("取消了，还没收到的不再送。"),
        choices=menu.for_office(turn),
    )


def _and_then(turn: Turn, letter: Letter) -> Letter:
    """How it goes on; and what whoever meant their own mail may write."""
    if any(choice.act.intent == "pause_campaign" for row in letter.choices for choice in row):
        return letter._replace(chat=turn.say("停哪一个？"), sms="")
    more = turn.say("不发了，写“取消”；接着发，写“继续”。您自己不想收，写“TD”。")
    brief = turn.say("先暂停了。真要取消，请再回“取消”；接着发，回“继续”。")
    return letter._replace(chat="\n".join([letter.chat, more]), sms=brief)


async def _out_already(turn: Turn, campaign: Campaign) -> Letter:
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    if not (await account.of(turn.tx, campaign)).may_still_hear:
        return Letter(
            chat=turn.say(
                "{title}已经发完了，大家都收到了，收不回来。要更正，写“发通知 更正：……”。", title=title
            ),
            sms=turn.say("都收到了，收不回来。要更正写“发通知 更正…”。"),
        )
    rest = turn.choice(turn.say("没收到的不再送"), "keep_back_the_rest", campaign=campaign.id)
    return Letter(
        chat=turn.say(
            "{title}已经发完了，收到的收不回来。要更正，写“发通知 更正：……”。还没收到的可以不再送：",
            title=title,
        ),
        sms=turn.say("已发完，收不回来。要更正写“发通知 更正…”。"),
        choices=((rest,),),
    )
