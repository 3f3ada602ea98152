"""What whoever describes a company is told where the file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.gateways.plain_http_reading import CompanyWrong, company_in, places_in
from bot.settings import SettingsWrong, read_settings

GOOD = """
[send]
url = "https://sms.example.cn/send"
fields = { to = "{number}", text = "{text}", id = "{reference}", key = "{secret}" }

[answer]
field = "code"
is = [0]

[receipt]
reference = "id"
status = "state"
delivered = ["1"]
codes = { "2" = "phone_off" }
"""
SETTINGS = {
    "LIANDONG_SMS_GATEWAY": "plain_http",
    "LIANDONG_PLAIN_HTTP_FILE": "sms.toml",
    "LIANDONG_PLAIN_HTTP_SECRET": "canary-of-a-company",
    "LIANDONG_SMS_PATH_SECRET": "canary-path-secret",
    "LIANDONG_PUBLIC_URL": "https://bot.example.cn",
}


def told(folder: Path, written: str | bytes) -> list[str]:
    path = folder / "sms.toml"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    with pytest.raises(CompanyWrong) as caught:
        company_in(path)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value).splitlines()


def test_a_good_file_is_read_with_numbers_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "sms.toml").write_text(GOOD, "utf-8")
    company = company_in(tmp_path / "sms.toml")
    assert company.answer.is_ == ["0"]
    assert places_in(company) == {"number", "text", "reference", "secret"}


@pytest.mark.parametrize(
    ("was", "becomes", "zh", "en"),
    [
        ("is = [0]", "is = [0", "sms.toml 第 10 行写得不对", "sms.toml, line 10 is no proper TOML"),
        ('{ "2" = "phone_off" }', "", "sms.toml 第 14 行写得不对", "line 14"),
        ("is = [0]", "", "sms.toml 的 answer 没有说怎样算成功。请写 is =", "answer does not say"),
        ('url = "https://sms.example.cn/send"', "", "sms.toml 缺少 send.url。请写：", "send.url is missing"),
        ("https://sms.example.cn/send", "sms.example.cn", "send.url 的值不对。请写：公司给的网址", "http://"),
        ("sms.example.cn/send", "sms.example.cn:99999/send", "send.url 的值不对", "send.url has a wrong"),
        ("[answer]", "[answers]", "没有 answers 这一项，是不是 answer？", "is it answer?"),
        ("[answer]", "[send.x]", "缺少 answer。请写：[answer] 一节", "answer is missing"),
        ("is = [0]", "if = [0]", "没有 answer.if 这一项，是不是 is？", "no item answer.if; is it is?"),
        (
            "[send]",
            '[send]\nform = "xml"',
            "send.form 的值不对。请写：query、form 或 json",
            "query, form or json",
        ),
        ("[send]", '[send]\nmethod = "PUT"', "send.method 的值不对。请写：GET 或 POST", "GET or POST"),
        ("[send]", "[send]\nmost_at_once = 0", "send.most_at_once 的值不对。请写：1 到 10000", "from 1 to"),
        (
            "[send]",
            "[send]\nmost_at_once = 5",
            "send.most_at_once 大于 1，却没有说",
            "how numbers are joined",
        ),
        ("[send]", '[send]\nmethod = "GET"', 'send.form 和 method = "GET" 合不来', 'form = "query"'),
        ("{number}", "13900139003", "send.fields 里没有号码", "holds no number"),
        ("{text}", "hello", "send.fields 里没有内容", "holds no words"),
        ("{secret}", "{pasword}", "send.fields.key 里，{pasword} 不认识。可以用：{account}", "{pasword}"),
        ('"phone_off"', '"phone_of"', "receipt.codes.2 的值不对", "receipt.codes.2 has a wrong value"),
        (
            "field =",
            "matches = '('\nfield =",
            "answer.matches 的值不对。请写：一个正则表达式",
            "regular expression",
        ),
        ("field =", "id_matches = 'x'\nfield =", "answer.id_matches 要有一对括号", "a pair of brackets"),
        ('reference = "id"', "", "receipt 认不出是哪一条短信", "which message"),
        ("{reference}", "x", "receipt 认不出是哪一条短信", "which message"),
        ('["1"]', "[]", "receipt.delivered 的值不对。请写：一组值", "a list of values"),
        ("[answer]", "[computed]\nx = {}\n[answer]", "computed.x 要写 md5、sha256、base64", "one of md5"),
        (
            "[answer]",
            '[computed]\na = { md5 = "{b}" }\nb = { md5 = "x" }\n[answer]',
            "computed.a 里，{b} 不认识",
            "computed.a",
        ),
        (
            "[send]",
            '[send]\nmost_at_once = 5\nseparator = ","',
            "receipt：一次发几个号码时，回执要写 id 和 number",
            "receipts need id and number",
        ),
    ],
)
def test_what_is_wrong_is_named_in_two_languages_and_never_shown(
    tmp_path: Path, was: str, becomes: str, zh: str, en: str
) -> None:
    assert was in GOOD
    more = '\n[inbound]\nnumber = "canary"\ntext = "canary"\n'
    lines = told(tmp_path, GOOD.replace(was, becomes, 1) + more)
    chinese, english = "\n".join(lines[: len(lines) // 2]), "\n".join(lines[len(lines) // 2 :])
    assert zh in chinese
    assert en in english
    assert "canary" not in chinese + english


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    lines = told(tmp_path, GOOD.replace("{number}", "x").replace("{text}", "x").replace("is = [0]", ""))
    assert len(lines) == 6


def test_a_file_that_is_cut_off_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    assert told(tmp_path, "a =")[0].startswith("sms.toml 没有写完")
    assert told(tmp_path, "签名".encode("gbk"))[0] == "sms.toml 不是 UTF-8。请用 UTF-8 另存。"
    with pytest.raises(CompanyWrong, match=r"gone.toml 读不了：文件不在"):
        company_in(tmp_path / "gone.toml")


def test_it_is_looked_at_with_the_settings_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "sms.toml").write_text(GOOD, "utf-8")
    settings = read_settings(SETTINGS, tmp_path)
    assert "canary-of-a-company" in settings.secret_values()
    assert "canary" not in repr(settings)
    (tmp_path / "sms.toml").write_text(GOOD.replace("{text}", ""), "utf-8")
    with pytest.raises(SettingsWrong, match=r"sms.toml 的 send.fields 里没有内容"):
        read_settings(SETTINGS, tmp_path)


def test_a_secret_that_the_file_asks_for_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "sms.toml").write_text(GOOD.replace("{secret}", "{account}{secret}"), "utf-8")
    without = {name: value for name, value in SETTINGS.items() if not name.endswith("HTTP_SECRET")}
    with pytest.raises(SettingsWrong) as caught:
        read_settings(without, tmp_path)
    assert "缺少 LIANDONG_PLAIN_HTTP_ACCOUNT" in str(caught.value)
    assert "LIANDONG_PLAIN_HTTP_SECRET is missing" in str(caught.value)
