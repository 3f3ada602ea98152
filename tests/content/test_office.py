"""What a liaison or a secretary types, with or without the slash."""

from __future__ import annotations

import time

import pytest

from content.act import Act
from content.rules.office import understand_office

SAID = {
    "失联": Act(intent="silent"),
    "谁失联了": Act(intent="silent"),
    "失联名单": Act(intent="silent"),
    "/silent": Act(intent="silent"),
    "/silent@liandong_bot": Act(intent="silent"),
    "/silent 90": Act(intent="silent", n=90),
    "/silent@liandong_bot 90": Act(intent="silent", n=90),
    "/Silent 上海": Act(intent="silent", place="310000"),
    "失联 90天": Act(intent="silent", n=90),
    "失联90天": Act(intent="silent", n=90),
    "失联 三个月": Act(intent="silent", n=90),
    "失联 火星": Act(intent="silent", text="火星"),
    "失联 半年": Act(intent="silent", n=183),
    "失联 上海": Act(intent="silent", place="310000"),
    "失联 苏州昆山 60天": Act(intent="silent", place="320583", n=60),
    "发课": Act(intent="send_lesson"),
    "发课 秋收时节防骗须知": Act(intent="send_lesson", text="秋收时节防骗须知"),
    "/lesson": Act(intent="send_lesson"),
    "/lesson 防骗": Act(intent="send_lesson", text="防骗"),
    "短信党课": Act(intent="send_lesson"),
    "找 张三": Act(intent="find", text="张三"),
    "找张三": Act(intent="find", text="张三"),
    "/find 张三": Act(intent="find", text="张三"),
    "/find": Act(intent="find"),
    "找": Act(intent="find"),
    "找人": Act(intent="find"),
    "查 李小红": Act(intent="find", text="李小红"),
    "查 139": Act(intent="find", text="139"),
    "记 张三 打过电话": Act(intent="note", text="张三", kind="call"),
    "记 张三 上门走访,家里都好": Act(intent="note", text="张三", kind="visit", about={"words": "家里都好"}),
    "记 张三 昨天打过电话 家里都好": Act(
        intent="note", text="张三", kind="call", about={"words": "家里都好"}
    ),
    "记 张三 打过电话没人接": Act(intent="note", text="张三", kind="call", about={"words": "打过电话没人接"}),
    "记张三发过微信": Act(intent="note", text="张三", kind="message"),
    "记 张三": Act(intent="note", text="张三"),
    "联系记录": Act(intent="note"),
    "/note 张三 见过面": Act(intent="note", text="张三", kind="visit"),
    "课程回执": Act(intent="lesson_reports"),
    "/lessons": Act(intent="lesson_reports"),
    "谁没加入": Act(intent="invite"),
    "未加入名单": Act(intent="invite"),
    "名单": Act(intent="silent"),
    "找 阿依古丽·买买提": Act(intent="find", text="阿依古丽·买买提"),
    "找 王": Act(intent="find", text="王"),
    "帮助": Act(intent="menu"),
    "菜单": Act(intent="menu"),
    "/menu": Act(intent="menu"),
    "邀请 张三": Act(intent="invite", text="张三"),
    "/invite 张三": Act(intent="invite", text="张三"),
    "邀请": Act(intent="invite"),
    "台账": Act(intent="ledger"),
    "/ledger": Act(intent="ledger"),
    "导出台账": Act(intent="ledger"),
    "要一份流动党员管理台账": Act(intent="ledger"),
    "台账 柳湾村党支部": Act(intent="ledger", text="柳湾村党支部"),
    "/ledger 柳湾村": Act(intent="ledger", text="柳湾村"),
    "统计": Act(intent="figures"),
    "看一下统计数据": Act(intent="figures"),
    "统计 柳湾": Act(intent="figures", text="柳湾"),
    "/figures 柳湾": Act(intent="figures", text="柳湾"),
    "statistics": Act(intent="figures"),
    "六清": Act(intent="six_clear"),
    "六清缺谁": Act(intent="six_clear"),
    "/sixclear": Act(intent="six_clear"),
}

NOT_FOR_THE_OFFICE = [
    "签到",
    "记得吃饭",
    "查一下我的积分",
    "找工作",
    "找老板要工资被打了",
    "找老板",
    "查查我工资为什么没发",
    "台账怎么填",
    "台账上我的号码错了",
    "你好",
    "",
    "/",
    "/nothing",
    "失联的原因很多",
    "统计一下我的工资",
    "联系不上他怎么办",
    "联系不上家里人",
]


@pytest.mark.parametrize(("words", "act"), SAID.items())
def test_the_office_is_understood(words: str, act: Act) -> None:
    assert understand_office(words) == act


@pytest.mark.parametrize("words", NOT_FOR_THE_OFFICE)
def test_other_words_are_left_to_whoever_reads_them_next(words: str) -> None:
    assert understand_office(words) is None


def test_a_place_that_two_bear_is_asked_about() -> None:
    act = understand_office("失联 鼓楼区")
    assert act is not None
    assert (act.intent, act.ambiguous, len(act.options)) == ("silent", "place", 4)


def test_hostile_text_takes_no_time() -> None:
    started = time.thread_time()
    for hostile in (
        "失联 " * 3_000,
        "记 " + "张" * 10_000,
        "/" * 10_000,
        "发课" * 5_000,
        "邀请 " + "来" * 10_000,
        "台账 " * 3_000,
    ):
        understand_office(hostile)
    assert time.thread_time() - started < 0.5
