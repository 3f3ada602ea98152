"""Which approved template says a message, what none can say, and what is wrong in the file of them."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from bot.channels.contract import MessageRefused
from bot.channels.gateways import aliyun, tencent
from bot.channels.gateways.templates import Rules, Template, Templates
from bot.channels.gateways.templates_file import TemplatesWrong, read_templates

SLUGS = {"stop-fraud", "heat-at-work"}
GOOD = """
[default]
code = "SMS_100000001"
text = "党支部提醒您：${words}，请留意。"
longest = 50

[lessons.stop-fraud]
code = "SMS_100000002"
text = "四不要：不刷单；不转钱。${whom}"
params = { whom = "王家村党支部" }

[texts.checked-in]
code = "SMS_100000003"
text = "${name}，您的平安已收到，谢谢${name}。"

[texts.moved]
code = "SMS_100000004"
text = "新地址${place}记下了，对吗？\\n回1 对 回2 重写"
"""


def read(tmp_path: Path, written: str, rules: Rules = aliyun.RULES) -> Templates:
    (tmp_path / "templates.toml").write_text(written, "utf-8")
    return read_templates(tmp_path / "templates.toml", rules, SLUGS)


def complaints(tmp_path: Path, written: str) -> str:
    with pytest.raises(TemplatesWrong) as caught:
        read(tmp_path, written)
    return str(caught.value)


def test_a_lesson_goes_by_its_own_whatever_its_words(tmp_path: Path) -> None:
    filled = read(tmp_path, GOOD).fill("【联动】课" * 40, "stop-fraud")
    assert (filled.code, filled.values) == ("SMS_100000002", {"whom": "王家村党支部"})
    assert filled.shown == "四不要：不刷单；不转钱。王家村党支部"


def test_words_that_an_approved_text_says_go_by_it(tmp_path: Path) -> None:
    templates = read(tmp_path, GOOD)
    filled = templates.fill("【联动】老王，您的平安已收到，谢谢老王。")
    assert (filled.code, filled.values) == ("SMS_100000003", {"name": "老王"})
    assert filled.shown == "老王，您的平安已收到，谢谢老王。"
    assert templates.fill("【联动】新地址南京路8号记下了，对吗？\n回1 对 回2 重写").code == "SMS_100000004"
    two_names = templates.fill("【联动】老王，您的平安已收到，谢谢老李。")
    assert two_names.code == "SMS_100000001"


def test_the_rest_goes_as_the_variable(tmp_path: Path) -> None:
    filled = read(tmp_path, GOOD).fill("【联动】明天开会")
    assert (filled.code, filled.values) == ("SMS_100000001", {"words": "明天开会"})
    assert filled.shown == "党支部提醒您：明天开会，请留意。"


@pytest.mark.parametrize(
    ("words", "topic", "reason"),
    [
        ("【联动】" + "长" * 51, "", "variable_too_long"),
        ("【联动】请看https://a.cn/b", "", "link_forbidden"),
        ("【联动】请看www.a-b", "", "link_forbidden"),
        ("【联动】国家法律法规数据库flk.npc.gov.cn", "", "link_forbidden"),
        ("【联动】看a.cn吧", "", "link_forbidden"),
        ("【联动】写给我：a@b-c", "", ""),
        ("【联动】9.30前交", "", ""),
        ("【联动】a.cn，您的平安已收到，谢谢a.cn。", "", "link_forbidden"),
        ("【联动】找老李13900139001", "", "phone_forbidden"),
        ("【联动】打05501234567", "", ""),
        ("【联动】见【通知】", "", "variable_wrong"),
        ("【联动】★必看", "", "variable_wrong"),
        ("【联动】", "", "variable_wrong"),
        ("【联动】" + "课" * 51, "heat-at-work", "no_template"),
        ("【联动】短短的一课", "heat-at-work", ""),
    ],
)
def test_what_the_company_would_refuse_is_said_before(
    tmp_path: Path, words: str, topic: str, reason: str
) -> None:
    templates = read(tmp_path, GOOD)
    assert templates.would_refuse(words, topic) == reason
    if reason:
        with pytest.raises(MessageRefused) as caught:
            templates.fill(words, topic)
        assert caught.value.reason == reason


def test_without_a_default_what_has_no_template_is_refused(tmp_path: Path) -> None:
    templates = read(tmp_path, GOOD[GOOD.index("[lessons") :])
    assert templates.would_refuse("【联动】明天开会") == "no_template"
    assert templates.lessons_without(sorted(SLUGS)) == ("heat-at-work",)


def test_five_hundred_signs_with_the_signature_are_all_that_fit() -> None:
    default = Template("1", "提醒" * 233 + "{1}", 100)
    templates = Templates(Rules(100, ""), {}, default=default)
    assert templates.would_refuse("好" * 20) == ""
    assert templates.would_refuse("好" * 21) == "too_long"


def test_each_company_has_its_own_way_to_write_a_variable_and_its_own_room(tmp_path: Path) -> None:
    written = '[default]\ncode = "1400003"\ntext = "党支部提醒您：{1}。"\n'
    assert read(tmp_path, written, tencent.RULES).would_refuse("明天上午九点开会") == "variable_too_long"
    assert read(tmp_path, written, aliyun.RULES).fill("明天上午九点开会").values == {"1": "明天上午九点开会"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[default\n", "不是正确的 TOML"),
        ("[defaults]\n", "不认得 defaults，是不是 default？"),
        ("default = 1\n", "[default] 下面要有 code 和 text 两行"),
        ("lessons = 1\n", "lessons 和 texts 要写成 [lessons.名字]"),
        ('[default]\ntext = "提醒：${words}"\n', '[default] 缺少 code = "…"'),
        ('[default]\ncode = "1"\ntext = "没有变量"\n', "text 里要有且只有一个没写进 params 的变量"),
        ('[default]\ncode = "1"\ntext = "${a}和${b}"\n', "text 里要有且只有一个没写进 params 的变量"),
        ('[default]\ncode = "1"\ntext = "【联动】${a}"\n', "text 里不要写签名"),
        ('[default]\ncode = "1"\ntext = "${a}"\n', "text 不能只有变量"),
        ('[default]\ncode = "1"\ntext = "好${a}"\nlongest = 0\n', "longest 是变量最多几个字"),
        ('[default]\ncode = "1"\ntext = "好${a}"\nlong = 9\n', "不认得 long，是不是 longest？"),
        ('[lessons.stop-fruad]\ncode = "1"\ntext = "好"\n', "没有 stop-fruad 这一课，是不是 stop-fraud？"),
        ('[lessons.stop-fraud]\ncode = "1"\ntext = "好${who}"\n', "变量 who 没有值，请写进 params"),
        (
            '[lessons.stop-fraud]\ncode = "1"\ntext = "好"\nparams = { who = "他" }\n',
            "text 里没有变量 who",
        ),
        (
            '[lessons.stop-fraud]\ncode = "1"\ntext = "好${who}"\nparams = { who = "a.cn" }\n',
            "变量 who 的值平台不收：最多 35 字",
        ),
        ('[texts.a]\ncode = "1"\ntext = "好${who}"\nparams = 1\n', "params 请写成 { 变量名"),
    ],
)
def test_what_is_wrong_is_named_in_two_languages(tmp_path: Path, written: str, said: str) -> None:
    told = complaints(tmp_path, written)
    chinese, *_, english = told.splitlines()
    assert said in chinese
    assert "templates.toml" in chinese
    assert "templates.toml" in english
    assert not re.search("[\u4e00-\u9fff]", english)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    told = complaints(tmp_path, '[default]\ncode = "1"\n[texts.a]\ntext = "好"\n')
    assert len(told.splitlines()) == 4


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplatesWrong, match="LIANDONG_SMS_TEMPLATES"):
        read_templates(tmp_path / "gone.toml", aliyun.RULES, SLUGS)
    (tmp_path / "gbk.toml").write_bytes("# 模板".encode("gbk"))
    with pytest.raises(TemplatesWrong, match="UTF-8"):
        read_templates(tmp_path / "gbk.toml", aliyun.RULES, SLUGS)


@pytest.mark.parametrize("words", ["，" * 300, "党，" * 150, "您好，" * 100 + "完"])
def test_whatever_is_written_the_program_does_not_stop_over_it(words: str) -> None:
    """Of eight variables there are more ways to share out three hundred signs than anybody can try."""
    text = "".join(f"${{v{n}}}，" for n in range(8)) + "完"
    templates = Templates(aliyun.RULES, {}, [Template("SMS_1", text, 35)])
    begun = time.monotonic()
    assert templates.would_refuse(words) == "no_template"
    assert time.monotonic() - begun < 2


def test_signs_between_variables_may_stand_in_a_value_too() -> None:
    text = Template("SMS_1", "${who}，${what}，请${who}知悉。", 35)
    assert text.values_in("老王，周五，带上证件，请老王知悉。") == {"who": "老王", "what": "周五，带上证件"}
    assert text.values_in("老王，周五，请老李知悉。") is None
    assert text.values_in("老王，，请老王知悉。") is None
    assert text.values_in(f"老王，{'学' * 36}，请老王知悉。") is None
    fixed = Template("SMS_2", "${unit}：${what}", 35, {"unit": "柳湾村"})
    assert fixed.values_in("柳湾村：明天\n开会") == {"what": "明天\n开会"}
    assert fixed.values_in("王家村：明天开会") is None
    assert Template("SMS_3", "${a}${b}。", 2).values_in("甲乙丙丁。") == {"a": "甲乙", "b": "丙丁"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("看 10.0.0.8 的通知", "link_forbidden"),
        ("看 ｗｗｗ．12371．ｃｎ", "link_forbidden"),
        ("打 139-0013-9001", "phone_forbidden"),
        ("打139 0013 9001", "phone_forbidden"),
        ("打１３９００１３９００１", "phone_forbidden"),
        ("第3.5节，12.30开会", ""),
        ("编号2026-1390-0139", ""),
    ],
)
def test_links_and_numbers_are_seen_however_they_are_written(words: str, why: str) -> None:
    templates = Templates(aliyun.RULES, {}, default=Template("SMS_1", "提醒：${words}。", 35))
    assert templates.would_refuse(words) == why
