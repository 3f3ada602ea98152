"""Every lesson on the shelf can be sent as it stands, to a chat and to an old phone."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import smsutil

from bot.channels.contract import Button, Outgoing
from bot.channels.sms import parts_of, sms_text
from content.lessons import library
from content.lessons.library import (
    LINES,
    SHELF,
    Lesson,
    LessonUnclear,
    Wording,
    all_lessons,
    faults_on_the_shelf,
    read_lesson,
)
from content.lessons.measure import SIGNATURE, as_sent
from content.lessons.second_look import second_look
from content.words.catalogue import tongue
from content.words.hotlines import PUBLIC_NUMBERS, numbers_in
from content.words.lesson_letter import lesson_letter, lesson_title, short_title

GOOD = (SHELF / "unpaid-wages.md").read_text(encoding="utf-8")
TONGUES = ("zh", "en")


def changed(entry: str, to: str) -> str:
    """The good lesson with one entry of its head written otherwise; what stood below the entry goes."""
    text, found = re.subn(rf"(?m)^{entry}:.*\n(?:[ ]+.*\n|\n(?=[ ]))*", f"{entry}: {to}\n", GOOD, count=1)
    assert found
    return text


def written() -> list[tuple[str, str, Wording]]:
    return [(slug, code, x.in_language(code)) for slug, x in all_lessons().items() for code in TONGUES]


@pytest.mark.parametrize("line", LINES)
def test_each_of_the_three_lines_has_lessons_for_a_season(line: str) -> None:
    assert len(of_line(line)) >= 5
    assert len(all_lessons()) >= 20


def of_line(line: str) -> list[Lesson]:
    return [lesson for lesson in all_lessons().values() if lesson.line == line]


def whole(wording: Wording) -> str:
    """All that a reader gets to see, asked and answered."""
    options = "\n".join(wording.options)
    said = (wording.title, wording.sms, wording.body, wording.question, options, wording.explanation)
    return "\n".join(said)


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def test_no_file_is_left_on_the_shelf() -> None:
    assert faults_on_the_shelf() == ()
    assert set(all_lessons()) == {p.stem for p in SHELF.glob("*.md")} - {"README"}


def test_a_lesson_written_wrong_costs_itself_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "unpaid-wages.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    monkeypatch.setattr(library, "SHELF", tmp_path)
    sound, faults = library._shelf.__wrapped__()
    assert [*sound] == ["unpaid-wages"]
    assert [Path(fault.name).name for fault in faults] == ["folder.md", "wrong.md"]


@pytest.mark.parametrize(("slug", "code", "wording"), written())
def test_an_sms_lesson_is_paid_for_in_three_parts_at_most(slug: str, code: str, wording: Wording) -> None:
    """With its question and options, as the door for old phones sends it."""
    letter = lesson_letter(tongue(code), all_lessons()[slug], "sending")
    buttons = tuple(tuple(Button(choice.label, "token") for choice in row) for row in letter.choices)
    sent = sms_text(Outgoing("+8613900139001", letter.sms, "reference", buttons), SIGNATURE)
    assert sent == as_sent(wording.sms, wording.question, wording.options)
    assert parts_of(sent) <= (3 if code == "zh" else 6)


@pytest.mark.parametrize(("code", "longest", "parts"), [("zh", 50, 1), ("en", 98, 2)])
def test_the_longest_explanation_goes_out_in_one_sms_and_two_in_english(
    code: str, longest: int, parts: int
) -> None:
    why = ("因" if code == "zh" else "x") * longest
    told = tongue(code).say("没答对，正确的是{letter}。{why}", letter="B", why=why)
    assert parts_of(SIGNATURE + told) == parts


@pytest.mark.parametrize(("slug", "code", "wording"), written())
def test_question_and_options_fit_into_one_sms_of_two_parts(slug: str, code: str, wording: Wording) -> None:
    asked = wording.question + "".join(f"\n{n} {o}" for n, o in enumerate(wording.options, 1))
    assert len(smsutil.split(SIGNATURE + asked).parts) <= (2 if code == "zh" else 4)


def test_english_readers_are_not_handed_chinese() -> None:
    """But for the words a reader has to send, which stand in quotation marks."""
    for slug, code, wording in written():
        said = re.sub(r'"[^"]*"', "", " ".join([wording.title, wording.sms, wording.body, wording.question]))
        assert bool(re.search(r"[\u4e00-\u9fff]", said)) == (code == "zh"), slug


@pytest.mark.parametrize("line", LINES)
def test_whoever_always_picks_the_same_letter_is_mostly_wrong(line: str) -> None:
    stands = Counter(lesson.right for lesson in of_line(line))
    assert max(stands.values()) <= len(of_line(line)) / 2
    assert len(stands) == 3


@pytest.mark.parametrize("slug", all_lessons())
def test_every_lesson_names_a_document_that_anybody_can_find(slug: str) -> None:
    source = all_lessons()[slug].source
    assert re.fullmatch(r"《.+》", source.name)
    assert re.search(r"号|\d{4}年", source.number)
    assert re.search(r"[a-z0-9]+\.(cn|com)", source.where)


def test_no_lesson_is_dated_ahead_of_its_day() -> None:
    assert [slug for slug, lesson in all_lessons().items() if lesson.date > today()] == []


@pytest.mark.parametrize("code", TONGUES)
def test_lessons_are_told_apart_by_their_titles_and_by_what_an_sms_shows_of_them(code: str) -> None:
    t = tongue(code)
    for shown in (lesson_title, short_title):
        twice = [title for title, n in Counter(shown(t, x) for x in all_lessons().values()).items() if n > 1]
        assert twice == []


def test_no_two_lessons_begin_with_the_same_words() -> None:
    assert len({lesson.chinese.body[:6] for lesson in all_lessons().values()}) == len(all_lessons())


@pytest.mark.parametrize(("slug", "code", "wording"), written())
def test_a_lesson_names_public_numbers_and_no_others(slug: str, code: str, wording: Wording) -> None:
    """A wrong number costs a person in need the call; a private one is somebody else's telephone."""
    assert set(numbers_in(whole(wording))) <= set(PUBLIC_NUMBERS)


