"""Reads the file of a plain HTTP company once, at the start, and says all that is wrong in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.channels.gateways import plain_http_complaints as say
from bot.channels.gateways.plain_http_file import Company, Inbound, Part, Receipts, Said, Send, Sum
from bot.settings_wrong import Complaint, SettingsWrong

# What a text in the file may hold in braces, besides the names of [computed].
PLACES = ("number", "each_number", "text", "reference", "account", "secret", "seconds", "stamp")
PLACE = re.compile(r"\{(\w+)\}")

_SECTIONS: dict[str, type[Part]] = {"send": Send, "answer": Said, "receipt": Receipts, "inbound": Inbound}
_Texts = list[tuple[str, str]]


class CompanyWrong(SettingsWrong):
    """The file cannot be used. Each complaint names a line or an item, never a value."""


def company_in(path: Path) -> Company:
    """The company that the file describes, or CompanyWrong."""
    try:
        company = Company.model_validate(_written(path))
    except ValidationError as error:
        shown = error.errors(include_input=False, include_url=False, include_context=False)
        # Not chained: a traceback would show the values.
        raise CompanyWrong(dict.fromkeys(_complaint(path.name, one) for one in shown)) from None
    if complaints := list(_amiss(path.name, company)):
        raise CompanyWrong(complaints)
    return company


def places_in(company: Company) -> set[str]:
    """What the request takes from outside the file, `secret` among others."""
    return {place for _, text in _texts(company) for place in PLACE.findall(text)}


def _written(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise CompanyWrong([say.amiss("shut", path.name)]) from None
    except UnicodeDecodeError:
        raise CompanyWrong([say.amiss("not_utf8", path.name)]) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        what = say.amiss("line_wrong", path.name, line[1]) if line else say.amiss("end_wrong", path.name)
        raise CompanyWrong([what]) from None


def _complaint(file: str, error: Any) -> Complaint:
    names = [name for name in error["loc"] if isinstance(name, str)]
    item = ".".join(names)
    if error["type"] == "missing":
        return say.missing(file, item)
    if error["type"] == "extra_forbidden":
        return say.unknown(file, item, _known_beside(names))
    return say.wrong(file, item)


def _known_beside(names: list[str]) -> list[str]:
    part = Company if len(names) == 1 else Sum if names[0] == "computed" else _SECTIONS[names[0]]
    return [field.alias or name for name, field in part.model_fields.items()]


def _amiss(file: str, company: Company) -> Iterator[Complaint]:
    """What is wrong between items that are each well written."""
    computed = list(company.computed)
    for item, text in _texts(company):
        section, _, name = item.partition(".")
        # Each is made once those above it are.
        known = [*PLACES, *(computed[: computed.index(name)] if section == "computed" else computed)]
        for place in PLACE.findall(text):
            if place not in known:
                yield say.unknown_place(file, item, place, known)
    yield from _of_sending(file, company)
    yield from _of_the_answer(file, company.answer)
    for item, one in company.computed.items():
        if sum(map(bool, sums(one))) != 1:
            yield say.amiss("one_sum", file, f"computed.{item}")
    yield from _of_receipts(file, company)


def _of_sending(file: str, company: Company) -> Iterator[Complaint]:
    send, places = company.send, places_in(company)
    if not places & {"number", "each_number"}:
        yield say.amiss("no_number", file, "send.fields")
    if "text" not in places:
        yield say.amiss("no_text", file, "send.fields")
    if send.most_at_once > 1 and not send.separator and "each_number" not in places:
        yield say.amiss("no_separator", file, "send.most_at_once")
    if send.method == "GET" and send.form != "query":
        yield say.amiss("one_body", file, "send.form")


def _of_the_answer(file: str, answer: Said) -> Iterator[Complaint]:
    if not answer.is_ and not answer.matches:
        yield say.amiss("no_success", file, "answer")
    for item, pattern in (("id_matches", answer.id_matches), ("code_matches", answer.code_matches)):
        if pattern and not re.compile(pattern).groups:
            yield say.amiss("no_group", file, f"answer.{item}")


def _of_receipts(file: str, company: Company) -> Iterator[Complaint]:
    receipt, answer = company.receipt, company.answer
    if receipt is None:
        return
    by_id = receipt.id and (answer.id or answer.id_matches)
    by_reference = receipt.reference and "reference" in places_in(company)
    if company.send.most_at_once > 1 and not (by_id and receipt.number):
        yield say.amiss("batch_receipt", file, "receipt")
    elif not by_id and not by_reference:
        yield say.amiss("which_message", file, "receipt")


def _texts(company: Company) -> _Texts:
    """Each text that may hold a place, under its item."""
    send = company.send
    written = [("send.url", send.url)]
    written += [(f"send.headers.{name}", text) for name, text in send.headers.items()]
    for name, value in send.fields.items():
        written += [(f"send.fields.{name}", text) for text in leaves(value)]
    return written + [
        (f"computed.{name}", text) for name, one in company.computed.items() for text in sums(one)
    ]


def sums(one: Sum) -> tuple[str, str, str]:
    return one.md5, one.sha256, one.base64


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in leaves(one)]
    if isinstance(value, list):
        return [text for one in value for text in leaves(one)]
    return [value] if isinstance(value, str) else []
