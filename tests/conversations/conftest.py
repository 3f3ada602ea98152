"""A town for each conversation. Whatever was said in it: nobody was sent a second part, and no SMS to a
liaison or secretary named a member, and each was spoken to in their own language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.at_night import letters_into_the_night
from tests.conversations.town import Town, a_town


@pytest.fixture
def settings_file() -> str:
    """What a file of tests sets otherwise, as in liandong.toml."""
    return ""


@pytest.fixture
async def town(tmp_path: Path, settings_file: str) -> AsyncIterator[Town]:
    (tmp_path / "liandong.toml").write_text(settings_file, "utf-8")
    async with a_town(tmp_path) as town:
        yield town
        assert not town.long_texts_to_members()
        assert not town.members_named_to_office()
        assert not town.long_texts_to_office()
        assert not town.ear.wrong
        async with town.reading() as tx:
            assert not await letters_into_the_night(tx)
