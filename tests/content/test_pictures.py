"""Pictures: their sizes, and that Chinese signs are drawn and not the boxes of a missing typeface."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from datetime import date

import pytest

from content.pictures.ink import png
from content.pictures.layout import _widths, svg
from content.pictures.of_coverage import MOST_BARS, coverage_sheet
from content.pictures.of_figures import figures_sheet
from content.pictures.sheet import Bar, Part, Section, Sheet
from content.rules.coverage import Coverage, together
from content.rules.figures import Figures
from content.words.catalogue import tongue

DAY = date(2026, 11, 22)
FIGURES = Figures(
    106,
    106,
    0,
    {"out_of_province": 32, "other_county": 23, "within_city": 51},
    {"building": 31, "trade": 18, "factory": 18, "catering": 14, "services": 15, "transport": 10},
    {"1_to_3_years": 25, "over_3_years": 81},
)


def sheet(title: str = "云汀区委") -> Sheet:
    return Sheet(title, "", (), (), "")


def pixels(picture: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height, and the rows of a PNG as RGBA, its filters undone."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert picture[24:26] == b"\x08\x06"
    at, packed = 8, b""
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        packed += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return width, height, _unfiltered(zlib.decompress(packed), width * 4)


def _unfiltered(raw: bytes, stride: int) -> list[bytes]:
    rows: list[bytes] = []
    before = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        how, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, up = row[i - 4] if i >= 4 else 0, before[i]
            corner = before[i - 4] if i >= 4 else 0
            row[i] = (row[i] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[how]) % 256
        rows.append(bytes(row))
        before = row
    return rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def ink(title: str) -> bytes:
    """The dark and light of the line with the title, a byte a pixel."""
    _, _, rows = pixels(png(sheet(title)))
    return b"".join(bytes(row[i] for i in range(0, len(row), 4)) for row in rows[40:96])


@pytest.mark.parametrize(("paper", "size"), [("phone", (720, 1278)), ("a4", (2480, 3508))])
def test_for_a_phone_and_for_a_printer(paper: str, size: tuple[int, int]) -> None:
    drawn = png(figures_sheet(tongue("zh"), "云汀区委", FIGURES, DAY), "a4" if paper == "a4" else "phone")
    assert struct.unpack(">II", drawn[16:24]) == size


def test_each_sign_has_a_form_of_its_own() -> None:
    """A typeface without them draws the same box for both, and a box more has more ink in it."""
    signs = [ink(sign * 3) for sign in ("统", "计", "党", "员", "骨", "直")]
    blank = ink("")
    assert len(set(signs)) == len(signs) and blank not in signs
    dark = [sum(255 - byte for byte in one) - sum(255 - byte for byte in blank) for one in signs]
    assert min(dark) > 10_000


def test_the_forms_are_those_of_simplified_chinese() -> None:
    """骨 and 直 are written otherwise in Japan; the same file holds both."""
    japanese = svg(sheet("骨直"), "phone").replace("Noto Sans CJK SC", "Noto Sans CJK JP")
    assert "Noto Sans CJK SC" in svg(sheet("骨直"), "phone")
    assert _drawn(japanese) != _drawn(svg(sheet("骨直"), "phone"))


def _drawn(text: str) -> bytes:
    code = (
        "import sys,resvg_py; from content.pictures import ink;"
        "sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=sys.stdin.read(),"
        "font_files=[ink._typeface()],skip_system_fonts=True)))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, check=True)
    return done.stdout


def test_a_sheet_is_kept_as_text_and_drawn_the_same_by_a_process_of_its_own() -> None:
    shown = figures_sheet(tongue("en"), "云汀区委", FIGURES, DAY)
    assert Sheet.from_json(shown.to_json()) == shown
    command = [sys.executable, "-m", "content.pictures", "phone"]
    drawn = subprocess.run(command, input=shown.to_json().encode(), capture_output=True, check=True)
    assert drawn.stdout == png(shown)


def test_words_of_others_are_words_and_no_markup() -> None:
    text = svg(sheet('<image href="file:///etc/passwd"/>&'), "phone")
    assert "<image" not in text and "&lt;image" in text


def test_long_names_stand_above_their_bars_and_never_run_out() -> None:
    bars = (Bar("一个名字长得在手机上写不下的村党支部委员会", (Part(1),), "1"),)
    tall = svg(Sheet("甲" * 60, "", (), (Section("各支部", bars),), ""), "phone")
    short = svg(Sheet("甲", "", (), (Section("各支部", (Bar("村", (Part(1),), "1"),)),), ""), "phone")
    assert _height(tall) > _height(short)
    assert 'font-size="10.33"' in tall  # twice thirty signs in 310 points
    assert tall.count(f">{'甲' * 30}</text>") == 2


def _height(text: str) -> int:
    return int(text.split('height="')[1].split('"', maxsplit=1)[0])


def test_more_branches_than_a_phone_shows_go_together() -> None:
    rows = [(f"第{n}支部", Coverage(10, 10, 9, n % 5, 0, 1)) for n in range(40)]
    made = coverage_sheet(tongue("zh"), "课", "各支部", together(rows), rows, "今天")
    assert len(made.sections[0].bars) == MOST_BARS
    assert made.sections[0].bars[-1].label == "其余 27 个"
    assert sum(bar.n for bar in made.sections[0].bars) == 400


def test_nobody_away_is_drawn_as_well() -> None:
    assert png(figures_sheet(tongue("zh"), "空支部", Figures(), DAY))


def test_a_long_english_name_is_broken_between_words() -> None:
    text = svg(sheet("Whereabouts of the Members of the Joint Branch of Yushan Town"), "phone")
    assert ">Whereabouts of the Members of the</text>" in text


def test_a_small_share_is_not_none_and_all_but_one_are_not_all() -> None:
    many = Figures(1000, 1000, 0, {"out_of_province": 999, "other_county": 1}, {}, {})
    shares = [bar.beside for bar in figures_sheet(tongue("zh"), "云汀区委", many, DAY).sections[0].bars]
    assert shares == [">99%", "<1%", ""]


def test_a_branch_of_three_is_seen_beside_one_of_three_hundred() -> None:
    rows = [("小支部", Coverage(3, 3, 3, 1, 1, 0)), ("大支部", Coverage(300, 300, 300, 100, 100, 0))]
    made = coverage_sheet(tongue("zh"), "课", "各支部", together(rows), rows, "今天").sections[0]
    assert _widths(made, 0) == _widths(made, 1)


def test_no_heading_stands_above_nothing() -> None:
    made = figures_sheet(tongue("zh"), "空支部", Figures(), DAY)
    assert [section.heading for section in made.sections] == ["去哪里", "出去多久"]


def test_english_labels_begin_with_a_capital() -> None:
    text = svg(figures_sheet(tongue("en"), "云汀区委", FIGURES, DAY), "phone")
    assert ">Home</text>" in text
