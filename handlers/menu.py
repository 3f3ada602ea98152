"""菜单: what can be done here, by whoever asks."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter, Rows
from content.words.commands import commands
from content.words.keys import member_keys, office_keys
from handlers.turn import Turn


async def menu(turn: Turn, _act: Act) -> Letter:
    role = turn.actor.role
    if role == "member":
        return Letter(
            chat=turn.say(
                "{name}，您好！可以点下面的按钮，也可以直接写，比如“签到”“我搬到苏州了”“换厂了”。",
                name=turn.actor.person.name,
            ),
            sms=turn.say("回QD签到 DZ换住处 GZ换工作 SJ换号码 QZ求助 TD停发短信。也可直接写。"),
            choices=for_member(turn),
            menu=commands(turn.tongue, role),
        )
    return Letter(
        chat=turn.say(
            "{name}，您好！可以看谁失联了、发一课、发通知、找人。直接写也行：“失联 上海”“发通知 明天停水”。",
            name=turn.actor.person.name,
        ),
        sms=turn.say("回“失联”看人数，“发课”发党课，“发通知 内容”群发，“找 姓名”看一人。详情请用聊天。"),
        choices=for_office(turn),
        menu=commands(turn.tongue, role),
    )


def for_member(turn: Turn) -> Rows:
    """The keys a member has at hand in the chat; by SMS they would cost a part."""
    return () if turn.by_sms else member_keys(turn.tongue)


def for_office(turn: Turn) -> Rows:
    return () if turn.by_sms else office_keys(turn.tongue, turn.actor.member is not None)


def own(turn: Turn) -> Rows:
    """The keys of whoever speaks."""
    return for_member(turn) if turn.actor.role == "member" else for_office(turn)
