"""发课: more than twenty lessons to choose from, by line, by a word, a page at a time. (S5)"""

from __future__ import annotations

import re

import pytest

from content.lessons.library import LINES, all_lessons
from tests.conversations.office import screen
from tests.conversations.town import Speaker, Town

ALL = len(all_lessons())
NEWEST = [lesson.chinese.title for lesson in all_lessons().values()][::-1]
OF_LINE = {line: [x for x in all_lessons().values() if x.line == line] for line in LINES}


def titles(sender: Speaker) -> list[str]:
    """What can be sent, of the list as it stands on the screen."""
    return [label.rpartition(" · ")[2] for label in sender.buttons() if label.rpartition(" · ")[2] in NEWEST]


async def test_the_newest_lessons_come_first_six_at_a_time(town: Town) -> None:
    said = await town.secretary.says("发课")
    assert f"共 {ALL} 课" in said
    assert titles(town.secretary) == NEWEST[:6]


async def test_every_lesson_is_reached_by_turning_pages_in_one_message(town: Town) -> None:
    await town.secretary.says("发课")
    seen, pages = titles(town.secretary), 1
    while "下一页" in town.secretary.buttons():
        await town.secretary.presses("下一页")
        seen, pages = seen + titles(town.secretary), pages + 1
    assert (seen, pages) == (NEWEST, -(-ALL // 6))
    assert len([m for m in town.world.chat(town.secretary.phone.id) if "发哪一课" in m.text]) == 1
    await town.secretary.presses("回到开头")
    assert titles(town.secretary) == NEWEST[:6]


@pytest.mark.parametrize("line", LINES)
async def test_one_line_is_shown_by_its_button_or_its_name(town: Town, line: str) -> None:
    await town.secretary.says("发课")
    await town.secretary.presses(f"{line} {len(OF_LINE[line])}")
    assert f"{line}，共 {len(OF_LINE[line])} 课" in screen(town.secretary)
    chosen = titles(town.secretary)
    assert len(chosen) == 6
    assert set(chosen) <= {lesson.chinese.title for lesson in OF_LINE[line]}
    await town.secretary.says(f"发课 {line}")
    assert titles(town.secretary) == chosen
    await town.secretary.presses(f"全部 {ALL}")
    assert titles(town.secretary) == NEWEST[:6]


async def test_a_lesson_from_a_later_page_is_sent(town: Town) -> None:
    await town.secretary.says("发课")
    await town.secretary.presses(f"实用技术 {len(OF_LINE['实用技术'])}")
    await town.secretary.presses("下一页")
    lesson = titles(town.secretary)[-1]
    assert f"《{lesson}》什么时候发" in await town.secretary.presses(lesson)


async def test_a_word_is_looked_for_in_the_titles_and_then_in_the_lessons(town: Town) -> None:
    assert "《干活受了伤，这样报工伤》什么时候发" in await town.secretary.says("发课 报工伤")
    assert "找到 " in await town.secretary.says("发课 96110")
    assert titles(town.secretary) == ["手机防骗四不要"]
    assert "没有提到“养猪”的课" in await town.secretary.says("发课 养猪")
    assert titles(town.secretary) == NEWEST[:6]


async def test_a_time_said_with_the_line_is_kept_through_the_pages(town: Town) -> None:
    await town.secretary.says("发课 政策法规 明天 19:30")
    await town.secretary.presses("下一页")
    assert "时间：11月3日 19:30" in await town.secretary.presses(titles(town.secretary)[0])


async def test_what_was_sent_already_is_marked(town: Town) -> None:
    await town.secretary.says("发课 防骗 现在")
    await town.secretary.presses("确认")
    await town.secretary.says("发课")
    assert "实用技术 · 手机防骗四不要（发过）" in town.secretary.buttons()
    await town.liaison.says("发课")
    assert "实用技术 · 手机防骗四不要" in town.liaison.buttons()


@pytest.mark.parametrize("language", ["中文", "English"])
async def test_by_sms_every_lesson_of_a_line_is_reached_each_page_in_one_part(
    town: Town, language: str
) -> None:
    """The town itself asserts that each is one part."""
    await town.liaison.says(language, by="sms")
    seen: set[str] = set()
    for n in range(1, len(LINES) + 1):
        await town.liaison.says("发课", by="sms")
        said = await town.liaison.says(str(n), by="sms")
        following = "下一页" if language == "中文" else "Next page"
        seen |= listed(said, following)
        while following in said.split("\n")[-1]:
            said = await town.liaison.says(following, by="sms")
            seen |= listed(said, following)
    assert len(seen) == ALL


def listed(said: str, following: str) -> set[str]:
    """The answers of one message that are lessons."""
    labels = re.findall(r"(?:回|Reply )\d (.+?)(?= 回\d | Reply \d |$)", said.rsplit("\n", maxsplit=1)[-1])
    return set(labels) - {following}


async def test_by_sms_a_lesson_is_chosen_in_two_answers(town: Town) -> None:
    assert "回3 实用技术" in await town.liaison.says("发课", by="sms")
    assert "手机防骗" in await town.liaison.says("3", by="sms")
    assert "何时发" in await town.liaison.says("1", by="sms")


async def test_in_english_lines_and_lessons_are_english(town: Town) -> None:
    await town.secretary.says("English")
    said = await town.secretary.says("发课")
    assert "Which lesson" in said
    await town.secretary.presses(f"Practical skills {len(OF_LINE['实用技术'])}")
    assert all(label.isascii() for label in town.secretary.buttons())


@pytest.mark.parametrize(("language", "order"), [("zh", "发课"), ("en", "/lesson")])
async def test_every_title_finds_its_lesson_as_it_is_typed_and_with_a_time(
    town: Town, language: str, order: str
) -> None:
    await town.liaison.says("English" if language == "en" else "中文", by="sms")
    for lesson in list(all_lessons().values())[::5]:
        title = lesson.in_language(language).title
        assert title in await town.liaison.says(f"{order} {title}", by="sms")
        assert "19:30" in await town.liaison.says(f"{order} {title.replace('，', ' ')} 19:30", by="sms")


async def test_what_was_planned_is_listed_by_sms_in_one_part(town: Town) -> None:
    """The town itself asserts that it is one."""
    for word in ("报工伤", "法律援助", "进场先签"):
        await town.liaison.says(f"发课 {word} 明天 19:30", by="sms")
        await town.liaison.presses("确认", by="sms")
    assert "《进场先签合同》（待发）" in await town.liaison.says("回执", by="sms")
