"""Whom words mean, as far as the words alone tell it."""

from __future__ import annotations

import pytest

from content.rules.audience_words import Said, read_audience
from content.rules.links import has_link
from content.rules.office import understand_office


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("昆山的建筑工人", Said(places=("320583",), trades=("building",))),
        ("昆山建筑工人", Said(places=("320583",), trades=("building",))),
        ("在苏州做快递的", Said(places=("3205",), trades=("transport",))),
        ("昆山和上海的快递员", Said(places=("320583", "31"), trades=("transport",))),
        ("江苏", Said(places=("32",))),
        ("失联的", Said(standings=("silent",))),
        ("看英文的", Said(languages=("en",))),
        ("柳湾村党支部的建筑工人", Said(trades=("building",), names=("柳湾村党支部",))),
        ("湖熟支部、柳湾村", Said(names=("湖熟支部", "柳湾村"))),
        ("石远、欧阳山", Said(names=("石远", "欧阳山"))),
        ("王和平", Said(names=("王和平",))),
        ("所有外出党员", Said(everybody=True)),
        ("大家", Said(everybody=True)),
        ("", Said()),
    ],
)
def test_whom_the_words_mean(words: str, said: Said) -> None:
    assert read_audience(words) == said


def test_a_place_of_several_is_asked_for() -> None:
    assert "110105" in read_audience("朝阳").unsettled


@pytest.mark.parametrize(
    ("words", "intent", "text"),
    [
        ("发通知 明天停水，请备水。", "send_notice", "明天停水，请备水。"),
        ("给昆山的建筑工人发课 防骗", "send_lesson", "防骗"),
        ("只发柳湾村", "only_for", "柳湾村"),
        ("不发给石远", "not_for", "石远"),
        ("除了石远都发", "not_for", "石远"),
        ("试发给石远", "try_with", "石远"),
        ("英文：No water", "draft_english", "No water"),
        ("草稿", "drafts", ""),
    ],
)
def test_orders_while_a_campaign_is_made(words: str, intent: str, text: str) -> None:
    act = understand_office(words)
    assert act and (act.intent, act.text) == (intent, text)


@pytest.mark.parametrize("words", ["发给你了", "不发了", "别发了", "英文", "发提醒了吗"])
def test_what_is_no_order(words: str) -> None:
    assert understand_office(words) is None


@pytest.mark.parametrize(
    ("words", "leads_out"),
    [
        ("请看 https://example.cn/a", True),
        ("请看www.example.cn", True),
        ("打开 dangjian.example.com 报名", True),
        ("打开ｗｗｗ.example.cn", True),
        ("明天8.30到村部，第3.5条", False),
        ("联系 a.b 同志", False),
    ],
)
def test_a_link_leads_out(words: str, leads_out: bool) -> None:
    assert has_link(words) is leads_out
