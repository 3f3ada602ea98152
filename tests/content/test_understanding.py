"""What members write, as they write it, and what they mean: labelled by hand in understanding.jsonl."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content.act import Act
from content.rules.understanding import understand

TODAY = date(2026, 11, 22)
CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parent / "understanding.jsonl").read_text("utf-8").splitlines()
]
# What does harm where it was not meant: a changed file, a member cut off, a number taken away.
HARMFUL = {"change_address", "change_job", "change_phone", "depart", "return", "quiet", "stop", "not_me"}

# The form of the answers: intents with the fields that were said, and no others.
FORM: list[tuple[str, list[dict[str, Any]]]] = [
    ("签到,厂里这几天赶货", [{"intent": "check_in"}]),
    ("dz 惠州惠阳淡水", [{"intent": "change_address", "place": "441303"}]),
    ("搬到新华区了", [{"intent": "change_address", "ambiguous": "place"}]),
    ("我换号了 一三九零零一三九零零一", [{"intent": "change_phone", "phone": "+8613900139001"}]),
    ("后天去嘉兴平湖进厂", [{"intent": "depart", "place": "330482", "date": "2026-11-24"}]),
    ("包工头跑了,两个月工钱没给", [{"intent": "help", "kind": "wages"}]),
    ("选B", [{"intent": "choice", "n": 2}]),
    ("去非洲援建,半年内电话打不通", [{"intent": "quiet", "until": "2027-05-22"}]),
    ("这个手机号现在是我在用,你们要找的人我不认识", [{"intent": "not_me"}]),
    ("我弟弟换工作了", [{"intent": "unknown"}]),
    ("您的快递已到菜鸟驿站,凭取件码8-2-3011领取", [{"intent": "unknown"}]),
    ("工作没换", [{"intent": "check_in"}]),
]


def told(acts: tuple[Act, ...]) -> list[dict[str, Any]]:
    """The acts as plain fields in a fixed order, the candidates of an open question left aside."""
    plain = [{k: v for k, v in json.loads(act.to_json()).items() if k != "options"} for act in acts]
    return sorted(plain, key=lambda act: str(act["intent"]))


@pytest.mark.parametrize(("words", "acts"), FORM)
def test_the_answers_have_the_agreed_form(words: str, acts: list[dict[str, Any]]) -> None:
    assert told(understand(words, TODAY)) == acts


@pytest.mark.parametrize("message", CORPUS, ids=lambda message: message["text"])
def test_a_member_is_understood(message: dict[str, Any]) -> None:
    acts = told(understand(message["text"], date.fromisoformat(message["as_of"]), message.get("options", ())))
    assert acts == sorted(message["acts"], key=lambda act: str(act["intent"]))


def test_nothing_harmful_is_read_where_it_was_not_meant() -> None:
    for message in CORPUS:
        meant = {act["intent"] for act in message["acts"]}
        read = {act.intent for act in understand(message["text"], TODAY)}
        assert not (read - meant) & HARMFUL, message["text"]


def test_a_place_two_bear_comes_with_its_candidates() -> None:
    (act,) = understand("搬到新华区了", TODAY)
    assert act.options == ("130105", "130902", "410402")


def test_a_number_a_digit_short_is_asked_about_and_never_kept() -> None:
    (act,) = understand("换手机号了 1390013900", TODAY)
    assert (act.phone, act.ambiguous, act.options) == ("", "phone", ("1390013900",))


@pytest.mark.parametrize(("words", "n"), [("种水稻", 2), ("B 种水稻", 2), ("2", 2), ("2.", 2), ("第一个", 1)])
def test_an_option_may_be_answered_by_its_words(words: str, n: int) -> None:
    assert understand(words, TODAY, ("A 养鱼", "B 种水稻")) == (Act(intent="choice", n=n),)


def test_a_choice_nobody_offered_is_none() -> None:
    assert understand("5", TODAY, ("A 养鱼", "B 种水稻")) == (Act(intent="unknown"),)


def test_a_message_may_tell_two_things() -> None:
    acts = understand("签到,另外我换了厂", TODAY)
    assert [act.intent for act in acts] == ["check_in", "change_job"]


@pytest.mark.parametrize("words", ["", " ", "。", "😊", "?!?", "\x00", "“”", "(" * 50])
def test_nothing_said_is_unknown_or_a_call_for_the_menu(words: str) -> None:
    assert understand(words, TODAY)[0].intent in ("unknown", "menu")


HOSTILE = [
    "“" * 10_000,
    "「『" * 5_000,
    "我换" * 5_000,
    "搬到昆山," * 2_000,
    "工资" * 5_000,
    "一" * 10_000,
    "139-" * 2_500,
    "三个月" * 3_333,
    "好的" * 5_000,
    " " * 9_999 + "x",
    "在昆" * 5_000,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile[:4])
def test_hostile_text_takes_no_longer_than_it_is(hostile: str) -> None:
    understand("签到", TODAY)
    started = time.thread_time()
    understand(hostile, TODAY)
    assert time.thread_time() - started < 0.2


def test_two_thousand_messages_a_second_are_understood() -> None:
    understand("我搬到昆山了", TODAY)
    started = time.process_time()
    for message in CORPUS:
        understand(message["text"], TODAY)
    assert (
        len(CORPUS) / (time.process_time() - started) > 1_000
    )  # half of what is promised: CI machines are slow
