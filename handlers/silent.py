"""谁失联了: counts, then the silent ones, longest first, each with the next step. (S9)"""

from __future__ import annotations

from datetime import datetime, timedelta

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.rules.names import masked
from content.rules.silence import days_since
from content.words import standing as words
from handlers import menu
from handlers.turn import Turn
from storage import silence
from storage.members import Member
from storage.silence import Counts, Sought

A_PAGE = 6


async def silent(turn: Turn, act: Act) -> Letter:
    """`act.n` asks by days, `act.place` by place; `act.about` says where the page before ended."""
    if act.ambiguous == "place":
        return _ask_which(turn, act)
    sought = _sought(turn, act)
    after = _page_mark(act)
    found = await silence.silent(turn.tx, turn.viewer, turn.now, sought, after, A_PAGE + 1)
    total = await silence.how_many(turn.tx, turn.viewer, turn.now, sought)
    counted = await silence.counts(turn.tx, turn.viewer, turn.now)
    start = int(act.about.get("from", "0"))
    return _letter(turn, act, found, total, counted, start)


def _sought(turn: Turn, act: Act) -> Sought:
    since = turn.now - timedelta(days=act.n) if act.n else None
    return Sought(since, places.prefix_of(act.place) if act.place else "")


def _page_mark(act: Act) -> tuple[datetime, str] | None:
    if "after" not in act.about:
        return None
    return datetime.fromisoformat(act.about["after"]), act.about["id"]


def _letter(turn: Turn, act: Act, found: list[Member], total: int, counted: Counts, start: int) -> Letter:
    page = found[:A_PAGE]
    title = _title(turn, act, total)
    lines = [_line(turn, number, member) for number, member in enumerate(page, start + 1)]
    tally = turn.say(
        "外出 {all} 人:按时 {fresh},快到期 {due},迟了 {late},失联 {silent}。",
        all=counted.all,
        fresh=counted.fresh,
        due=counted.due,
        late=counted.late,
        silent=counted.silent,
    )
    if not page:
        return Letter(chat=f"{tally}\n{title}", sms=f"{tally}", choices=menu.for_office(turn))
    brief = "、".join(f"{masked(m.name)}{_days(turn, m)}" for m in page[:3])
    return Letter(
        chat="\n".join([tally, title, "", *lines]),
        sms=turn.say("{tally}最久:{brief}(天)。回数字看一人:", tally=tally, brief=brief),
        choices=_buttons(turn, act, found, start),
        rewrites="after" in act.about,
    )


def _title(turn: Turn, act: Act, total: int) -> str:
    place = places.place_of(act.place) if act.place else None
    where = turn.say("在{place}的", place=place.short) if place else ""
    if act.n:
        return turn.say("{where}{days} 天以上没有联系的:{n} 人", where=where, days=act.n, n=total)
    return turn.say("{where}失联的:{n} 人", where=where, n=total)


def _line(turn: Turn, number: int, member: Member) -> str:
    place = places.place_of(member.place_code)
    last = turn.tongue.day(member.last_contact_at.astimezone(turn.house.zone).date())
    return turn.say(
        "{number}. {name} · {unit} · {where}\n   {days} 天没有联系;上次 {last} {kind}。{next_step}",
        number=number,
        name=member.name,
        unit=member.unit,
        where=place.short if place else turn.say("去向不明"),
        days=_days(turn, member),
        last=last,
        kind=words.contact(turn.tongue, member.last_contact_kind),
        next_step=_next_step(turn, member),
    )


def _next_step(turn: Turn, member: Member) -> str:
    if not member.joined:
        return turn.say("还没加入:打电话,或请TA加入。")
    if member.reminded_at is None:
        return turn.say("先发提醒。")
    reminded = turn.tongue.day(member.reminded_at.astimezone(turn.house.zone).date())
    return turn.say("{day} 提醒过没有回音:打电话。", day=reminded)


def _buttons(turn: Turn, act: Act, found: list[Member], start: int) -> tuple[tuple[Choice, ...], ...]:
    page = found[:A_PAGE]
    shown = page[:3] if turn.by_sms else page
    named = [
        Choice(
            masked(member.name) if turn.by_sms else f"{number}. {member.name}",
            Act(intent="open_file", about={"id": member.id}),
        )
        for number, member in enumerate(shown, start + 1)
    ]
    rows = [tuple(named[i : i + 3]) for i in range(0, len(named), 3)]
    if len(found) > A_PAGE and not turn.by_sms:
        rows.append((Choice(turn.say("下一页"), _next_page(act, page[-1], start)),))
    return tuple(rows)


def _next_page(act: Act, last: Member, start: int) -> Act:
    mark = {
        "after": last.deadlines.silent_after.isoformat(),
        "id": last.id,
        "from": str(start + A_PAGE),
    }
    return Act(intent="silent", n=act.n, place=act.place, about=mark)


def _ask_which(turn: Turn, act: Act) -> Letter:
    named = [place for code in act.options[:6] if (place := places.place_of(code))]
    rows = tuple((Choice(place.short, Act(intent="silent", place=place.code)),) for place in named)
    return Letter(chat=turn.say("叫这个名字的地方不止一个,您问的是哪里?"), choices=rows)


def _days(turn: Turn, member: Member) -> int:
    return days_since(member.last_contact_at, turn.now, member.rhythm.timezone)
