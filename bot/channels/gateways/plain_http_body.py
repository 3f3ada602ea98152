"""What goes to a plain HTTP company and what comes from it, written and read as its file says."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

import httpx

from bot.channels.gateways.contract import Push
from bot.channels.gateways.plain_http_file import Company, Pushed, Said, Send, Sum
from bot.channels.gateways.plain_http_reading import PLACE

# A list of this alone becomes the list of all numbers.
_EACH = "{each_number}"


class Request(NamedTuple):
    method: str
    url: str
    headers: Mapping[bytes, bytes]
    body: bytes


def request_of(company: Company, given: Mapping[str, str], numbers: Sequence[str]) -> Request:
    """`given` is what each place stands for; the numbers are as the company writes them."""
    send = company.send
    places = {**given, "number": send.separator.join(numbers), "each_number": numbers[0]}
    for name, one in company.computed.items():
        places[name] = _sum_of(one, places, send.charset)
    fields = _filled(send.fields, places, numbers)
    url = _with_places(send.url, places, lambda value: quote(value, safe="", encoding=send.charset))
    headers = {name.encode(): _with_places(text, places).encode() for name, text in send.headers.items()}
    if send.form == "query":
        mark = "&" if "?" in url else "?"
        return Request(send.method, f"{url}{mark}{_encoded(fields, send)}", headers, b"")
    if send.form == "json":
        body = json.dumps(fields, ensure_ascii=False).encode(send.charset)
        return Request(send.method, url, {b"Content-Type": b"application/json", **headers}, body)
    kind = f"application/x-www-form-urlencoded; charset={send.charset}".encode()
    return Request(send.method, url, {b"Content-Type": kind, **headers}, _encoded(fields, send).encode())


def said_in(answer: Said, response: httpx.Response) -> Any:
    """The answer as fields, or as a text. ValueError where it has not the form that was described."""
    if answer.form == "json":
        return json.loads(response.content)
    text = response.text.strip()
    return dict(parse_qsl(text, keep_blank_values=True)) if answer.form == "query" else text


def rows_in(pushed: Pushed, push: Push) -> list[Any]:
    """Each message or receipt that a request brings. ValueError where it has not the form described."""
    said: Any
    if pushed.form == "json":
        said = json.loads(push.body.decode(pushed.charset))
    else:
        written = push.query if pushed.form == "query" else push.body.decode("ascii", "replace")
        said = dict(parse_qsl(written, keep_blank_values=True, encoding=pushed.charset, errors="replace"))
    for name in filter(None, pushed.rows.split(".")):
        said = said.get(name) if isinstance(said, dict) else None
    if pushed.rows and isinstance(said, str):
        said = json.loads(said)
    return said if isinstance(said, list) else [said]


def value_at(said: Any, path: str) -> str:
    """What stands at `data.0.id` of an answer, as a text; empty where nothing does."""
    for name in path.split("."):
        if isinstance(said, list) and name.isdecimal() and int(name) < len(said):
            said = said[int(name)]
        else:
            said = said.get(name) if isinstance(said, dict) else None
    if isinstance(said, bool):
        return "true" if said else "false"
    return str(said) if isinstance(said, str | int | float) else ""


def _with_places(text: str, places: Mapping[str, str], written: Callable[[str], str] = str) -> str:
    return PLACE.sub(lambda place: written(places[place[1]]), text)


def _filled(value: Any, places: Mapping[str, str], numbers: Sequence[str]) -> Any:
    if value == [_EACH]:
        return list(numbers)
    if isinstance(value, dict):
        return {name: _filled(one, places, numbers) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, places, numbers) for one in value]
    return _with_places(value, places) if isinstance(value, str) else value


def _encoded(fields: Mapping[str, Any], send: Send) -> str:
    written = {name: str(one).lower() if isinstance(one, bool) else one for name, one in fields.items()}
    return urlencode(written, doseq=True, encoding=send.charset, errors="replace")


def _sum_of(one: Sum, places: Mapping[str, str], charset: str) -> str:
    text = _with_places(one.md5 or one.sha256 or one.base64, places).encode(charset, "replace")
    if one.base64:
        return base64.b64encode(text).decode()
    made = hashlib.md5(text, usedforsecurity=False) if one.md5 else hashlib.sha256(text)
    return made.hexdigest().upper() if one.upper else made.hexdigest()
