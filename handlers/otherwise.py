"""The small answers where a word asks for nothing that can be done: not understood, over, or not theirs."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.roles import may
from content.rules.understanding.greeting import is_greeting
from content.words.hotlines import hotline
from handlers import menu
from handlers.campaign import shown
from handlers.turn import Turn


async def not_understood(turn: Turn, act: Act) -> Letter:
    """Not guessed at: the member may have it passed on with one tap.

    Nor are they told that they are known to be well: what was not understood may have been a cry for help.
    """
    if is_greeting(act.text or turn.word.text):
        return await _greeted(turn, act)
    if await shown.previewed(turn):
        return _still_to_be_sent(turn)
    if turn.actor.member is None:
        return Letter(
            chat=turn.say("这句话我没看懂。可以写“失联”“发课”“发通知 明天停水”，写“菜单”看全部。"),
            sms=turn.say("没看懂。回“失联”看人数，回“发课”发短信党课，回“菜单”看全部。"),
            choices=menu.for_office(turn),
        )
    pass_on = Choice(turn.say("转给联系人"), Act(intent="pass_on", text=(act.text or turn.word.text)[:500]))
    return Letter(
        chat=turn.say("收到您的消息。这句话我没看懂，要转给您的联系人吗？"),
        sms=turn.say("收到您的消息。这句话没看懂，要转给联系人吗？"),
        choices=((pass_on,), *menu.for_member(turn)),
    )


def _still_to_be_sent(turn: Turn) -> Letter:
    """Written after a preview: whoever hears only that it was not understood may think it was changed."""
    return Letter(
        chat=turn.say(
            "这句话我没看懂，什么也没改，还没有发。要发，写“确认”，我先再给您看一眼；"
            "要改，写“只发柳湾村”“改时间”这样；不发，写“取消”。"
        ),
        sms=turn.say("没看懂，没改也没有发。要发回“确认”，要改写“改对象”“改时间”，不发回“取消”。"),
    )


async def _greeted(turn: Turn, act: Act) -> Letter:
    """你好, 在吗: a word back, and what can be done here."""
    if turn.actor.role != "member":
        return await menu.menu(turn, act)
    return Letter(
        chat=turn.say(
            "{name}，您好！我在，知道您平安。\n搬家、换工作、换号码、有难处，直接写给我，或点下面的按钮。",
            name=turn.actor.person.name,
        ),
        sms=turn.say("您好！知道您平安。要办事请回QD签到 DZ换住处 GZ换工作 QZ求助，也可直接写。"),
        choices=menu.for_member(turn),
    )


async def not_yet(turn: Turn, act: Act) -> Letter:
    """Points, certificate, make-up lessons: the liaison sees to them until the program can."""
    asked = await not_understood(turn, act)
    return asked._replace(
        chat=turn.say("这件事要请您的联系人来办。要转给联系人吗？"),
        sms=turn.say("这件事要请联系人来办。要转给联系人吗？"),
    )


async def wordless(turn: Turn, act: Act) -> Letter:
    """A voice message, a picture, an empty text: a sign of life that we cannot read."""
    if act.kind == "card":
        return Letter(chat=turn.say("这是别人的名片，我没有保存。"), choices=menu.own(turn))
    if turn.actor.member is None:
        return Letter(chat=turn.say("我只看得懂文字，请打字给我。"), choices=menu.own(turn))
    return Letter(
        chat=turn.say("收到，知道您平安。我只看得懂文字，要办事请打字，或点下面的按钮。"),
        sms=turn.say("收到，知道您平安。要办事请写字，如QD签到、QZ求助。"),
        choices=menu.own(turn),
    )


async def nothing_asked(turn: Turn, _act: Act) -> Letter:
    """A number that picks none of the answers that were offered."""
    return Letter(
        chat=turn.say("没有这个选项。请看看上一条消息里的数字，或直接写要办的事。"),
        sms=turn.say("没有这个选项。请看上一条里的数字，或直接写要办的事。"),
        choices=menu.own(turn),
    )


async def thanks(turn: Turn, _act: Act) -> Letter:
    return Letter(chat=turn.say("好的，有事随时写给我。"), choices=menu.own(turn))


async def drop(turn: Turn, _act: Act) -> Letter:
    return Letter(
        chat=turn.say("好，没有改动。想说什么，重新写就行。"),
        choices=menu.own(turn),
    )


async def expired(turn: Turn, _act: Act) -> Letter:
    """Nothing was changed; but a late 1 to a reminder is a sign of life, and is thanked for."""
    if turn.actor.member:
        return Letter(
            chat=turn.say("收到，知道您平安。这个问题已过期，没有改动；要办的话请重新写一次。"),
            sms=turn.say("收到，知道您平安。问题已过期，没有改动；要办请重新写。"),
            choices=menu.own(turn),
        )
    return Letter(
        chat=turn.say("这个问题已过期，没有改动。请重新来一次。"),
        sms=turn.say("问题已过期，没有改动。请重新写一次。"),
        choices=menu.own(turn),
    )


async def overtaken(turn: Turn, _act: Act) -> Letter:
    """An old 对 would put back what has been changed since."""
    return Letter(
        chat=turn.say("这一条之后您又改过了，所以不算了，没有改动。还要改的话，请重新写一次。"),
        sms=turn.say("这之后您又改过了，这一条不算了，没有改动。要改请重新写。"),
        choices=menu.own(turn),
    )


async def answered_already(turn: Turn, _act: Act) -> Letter:
    """The same 1 sent twice: it was done the first time, and is not done again."""
    return Letter(
        chat=turn.say("这一条您已经回过了，不用再回。要办别的事，请直接写。"),
        choices=menu.own(turn),
    )


async def too_long(turn: Turn, _act: Act) -> Letter:
    return Letter(
        chat=turn.say("这条消息太长了，我读不完，但知道您平安。请分成短一点的几条再发。"),
        sms=turn.say("消息太长读不完，但知道您平安。请分短一点再发。"),
    )


def not_yours(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("这是联系人和书记用的。您要人帮忙，写“求助”就行，我马上转给您的联系人。"),
        sms=turn.say("这是联系人和书记用的。要人帮忙请回QZ。"),
        choices=menu.own(turn),
    )


def only_members(turn: Turn, act: Act) -> Letter:
    if act.urgent:
        call = hotline(turn.tongue, act.kind, act.urgent)
        return Letter(
            chat=turn.say("{call}\n您不在外出名册上，我没有人可以转告，请直接打电话。", call=call),
            sms=turn.say("{call}请直接打电话，我没有人可以转告。", call=call),
        )
    if act.intent == "change_phone" and may(turn.actor.roles, "liaison"):
        return Letter(
            chat=turn.say("改谁的手机号？请先写“找 姓名”打开资料，再选“改手机号”。"),
            sms=turn.say("改谁的？请先写“找 姓名”打开资料，再选“改手机号”。"),
            choices=menu.for_office(turn),
        )
    return Letter(
        chat=turn.say("这是外出党员自己办的事，您的名字不在外出名册上。"),
        sms=turn.say("这是外出党员自己办的事，您不在外出名册上。"),
        choices=menu.for_office(turn),
    )
