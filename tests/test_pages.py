"""What the pages of this project point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "content" / "lessons" / "README.md"]
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
_PATH = re.compile(r"`((?:bot|handlers|schedules|storage|content|tests|docs|requirements)/[\w./-]+)`")
# The recipe in CONTRIBUTING is for a file that somebody is yet to write.
_YET_TO_BE_WRITTEN = {"tests/conversations/test_contribution.py"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_every_path_on_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link for link in _LINK.findall(text)]
    paths = [ROOT / path for path in _PATH.findall(text) if path not in _YET_TO_BE_WRITTEN]
    assert [str(one) for one in (*links, *paths) if not one.exists()] == []


def test_the_map_of_the_house_stays_one_page() -> None:
    assert len((ROOT / "docs" / "house.md").read_text(encoding="utf-8").splitlines()) < 60
