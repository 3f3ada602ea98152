"""Texts and receipts that come as JSON in the body of a POST: one of them, or an array."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from bot.channels.contract import Incoming, Receipt, Unreadable
from bot.channels.gateways.contract import Brought, Push, one_aside
from content.rules.phones import as_e164
from storage.inbox import Raw

Item = Mapping[str, Any]


def read_push(push: Push, text: Callable[[Item], Raw], receipt: Callable[[Item], Receipt | None]) -> Brought:
    try:
        said = json.loads(push.body)
    except (ValueError, RecursionError):
        raise Unreadable(push.kind) from None
    return brought_by(push.kind, said, text, lambda item: [one for one in [receipt(item)] if one])


def brought_by(
    kind: str, said: Any, text: Callable[[Item], Raw], receipts: Callable[[Item], Sequence[Receipt]]
) -> Brought:
    """All that it brings, one or an array. What cannot be read in it costs the others nothing."""
    told = said if isinstance(said, list) else [said]
    items = [one for one in told if isinstance(one, dict)]
    if told and not items:
        raise Unreadable(kind)
    odd = [one for one in told if not isinstance(one, dict)]
    if kind == "inbound":
        return Brought(inbound=(*map(text, items), *map(one_aside, odd)))
    read = [receipts(item) for item in items]
    if told and not any(read):
        raise Unreadable(kind)
    unread = len(odd) + sum(not one for one in read)
    return Brought(receipts=tuple(chain.from_iterable(read)), unread=unread)


def kept_text(number: str, words: str, at: str, known_by: str = "") -> Raw:
    """A text as the inbox keeps it, the same whether it was pushed or fetched."""
    payload = {"from": number, "text": words, "ts": at} | ({"id": known_by} if known_by else {})
    return Raw("sms", known_by, payload)


def read_text(params: Mapping[str, str]) -> Incoming | None:
    """None from an operator's short code, which is no person's."""
    if not params.get("from") or "text" not in params:
        raise Unreadable("inbound")
    number = as_e164(params["from"])
    if number is None:
        return None
    return Incoming(
        channel="sms", external_id=params.get("id", ""), address=number, kind="text", text=params["text"]
    )


def word(item: Item, name: str) -> str:
    """What stands there, half an emoji as a sign that is missing: no database takes one."""
    said = item.get(name)
    if not isinstance(said, str):
        return str(said) if isinstance(said, int) and not isinstance(said, bool) else ""
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
