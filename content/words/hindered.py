"""What a sender reads of a campaign that our own side keeps back: why, and what is to be done by whom."""

from __future__ import annotations

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.rules.receipts import meaning_of
from content.words.catalogue import Tongue
from content.words.lesson_letter import lesson_title


def kept_back(t: Tongue, slug: str, word: str) -> Letter:
    """Nothing goes out by SMS at all: the administrator mends it, and the rest goes out by itself."""
    what, why = _what(t, slug), _why(t, word)
    return Letter(
        chat=t.say(
            "{what}有一部分发不出去：{why}。没发的都留着，不算没送到，也不用打电话转告。"
            "已经告诉管理员，修好后自己接着发。",
            what=what,
            why=why,
        ),
        sms=t.say("您发的有一部分先发不出：{why}。修好后自己接着发，不用管。", why=why),
    )


def stopped(t: Tongue, campaign_id: str, slug: str, word: str, mine: bool) -> Letter:
    """This message alone is refused: it is paused until somebody says that it is mended."""
    what, why = _what(t, slug), _why(t, word)
    go_on = Choice(t.say("继续发"), Act(intent="resume_campaign", about={"campaign": campaign_id}))
    return Letter(
        chat=t.say(
            "{what}先暂停了：短信平台不收，{why}。没发的都留着。"
            "请管理员在短信平台办好（报备签名，或让模板通过审核），办好后点“继续发”。",
            what=what,
            why=why,
        ),
        sms=t.say("有一条群发先暂停了：{why}。请管理员办好，再发“继续”。", why=why),
        choices=((go_on,),) if mine else (),
    )


def _what(t: Tongue, slug: str) -> str:
    lesson = all_lessons().get(slug)
    return t.say("《{title}》", title=lesson_title(t, lesson)) if lesson else t.say("您发的通知")


def _why(t: Tongue, word: str) -> str:
    meaning = meaning_of(word)
    return meaning.says if t.code == "zh" else meaning.in_english
