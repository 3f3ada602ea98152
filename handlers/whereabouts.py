"""Where a member lives now: found in their words, asked for, asked which, and read back."""

from __future__ import annotations

from dataclasses import dataclass

from content.act import Act
from content.letter import Choice, Letter
from content.rules.places import ABROAD, Place, Several, abroad_in, find_place, place_of
from content.rules.understanding.placing import address_words, unplaced_words
from content.rules.understanding.plain import without_code_word
from content.rules.understanding.replies import is_bare_number, is_word_for
from content.words import short
from content.words.address import spelled
from handlers.turn import Turn

LONGEST_ADDRESS = 120
_MOST_OPTIONS = 6


@dataclass(frozen=True, slots=True)
class Where:
    """`place` is a code, `options` the codes of places that share a name, `words` what more was said."""

    place: str = ""
    words: str = ""
    options: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it can be read back: a place of ours, or one abroad."""
        return bool(self.code)

    @property
    def code(self) -> str:
        return self.place or (ABROAD if abroad_in(self.words) else "")


def meant(act: Act, said_first: str = "") -> Where:
    """The place of an act; of an answer to our question, together with what was said before it.

    `said_first` is the member's own message: a place in it that we do not know is asked about, not lost.
    """
    if act.place or act.options:
        return Where(act.place, act.address or act.about.get("words", ""), act.options)
    if act.text and is_bare_number(act.text):
        return Where(words=act.about.get("words", ""), options=tuple(act.about.get("among", "").split()))
    said = "" if _agrees(act.text) else without_code_word(act.text).strip()
    found = find_place(said) or find_place(act.address)
    if among := _one_of(act.about.get("among", ""), said, found):
        return Where(among, act.about.get("words", ""))
    words = act.address or address_words(said) or _besides_a_spelling(act.about.get("words", ""))
    if isinstance(found, Place):
        return Where(found.code, words[:LONGEST_ADDRESS])
    if isinstance(found, Several):
        return Where("", words[:LONGEST_ADDRESS], tuple(place.code for place in found.options))
    return Where("", (said or words or unplaced_words(said_first))[:LONGEST_ADDRESS])


def _besides_a_spelling(words: str) -> str:
    """Hangzhou, and then 杭州: the same place once more, and nothing for an envelope."""
    is_a_spelling = words.isascii() and not any(character.isdigit() for character in words)
    return "" if is_a_spelling else words


def _agrees(words: str) -> bool:
    """好的 after "which town is that?" names none: what was written before still stands."""
    return is_word_for("yes", words.strip()) or is_word_for("ack", words.strip())


def _one_of(among: str, said: str, found: Place | Several | None) -> str:
    """南京 after "which 鼓楼区?" settles it, though by itself it names the whole city."""
    if not isinstance(found, Place):
        return ""
    inside = [c for c in among.split() if c == found.code or _lies_in(c, found.code)]
    return inside[0] if len(inside) == 1 and said else ""


def _lies_in(code: str, above: str) -> bool:
    return code.startswith(above.removesuffix("00").removesuffix("00"))


async def ask_where(turn: Turn, where: Where) -> Letter:
    """Where words were said that name no place we know, they are kept for when it is known."""
    asked = "again" if where.words else "where"
    awaits = Act(intent="change_address", about={"asked": asked, "words": where.words})
    await turn.ask(awaits)
    if where.words:
        return Letter(
            chat=turn.say("没认出是哪个市县。请写上省或市的名字，比如“江苏昆山”。"),
            sms=turn.say("没认出是哪个市县。请写上省或市，如：江苏昆山。"),
        )
    return Letter(
        chat=turn.say("您现在住在哪里？写到市、区县就行，比如“苏州昆山”。写得更细也可以。"),
        sms=turn.say("您现在住在哪里？写到市、区县就行，如：苏州昆山。"),
    )


async def ask_which(turn: Turn, where: Where) -> Letter:
    """By button, by number, or by writing the city; by SMS as many as one message holds."""
    about = {"asked": "which", "among": " ".join(where.options), "words": where.words}
    awaits = Act(intent="change_address", about=about)
    await turn.ask(awaits)
    sms = turn.say("同名的地方不止一个，是哪里？都不是就写省市。")
    named = [place for code in where.options[:_MOST_OPTIONS] if (place := place_of(code))]
    while turn.by_sms and short.room_beside(sms, [place.short for place in named]) < 0:
        named.pop()
    return Letter(
        chat=turn.say("叫这个名字的地方不止一个，您说的是哪里？都不是的话，请写上省和市。"),
        sms=sms,
        choices=tuple(
            (Choice(place.short, Act(intent="change_address", place=place.code, address=where.words)),)
            for place in named
        ),
    )


def read_back(turn: Turn, where: Where) -> Letter:
    """What is confirmed is what was read: by SMS too, as far as one message holds it."""
    confirm = Choice(turn.say("对"), Act(intent="keep_address", place=where.code, address=where.words))
    again = turn.choice(turn.say("重写"), "change_address")
    spelled_out = spelled(where.place, where.words)
    room = short.room_beside(turn.say("住处改为{where}，对吗？", where=""), [confirm.label, again.label])
    return Letter(
        chat=turn.say("住处改为：{where}\n对吗？", where=spelled_out),
        sms=turn.say("住处改为{where}，对吗？", where=short.shortened(spelled_out, room)),
        choices=((confirm, again),),
    )


def read_back_without_place(turn: Turn, where: Where) -> Letter:
    """Asked twice is enough: the words are kept as they are, and the liaison can make sense of them."""
    confirm = Choice(turn.say("对"), Act(intent="keep_address", address=where.words))
    again = turn.choice(turn.say("重写"), "change_address")
    room = short.room_beside(
        turn.say("没认出市县，照写记下：{where}，对吗？", where=""), [confirm.label, again.label]
    )
    return Letter(
        chat=turn.say("还是没认出是哪个市县。先照您写的记下，好吗？\n{where}", where=where.words),
        sms=turn.say("没认出市县，照写记下：{where}，对吗？", where=short.shortened(where.words, room)),
        choices=((confirm, again),),
    )
