"""谁失联了: counts, then the silent ones, longest first, each with the next step. (S9)"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.rules.places import Place
from content.words import short
from content.words.silence_report import short_name
from handlers import menu
from handlers.next_step import days_of, last_heard, next_step
from handlers.turn import Turn
from handlers.which_member import numbered
from storage import silence
from storage.files import Member
from storage.silence import Counts, Sought

A_PAGE = 6
BY_SMS = 3


async def silent(turn: Turn, act: Act) -> Letter:
    """`act.n` asks by days, `act.place` by place; `act.about` says where the page before ended."""
    if act.ambiguous == "place":
        return _ask_which(turn, act)
    if act.ambiguous == "days":
        return Letter(chat=turn.say("请写整数的天数，比如“失联 30”。"), choices=menu.for_office(turn))
    if act.text and not act.place:
        return _not_a_place(turn, act.text)
    sought = _sought(turn, act)
    found = await silence.silent(turn.tx, turn.viewer, turn.now, sought, _page_mark(act), A_PAGE + 1)
    total = await silence.how_many(turn.tx, turn.viewer, turn.now, sought)
    tally = _tally(turn, await silence.counts(turn.tx, turn.viewer, turn.now))
    filtered = bool(act.n or act.place)
    if not found:
        title = await _nobody(turn, act)
        return Letter(
            chat=f"{tally}\n{title}", sms=title if filtered else tally, choices=menu.for_office(turn)
        )
    title = _title(turn, act, total)
    start = int(act.about.get("from", "0"))
    lines = [_line(turn, n, member) for n, member in enumerate(found[:A_PAGE], start + 1)]
    if turn.by_sms:
        head = title if filtered else turn.say("{tally}回数字看一人：", tally=tally)
        return _by_sms(turn, act, sought, found, total, head if not start else "")
    return Letter(
        chat="\n".join([tally, title, "", *lines]),
        sms=title if filtered else turn.say("{tally}回数字看一人：", tally=tally),
        choices=_buttons(turn, found, start, _pages(turn, act, sought, found, start)),
        rewrites="from" in act.about,
    )


def _by_sms(turn: Turn, act: Act, sought: Sought, found: list[Member], total: int, head: str) -> Letter:
    """As many as one message holds; where more follow, it says how many and how to see them."""
    start = int(act.about.get("from", "0"))
    for n in range(min(BY_SMS, len(found)), 0, -1):
        left = total - start - n
        named = [
            Choice(
                short_name(turn.tongue, m.name, days_of(turn, m)), Act(intent="open_file", about={"id": m.id})
            )
            for m in found[:n]
        ]
        if left > 0:
            following = _following(act, sought, found[n - 1], start + n)
            named.append(Choice(turn.say("下一页"), following))
        words = turn.say("{head}还有{n}人，回“下一页”。", head=head, n=left) if left > 0 else head
        letter = Letter(chat=words or turn.say("最后几人："), choices=(tuple(named),))
        if short.fits(letter) or (n == 1 and left <= 0):
            return letter
    # Large figures leave no room for both: the list stays, and what it says of the whole is left out.
    return replace(letter, chat=turn.say("还有{n}人，回“下一页”。", n=left))


def _following(act: Act, sought: Sought, last_shown: Member, start: int) -> Act:
    moment, last = silence.page_mark(last_shown, sought)
    return replace(act, about={"after": moment.isoformat(), "id": last, "from": str(start)})


def _sought(turn: Turn, act: Act) -> Sought:
    since = None
    if act.n:
        today = turn.now.astimezone(turn.house.zone).date()
        day_after = datetime.combine(today - timedelta(days=act.n - 1), time(), turn.house.zone)
        since = day_after - timedelta(microseconds=1)
    return Sought(since, places.prefix_of(act.place) if act.place else "")


def _page_mark(act: Act) -> tuple[datetime, str] | None:
    if "after" not in act.about:
        return None
    return datetime.fromisoformat(act.about["after"]), act.about["id"]


def _tally(turn: Turn, counted: Counts) -> str:
    if not counted.all:
        return turn.say("您负责的人里现在没有在外的。")
    return turn.say(
        "在外 {all} 人：按时 {fresh}，快到期 {due}，迟了 {late}，失联 {silent}。",
        all=counted.all,
        fresh=counted.fresh,
        due=counted.due,
        late=counted.late,
        silent=counted.silent,
    )


def _title(turn: Turn, act: Act, total: int) -> str:
    place = places.place_of(act.place) if act.place else None
    where = turn.say("在{place}", place=place.short) if place else ""
    if act.n:
        return turn.say("{where}有 {n} 人 {days} 天以上没有联系：", where=where, days=act.n, n=total)
    return turn.say("{where}失联 {n} 人，最久的在前：", where=where, n=total)


async def _nobody(turn: Turn, act: Act) -> str:
    """Good news, or news of nobody: the two are told apart."""
    place = places.place_of(act.place) if act.place else None
    if place is None:
        if act.n:
            return turn.say("没有人超过 {days} 天没联系，都好。", days=act.n)
        return turn.say("没有失联的人，都好。")
    there = Sought(turn.now, places.prefix_of(place.code))
    n = await silence.how_many(turn.tx, turn.viewer, turn.now, there)
    if not n:
        return turn.say("您负责的人里，没有人在{place}。", place=place.short)
    if act.n:
        return turn.say(
            "在{place}有 {n} 人，没有人超过 {days} 天没联系，都好。", place=place.short, n=n, days=act.n
        )
    return turn.say("在{place}有 {n} 人，没有失联的，都好。", place=place.short, n=n)


def _not_a_place(turn: Turn, words: str) -> Letter:
    return Letter(
        chat=turn.say(
            "没认出“{place}”这个地方。请写省、市、区县的名字，比如“失联 苏州”；按天数查，写“失联 90”。",
            place=words,
        ),
        sms=turn.say(
            "没认出“{place}”这个地方。请写市、区县，如：失联 苏州；或天数，如：失联 90。", place=words
        ),
        choices=menu.for_office(turn),
    )


def _line(turn: Turn, number: int, member: Member) -> str:
    place = places.place_of(member.place_code)
    return turn.say(
        "{number}. {name} · {unit} · {where}\n   {days} 天没有联系，{last}。{next_step}",
        number=number,
        name=member.name,
        unit=member.unit,
        where=place.short if place else turn.say("去向不明"),
        days=days_of(turn, member),
        last=last_heard(turn, member),
        next_step=next_step(turn, member),
    )


def _buttons(
    turn: Turn, found: list[Member], start: int, pages: tuple[Choice, ...]
) -> tuple[tuple[Choice, ...], ...]:
    def opens(number: int, member: Member) -> Choice:
        return Choice(numbered(number, member), Act(intent="open_file", about={"id": member.id}))

    named = [opens(number, member) for number, member in enumerate(found[:A_PAGE], start + 1)]
    rows = [tuple(named[i : i + 3]) for i in range(0, len(named), 3)]
    return (*rows, pages) if pages else tuple(rows)


def _pages(turn: Turn, act: Act, sought: Sought, found: list[Member], start: int) -> tuple[Choice, ...]:
    """The ways to turn the page; the list stays one message that rewrites itself."""
    first = Choice(turn.say("回到开头"), replace(act, about={"from": "0"}))
    if len(found) <= A_PAGE:
        return (first,) if start else ()
    following = Choice(turn.say("下一页"), _following(act, sought, found[A_PAGE - 1], start + A_PAGE))
    return (first, following) if start else (following,)


def _ask_which(turn: Turn, act: Act) -> Letter:
    named = [place for code in act.options[:6] if (place := places.place_of(code))]
    rows = tuple(
        (Choice(_told_apart(place), Act(intent="silent", place=place.code, n=act.n)),) for place in named
    )
    letter = Letter(chat=turn.say("叫这个名字的地方不止一个，您问的是哪里？"), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


def _told_apart(place: Place) -> str:
    """辽宁朝阳市, 北京朝阳区: a bare 朝阳 among others of its name tells nothing."""
    if place.code.endswith("00"):
        return place.name.replace("省", "")
    return place.short if place.short.endswith(place.name[-1]) else place.short + place.name[-1]
