"""A sendsms request as Kannel reads it, and the ways in which it is turned away."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import smsutil
from starlette.requests import Request

NUMBER_SIGNS = frozenset("0123456789 +-")


class Rejected(Exception):
    """Nothing was taken: `code` and the sentence Kannel answers with."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


async def read_request(request: Request) -> dict[str, str]:
    """Query or form; `text` alone is in the charset that it names."""
    raw = request.scope["query_string"] if request.method == "GET" else await request.body()
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    octets = {name: value.encode("latin-1") for name, value in pairs}
    charset = octets.get("charset", b"UTF-8").decode("ascii", "replace")
    try:
        return {name: value.decode(charset if name == "text" else "utf-8") for name, value in octets.items()}
    except (LookupError, UnicodeDecodeError):
        raise Rejected(400, "Charset or text field misformed, rejected") from None


def check(said: Mapping[str, str]) -> None:
    """Raises Rejected for what smsbox turns away."""
    to = said.get("to", "").strip()
    if not to:
        raise Rejected(400, "Missing receiver number, rejected")
    if not NUMBER_SIGNS.issuperset(to):
        raise Rejected(400, "Garbage 'to' field, rejected.")
    if not said.get("from"):
        raise Rejected(400, "Sender missing and no global set, rejected")
    if not said.get("text"):
        raise Rejected(400, "Empty text not allowed, rejected.")
    if not said.get("dlr-mask", "0").isdecimal():
        raise Rejected(400, "DLR-Mask field misformed, rejected")


def as_gsm(text: str) -> str:
    """What is left of a text sent without coding=2: each sign GSM-7 lacks arrives as a question mark."""
    return "".join(sign if smsutil.is_valid_gsm(sign) else "?" for sign in text)
