"""What a lesson can be sent with, and its writer should look at again: they know better than a program."""

from __future__ import annotations

import re
from datetime import date

import smsutil

from content.lessons.faults import Fault
from content.lessons.library import Lesson, Wording
from content.lessons.measure import SIGNATURE
from content.words.catalogue import N_
from content.words.hotlines import PUBLIC_NUMBERS, numbers_in

# The question goes out again by itself to whoever answers with what is no option.
QUESTION_PARTS = {"": 2, "_en": 4}
_HALF_STOP = re.compile(r"[\u3400-\u9fff”）》][,;:?!()]|[,;:?!()][\u3400-\u9fff“（《]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Words a reader has to send stand in quotation marks.
_QUOTED = re.compile(r'"[^"]*"')
_MARKUP = re.compile(r"\*\*|__|<[a-z/]|\]\(|(?m:^#+ )")
_TITLED = re.compile(r"《.+》")
_NUMBERED = re.compile(r"号|\d{4}年")
_SITE = re.compile(r"[a-z0-9]+\.(?:cn|com)")

_Noted = list[tuple[str, str, dict[str, object]]]


def second_look(name: str, lesson: Lesson, today: date) -> list[Fault]:
    """Of the lesson in the file `name`, in the order in which it is written."""
    noted = [*_date(lesson, today), *_source(lesson)]
    for tail, wording in (("", lesson.chinese), ("_en", lesson.english)):
        noted += [*_question(tail, wording), *_body(tail, wording)]
    noted += [*_half_stops(lesson.chinese), *_left_in_chinese(lesson), *_numbers(lesson)]
    return [Fault(name, 0, entry, advice, fields) for entry, advice, fields in noted]


def _date(lesson: Lesson, today: date) -> _Noted:
    return [("date", N_("还没到，请确认要等到那天才发"), {})] if lesson.date > today else []


def _source(lesson: Lesson) -> _Noted:
    source = lesson.source
    noted: _Noted = []
    if not _TITLED.search(source.name):
        noted.append(("source", N_("name 最好是文件全名，带书名号：《工伤保险条例》"), {}))
    if not _NUMBERED.search(source.number):
        noted.append(("source", N_("number 最好有文号和哪年起施行"), {}))
    if not _SITE.search(source.where):
        noted.append(("source", N_("where 最好有网址，谁都查得到：www.gov.cn"), {}))
    return noted


def _question(tail: str, wording: Wording) -> _Noted:
    asked = wording.question + "".join(f"\n{n} {o}" for n, o in enumerate(wording.options, 1))
    most = QUESTION_PARTS[tail]
    if len(smsutil.split(SIGNATURE + asked).parts) <= most:
        return []
    return [(f"question{tail}", N_("和选项一起太长。单独再问一遍，要在 {most} 条短信以内"), {"most": most})]


def _body(tail: str, wording: Wording) -> _Noted:
    found = _MARKUP.search(wording.body)
    advice = N_("正文里的 {mark} 会原样显示出来，聊天里没有粗体和链接")
    return [("body_en" if tail else "", advice, {"mark": found[0]})] if found else []


def _half_stops(wording: Wording) -> _Noted:
    found = _HALF_STOP.findall(_all_of(wording))
    advice = N_("中文里有半角标点，请改成全角：{found}")
    return [("", advice, {"found": " ".join(dict.fromkeys(found))})] if found else []


def _left_in_chinese(lesson: Lesson) -> _Noted:
    said = f"{_all_of(lesson.english)}\n{lesson.source.english}"
    found = _CHINESE.findall(_QUOTED.sub("", said))
    advice = N_('英文里有汉字，看英文的人读不懂；要回复的词放在 "" 里：{found}')
    return [("", advice, {"found": " ".join(dict.fromkeys(found))})] if found else []


def _numbers(lesson: Lesson) -> _Noted:
    """A station's own number is right in a lesson, a slip of the hand is not."""
    said = numbers_in(f"{_all_of(lesson.chinese)} {_all_of(lesson.english)}")
    unknown = sorted({number for number in said if number not in PUBLIC_NUMBERS})
    return [("", N_("这些号码请再核对一遍：{numbers}"), {"numbers": ", ".join(unknown)})] if unknown else []


def _all_of(wording: Wording) -> str:
    """All that a reader gets to see, asked and answered."""
    said = (wording.title, wording.sms, wording.body, wording.question, *wording.options, wording.explanation)
    return "\n".join(said)
