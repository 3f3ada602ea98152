"""What will happen if it goes out: to how many, by which door, at what price, and whom it cannot reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from content.rules.hours import next_allowed
from content.rules.zones import zones_named
from content.words.as_sent import as_sent, parts_of
from handlers.campaign import drafted
from handlers.turn import House, Turn
from storage import audience, holidays
from storage.audience import Share
from storage.drafts import Draft
from storage.viewer import Viewer


class Foreseen(NamedTuple):
    """`why_not` counts whom no door reaches. `parts` are paid for, `each` those of one text by language.

    `later` many have night or a holiday's morning then, the last of them until `latest`; for `too_late`
    of them it is over by then. `refused` is why the gateway would not take the texts, as a word of the
    table of receipts.
    """

    when: datetime
    chat: int
    sms: int
    why_not: Mapping[str, int]
    each: Mapping[str, int]
    parts: int
    later: int
    latest: datetime | None
    too_late: int
    refused: str
    english: int

    @property
    def reached(self) -> int:
        return self.chat + self.sms

    @property
    def nowhere(self) -> int:
        return sum(self.why_not.values())

    @property
    def all(self) -> int:
        return self.reached + self.nowhere


async def foreseen(turn: Turn, draft: Draft, viewer: Viewer, sender_id: str) -> Foreseen:
    found = await audience.shares(turn.tx, viewer, draft.audience, turn.now, sender_id)
    when = turn.now if draft.at_once else draft.campaign.planned_for
    reached = [share for share in found if share.door]
    by_sms = _by_language(share for share in reached if share.door == "sms")
    texts = {language: text_of(turn.house, draft, language) for language in by_sms}
    each = {language: _parts(turn.house, draft, text) for language, text in texts.items()}
    opening = await _openings(turn, draft, reached, when)
    late = [(share, opens) for share, opens in opening if opens > when]
    ends = drafted.expiry(turn, draft, when)
    return Foreseen(
        when=when,
        chat=sum(share.n for share in reached if share.door == "telegram"),
        sms=sum(by_sms.values()),
        why_not=Counter({why: n for why, n in _why_not(found).items() if n}),
        each=each,
        parts=sum(n * each[language] for language, n in by_sms.items()),
        later=sum(share.n for share, _ in late),
        latest=max((opens for _, opens in late), default=None),
        too_late=sum(share.n for share, opens in opening if ends and opens >= ends),
        refused=next(filter(None, (_refused(turn.house, draft, text) for text in texts.values())), ""),
        english=sum(share.n for share in reached if share.language == "en"),
    )


def text_of(house: House, draft: Draft, language: str) -> str:
    """The SMS as our door writes it: with signature, the ways to answer, and how to get no more."""
    letter = drafted.letter_in(draft, language)
    labels = [choice.label for row in letter.answers for choice in row]
    words = letter.sms or letter.chat
    return as_sent(words, labels, letter.chosen_by, house.price.signature, house.price.suffix)


def _parts(house: House, draft: Draft, text: str) -> int:
    """Of what the phone will show, which is what is paid."""
    return parts_of(house.price.shown(text, draft.campaign.slug))


def _refused(house: House, draft: Draft, text: str) -> str:
    return house.would_refuse(text, draft.campaign.slug)


def _by_language(shares: Iterable[Share]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for share in shares:
        found[share.language] += share.n
    return dict(found)


def _why_not(shares: Iterable[Share]) -> Counter[str]:
    found: Counter[str] = Counter()
    for share in shares:
        if not share.door:
            found[share.why or "no_address"] += share.n
    return found


async def _openings(
    turn: Turn, draft: Draft, shares: Iterable[Share], when: datetime
) -> list[tuple[Share, datetime]]:
    """When it may come to each, by the clocks they live by."""
    if draft.campaign.at_any_hour:
        return [(share, when) for share in shares]
    off = await holidays.known(turn.tx)
    return [(share, next_allowed(when, zones_named(share.zone), holidays=off)) for share in shares]
