"""Rosters that were sent to the bot: fetched and looked at beside everything else, imported when told to.

Each step ends in one transaction with the letter that tells of it: a crash before it leaves the step to be
done again, and none is told or done twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.channels.contract import Channel, MessageRefused, SendingFailed
from bot.clock import Clock
from content.letter import Letter
from content.rules.retry import wait_after
from content.rules.roles import may
from content.words.catalogue import N_, Tongue, tongue
from handlers.roster import letters
from handlers.roster.importing import Roster, do_import, show_import
from handlers.roster.marked import marked_workbook
from handlers.roster.opening import FILE_BYTES
from handlers.roster.plan import Plan
from handlers.roster.reading import Workbook, read_workbook
from handlers.roster.unreadable import WorkbookUnreadable
from storage import offices, outbox, people, post, sent_reports, sent_rosters
from storage.addresses import AddressTaken
from storage.database import Database, Transaction
from storage.sent_rosters import SentRoster
from storage.turnstile import SomebodyElseAtIt, alone_at
from storage.units import UnitTaken
from storage.viewer import Viewer

ATTEMPTS = 6
# Comparing these takes about two seconds of the process in which members are answered.
MOST_ROWS = 10_000
_SOON = timedelta(seconds=10)

GONE = N_("这个文件取不到了，没有导入。请再发一次。")
NOT_NOW = N_("刚才没有办成，是我们这边出了问题，什么都没有改。请过一会儿再发一次表格。")
TOO_MANY_ROWS = N_("名单超过{limit}行，没有导入。请按支部拆成几个再发，或者请管理员在电脑上导入。")
NO_LONGER = N_("现在只有支部书记能导入名册，没有导入，什么都没有改。")

log = structlog.get_logger()


class TooManyRows(Exception):
    """A county's roster keeps the process busy for too long; the command line is a process of its own."""


class NotTheirs(Exception):
    """They hold no office any more in which a roster is kept."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One sender at work: what they may see, and in what language they are told."""

    roster: SentRoster
    viewer: Viewer
    tongue: Tongue


class RosterDesk:
    def __init__(
        self, database: Database, channels: Mapping[str, Channel], clock: Clock, wake: Callable[[], None]
    ) -> None:
        """`wake` is told that a letter waits to be sent."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._wake = wake

    async def is_idle(self) -> bool:
        async with self._database.reading() as tx:
            left = await sent_rosters.is_work_left(tx, self._clock.now())
            return not left and not await sent_reports.are_left(tx)

    async def work(self) -> int:
        """The next roster one step on; how many steps were taken, 0 when none is due."""
        if await self.is_idle():
            return 0
        try:
            async with alone_at(self._database, "sent-rosters"):
                return await self._tidy() + await self._next()
        except SomebodyElseAtIt:
            return 0  # another replica does it

    async def _tidy(self) -> int:
        async with self._database.writing() as tx:
            return await sent_rosters.expire(tx, self._clock.now()) + await sent_reports.forget_reports(tx)

    async def _next(self) -> int:
        async with self._database.reading() as tx:
            roster = await sent_rosters.next_due(tx, self._clock.now())
        if roster is None:
            return 0
        try:
            await self._step(roster)
        except (SomebodyElseAtIt, SendingFailed, AddressTaken, UnitTaken) as hindrance:
            await self._put_off(roster, hindrance)
        except Exception as error:
            # Whatever it is, those behind it are not to wait for it, and its sender is to hear of it.
            log.error("roster_failed", roster=roster.id, exc_info=error)
            await self._put_off(roster, error)
        self._wake()
        return 1

    async def _step(self, roster: SentRoster) -> None:
        async with self._database.reading() as tx:
            language = tongue(await people.language_of(tx, roster.person_id))
        try:
            desk = await self._desk(roster, language)
            content = await self._channels[roster.channel].download(roster.file_id, FILE_BYTES)
            workbook = await asyncio.to_thread(read_workbook, content)
            if len(workbook.rows) > MOST_ROWS:
                raise TooManyRows
        except NotTheirs:
            await self._refuse(roster, language.say(NO_LONGER))
        except WorkbookUnreadable as unreadable:
            await self._refuse(roster, unreadable.told(language))
        except TooManyRows:
            await self._refuse(roster, language.say(TOO_MANY_ROWS, limit=MOST_ROWS))
        except MessageRefused:
            await self._refuse(roster, language.say(GONE))
        else:
            is_told_to = roster.state == "accepted"
            await (self._import(desk, workbook) if is_told_to else self._show(desk, content, workbook))

    async def _desk(self, roster: SentRoster, language: Tongue) -> Desk:
        async with self._database.reading() as tx:
            held = await offices.offices_of(tx, roster.person_id)
        if not may(frozenset(office.role for office in held), "secretary"):
            raise NotTheirs
        return Desk(roster, offices.viewer_with(roster.person_id, held), language)

    async def _show(self, desk: Desk, content: bytes, workbook: Workbook) -> None:
        now = self._clock.now()
        plan = await show_import(self._database, desk.viewer, Roster(workbook), now)
        marked = await asyncio.to_thread(marked_workbook, content, plan, desk.tongue)
        letter = letters.shown(plan, marked, desk.roster.id, desk.tongue)
        async with self._database.writing() as tx:
            moved = (
                await sent_rosters.move(tx, now, desk.roster.id, "sent", "shown")
                if plan.deeds
                else await sent_rosters.settle(tx, now, desk.roster.id, "sent", "refused")
            )
            sent = await self._tell(tx, desk.roster, letter) if moved else None
            if sent:
                await sent_reports.note_report(tx, desk.roster.id, sent)

    async def _import(self, desk: Desk, workbook: Workbook) -> None:
        async def told(tx: Transaction, plan: Plan) -> None:
            now = self._clock.now()
            if await sent_rosters.settle(tx, now, desk.roster.id, "accepted", "imported"):
                await self._tell(tx, desk.roster, letters.imported(plan, desk.tongue))

        who = desk.roster.person_id
        await do_import(self._database, desk.viewer, Roster(workbook), self._clock.now(), who, told)

    async def _refuse(self, roster: SentRoster, line: str) -> None:
        async with self._database.writing() as tx:
            if await sent_rosters.settle(tx, self._clock.now(), roster.id, roster.state, "refused"):
                await self._tell(tx, roster, letters.said(line))

    async def _put_off(self, roster: SentRoster, hindrance: Exception) -> None:
        log.info("roster_waits", roster=roster.id, error=type(hindrance).__name__)
        if roster.attempts + 1 >= ATTEMPTS:
            async with self._database.reading() as tx:
                language = tongue(await people.language_of(tx, roster.person_id))
            await self._refuse(roster, language.say(NOT_NOW))
            return
        wait = wait_after(roster.attempts + 1, None) or _SOON
        async with self._database.writing() as tx:
            await sent_rosters.put_off(tx, roster, self._clock.now() + wait)

    async def _tell(self, tx: Transaction, roster: SentRoster, letter: Letter) -> str | None:
        """Promise it to the sender's own door; the id of the promise."""
        door = await post.best_door(tx, roster.person_id)
        if door is None:
            return None
        key = f"roster:{roster.id}:{roster.state}"
        return await outbox.promise(tx, self._clock.now(), outbox.to(door), letter, "reply", key)