@pytest.mark.parametrize("slug", all_lessons())
def test_the_english_sends_nobody_to_another_number(slug: str) -> None:
    chinese, english = all_lessons()[slug].chinese, all_lessons()[slug].english
    assert set(numbers_in(whole(english))) <= set(numbers_in(whole(chinese)))


@pytest.mark.parametrize("slug", all_lessons())
def test_chinese_is_set_with_chinese_stops(slug: str) -> None:
    text = whole(all_lessons()[slug].chinese)
    assert re.findall(r"[\u3400-\u9fff”）》][,;:?!()]|[,;:?!()][\u3400-\u9fff“（《]", text) == []


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("问12333，或打120。", ["12333", "120"]),
        ("Ask 12333. Or 96110, or 0512-65123456.", ["12333", "96110", "0512-65123456"]),
        ("站里的电话13900139001", ["13900139001"]),
        ("一分钟120下，车后150米，12000元，交了120元，2026年", []),
        ("第1234条，si.12333.gov.cn", []),
    ],
)
def test_telephone_numbers_are_found_among_other_figures(said: str, numbers: list[str]) -> None:
    assert numbers_in(said) == numbers


def test_the_oldest_lesson_comes_first() -> None:
    dates = [lesson.date for lesson in all_lessons().values()]
    assert dates == sorted(dates)


def test_the_good_lesson_that_the_faults_below_start_from_is_read() -> None:
    assert read_lesson(GOOD) == all_lessons()["unpaid-wages"]


