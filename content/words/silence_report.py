"""What liaison and secretary read when somebody has fallen silent: names in the text, never on a button.

A letter that its chat refuses goes out by SMS with the same buttons, where whoever holds the phone
reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from content.act import Act
from content.letter import Choice, Letter, Rows, in_rows
from content.rules.names import masked
from content.rules.silence import Rhythm, days_since
from content.words import short
from content.words.catalogue import Tongue

LISTED = 6


class Silent(Protocol):
    """As much of a member's file as the report needs."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def joined(self) -> bool: ...
    @property
    def stopped(self) -> bool: ...
    @property
    def rhythm(self) -> Rhythm: ...
    @property
    def last_contact_at(self) -> datetime: ...


def silence_report(t: Tongue, silent: Sequence[Silent], now: datetime, by_sms: bool = False) -> Letter:
    """`by_sms`: to a phone that reads text messages alone, and must not be paid for three of them."""
    head = t.plural("有 {n} 人失联了，请打个电话问问：", "有 {n} 人失联了，请打个电话问问：", len(silent))
    letter = Letter(
        chat="\n".join([head, *people_to_call(t, silent, now)]),
        sms=t.say("{n}人失联了，请打电话问问。回数字看一人：", n=len(silent)),
        choices=buttons_to_call(t, silent, now),
    )
    if not by_sms or short.fits(letter):
        return letter
    return Letter(chat=letter.chat, sms=t.say("{n}人失联了，请打电话问问。回“失联”看是谁。", n=len(silent)))


def people_to_call(t: Tongue, members: Sequence[Silent], now: datetime, of: int = 0) -> list[str]:
    """A line for each, and one for how many more there are; `of` where not all were handed in."""
    lines = [
        t.say(
            "{number}. {name} · {unit}，{days} 天没有联系{because}",
            number=number,
            name=member.name,
            unit=member.unit,
            days=_days(member, now),
            because=_because(t, member),
        )
        for number, member in enumerate(members[:LISTED], 1)
    ]
    more = max(of, len(members)) - LISTED
    return [*lines, t.say("还有 {n} 人，点“看全部”。", n=more)] if more > 0 else lines


def buttons_to_call(t: Tongue, members: Sequence[Silent], now: datetime, of: int = 0) -> Rows:
    named = [
        Choice(
            short_name(t, member.name, _days(member, now)), Act(intent="open_file", about={"id": member.id})
        )
        for member in members[:LISTED]
    ]
    if max(of, len(members)) > LISTED:
        named.append(Choice(t.say("看全部"), Act(intent="silent")))
    return in_rows(named, 2)


def short_name(t: Tongue, name: str, days: int) -> str:
    """石** 38天: enough for whoever has the list before them, and for nobody else."""
    return t.say("{who} {days}天", who=masked(name), days=days)


def _because(t: Tongue, member: Silent) -> str:
    """Why there was no answer, as far as we know: whom no letter reaches was not reminded."""
    if not member.joined:
        return t.say("（还没加入，收不到提醒）")
    return t.say("（停收了提醒）") if member.stopped else t.say("（提醒过，没有回音）")


def _days(member: Silent, now: datetime) -> int:
    return days_since(member.last_contact_at, now, member.rhythm.timezone)
