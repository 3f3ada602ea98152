"""Nobody is spoken to in half a language: what Chinese says, English says too."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from content.words import catalogue, update
from content.words.catalogue import TongueUnknown, tongue

# Examples of places as they have to be written, and the names of columns that a roster is read by.
CHINESE_IN_ENGLISH = re.compile("苏州昆山|江苏昆山|姓名|党员电话|联系人电话")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def said() -> Catalog:
    return update.messages_in_source()


@pytest.fixture(scope="module")
def english() -> Catalog:
    return update.english()


def test_whatever_is_said_in_chinese_has_its_english(said: Catalog, english: Catalog) -> None:
    missing = [m.id for m in said if m.id and m.id not in english]
    assert not missing, "run python -m content.words.update, then write the English"
    assert not update.waiting(english), "empty or marked fuzzy in content/words/en.po"


def test_no_english_is_kept_for_what_nobody_says_any_more(said: Catalog, english: Catalog) -> None:
    assert [m.id for m in english if m.id and m.id not in said] == []
    assert not english.obsolete


def test_the_english_has_the_fields_of_the_chinese(english: Catalog) -> None:
    translated = [m for m in english if m.id and all(_forms(m.string))]
    assert [m.id for m in translated if not _same_fields(m)] == []


def test_the_english_is_english(english: Catalog) -> None:
    texts = [text for m in english if m.id for text in _forms(m.string)]
    assert [text for text in texts if CHINESE.search(CHINESE_IN_ENGLISH.sub("", text))] == []


def test_the_catalogue_is_as_the_update_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = catalogue.ENGLISH.read_text(encoding="utf-8")
    copy = tmp_path / "en.po"
    copy.write_text(before, encoding="utf-8")
    monkeypatch.setattr(update, "ENGLISH", copy)
    update.update()
    assert copy.read_text(encoding="utf-8") == before


def test_a_sentence_is_written_whole_where_it_is_said() -> None:
    """A sentence put together at run time is never found by the extractor, and stays Chinese for ever."""
    assert [place for file in update.sources() for place in _patched_sentences(file)] == []


def test_a_day_is_written_as_people_at_home_write_it() -> None:
    day = date(2026, 11, 2)
    assert [tongue("zh").day(day), tongue("zh").day_and_year(day)] == ["11月2日", "2026年11月2日"]
    assert [tongue("en").day(day), tongue("en").day_and_year(day)] == ["2 Nov", "2 Nov 2026"]


def test_the_hour_is_that_of_the_clock_on_the_wall_there() -> None:
    moment = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
    assert tongue("zh").time(moment, ZoneInfo("Asia/Shanghai")) == "18:05"


def test_a_word_without_english_is_said_in_chinese_rather_than_not_at_all() -> None:
    unheard_of = "{name}没有英文"
    assert tongue("en").say(unheard_of, name="王**") == "王**没有英文"


def test_saying_nothing_says_nothing() -> None:
    assert tongue("en").say("") == ""


def test_braces_that_a_person_typed_stay_as_typed() -> None:
    assert tongue("zh").say("{text}", text="{name} {0}") == "{name} {0}"


def test_only_two_languages_are_kept() -> None:
    with pytest.raises(TongueUnknown):
        tongue("fr")


def _same_fields(message: Message) -> bool:
    chinese, english = _fields(_forms(message.id)), _fields(_forms(message.string))
    return english <= chinese if message.pluralizable else english == chinese


def _forms(text: str | Iterable[str] | None) -> list[str]:
    return [text or ""] if isinstance(text, str | None) else list(text)


def _fields(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _patched_sentences(file: Path) -> Iterator[str]:
    calls = (n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    for call in calls:
        first = call.args[0] if call.args and _name(call.func) in update.KEYWORDS else None
        if isinstance(first, ast.JoinedStr | ast.BinOp | ast.IfExp):
            yield f"{file.relative_to(update.ROOT)}:{call.lineno}"


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")
