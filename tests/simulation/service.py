"""The program as whoever runs it sees it: started again and again, killed, stopped, its clock set wrong."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.doors import Doors
from tests.simulation.gateway import PretendGateway
from tests.simulation.luck import Luck
from tests.simulation.process import Died, Process
from tests.simulation.telegram_door import TelegramDoor

if TYPE_CHECKING:
    from tests.simulation.world import World

_NEVER, _LONG_AGO = float("inf"), -1e9


class Service:
    """`process` is the one at work, or the one that died last."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._luck = Luck(world.seed, "restarts")
        self.process: Process
        self.crashes = 0
        self._up_since = self._right_since = _LONG_AGO
        self._is_restarting = False
        self._down_for = 0.0

    async def starts(self) -> None:
        """As a service manager does it: until it runs."""
        world = self._world
        while True:
            process = Process(self._dies, world.waking.is_due)
            try:
                await process.start(world.settings, world.clock, self._doors(process))
            except Died:
                await process.sweep(world.tasks)
                continue
            self.process = process
            self._up_since = world.loop.time()
            world.waking.starts_anew()
            world.diary.note("the program is at work")
            return

    async def restarts(self, down_for: float, kill: bool) -> None:
        if self._is_restarting or self.process.is_dead:
            return
        self._down_for = down_for
        if kill:
            self.process.kill()
            return
        self._is_restarting = True
        self._world.diary.note("the program is told to stop")
        await self.process.stop()
        await asyncio.sleep(down_for)
        await self.starts()
        self._is_restarting = False

    def sets_clock(self, wrong_by: timedelta) -> None:
        self._world.clock.set_by(wrong_by)
        self._right_since = self._world.loop.time() if not wrong_by else _NEVER
        self._world.waking.clock_was_set()

    def was_up_for(self, time: timedelta) -> bool:
        return self._world.loop.time() - self._up_since >= time.total_seconds()

    def clock_was_right_for(self, time: timedelta) -> bool:
        return self._world.loop.time() - self._right_since >= time.total_seconds()

    def _doors(self, process: Process) -> Doors:
        telegram = TelegramDoor(self._world.telegram, process)
        gateway = PretendGateway(self._world.centre, process, self._world.company)
        sms = Sms(gateway, self._world.settings.sms_signature)
        return Doors(cast(Telegram, telegram), gateway, {"telegram": telegram, "sms": sms})

    def _dies(self) -> None:
        self.crashes += 1
        self._up_since = _NEVER
        self._world.diary.note("the program is killed")
        self._world.begins(self._comes_back())

    async def _comes_back(self) -> None:
        process, self._is_restarting = self.process, True
        await process.sweep(self._world.tasks)
        await asyncio.sleep(self._down_for or self._luck.uniform(3, 200))
        self._down_for = 0.0
        await self.starts()
        self._is_restarting = False
