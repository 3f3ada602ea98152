"""Secretaries who send things out and ask who is silent, liaisons who note whom they called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.simulation.orders import an_order, as_one_sends
from tests.simulation.person import DAY, HOUR, MINUTE, Person
from tests.simulation.words import Shown, Way

if TYPE_CHECKING:
    from tests.simulation.world import World

_LOOKS = (
    "失联", "统计", "六清", "/lessons", "回执", "失联 60", "台账", "菜单", "/silent 90", "发课", "花名册",
    "名册", "谁没消息", "谁还没答", "待办", "待办", "草稿",
)  # fmt: skip
_HOW = ("打过电话", "上门走访", "发过消息", "打过电话 家里都好")
_TALKED = ("家里都好,孩子上学", "工资按月结", "不用", "身体好")
# How a task ends: told, or not and why; a number that is right after all, or that nobody could ask about.
_ENDS = {
    "电话告诉了": 6, "当面告诉了": 2, "没联系上": 2, "没人接": 3, "本人不听": 1, "号码不对": 1, "其他": 1,
    "号码没错": 1, "没问到": 2, "下一件": 3, "后来讲到了": 1, "讲到了": 2, "还没讲": 1, "已有联系": 1,
}  # fmt: skip
_LINK = re.compile(r"start=([\w-]+)")


class Officer(Person):
    """`charges` are the names of those they look after."""

    def __init__(self, world: World, name: str, number: str, chat: str = "", role: str = "liaison") -> None:
        super().__init__(world, name, number, chat)
        self.role = role
        self.charges: list[str] = []
        self.to_invite: list[str] = []
        self._inviting = ""
        # Some liaisons never open what they are to do: it goes to the next one above.
        self.sees_to_tasks = self.luck.choice((0.1, 0.6, 0.9))

    def begins(self) -> None:
        self.world.later(self.again_in(8 * DAY), self._works)
        if self.role == "secretary":
            self.world.later(self.again_in(15 * DAY), self._sends_out)

    def _works(self) -> None:
        if self.to_invite and self.luck.happens(0.4):
            self._inviting = self.luck.choice(self.to_invite)
            self.says(f"邀请 {self._inviting}")
        elif self.role == "liaison" and self.charges and self.luck.happens(0.7):
            self._notes(self.luck.choice(self.charges))
        elif self.charges and self.luck.happens(0.3):
            self.says(f"找 {self.luck.choice(self.charges)}")
        else:
            self.says(self.luck.choice(_LOOKS))
        self.world.later(self.again_in(8 * DAY), self._works)

    def _notes(self, name: str) -> None:
        self.says(f"记 {name} {self.luck.choice(_HOW)}")

    def _sends_out(self) -> None:
        self.says(an_order(self.luck))
        self.world.later(self.again_in(15 * DAY), self._sends_out)

    def reads(self, shown: Shown) -> None:
        if link := _LINK.search(shown.text):
            self._passes_on(link[1])
        super().reads(shown)

    def _passes_on(self, code: str) -> None:
        invited = self.world.book.by_name.get(self._inviting)
        if invited and invited.chat:
            hours = self.luck.uniform(0.1, 90)
            self.world.later(invited.when_awake(hours * HOUR), lambda: invited.opens(code))

    def answers(self, shown: Shown) -> None:
        outcome = [way for way in shown.ways if way.label in ("平安", "有困难", "没联系上")]
        if outcome:
            self.presses(shown, self.luck.choices(outcome, [6, 1, 2][: len(outcome)])[0])
            self.world.later(self.luck.uniform(1, 3) * MINUTE, lambda: self.says(self.luck.choice(_TALKED)))
        elif self._sees_to_a_task(shown) or as_one_sends(self, shown):
            return
        elif self.luck.happens(0.5) and self.charges and "天没有" in shown.text:
            self._notes(self.luck.choice(self.charges))
        else:
            super().answers(shown)

    def _sees_to_a_task(self, shown: Shown) -> bool:
        """Opens one of those on the list; of one that is open says how it ended."""
        names = [way for way in shown.ways if "**" in way.label]
        if names and ("转告" in shown.text or "待办" in shown.text or "核实" in shown.text):
            if self.luck.happens(self.sees_to_tasks):
                self.presses(shown, self.luck.choice(names))
            return True
        ends = [way for way in shown.ways if way.label in _ENDS]
        if ends and self.luck.happens(0.9):
            self._ends(shown, self.luck.choices(ends, [_ENDS[way.label] for way in ends])[0])
        return bool(ends)

    def _ends(self, shown: Shown, way: Way) -> None:
        self.presses(shown, way)
        if self.luck.happens(0.05):
            # Twice by one thumb, or by two people of one office.
            self.presses(shown, self.luck.choice(shown.ways))
        if self.luck.happens(0.08):
            # A slip; or it was said in words, of somebody who is open or was not reached.
            said = self.luck.choice(("撤销", "撤回", "讲到了", "没人接", "见到了", "号码不对"))
            self.world.later(self.luck.uniform(1, 90) * MINUTE, lambda: self.says(said))
        if way.label == "其他":
            self.world.later(self.luck.uniform(1, 3) * MINUTE, lambda: self.says("人在工地,手机坏了"))
