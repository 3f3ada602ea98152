"""The five on the page: who they are, and what a visitor may try on each phone. All are made up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.district import Cast, Player
from bot.sandbox.page import Bilingual, PhoneOnStage, Suggestion
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

GROUP = "长信村在外乡亲"


@dataclass(frozen=True, slots=True)
class Part:
    """`spare` is the number of a second SIM card: the number that a member changes to."""

    name: str
    number: str
    role: Bilingual
    caption: Bilingual
    suggestions: tuple[Suggestion, ...]
    smartphone: bool = True
    spare: str = ""


# The order in which they get their phones, and so their chat ids.
_PARTS = (
    Part(
        "石远帆",
        "+8613900001001",
        Bilingual("外出党员 · 智能手机", "Member · smartphone"),
        Bilingual("在外做抹灰工，快到报平安的日子了。", "A plasterer far from home; her word is almost due."),
        (
            Suggestion("签到", "check in"),
            Suggestion("我搬到昆山了", "I moved to Kunshan"),
            Suggestion("换号码 13800002001", "new number"),
            Suggestion("工资没发", "unpaid wages"),
        ),
        spare="+8613800002001",
    ),
    Part(
        "柳一禾",
        "+8613900001002",
        Bilingual("外出党员 · 新上名册", "Member · new on the roster"),
        Bilingual(
            "等书记的邀请，也可以分享自己的号码加入。",
            "Invite her from the secretary's phone, or let her share her number.",
        ),
        (
            Suggestion("你好", "hello"),
            Suggestion("我搬到鼓楼区了", "I moved to Gulou"),
        ),
    ),
    Part(
        "贺长根",
        "+8613900001003",
        Bilingual("外出党员 · 老人机", "Member · old phone"),
        Bilingual("只会收发短信，要办的事一样能办。", "Text messages only, and everything works."),
        (
            Suggestion("QD", "check in"),
            Suggestion("DZ苏州昆山", "new address"),
            Suggestion("SJ13800002003", "new number"),
            Suggestion("QZ", "help"),
        ),
        smartphone=False,
        spare="+8613800002003",
    ),
    Part(
        "孟知夏",
        "+8613900001004",
        Bilingual("联系人", "Liaison"),
        Bilingual("联系八位外出党员，谁没消息就打个电话。", "Keeps in touch with eight members."),
        (
            Suggestion("失联", "who is silent"),
            Suggestion("发课", "send a lesson"),
            Suggestion("找 石", "find Shi"),
            Suggestion("记 郝田耕 打过电话", "note a call"),
        ),
    ),
    Part(
        "祝文澜",
        "+8613900001005",
        Bilingual("支部书记", "Secretary"),
        Bilingual("管一个村，看得到全镇四个村。", "Keeps one village, sees the township's four."),
        (
            Suggestion("/silent", "who is silent"),
            Suggestion("失联 浙江", "silent in Zhejiang"),
            Suggestion("邀请 柳一禾", "invite Liu"),
            Suggestion("发课", "send a lesson"),
        ),
    ),
)


def hand_out_phones(world: World) -> tuple[Phone, ...]:
    """A phone each, then the spare cards, and a group chat of all who can be in one."""
    phones = tuple(world.add_phone(part.name, part.number, smartphone=part.smartphone) for part in _PARTS)
    for part, phone in zip(_PARTS, phones, strict=True):
        if part.spare:
            world.add_spare_card(phone.id, part.spare)
    world.add_group(GROUP, [phone.id for phone in phones if phone.smartphone])
    return phones


def cast_of(phones: tuple[Phone, ...]) -> Cast:
    return Cast(*(Player(p.owner, p.number, p.id if p.smartphone else None) for p in phones))


def on_stage(phones: tuple[Phone, ...]) -> tuple[PhoneOnStage, ...]:
    return tuple(
        PhoneOnStage(phone.id, part.role, part.caption, part.suggestions)
        for part, phone in zip(_PARTS, phones, strict=True)
    )
