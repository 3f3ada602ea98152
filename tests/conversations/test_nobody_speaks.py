"""Mended words, channels and admins without a name: behind none of them stands a member who checks in.

Also where Telegram brings kinds of updates that nobody asked for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from bot.sandbox.bot_api import faceless
from bot.sandbox.telegram_side import TelegramSide
from storage import inbox
from tests.conversations.town import Town
from tests.conversations.ways_in import contacts_of

Voice = Callable[[TelegramSide, int], None]


@pytest.fixture
async def told_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    updates = town.world.telegram.updates
    monkeypatch.setattr(updates, "want", lambda kinds: None)
    updates.allowed = ()
    yield town


async def test_a_mended_check_in_counts_once(told_all: Town) -> None:
    town = told_all
    assert "平安" in await town.member.says("签到")
    typed = [m for m in town.world.chat(town.member.phone.id) if not m.from_bot][-1]
    town.world.edit(town.member.phone.id, typed.id, "签到。")
    assert await town.member.reads() == ""
    assert len(await contacts_of(town, town.member)) == 1
    await _nothing_was_put_aside(town)


@pytest.mark.parametrize(
    "voice",
    [
        lambda side, group: faceless.anonymous_admin_says(side, group, "/checkin"),
        lambda side, group: faceless.channel_says(side, group, "/checkin"),
        lambda side, group: faceless.linked_post_arrives(side, group, "/checkin"),
        lambda side, group: faceless.channel_posts(side, "/checkin"),
        lambda side, group: faceless.channel_posts(side, "/checkin", edited=True),
    ],
    ids=["anonymous admin", "channel in a group", "linked post", "channel post", "edited channel post"],
)
async def test_whoever_has_no_face_is_not_answered(told_all: Town, voice: Voice) -> None:
    town = told_all
    group = town.world.add_group("柳湾老乡", [town.member.phone.id, town.secretary.phone.id])
    before = town.world.telegram.updates.waiting.copy()
    voice(town.world.telegram, group.id)
    assert len(town.world.telegram.updates.waiting) > len(before)
    await town.settles()
    assert town.world.group_chat(group.id) == []
    assert [await who.reads() for who in (town.member, town.secretary)] == ["", ""]
    await _nothing_was_put_aside(town)


async def test_a_group_that_became_large_is_answered_under_its_new_id(town: Town) -> None:
    world = town.world
    group = world.add_group("柳湾老乡", [town.member.phone.id], small=True)
    large = world.upgrade_group(group.id)
    world.type_in_group(large.id, town.member.phone.id, "/checkin")
    await town.settles()
    assert [m for m in world.group_chat(large.id) if m.from_bot]
    await _nothing_was_put_aside(town)


async def _nothing_was_put_aside(town: Town) -> None:
    async with town.rehearsal.app.database.reading() as tx:
        assert set(await inbox.tally(tx)) <= {"done"}
