"""Names and numbers of people who do not exist."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from content.rules.wordlist import words

_SURNAMES = (*"宋郝康苗田梁庄乔柳阮葛范岳谷辛倪沙穆甘卞花祝房桑", "欧阳")
_GIVEN = words(
    "守田 麦生 望春 秋实 禾青 远帆 念家 向晴 长水 喜雨 得禾 春耕 石根 桂枝 满仓 素云 启明 惠兰 大川 小满 "
    "立冬 仲秋 传灯 广野 来顺 存厚 知远 巧针 爱莲 水根 树声 安澜 有粮 芒种 冬青 沛然 和畅 三秋 田耕 柏舟"
)
# Everybody's number begins so but for the cast's: no phone in the pretend world has one.
NUMBERS_ELSEWHERE = "+861390000"


class Register:
    """Gives out each name and each number once. `taken` are the cast's own."""

    def __init__(self, rng: Random, taken_names: Collection[str], taken_numbers: Collection[str]) -> None:
        self._rng = rng
        self._names = set(taken_names)
        self._numbers = set(taken_numbers)
        self._next = 1000

    def name(self, surname: str = "") -> str:
        """A name nobody here bears yet, of that family where one is given."""
        while True:
            drawn = (surname or self._rng.choice(_SURNAMES)) + self._rng.choice(_GIVEN)
            if drawn not in self._names:
                self._names.add(drawn)
                return drawn

    def number(self) -> str:
        """A mobile number that looks right and belongs to the pretend world only."""
        while True:
            self._next += 1
            number = f"{NUMBERS_ELSEWHERE}{self._next:04}"
            if number not in self._numbers:
                return number


def surname_of(name: str) -> str:
    return next((known for known in _SURNAMES if name.startswith(known)), name[:1])
