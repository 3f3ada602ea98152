"""The five on the page: who they are, and what a visitor may try on each phone. All are made up."""

from __future__ import annotations

from bot.sandbox.district import Cast, Player
from bot.sandbox.page import Bilingual, PhoneOnStage, Suggestion
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

# (name, number, smartphone): the order in which they get their phones, and so their chat ids.
_PEOPLE = (
    ("石远帆", "+8613900001001", True),
    ("柳一禾", "+8613900001002", True),
    ("贺长根", "+8613900001003", False),
    ("孟知夏", "+8613900001004", True),
    ("祝文澜", "+8613900001005", True),
)


def hand_out_phones(world: World) -> tuple[Phone, ...]:
    return tuple(world.add_phone(name, number, smartphone=smart) for name, number, smart in _PEOPLE)


def cast_of(phones: tuple[Phone, ...]) -> Cast:
    return Cast(*(Player(p.owner, p.number, p.id if p.smartphone else None) for p in phones))


def on_stage(phones: tuple[Phone, ...]) -> tuple[PhoneOnStage, ...]:
    joined, newcomer, old, liaison, secretary = phones
    return (
        PhoneOnStage(
            joined.id,
            Bilingual("外出党员 · 智能手机", "Member · smartphone"),
            Bilingual(
                "在外做抹灰工,快到报平安的日子了。", "A plasterer far from home; her word is almost due."
            ),
            (
                Suggestion("签到", "check in"),
                Suggestion("我搬到昆山了", "I moved to Kunshan"),
                Suggestion("工资拖了两个月", "two months' wages are held back"),
            ),
        ),
        PhoneOnStage(
            newcomer.id,
            Bilingual("外出党员 · 还没加入", "Member · has not joined yet"),
            Bilingual(
                "在名册上,等书记邀请。也可以分享自己的号码加入。",
                "On the roster: invite him, or let him share his number.",
            ),
            (Suggestion("你好", "hello"),),
        ),
        PhoneOnStage(
            old.id,
            Bilingual("外出党员 · 老年机", "Member · old phone"),
            Bilingual("只有短信,一样能办。", "Text messages only, and everything works."),
            (Suggestion("QD", "check in"), Suggestion("DZ苏州昆山", "new address"), Suggestion("JF", "help")),
        ),
        PhoneOnStage(
            liaison.id,
            Bilingual("联系人", "Liaison"),
            Bilingual("联系八位外出党员,没消息的打电话。", "Keeps in touch with eight members."),
            (
                Suggestion("失联", "who is silent"),
                Suggestion("发课", "send a lesson"),
                Suggestion("找 石", "find Shi"),
            ),
        ),
        PhoneOnStage(
            secretary.id,
            Bilingual("支部书记", "Secretary"),
            Bilingual("看得到全镇四个村。", "Sees the four villages of the township."),
            (
                Suggestion("/silent"),
                Suggestion("失联 上海", "silent in Shanghai"),
                Suggestion("邀请 柳一禾", "invite Liu"),
                Suggestion("发课", "send a lesson"),
            ),
        ),
    )
