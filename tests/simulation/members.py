"""Members away from home: on time, late, in their own words, twice, wrong, angry, ill, at sea or gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.simulation.person import DAY, HOUR, MINUTE, Person
from tests.simulation.words import Shown

if TYPE_CHECKING:
    from tests.simulation.world import World

_CHECK_INS = ("签到", "QD", "qd", "平安", "都好", "签到 一切顺利", "报平安", "在")
_OWN_WORDS = (
    "这边下雨停工两天,人没事", "工资按时发了", "刚换了夜班,都顺利", "过一阵回来看看", "店里生意还行",
    "今天风好大", "孩子上学的事办好了,谢谢书记", "家里老人身体还行吧", "在吗", "好的", "收到", "谢谢组织关心",
)  # fmt: skip
_MOVES = (
    "DZ昆山",
    "我搬到无锡了",
    "搬到苏州工业园区星湖街1号了",
    "DZ广东东莞",
    "我搬到上海浦东了",
    "DZ",
    "我到新加坡打工了",
    "到莫斯科了",
    "搬到首尔了",
)
_JOBS = ("换到快递站上班了", "GZ电子厂质检", "换厂了,进了盛达电子厂当电工", "GZ")
_HELP = ("QZ", "求助", "工资拖了两个月没发", "求助 孩子上不了学", "老板拖着工资不给")
_URGENT = ("救命", "找老板要工资被打了", "工地上有人摔下来了,快来人")
_AWAY = ("明天出海,三个月联系不上", "进山干活,二十天没信号", "我要出海一个月")
_ASKS = ("我的资料", "缺什么", "DF", "/lesson", "谁看过", "改动", "菜单", "JF", "DK", "帮助")
_RUBBISH = (
    "\0",
    "?",
    "。。。",
    "😀😀",
    "asdf qwer",
    "您好,我正在忙,稍后回复您。",
    "1",
    "99",
    "A",
    "我" * 2500,
)
_LANGUAGE = ("English", "中文")
# The answer that hangs under a reminder.
_REMINDS = ("签到", "Check in")
_MISTAKEN = ("不是我", "你打错了", "不是本人")
# How often somebody writes who was not asked.
_EVERY = 30 * DAY


class Member(Person):
    """`diligence` is how surely they answer. Who `wants_out` means it when they are asked again."""

    def __init__(self, world: World, name: str, number: str, chat: str = "") -> None:
        super().__init__(world, name, number, chat)
        self.diligence = self.luck.choice((0.1, 0.5, 0.8, 0.9, 0.95))
        self.wants_out = False
        self.does = (
            (self.checks_in, 0.34),
            (self.tells, 0.14),
            (lambda: self.says(self.luck.choice(_MOVES)), 0.08),
            (lambda: self.says(self.luck.choice(_JOBS)), 0.05),
            (self.changes_number, 0.03),
            (lambda: self.says(self.luck.choice(_HELP)), 0.04),
            (lambda: self.says(self.luck.choice(_URGENT)), 0.015),
            (lambda: self.says(self.luck.choice(_AWAY)), 0.03),
            (lambda: self.says(self.luck.choice(_ASKS)), 0.10),
            (lambda: self.says(self.luck.choice(_RUBBISH)), 0.05),
            (self.stops, 0.02),
            (self.blocks_for_a_while, 0.03),
            (self.switches_off, 0.05),
            (self.loses_number, 0.01),
            (lambda: self.says(self.luck.choice(_LANGUAGE)), 0.01),
            (lambda: self.says(self.luck.choice(_MISTAKEN)), 0.003),
            (self.leaves, 0.004),
            (self.uses_the_other_door, 0.02),
        )

    def begins(self) -> None:
        self.world.later(self.again_in(_EVERY), self._lives)

    def _lives(self) -> None:
        deeds: list[Callable[[], None]] = [deed for deed, _ in self.does]
        self.luck.choices(deeds, [weight for _, weight in self.does])[0]()
        self.world.later(self.again_in(_EVERY), self._lives)

    def answers(self, shown: Shown) -> None:
        if any("同意" in way.label or "Agree" in way.label for way in shown.ways):
            self.agrees(shown)
        elif self.wants_out and (out := [way for way in shown.ways if way.label in ("退出", "Leave")]):
            self.wants_out = False
            self.presses(shown, out[0])
        elif any(way.label in ("签到", "Check in") for way in shown.ways) and self.luck.happens(
            self.diligence
        ):
            self.checks_in()
        else:
            super().answers(shown)

    def agrees(self, shown: Shown) -> None:
        if self.luck.happens(0.8):
            self.presses(shown, shown.ways[0] if self.luck.happens(0.8) else self.luck.choice(shown.ways))

    def checks_in(self) -> None:
        said = self.luck.choice(_CHECK_INS)
        self.says(said)
        if self.luck.happens(0.1):
            self.world.later(self.luck.uniform(2, 300), lambda: self.says(said))

    def tells(self) -> None:
        self.says(self.luck.choice(_OWN_WORDS) + (str(self.luck.randint(1, 99)) * self.luck.randint(0, 1)))

    def changes_number(self) -> None:
        """Both cards are in the phone for some days; then the old one is thrown away."""
        if self.is_number_dead:
            return
        self.new_number = self.world.book.gives_number(self)
        self.says(f"换号了{self.new_number[3:]}" if self.luck.happens(0.5) else f"SJ{self.new_number[3:]}")
        self.world.later(self.luck.uniform(2, 12) * DAY, self._throws_old_card_away)

    def _throws_old_card_away(self) -> None:
        if self.new_number:
            self.world.book.takes_number(self.number)
            self.number, self.new_number = self.new_number, ""

    def stops(self) -> None:
        self.says("TD")
        self.world.later(self.when_awake(self.luck.uniform(1, 20) * DAY), lambda: self.says("恢复"))

    def blocks_for_a_while(self) -> None:
        self.blocks(True)
        if self.luck.happens(0.7):
            self.world.later(self.luck.uniform(0.2, 25) * DAY, lambda: self.blocks(False))

    def switches_off(self) -> None:
        self.off_until = self.world.loop.time() + self.luck.uniform(0.2, 5) * DAY

    def loses_number(self) -> None:
        """The card is gone. Whoever has no chat writes from a new one some day, and nobody knows it."""
        self.is_number_dead = True
        self.world.later(self.luck.uniform(3, 15) * DAY, self._buys_a_card)

    def _buys_a_card(self) -> None:
        self.world.book.takes_number(self.number)
        self.number, self.is_number_dead = self.world.book.gives_number(self), False
        self.says("我是" + self.name + ",换号了", by="sms")

    def leaves(self) -> None:
        self.wants_out = True
        self.says("退出")
        self.world.later(self.luck.uniform(5, 30) * DAY, lambda: self.says("加入", by="sms"))

    def uses_the_other_door(self) -> None:
        self.says(self.luck.choice(_CHECK_INS), by="sms")

    def reads(self, shown: Shown) -> None:
        super().reads(shown)
        if self.luck.happens(0.03):
            self.world.later(self.luck.uniform(1, 5 * MINUTE), lambda: self.says("谢谢"))
        elif self.luck.happens(0.01):
            self.world.later(self.luck.uniform(1, HOUR), self.tells)
