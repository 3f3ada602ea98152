"""Everybody is spoken to in their own language: listened to in every conversation, whatever it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from bot.sandbox.phones import ChatMessage
from bot.sandbox.world import World
from content.rules.names import masked
from content.rules.places.divisions import divisions
from content.words import update

_CHINESE = re.compile(
    r"[0-9A-Za-z#*]*[\u3400-\u9fff\u3000-\u303f\uff00-\uffef][\w*#\u3000-\u303f\uff00-\uffef]*"
)
_ENGLISH = re.compile(r"[A-Za-z']+(?:,? [A-Za-z']+){3,}")
# The examples of how to write a place, and what stands in both languages on purpose.
_IN_BOTH = ("苏州昆山", "江苏昆山", "请选择语言", "Choose a language", "中文", "English")


@dataclass
class Ear:
    """`wrong` is what was said in the wrong language so far, with the whole text."""

    heard: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    languages: Mapping[int, str] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def listens(self, world: World, now: Mapping[int, str], names: set[str]) -> None:
        """`now` is the language of each phone's owner; who has just chosen another may read either."""
        for phone, language in now.items():
            fresh = [*self._fresh(phone, "chat", world), *self._fresh(phone, "sms", world)]
            if fresh and self.languages.get(phone, language) == language:
                self.wrong += _wrong(fresh, language, names, world)
        self.languages = dict(now)

    def _fresh(self, phone: int, door: str, world: World) -> list[str]:
        texts = list(_in_chat(world, phone) if door == "chat" else _by_sms(world, phone))
        known = self.heard.setdefault((phone, door), set())
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(fresh)
        return fresh


def _wrong(texts: list[str], language: str, names: set[str], world: World) -> Iterator[tuple[str, str]]:
    pattern = _CHINESE if language == "en" else _ENGLISH
    for text in texts:
        if pattern.search(text):
            left = _without_what_was_named(text, names, language)
            said = _ever_typed(world)
            yield from ((run, text) for run in pattern.findall(left) if not _is_quoted(run, said))


def _without_what_was_named(text: str, names: set[str], language: str) -> str:
    for name in sorted({*names, *(masked(name) for name in names), *_IN_BOTH}, key=len, reverse=True):
        text = text.replace(name, " ")
    text = re.sub(r"https?://\S+", " ", text)
    return _places().sub(" ", text) if language == "en" else text


@cache
def _places() -> re.Pattern[str]:
    names = {name for d in divisions().values() for name in (d.place.name, d.place.short, d.own, d.bare)}
    names |= {d.place.short + d.place.name[-1] for d in divisions().values()}
    return re.compile("|".join(sorted((name for name in names if len(name) > 1), key=len, reverse=True)))


def _is_quoted(run: str, said: str) -> bool:
    """Whether somebody wrote it: an address, a trade, a cry for help. A word of our own is no quotation."""
    run = run.strip("，。？！：；、“”（）")
    return not run or (len(run) > 1 and run in said and run not in _our_words())


@cache
def _our_words() -> frozenset[str]:
    return frozenset(str(message.id) for message in update.english() if message.id)


def _ever_typed(world: World) -> str:
    """All that people wrote, by whatever door."""
    phones = list(world.phones.values())
    smart = [phone for phone in phones if phone.smartphone]
    texts = [m.text for phone in smart for m in world.chat(phone.id) if not m.from_bot]
    texts += [m.body for phone in phones for m in world.sms(phone.id) if not m.from_program]
    return "\n".join(texts)


def _in_chat(world: World, phone: int) -> Iterator[str]:
    chat = world.chat(phone) if world.phones[phone].smartphone else []
    return ("\n".join(_words_on(message)) for message in chat if message.from_bot)


def _by_sms(world: World, phone: int) -> Iterator[str]:
    return (m.body.removeprefix("【联动】") for m in world.sms(phone) if m.from_program)


def _words_on(message: ChatMessage) -> Iterator[str]:
    yield message.text
    yield from (button.label for row in message.buttons for button in row)
    yield from filter(None, (message.toast, message.asks_contact))
