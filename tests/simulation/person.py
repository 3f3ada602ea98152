"""Somebody with a phone, who reads when they get round to it and answers as they see fit."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.luck import Luck
from tests.simulation.words import DoorName, Shown, Way, Word

if TYPE_CHECKING:
    from tests.simulation.world import World

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_YES = ("对", "确认", "对，回来了", "Yes", "Confirm", "Correct")
# Whoever says yes to this says that they are not the member: no word of theirs is a contact.
_SOMEBODY_ELSE = ("以后不再给这", "No more messages to this number", "should not write here again")
_GOES_AWAY = ("退出", "不同意", "Leave")


class Person:
    """`chat` is a Telegram id, empty on an old phone. `id` is how the program knows them."""

    def __init__(self, world: World, name: str, number: str, chat: str = "") -> None:
        self.world, self.name, self.number, self.chat = world, name, number, chat
        self.id = ""
        self.luck = Luck(world.seed, name)
        self.has_blocked = False
        self.is_number_dead = False
        self.off_until = 0.0
        self.new_number = ""
        self.said_by_sms: set[str] = set()
        self.uses_chat = bool(chat)

    def begins(self) -> None:
        """From here on they live their own days; of whom there is no more to say, they only answer."""

    @property
    def door(self) -> DoorName:
        return "telegram" if self.uses_chat and not self.has_blocked else "sms"

    def says(self, text: str, by: DoorName | None = None, number: str = "") -> None:
        door = by or self.door
        if door == "telegram" and (self.has_blocked or not self.chat):
            return
        if door == "sms" and self.is_number_dead and not number:
            return
        address = self.chat if door == "telegram" else number or self.number
        self._sends(Word("", door, self.name, address, text))

    def presses(self, shown: Shown, way: Way) -> None:
        """The button, or by SMS what stands for it."""
        letter = shown.reference if shown.is_lesson else ""
        if shown.door == "sms":
            word = Word("", "sms", self.name, self.number, way.sign, lesson_letter=letter)
        else:
            word = Word("", "telegram", self.name, self.chat, way.label, way.token, "press", shown.id)
            word.lesson_letter = letter
        if any(words in shown.text for words in _SOMEBODY_ELSE):
            word.counts = "may"
        if not (self.is_number_dead if shown.door == "sms" else self.has_blocked):
            self._sends(word)

    def opens(self, code: str) -> None:
        """A link that somebody sent them."""
        self.says(f"/start {code}", by="telegram")

    def blocks(self, shut: bool) -> None:
        if not self.chat or self.has_blocked == shut:
            return
        self.has_blocked = shut
        kind: str = "blocked" if shut else "unblocked"
        self._sends(Word("", "telegram", self.name, self.chat, kind=kind))  # type: ignore[arg-type]

    def _sends(self, word: Word) -> None:
        self.world.diary.note(f"says by {word.door}", self.name, f"{word.kind} {word.text[:60]}")
        lag = self.luck.uniform(0.2, 5)
        if word.door == "sms":
            self.world.inbound.hears(word, lag + (self.luck.seconds(60) if self.luck.happens(0.05) else 0))
        else:
            self.world.telegram.hears(word, lag)

    def gets(self, shown: Shown) -> None:
        """It lies on the phone until they look."""
        wait = self.luck.seconds(15 * MINUTE)
        off_for = max(self.off_until - self.world.loop.time(), 0)
        self.world.later(self.when_awake(off_for + wait), lambda: self.reads(shown))

    def reads(self, shown: Shown) -> None:
        """What follows from it; each says for themselves."""
        code = CODE.search(shown.text)
        if code and self.new_number and shown.door == "sms" and self.luck.happens(0.85):
            self.says(self._typed(code[1]))
        elif shown.is_lesson and shown.ways:
            self.answers_lesson(shown)
        elif shown.ways:
            self.answers(shown)

    def answers_lesson(self, shown: Shown) -> None:
        if self.luck.happens(0.7):
            self.presses(shown, self.luck.choice(shown.ways))

    def answers(self, shown: Shown) -> None:
        yes = next((way for way in shown.ways if way.label in _YES), None)
        if yes and self.luck.happens(0.85):
            self.presses(shown, yes)
            if self.luck.happens(0.05):
                self.presses(shown, yes)
        elif self.luck.happens(0.2):
            self.presses_any(shown)

    def presses_any(self, shown: Shown) -> None:
        ways = [way for way in shown.ways if not way.label.startswith(_GOES_AWAY) or self.luck.happens(0.1)]
        if ways:
            self.presses(shown, self.luck.choice(ways))

    def when_awake(self, seconds: float) -> float:
        """The same, or the morning after where that is at night."""
        then = self.world.clock.true() + timedelta(seconds=seconds)
        local = then.astimezone(self.world.zone)
        hour = local.hour + local.minute / 60
        if 6 <= hour < 22.5 or self.luck.happens(0.05):
            return seconds
        return seconds + ((6 - hour) % 24) * HOUR + self.luck.uniform(0.2, 2) * HOUR

    def _typed(self, code: str) -> str:
        return code if self.luck.happens(0.85) else "000000"

    def again_in(self, mean: float) -> float:
        """Until somebody next thinks of it."""
        return self.when_awake(self.luck.expovariate(1 / mean))
