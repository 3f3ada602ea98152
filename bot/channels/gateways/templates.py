"""Approved templates: all that a company sends which takes no free text.

A lesson goes by its own. What else the program says goes by the first whose text it is, signs left open for
variables; the rest goes as the variable of one template for everything, as far as that holds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from bot.channels.contract import MessageRefused

# Both companies take five hundred signs in all; a signature has at most twelve, and its 【】.
LONGEST_TEXT = 500 - 14
# How the companies write a variable: ${name}, {1}.
PLACE = re.compile(r"\$?\{(\w+)\}")
_SIGNATURE = re.compile(r"\A【[^】]*】")
_ENDINGS = "com|cn|net|org|gov|edu|cc|top|vip|xyz|info|io|me|ly|link|url|ltd|site|app"
_LINK = re.compile(
    rf"(?i)https?:|(?<![a-z0-9])www\.|(?<![a-z0-9.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS})(?![a-z0-9])"
)
# A person's own number; an office's fixed telephone may stand in the text that is approved.
_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_IP = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


class Rules(NamedTuple):
    """A company's for the value of a variable. `longest`: in signs, where the file names no other."""

    longest: int
    forbidden: str

    def objection(self, value: str, longest: int) -> str:
        """Why it would not take this value, by its word in the table of receipts; else empty."""
        if not value.strip():
            return "variable_wrong"
        if len(value) > longest:
            return "variable_too_long"
        # A phone's keyboard writes them wide as well.
        plain = normalize("NFKC", value)
        if _LINK.search(plain) or _IP.search(plain):
            return "link_forbidden"
        if _MOBILE.search(plain):
            return "phone_forbidden"
        return "variable_wrong" if any(sign in self.forbidden for sign in value) else ""


class Filled(NamedTuple):
    """A template's code, its values in the order in which its text names them, and what the phone shows."""

    code: str
    values: Mapping[str, str]
    shown: str


@dataclass(frozen=True)
class Template:
    """`text` is as it was approved, without the signature. `params` are values that are always the same."""

    code: str
    text: str
    longest: int
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(PLACE.findall(self.text)))

    @property
    def open(self) -> tuple[str, ...]:
        """The variables whose value each message brings."""
        return tuple(name for name in self.names if name not in self.params)

    def filled(self, values: Mapping[str, str]) -> Filled:
        given = {name: {**self.params, **values}[name] for name in self.names}
        return Filled(self.code, given, PLACE.sub(lambda place: given[place[1]], self.text))

    def values_in(self, words: str) -> Mapping[str, str] | None:
        """The values with which its text says just these words; None where it cannot say them."""
        return self._fitted(words, 0, 0, {}, set())

    def _fitted(
        self, words: str, part: int, at: int, given: Mapping[str, str], dead: set[object]
    ) -> Mapping[str, str] | None:
        """From this part on and from this sign. What led nowhere once is not tried again: the ways to share
        many signs among many variables are more than anybody can try, and the whole program would wait.
        """
        if part == len(self._parts):
            return given if at == len(words) else None
        here = (part, at, *(given.get(name) for name in self._named_again))
        if here not in dead:
            for value, more in self._values_at(words, part, at, given):
                if (fitted := self._fitted(words, part + 1, at + len(value), more, dead)) is not None:
                    return fitted
            dead.add(here)
        return None

    def _values_at(
        self, words: str, part: int, at: int, given: Mapping[str, str]
    ) -> Iterator[tuple[str, Mapping[str, str]]]:
        """What this part may say there, the shortest first, and all values that are given then."""
        text, name = self._parts[part]
        known = given.get(name) if name else text
        if known is not None:
            if words.startswith(known, at):
                yield known, given
            return
        for end in range(at + 1, min(at + self.longest, len(words)) + 1):
            yield words[at:end], {**given, name: words[at:end]}

    @cached_property
    def _parts(self) -> Sequence[tuple[str, str]]:
        """The text by pieces: signs that stand fast, or else the name of a variable that is open."""
        parts, end = list[tuple[str, str]](), 0
        for place in PLACE.finditer(self.text):
            parts.append((self.text[end : place.start()], ""))
            parts.append((self.params[place[1]], "") if place[1] in self.params else ("", place[1]))
            end = place.end()
        return [*parts, (self.text[end:], "")]

    @cached_property
    def _named_again(self) -> tuple[str, ...]:
        named = Counter(name for _, name in self._parts if name)
        return tuple(name for name, times in named.items() if times > 1)


class Templates:
    """`lessons` by slug; `texts` in the order in which they are tried; `default` has one open variable."""

    def __init__(
        self,
        rules: Rules,
        lessons: Mapping[str, Template],
        texts: Sequence[Template] = (),
        default: Template | None = None,
    ) -> None:
        self._rules = rules
        self._lessons = lessons
        self._texts = texts
        self._default = default

    def fill(self, words: str, topic: str = "") -> Filled:
        """By which template the company says these words, signature included; else MessageRefused."""
        if topic in self._lessons:
            return self._lessons[topic].filled({})
        said = _SIGNATURE.sub("", words)
        return self._by_its_text(said) or self._as_the_variable(said, topic)

    def would_refuse(self, words: str, topic: str = "") -> str:
        try:
            self.fill(words, topic)
        except MessageRefused as refused:
            return refused.reason
        return ""

    def as_shown(self, words: str, topic: str, signature: str) -> str:
        """The template's text with its values in, behind the company's signature; else the words."""
        try:
            return signature + self.fill(words, topic).shown
        except MessageRefused:
            return words

    def lessons_without(self, slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple(slug for slug in slugs if slug not in self._lessons)

    def _by_its_text(self, said: str) -> Filled | None:
        for template in self._texts:
            values = template.values_in(said)
            if values is not None and not self._objection(template, values):
                return template.filled(values)
        return None

    def _as_the_variable(self, said: str, topic: str) -> Filled:
        if self._default is None:
            raise MessageRefused("no_template")
        values = dict.fromkeys(self._default.open, said)
        objection = self._objection(self._default, values)
        if objection:
            # Of a lesson nobody shortens the words: it wants a template of its own.
            raise MessageRefused("no_template" if topic else objection)
        return self._default.filled(values)

    def _objection(self, template: Template, values: Mapping[str, str]) -> str:
        objections = (self._rules.objection(value, template.longest) for value in values.values())
        first = next(filter(None, objections), "")
        return first or ("too_long" if len(template.filled(values).shown) > LONGEST_TEXT else "")
