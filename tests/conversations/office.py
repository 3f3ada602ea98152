"""What the conversations of liaisons and secretaries share: members who have been quiet for so long."""

from __future__ import annotations

from datetime import date, timedelta

from storage import members, people
from storage.viewer import the_programme
from tests.conversations.town import Speaker, Town


async def heard(town: Town, member: Speaker, days_ago: int, kind: str = "check_in") -> None:
    """The member's last word was so many days ago."""
    async with town.writing() as tx:
        file = await members.find(tx, the_programme(), member.id)
        assert file
        await members.set_deadlines(tx, file, town.clock.now() - timedelta(days=days_ago), kind, None)


async def lives_in(town: Town, member: Speaker, place_code: str) -> None:
    await notes(town, member, place_code=place_code)


async def notes(town: Town, member: Speaker, **facts: str | date | None) -> None:
    file = await member.file()
    async with town.writing() as tx:
        await members.note_facts(tx, file, **facts)


async def stopped(town: Town, member: Speaker) -> None:
    async with town.writing() as tx:
        await people.stop_lessons(tx, member.id, town.clock.now())


def screen(speaker: Speaker) -> str:
    """The last message of the chat as it stands now, rewritten or not."""
    return speaker.last_message().text
