"""A company that speaks plain HTTP, as a file describes it; docs/gateways/plain_http.md has each line."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from content.rules.receipts import meaning_of


def _known_word(word: str) -> str:
    if meaning_of(word).word != word:
        raise ValueError
    return word


def _pattern(written: str) -> str:
    try:
        re.compile(written)
    except re.error:
        raise ValueError from None
    return written


def _address(url: str) -> str:
    split = urlsplit(url)
    # To read the port is to look at it: a wrong one is a ValueError.
    if split.scheme not in ("http", "https") or not split.hostname or split.port == 0:
        raise ValueError
    return url


Word = Annotated[str, AfterValidator(_known_word)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Name = Annotated[str, Field(min_length=1)]
Charset = Literal["utf-8", "gb18030"]


class Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, coerce_numbers_to_str=True
    )


class Send(Part):
    """`form`: in the address, as a form, or as JSON. `longest` is 0 where no limit is known."""

    url: Annotated[str, AfterValidator(_address)]
    method: Literal["GET", "POST"] = "POST"
    form: Literal["query", "form", "json"] = "form"
    charset: Charset = "utf-8"
    numbers: Literal["e164", "digits", "national"] = "national"
    separator: str = ""
    most_at_once: int = Field(1, ge=1, le=10_000)
    longest: int = Field(0, ge=0)
    adds_signature: bool = False
    headers: dict[str, str] = {}
    fields: dict[str, Any]


class Sum(Part):
    """One of them: the text whose sum it is, in small letters unless `upper`."""

    md5: str = ""
    sha256: str = ""
    base64: str = ""
    upper: bool = False


class Said(Part):
    """Its answer. The value stands in `field`; where that is empty, the whole answer is the value."""

    form: Literal["json", "query", "text"] = "json"
    status: list[int] = [200]
    field: str = ""
    is_: list[str] = Field([], alias="is")
    matches: Pattern = ""
    id: str = ""
    id_matches: Pattern = ""
    code: str = ""
    code_matches: Pattern = ""
    codes: dict[str, Word] = {}


class Pushed(Part):
    """What it brings. `rows` is where several stand in one request; `answer` is what it wants to hear."""

    form: Literal["query", "form", "json"] = "form"
    charset: Charset = "utf-8"
    rows: str = ""
    id: str = ""
    answer: str = ""
    answer_type: str = "text/plain"


class Receipts(Pushed):
    """Whatever is neither `delivered` nor `waiting` has failed."""

    reference: str = ""
    number: str = ""
    status: Name
    delivered: Annotated[list[str], Field(min_length=1)]
    waiting: list[str] = []
    code: str = ""
    codes: dict[str, Word] = {}


class Inbound(Pushed):
    number: Name
    text: Name
    time: str = ""


class Company(Part):
    """`computed` are values of ours for `send`, such as the sum that signs a request."""

    send: Send
    answer: Said
    computed: dict[str, Sum] = {}
    receipt: Receipts | None = None
    inbound: Inbound | None = None
