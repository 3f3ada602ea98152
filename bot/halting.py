"""Which campaigns were paused or called off since their letters were taken up, by this process or another."""

from __future__ import annotations

import asyncio

from storage import campaign_life
from storage.database import Database

# Seconds. Whoever taps 暂停 sees it stop within one; a letter does not ask the database each.
_EVERY = 0.1


class Halting:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._halted: set[str] = set()
        self._asked_about: dict[str, float] = {}
        self._asking = asyncio.Lock()

    async def is_halted(self, campaign_id: str | None) -> bool:
        if campaign_id is None:
            return False
        if not self._is_fresh(campaign_id):
            async with self._asking:
                if not self._is_fresh(campaign_id):
                    await self._ask(campaign_id)
        return campaign_id in self._halted

    def _is_fresh(self, campaign_id: str) -> bool:
        asked = self._asked_about.get(campaign_id)
        return asked is not None and asyncio.get_running_loop().time() - asked < _EVERY

    async def _ask(self, campaign_id: str) -> None:
        async with self._database.reading() as tx:
            halted = await campaign_life.halted(tx, [campaign_id])
        self._halted = self._halted - {campaign_id} | halted
        # Those that ended are forgotten with the rest: there are few at a time.
        self._asked_about = {one: at for one, at in self._asked_about.items() if self._is_fresh(one)}
        self._asked_about[campaign_id] = asyncio.get_running_loop().time()
