"""What is wrong with templates as somebody wrote them down, each said so that it can be mended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from bot.channels.gateways.templates import LONGEST_TEXT, PLACE, Rules, Template
from bot.settings_wrong import Complaint

_TABLES = ("default", "lessons", "texts")
_ENTRIES = ("code", "text", "params", "longest")


def template_of(entry: Mapping[str, Any], rules: Rules) -> Template:
    return Template(
        code=entry["code"],
        text=entry["text"],
        longest=entry.get("longest", rules.longest),
        params=entry.get("params", {}),
    )


def faults_of(written: Mapping[str, Any], rules: Rules, slugs: Collection[str]) -> Iterator[Complaint]:
    for name in written.keys() - set(_TABLES):
        yield _strange(name, _TABLES)
    lessons, texts = _tables(written, "lessons"), _tables(written, "texts")
    if lessons is None or texts is None:
        yield Complaint("lessons 和 texts 要写成 [lessons.名字]。", "lessons and texts are [lessons.name].")
        return
    for slug, entry in lessons.items():
        if slug not in slugs:
            yield _no_such_lesson(slug, slugs)
        yield from _named(f"lessons.{slug}", _of_one(entry, rules, 0))
    for name, entry in texts.items():
        yield from _named(f"texts.{name}", _of_one(entry, rules, None))
    if "default" in written:
        yield from _named("default", _of_one(written["default"], rules, 1))


def _tables(written: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    table = written.get(name, {})
    return table if isinstance(table, dict) else None


def _named(name: str, faults: Iterator[Complaint]) -> Iterator[Complaint]:
    for fault in faults:
        yield Complaint(f"[{name}] {fault.zh}", f"[{name}] {fault.en}")


def _of_one(entry: object, rules: Rules, open_ones: int | None) -> Iterator[Complaint]:
    """What is wrong with one template; `open_ones` is how many variables the message itself has to fill."""
    if not isinstance(entry, dict):
        yield Complaint("下面要有 code 和 text 两行。", "needs a code and a text below it.")
        return
    for name in entry.keys() - set(_ENTRIES):
        yield _strange(name, _ENTRIES)
    if fault := _form_fault(entry):
        yield fault
        return
    template = template_of(entry, rules)
    yield from _faults_of_text(template, open_ones)
    yield from _faults_of_params(template, rules)


def _form_fault(entry: Mapping[str, Any]) -> Complaint | None:
    for name in ("code", "text"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            return Complaint(f'缺少 {name} = "…"。', f'{name} = "…" is missing.')
    params = entry.get("params", {})
    if not isinstance(params, dict) or not all(isinstance(value, str) for value in params.values()):
        return Complaint('params 请写成 { 变量名 = "值" }。', 'Write params as { name = "value" }.')
    longest = entry.get("longest", 1)
    if type(longest) is not int or not 1 <= longest <= LONGEST_TEXT:
        return Complaint(
            f"longest 是变量最多几个字，请写 1 到 {LONGEST_TEXT} 的整数。",
            f"longest is how many signs a variable holds: a whole number from 1 to {LONGEST_TEXT}.",
        )
    return None


def _faults_of_text(template: Template, open_ones: int | None) -> Iterator[Complaint]:
    if "【" in template.text or "】" in template.text:
        yield Complaint(
            "text 里不要写签名，也不能有【】：签名由平台加。",
            "Leave the signature and 【】 out of text: the company adds it.",
        )
    if not PLACE.sub("", template.text).strip():
        yield Complaint("text 不能只有变量。", "text needs more than variables.")
    if len(template.text) > LONGEST_TEXT:
        yield Complaint(f"text 超过 {LONGEST_TEXT} 字。", f"text is over {LONGEST_TEXT} signs.")
    if open_ones == 1 and len(template.open) != 1:
        yield Complaint(
            "text 里要有且只有一个没写进 params 的变量，消息就填在那里。",
            "text needs just one variable that is not in params: the message goes there.",
        )
    if open_ones == 0 and template.open:
        yield Complaint(
            f"变量 {'、'.join(template.open)} 没有值，请写进 params。",
            f"{', '.join(template.open)}: a variable without a value; put it into params.",
        )


def _faults_of_params(template: Template, rules: Rules) -> Iterator[Complaint]:
    for name, value in template.params.items():
        if name not in template.names:
            yield Complaint(f"text 里没有变量 {name}。", f"There is no variable {name} in text.")
        elif rules.objection(value, template.longest):
            yield Complaint(
                f"变量 {name} 的值平台不收：最多 {template.longest} 字，不能是空的，不能有网址和特殊符号。",
                f"The company does not take this value of {name}: at most {template.longest} signs, not "
                "empty, without links and special signs.",
            )


def _no_such_lesson(slug: str, slugs: Collection[str]) -> Complaint:
    near = "".join(get_close_matches(slug, list(slugs), n=1, cutoff=0.0))
    return Complaint(
        f"没有 {slug} 这一课，是不是 {near}？用 python -m bot lesson list 看有哪些。",
        f"There is no lesson {slug}; is it {near}? python -m bot lesson list shows them.",
    )


def _strange(name: str, known: Collection[str]) -> Complaint:
    near = get_close_matches(name, list(known), n=1, cutoff=0.0)[0]
    return Complaint(f"不认得 {name}，是不是 {near}？", f"{name} is not known; is it {near}?")
