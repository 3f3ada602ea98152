"""What is wrong in the file of a plain HTTP company, said to whoever wrote it: Chinese, then English."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bot.settings_wrong import Complaint

# What to write, by an item's name or the last part of it.
_FORMS = {
    "send": ("[send] 一节：网址和字段", "a section [send] with the address and the fields"),
    "answer": ("[answer] 一节：怎样算成功", "a section [answer] that says what counts as taken"),
    "url": (
        "公司给的网址，http:// 或 https:// 开头",
        "the company's address, beginning with http:// or https://",
    ),
    "method": ("GET 或 POST", "GET or POST"),
    "charset": ("utf-8 或 gb18030", "utf-8 or gb18030"),
    "numbers": ("national、digits 或 e164", "national, digits or e164"),
    "most_at_once": ("1 到 10000 的整数", "a whole number from 1 to 10000"),
    "longest": ("整数，0 是不限", "a whole number, 0 where there is no limit"),
    "adds_signature": ("true 或 false", "true or false"),
    "fields": (
        '一张表，如 { mobile = "{number}", content = "{text}" }',
        'a table such as { mobile = "{number}", content = "{text}" }',
    ),
    "headers": ('一张表，如 { X-Key = "{secret}" }', 'a table such as { X-Key = "{secret}" }'),
    "is": ('一组值，如 ["0"]', 'a list of values such as ["0"]'),
    "delivered": ('一组值，如 ["DELIVRD"]', 'a list of values such as ["DELIVRD"]'),
    "waiting": ('一组值，如 ["ACCEPTD"]', 'a list of values such as ["ACCEPTD"]'),
    "matches": ("一个正则表达式，如 '^0,'", "a regular expression such as '^0,'"),
    "id_matches": (
        "一个正则表达式，编号放在括号里，如 '^0,(\\d+)'",
        "one with the id in brackets, as '^0,(\\d+)'",
    ),
    "code_matches": (
        "一个正则表达式，代码放在括号里，如 '^(-\\d+)'",
        "one with the code in brackets, as '^(-\\d+)'",
    ),
    "codes": (
        '代码和原因，如 { "-3" = "no_money" }；原因要是 meanings.csv 里的词',
        'codes and reasons such as { "-3" = "no_money" }; a reason is a word of meanings.csv',
    ),
    "computed": (
        '一张表，如 { sign = { md5 = "{account}{secret}" } }',
        'a table such as { sign = { md5 = "{account}{secret}" } }',
    ),
    "answer.status": ("一组状态码，如 [200]", "a list of statuses such as [200]"),
    "answer.form": ("json、query 或 text", "json, query or text"),
    "form": ("query、form 或 json", "query, form or json"),
}
_ELSE = ("一行文字", "a line of text")
_TABLES = ("fields", "headers", "codes", "computed")

_SAID = {
    "shut": (
        "{file} 读不了：文件不在，或运行联动的用户没有权限。请核对 LIANDONG_PLAIN_HTTP_FILE。",
        "{file} cannot be read: it is not there, or not for the user that runs Liandong. Look at "
        "LIANDONG_PLAIN_HTTP_FILE.",
    ),
    "not_utf8": ("{file} 不是 UTF-8。请用 UTF-8 另存。", "{file} is not in UTF-8. Save it so."),
    "line_wrong": (
        '{file} 第 {item} 行写得不对。每行请写：名字 = "值"；引号和括号要成对。',
        '{file}, line {item} is no proper TOML. Write: name = "value", with quotes and brackets in pairs.',
    ),
    "end_wrong": (
        "{file} 没有写完：最后的值、引号或括号缺了。",
        "{file} ends too early: a value, a quote or a bracket is missing.",
    ),
    "no_success": (
        "{file} 的 {item} 没有说怎样算成功。请写 is = [\"0\"]，或 matches = '^0'。",
        "{file}: {item} does not say what counts as taken. Write is = [\"0\"] or matches = '^0'.",
    ),
    "no_number": (
        '{file} 的 {item} 里没有号码。请在其中一个值里写 "{{number}}"。',
        '{file}: {item} holds no number. Write "{{number}}" in one of its values.',
    ),
    "no_text": (
        '{file} 的 {item} 里没有内容。请在其中一个值里写 "{{text}}"。',
        '{file}: {item} holds no words. Write "{{text}}" in one of its values.',
    ),
    "no_separator": (
        '{file} 的 {item} 大于 1，却没有说几个号码怎样连。请写 separator = ","，或用 ["{{each_number}}"]。',
        '{file}: {item} is over 1, and nothing says how numbers are joined. Write separator = "," or use '
        '["{{each_number}}"].',
    ),
    "one_body": (
        '{file} 的 {item} 和 method = "GET" 合不来。请写 form = "query"。',
        '{file}: {item} does not go with method = "GET". Write form = "query".',
    ),
    "one_sum": (
        "{file} 的 {item} 要写 md5、sha256、base64 中的一个。",
        "{file}: {item} is to have one of md5, sha256 and base64.",
    ),
    "no_group": (
        "{file} 的 {item} 要有一对括号，把要取的那一段括起来。",
        "{file}: {item} is to have a pair of brackets around what is wanted.",
    ),
    "batch_receipt": (
        "{file} 的 {item}：一次发几个号码时，回执要写 id 和 number，[answer] 里要有 id 或 id_matches。",
        "{file}: {item}: with several numbers a request, receipts need id and number, and [answer] id or "
        "id_matches.",
    ),
    "which_message": (
        "{file} 的 {item} 认不出是哪一条短信。请写 reference（[send] 里要有 {{reference}}），"
        "或写 id（[answer] 里也要有 id 或 id_matches）。",
        "{file}: {item} does not say which message it is about. Write reference, with {{reference}} in "
        "[send], or id, with id or id_matches in [answer].",
    ),
}


def wrong(file: str, item: str) -> Complaint:
    zh, en = _form(item)
    return Complaint(
        f"{file} 里 {item} 的值不对。请写：{zh}。", f"{file}: {item} has a wrong value. Write: {en}."
    )


def missing(file: str, item: str) -> Complaint:
    zh, en = _form(item)
    return Complaint(f"{file} 缺少 {item}。请写：{zh}。", f"{file}: {item} is missing. Write: {en}.")


def unknown(file: str, item: str, known: Iterable[str]) -> Complaint:
    near = get_close_matches(item.rpartition(".")[2], list(known), n=1, cutoff=0.0)[0]
    return Complaint(
        f"{file} 里没有 {item} 这一项，是不是 {near}？请改名或删掉。",
        f"{file}: there is no item {item}; is it {near}? Rename it or take it out.",
    )


def unknown_place(file: str, item: str, place: str, known: Iterable[str]) -> Complaint:
    ours = " ".join(f"{{{name}}}" for name in sorted(known))
    return Complaint(
        f"{file} 的 {item} 里，{{{place}}} 不认识。可以用：{ours}。",
        f"{file}: nobody knows {{{place}}} in {item}. There are: {ours}.",
    )


def amiss(what: str, file: str, item: str = "") -> Complaint:
    """`what` is one of the few things that are wrong between two items, or with the file as a whole."""
    zh, en = _SAID[what]
    return Complaint(zh.format(file=file, item=item), en.format(file=file, item=item))


def _form(item: str) -> tuple[str, str]:
    """By the whole name, by the last of it, or by that of the table it stands in."""
    *above, last = item.split(".")
    names = (item, last, *(name for name in reversed(above) if name in _TABLES))
    return next((_FORMS[name] for name in names if name in _FORMS), _ELSE)
