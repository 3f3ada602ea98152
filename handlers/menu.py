"""What can be done, and the small answers that belong to no journey."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.roles import Role
from content.words.commands import commands
from handlers.turn import Turn

Rows = tuple[tuple[Choice, ...], ...]


async def menu(turn: Turn, _act: Act) -> Letter:
    role = turn.actor.role
    if role == "member":
        return Letter(
            chat=turn.say(
                "{name},您好!可以点下面的按钮,也可以直接写,比如“签到”“我搬到苏州了”“换厂了”。",
                name=turn.actor.person.name,
            ),
            sms=turn.say("回QD签到 DZ换住处 GZ换工作 SJ换号码 JF求助 TD停发短信。也可直接写。"),
            choices=for_member(turn),
            menu=commands(turn.tongue, role),
        )
    return Letter(
        chat=turn.say(
            "{name},您好!您可以看谁失联了、发一课、找一个人。也可以直接写,比如“失联 上海”“找 王”。",
            name=turn.actor.person.name,
        ),
        sms=turn.say("回“失联”看人数,回“发课”发短信党课,回“找 姓名”看一个人。详情请用聊天。"),
        choices=for_office(turn),
        menu=commands(turn.tongue, role),
    )


async def not_understood(turn: Turn, act: Act) -> Letter:
    if turn.actor.member is None:
        return Letter(
            chat=turn.say("这句话我没看懂。您可以点下面的按钮。"),
            sms=turn.say("没看懂。回“失联”看人数,回“发课”发短信党课,回“菜单”看全部。"),
            choices=for_office(turn),
        )
    pass_on = Choice(turn.say("转给联系人"), Act(intent="pass_on", text=(act.text or turn.word.text)[:500]))
    return Letter(
        chat=turn.say("收到您的消息,知道您平安。这句话我没看懂,要转给您的联系人吗?"),
        sms=turn.say("收到,知道您平安。这句话没看懂,要转给联系人吗?"),
        choices=((pass_on,), *for_member(turn)) if not turn.by_sms else ((pass_on,),),
    )


async def thanks(turn: Turn, _act: Act) -> Letter:
    return Letter(chat=turn.say("好的,有事随时写给我。"), choices=_own(turn))


async def drop(turn: Turn, _act: Act) -> Letter:
    return Letter(
        chat=turn.say("好,没有改动。想说什么,重新写就行。"),
        choices=() if turn.by_sms else _own(turn),
    )


async def expired(turn: Turn, _act: Act) -> Letter:
    return Letter(
        chat=turn.say("这个问题已过期,没有改动。请重新来一次。"),
        sms=turn.say("问题已过期,没有改动。请重新写一次。"),
        choices=() if turn.by_sms else _own(turn),
    )


async def too_long(turn: Turn, _act: Act) -> Letter:
    return Letter(
        chat=turn.say("这条消息太长了,我读不完,但知道您平安。请分成短一点的几条再发。"),
        sms=turn.say("消息太长读不完,但知道您平安。请分短一点再发。"),
    )


def not_yours(turn: Turn, needed: Role) -> Letter:
    del needed
    return Letter(
        chat=turn.say("这件事由联系人或书记来办。您有需要,可以写“求助”,我转给您的联系人。"),
        sms=turn.say("这件事由联系人或书记来办。需要帮助请回JF。"),
        choices=_own(turn),
    )


def only_members(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("这是外出党员自己办的事,您的名字不在外出名册上。"),
        sms=turn.say("这是外出党员自己办的事,您不在外出名册上。"),
        choices=for_office(turn),
    )


def together(letters: list[Letter]) -> Letter:
    """One answer to a message that meant several things: all is said, the last question is asked."""
    first, *others = letters
    for letter in others:
        first = Letter(
            chat=f"{first.chat}\n\n{letter.chat}",
            sms=f"{first.sms or first.chat}{letter.sms or letter.chat}",
            choices=letter.choices or first.choices,
            menu=letter.menu or first.menu,
        )
    return first


def for_member(turn: Turn) -> Rows:
    """The buttons a member has at hand after each answer in the chat; by SMS they would cost a part."""
    if turn.by_sms:
        return ()
    return (
        (turn.choice(turn.say("签到"), "check_in"), turn.choice(turn.say("求助"), "help")),
        (
            turn.choice(turn.say("换了住处"), "change_address"),
            turn.choice(turn.say("换了工作"), "change_job"),
            turn.choice(turn.say("换了号码"), "change_phone"),
        ),
        (turn.choice(turn.say("暂时联系不上"), "quiet"), turn.choice(turn.say("我的资料"), "me")),
    )


def for_office(turn: Turn) -> Rows:
    if turn.by_sms:
        return ()
    return (
        (turn.choice(turn.say("谁失联了"), "silent"), turn.choice(turn.say("发一课"), "send_lesson")),
        (turn.choice(turn.say("课程回执"), "lesson_reports"), turn.choice(turn.say("请人加入"), "invite")),
    )


def _own(turn: Turn) -> Rows:
    return for_member(turn) if turn.actor.role == "member" else for_office(turn)
