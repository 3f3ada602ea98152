"""An alarm fits one SMS, says what to do, and names nobody."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.channels.sms import parts_of
from content.letter import Letter
from content.rules.receipts import meaning_of
from content.words.alarm import NEVER_PASSES, WORDS, alarm, all_clear
from content.words.catalogue import tongue
from storage.trouble import Trouble

SIGNATURE = "【联动】"


@pytest.mark.parametrize("what", WORDS)
def test_each_is_one_sms_in_chinese_and_three_parts_at_most_in_english(what: str) -> None:
    for code, most in (("zh", 1), ("en", 3)):
        t = tongue(code)
        for letter in (alarm(t, what), all_clear(t, what, "08:00", "20:30")):
            assert parts_of(SIGNATURE + letter.sms) <= most, letter.sms
            assert letter.chat and letter.sms != letter.chat


@pytest.mark.parametrize("what", WORDS)
def test_each_says_what_is_wrong_and_what_to_do(what: str) -> None:
    letter: Letter = alarm(tongue("zh"), what)
    wrong, todo, then = letter.chat.splitlines()
    assert wrong.startswith("⚠ ") and todo.startswith("请") and "请" in letter.sms
    assert "不会丢" in then


def test_there_are_words_for_each_trouble_and_for_each_account_that_is_shut() -> None:
    assert set(get_args(Trouble)) | NEVER_PASSES <= set(WORDS)
    for word in NEVER_PASSES - {"webhook_refused"}:
        assert meaning_of(word).then == "ours"
