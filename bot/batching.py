"""How what goes to many by one door is cut into requests, and how many of those are under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.channels.contract import Channel
from storage.claimed import Claimed

# Letters on the wire by batches, so that a company far away is no reason to go slow. What a kill may
# double is no more than that. And by how many requests: always a few, and never a flood of small ones.
_ON_THE_WIRE = 2000
_FEWEST, _MOST = 4, 16


def requests_at_once(channel: Channel) -> int:
    if channel.most_at_once == 1:
        return channel.side_by_side
    return min(_MOST, max(_FEWEST, _ON_THE_WIRE // channel.most_at_once))


def as_requests(claimed: Sequence[Claimed], most: int) -> list[list[Claimed]]:
    """One letter each, or those of the same words by as many as go in one request."""
    if most == 1:
        return [[one] for one in claimed]
    alike: dict[int, list[Claimed]] = defaultdict(list)
    for one in claimed:
        alike[id(one.letter)].append(one)
    return [same[start : start + most] for same in alike.values() for start in range(0, len(same), most)]
