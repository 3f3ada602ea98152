"""A year of contacts as people keep them: once a month or so, mostly in the evening, never to the minute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox.district.seats import Seat
from content.rules.dates import find_date
from content.rules.silence import Rhythm
from storage.contacts import Contact, Kind
from storage.files import Member

_SAID = (
    "一切都好,活不忙。",
    "这边下雨停工两天,人没事。",
    "工资按时发了。",
    "天冷了,家里放心。",
    "刚换了夜班,都顺利。",
    "过一阵回来看看。",
    "店里生意还行。",
    "在项目上跟大家一起学习了。",
)
_TALKED = (
    "通了电话,身体好,工作稳定。",
    "家里老人有人照看,请本人放心。",
    "说工钱按月结,没有拖欠。",
    "问了劳动合同的事,已答复。",
    "提醒了党费,说月底交。",
)
_VISITED = ("回乡过年,上门看望。", "走访家属,老人身体好。", "返乡座谈,谈了一年的情况。")
_HOURS = (6, 7, 12, 12, 18, 19, 19, 20, 20, 21)
_CHECKS_IN: tuple[Kind, ...] = ("check_in",) * 7 + ("word",) * 2 + ("answer",)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days are counted back from today, in the district's own time zone."""

    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(Rhythm().timezone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        day = self.today - timedelta(days=days_ago)
        return datetime.combine(day, time(hour, minute), self.zone)


def contacts_of(rng: Random, days: Calendar, seat: Seat, member: Member) -> list[Contact]:
    """From the day they joined to the last time anybody heard of them, in the order of time."""
    if seat.reached == "never":
        return []
    heard = [_contact(rng, days, days_ago, seat, member) for days_ago in _months(rng, seat)]
    heard[-1] = _last(heard[-1], seat, member)
    seen = _at_new_year(rng, days, seat, member)
    heard += [visit for visit in seen if heard[0].at < visit.at < heard[-1].at]
    return sorted(heard, key=lambda contact: contact.at)


def _months(rng: Random, seat: Seat) -> list[int]:
    """Days ago of each month's word: a few days early or late, the last one as the seat says."""
    days_ago = [seat.last_heard]
    while days_ago[-1] < seat.enrolled - 50:
        days_ago.append(days_ago[-1] + rng.choice((22, 25, 27, 28, 29, 29, 30, 30, 31, 33)))
    return days_ago[::-1]


def _contact(rng: Random, days: Calendar, days_ago: int, seat: Seat, member: Member) -> Contact:
    at = days.at(days_ago, rng.choice(_HOURS), rng.randint(0, 59))
    called = seat.reached == "by_liaison" or rng.random() < 0.1
    if called and member.liaison_id:
        return Contact(at, "call", "voice", member.liaison_id, rng.choice(_TALKED))
    kind = rng.choice(_CHECKS_IN)
    channel = "telegram" if seat.reached == "telegram" else "sms"
    return Contact(at, kind, channel, member.id, rng.choice(_SAID) if kind == "word" else "")


def _last(contact: Contact, seat: Seat, member: Member) -> Contact:
    """Whoever will be out of reach said so themselves, and that was their last word."""
    if not seat.quiet_for:
        return contact
    return replace(contact, kind="change", channel="sms", by_id=member.id, note="")


def _at_new_year(rng: Random, days: Calendar, seat: Seat, member: Member) -> list[Contact]:
    """Before the Spring Festival many are at home, and the liaison calls at the door. (S16)"""
    festival = find_date("春节", days.today - timedelta(days=seat.enrolled))
    if festival is None or member.liaison_id is None or rng.random() < 0.4:
        return []
    days_ago = (days.today - festival).days + rng.randint(-2, 6)
    if days_ago < 1:
        return []
    at = days.at(days_ago, rng.choice((9, 10, 15, 16)), rng.randint(0, 59))
    return [Contact(at, "visit", "voice", member.liaison_id, rng.choice(_VISITED))]