@pytest.mark.parametrize(
    ("entry", "to", "advice"),
    [
        ("slug", "Unpaid Wages", "小写字母"),
        ("line", "小道消息", "形势教育、政策法规、实用技术"),
        ("date", "上个月", "2026-11-22"),
        ("date", "2026-11-22 10:00:00", "2026-11-22"),
        ("source", "听人说的", "没有出处"),
        ("source", "{name: 条例, number: 第1号, body: 国务院, where: ''}", "缺少 where"),
        ("title", "", "没有写"),
        ("title_en", "[one, two]", "一句话"),
        ("date", "2026-11-31", "2026-11-22"),
        ("sms", "长" * 194, "4 条短信"),
        ("sms_en", "x" * 270, "7 条短信"),
        ("sms_en", "Ask 妇联", "有汉字"),
        ("options", "[只有一个]", "2 到 4 个"),
        ("options", "[一样, 一样]", "2 到 4 个"),
        ("options_en", "[one, two]", "共 3 个"),
        ("right", "0", "1 到 3"),
        ("right", "4", "1 到 3"),
        ("right", "第二个", "数字"),
        ("right", "[1, 2]", "只能有一个"),
        ("options_en", "[one, two, '']", "有一项是空的"),
        ("options_en", "[one, two, {three: four}]", "半角冒号"),
        ("places", "[江苏]", "GB/T 2260"),
        ("explanation", "因" * 51, "50 个字以内"),
        ("explanation_en", "x" * 99, "98 个字以内"),
        ("trades", "建筑", "分成几项"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_do(entry: str, to: str, advice: str) -> None:
    text = changed(entry, to)
    line = 1 + [row.split(":")[0] for row in text.splitlines()].index(entry)
    with pytest.raises(LessonUnclear, match=rf"第{line}行：{entry} .*{advice}"):
        read_lesson(text)


@pytest.mark.parametrize(
    ("was", "is_now", "line", "advice"),
    [
        ("title: 工资被拖欠，", "title: 工资被拖欠: ", 12, "半角冒号"),
        ("title: 工资被拖欠，", 'title: "工资"被拖欠，', 12, "引号"),
        ("title: 工资", "title：工资", 12, "半角冒号，再空一格"),
        ("title: 工资", "title:工资", 12, "半角冒号，再空一格"),
        ("  - 行，总比没有强", "  -行，总比没有强", 15, "前面写“- ”"),
        ("  name: ", "\tname: ", 6, "Tab"),
        ("explanation: 农民工", "explanation: 条例说，\n农民工", 21, "没有项名"),
        ("title: 工资", "title: *工资", 12, "符号开头"),
    ],
)
def test_a_slip_of_the_hand_is_told_where_it_is(was: str, is_now: str, line: int, advice: str) -> None:
    """The reader of the head notices most of them a line or more below."""
    assert was in GOOD
    for above in ("", "\n\n"):
        with pytest.raises(LessonUnclear, match=rf"^第{line + len(above)}行：.*{re.escape(advice)}"):
            read_lesson(above + GOOD.replace(was, is_now, 1))


def test_an_entry_written_twice_is_no_quiet_choice_of_the_program() -> None:
    with pytest.raises(LessonUnclear, match="第20行：right 写了两次"):
        read_lesson(GOOD.replace("right: 2", "right: 1\nright: 2"))


def test_words_stay_words_and_numbers_may_stand_in_quotes() -> None:
    lesson = read_lesson(changed("options_en", "[Yes, No, 007]").replace("right: 2", 'right: "2"'))
    assert lesson.english.options == ("Yes", "No", "007")
    assert lesson.right == 2


@pytest.mark.parametrize("slug", all_lessons())
def test_nothing_on_the_shelf_needs_a_second_look(slug: str) -> None:
    assert second_look("", all_lessons()[slug], today()) == []


@pytest.mark.parametrize(
    ("was", "is_now", "advice"),
    [
        ("date: 2026-11-02", "date: 2036-11-02", "还没到"),
        ("name: 《保障农民工工资支付条例》", "name: 条例", "书名号"),
        ("number: 国务院令第724号，2020年5月1日起施行", "number: 新", "文号"),
        ("where: 中国政府网 www.gov.cn", "where: 中国政府网", "网址"),
        ("打12333，或者", "打12334，或者", "12334"),
        ("打12333，或者", "打12333,或者", "半角标点"),
        ("title_en: Wages", "title_en: 工资 Wages", "英文里有汉字"),
        ("一、工资必须", "一、**工资必须", "原样显示"),
        ("  - 大家都同意就行", "  - 大家都同意就行" + "了" * 110, "再问一遍"),
    ],
)
def test_what_can_be_sent_but_looks_wrong_is_pointed_out(was: str, is_now: str, advice: str) -> None:
    assert was in GOOD
    text = GOOD.replace(was, is_now, 1)
    if advice == "再问一遍":
        text = re.sub(r"(?m)^sms: .*$", "sms: 短", text)
    noted = second_look("a.md", read_lesson(text), today())
    assert [advice in fault.told(tongue("zh")) for fault in noted] == [True]


def test_an_sms_of_exactly_three_parts_is_taken() -> None:
    wording = all_lessons()["unpaid-wages"].in_language("zh")
    longest = 3 * 67 - len(as_sent("", wording.question, wording.options))
    assert len(read_lesson(changed("sms", "长" * longest)).in_language("zh").sms) == longest
    with pytest.raises(LessonUnclear, match="4 条短信"):
        read_lesson(changed("sms", "长" * (longest + 1)))


def test_a_head_that_is_no_yaml_is_pointed_at_by_line() -> None:
    with pytest.raises(LessonUnclear, match="第3行"):
        read_lesson("---\nslug: a\nline: ]\n---\n正文")


@pytest.mark.parametrize("text", ["", "只有正文", "---\n- a\n- b\n---\n正文"])
def test_a_text_without_a_head_is_no_lesson(text: str) -> None:
    with pytest.raises(LessonUnclear, match="第1行"):
        read_lesson(text)


@pytest.mark.parametrize("length", [199, 501])
def test_a_chat_text_is_neither_a_line_nor_a_lecture(length: int) -> None:
    head = GOOD[: GOOD.index("---", 4) + 4]
    with pytest.raises(LessonUnclear, match="200 到 500"):
        read_lesson(head + "字" * length)


def test_a_lesson_is_found_under_the_name_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "wages.md"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(LessonUnclear, match=r"wages\.md第2行：slug"):
        read_lesson(file)


def test_all_that_is_to_be_done_is_said_at_once_from_the_top_down() -> None:
    text = changed("line", "小道消息").replace("right: 2", "right: 9").replace("trades: []", "trade: [建筑]")
    with pytest.raises(LessonUnclear) as unclear:
        read_lesson(text)
    assert [fault.entry for fault in unclear.value.faults] == ["line", "trade", "right"]
    assert [fault.line for fault in unclear.value.faults] == [3, 10, 19]


def test_a_fault_is_told_in_english_too() -> None:
    with pytest.raises(LessonUnclear) as unclear:
        read_lesson(changed("title", ""))
    told = unclear.value.faults[0].told(tongue("en"))
    assert told.endswith("title is missing; please write it.")


def test_what_depends_on_a_faulty_entry_is_no_second_fault() -> None:
    with pytest.raises(LessonUnclear) as unclear:
        read_lesson(changed("options", "[只有一个]"))
    assert [fault.entry for fault in unclear.value.faults] == ["options"]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "空的"),
        (b"\n \n", "空的"),
        (GOOD.encode("gbk"), "UTF-8"),
        (GOOD.encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), "Word"),
        (b"%PDF-1.4\n", "PDF"),
    ],
)
def test_a_file_that_is_no_text_is_one_clear_line(tmp_path: Path, content: bytes, advice: str) -> None:
    file = tmp_path / "unpaid-wages.md"
    file.write_bytes(content)
    with pytest.raises(LessonUnclear, match=rf"^unpaid-wages\.md.*{advice}.*$"):
        read_lesson(file)


def test_a_lesson_that_the_shelf_would_not_show_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "unpaid-wages.txt"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(LessonUnclear, match=r"以 \.md 结尾"):
        read_lesson(file)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_notepad_makes_of_a_lesson_is_read(tmp_path: Path, ends: str) -> None:
    file = tmp_path / "unpaid-wages.md"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", ends).encode())
    assert read_lesson(file) == all_lessons()["unpaid-wages"]
