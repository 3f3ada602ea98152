"""Builds every part in order, runs them together, and closes them in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime

from bot import parts
from bot.at_work import at_work
from bot.berth import Berth, berth_in
from bot.bringing import Bringing
from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.delivery import Delivery
from bot.doors import Doors, doors_of
from bot.fetching import Fetching
from bot.hearing import Hearing
from bot.intake import Intake
from bot.listening import listen
from bot.metrics import Metrics
from bot.on_the_wire import OnTheWire
from bot.readings import Readings
from bot.roster_desk import RosterDesk
from bot.serving import serving
from bot.settings import Settings
from bot.watch import Watch
from bot.web import Door
from bot.worker import Worker
from handlers import switchboard
from schedules.run_campaigns import run_campaigns
from schedules.timetable import timetable
from storage import deliveries, inbox, migrations
from storage.database import Database
from storage.key_check import check_key
from storage.key_ring import KeyRing


class App:
    """The whole program. `clockwork.tick` and the workers may be woken from outside, as the demo does."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        database: Database,
        doors: Doors,
        wire: OnTheWire | None = None,
    ) -> None:
        self.settings, self.clock, self.database, self.doors = settings, clock, database, doors
        self.metrics, self.hearing = Metrics(switchboard.INTENTS), Hearing(clock)
        house = parts.house_of(settings, doors, self.metrics)
        self.alarm = parts.alarm_of(settings, doors, database, clock, self.hearing)
        counted = parts.counted(doors, self.metrics, clock, self.alarm)
        self.campaigns = Worker("campaigns", self._run_campaigns)
        self.delivery = Delivery(database, counted, clock, self.campaigns.wake, wire, self.alarm.receipt_came)
        self.intake = Intake(database, doors.channels, house, clock, self.metrics.turn_taken, self.delivery)
        self.sending = parts.senders_of(self.delivery)
        self.settling = parts.settling_of(settings, doors, database, self.delivery, clock)
        self.turns = Worker("turns", self._take_turns)
        self.bringing = Bringing(self.intake, self.delivery, self.turns.wake)
        self.desk = RosterDesk(database, doors.channels, clock, self.sending.wake)
        self.rosters = Worker("rosters", self.desk.work)
        self._ticked: datetime | None = None
        jobs = timetable(house.price, gives_receipts=doors.gateway is None or doors.gateway.gives_receipts)
        self.clockwork = Clockwork(database, clock, jobs, settings.timezone, self.sending.wake)

    async def idle(self) -> bool:
        """Whether all that came is answered and all that is due is sent."""
        async with self.database.reading() as tx:
            waiting = (await inbox.tally(tx)).get("new", 0)
            under_way = (await deliveries.tally(tx)).get("sending", 0)
            due = await deliveries.next_due(tx)
        if not await self.desk.is_idle():
            return False
        return not waiting and not under_way and (due is None or due > self.clock.now())

    def http_door(self) -> Door:
        settings, ticked = self.settings, lambda: self._ticked
        by_webhook = self.doors.telegram and settings.telegram_mode == "webhook"
        readings = Readings(self.database, self.clock, ticked)
        return Door(
            self.intake,
            self.turns.wake,
            parts.sms_door_of(settings, self.doors, self.bringing),
            settings.telegram_secret.get_secret_value() if by_webhook else "",
            parts.health_of(self.doors, self.database, self.clock, ticked, self.hearing, self.alarm),
            Watch(self.metrics, readings, self.clock, settings.metrics_secret.get_secret_value()),
        )

    async def tick(self) -> None:
        """What the clock brings, and when it last did."""
        await self.clockwork.tick()
        self._ticked = self.clock.now()

    def at_work(self) -> AbstractAsyncContextManager[None]:
        return at_work(self.delivery, self.turns, self.sending, self._beside)

    def _beside(self) -> list[Coroutine[None, None, None]]:
        return [
            self.rosters.run(),
            self.campaigns.run(),
            self.alarm.run(),
            *(worker.run() for worker in [*self._settling(), *self._asking()]),
            *self._listening(),
            *self._fetching(),
        ]

    def _settling(self) -> list[Worker]:
        return [Worker(f"settling by {one.channel}", one.settle, every=30) for one in self.settling]

    def _asking(self) -> list[Worker]:
        return parts.missed_receipts_of(self.settings, self.doors, self.database, self.delivery, self.clock)

    async def _run_campaigns(self) -> int:
        """The next page of a campaign, as soon as there is room for it in the outbox."""
        async with self.database.writing() as tx:
            done = await run_campaigns(tx, self.clock.now())
        if done:
            self.sending.wake()
        return done

    def _fetching(self) -> list[Coroutine[None, None, None]]:
        gateway = self.doors.gateway
        if gateway is None or gateway.pulls_every is None:
            return []
        return [Fetching(gateway, self.bringing).run(gateway.pulls_every)]

    def _listening(self) -> list[Coroutine[None, None, None]]:
        if self.doors.telegram is None:
            return []
        by_polling = self.settings.telegram_mode == "polling"
        return [listen(self.doors.telegram, self.intake, self.turns.wake, self.hearing, by_polling)]

    async def _take_turns(self) -> int:
        """Answers go out at once, and so does what a turn planned for this moment.

        How many turns; 0 also where nothing is left: a look to see that costs a transaction a word.
        """
        taken = await self.intake.take_turns()
        did_more = self.intake.did_more()
        if did_more or self.delivery.is_behind:
            self.sending.wake()
        if did_more:
            self.rosters.wake()
            await self.clockwork.tick()
        return taken if self.intake.has_more else 0


@asynccontextmanager
async def running(settings: Settings, clock: Clock, tick_seconds: float = 5) -> AsyncIterator[App]:
    """The program at work in this event loop. What keeps it from starting is raised, with what to do."""
    await migrations.check_is_current(settings.database_url)
    async with AsyncExitStack() as closing:
        database = Database(settings.database_url, KeyRing(settings.key_file))
        closing.push_async_callback(database.close)
        async with database.reading() as tx:
            await check_key(tx)
        doors = doors_of(settings)
        for channel in doors.channels.values():
            closing.push_async_callback(channel.close)
        berth = _berth(settings, database)
        if berth:
            closing.callback(berth.close)
            database.leases_as = berth.name
        app = App(settings, clock, database, doors, OnTheWire(berth.page) if berth else None)
        await closing.enter_async_context(
            serving(app.http_door().app(), settings.http_port, settings.http_host)
        )
        await closing.enter_async_context(app.at_work())
        app.clockwork.start(app.tick, tick_seconds)
        closing.push_async_callback(app.clockwork.stop)
        yield app


def _berth(settings: Settings, database: Database) -> Berth | None:
    """SQLite has one program alone, and its page stands beside its file."""
    if database.file is not None or settings.state_folder is None:
        return None
    return berth_in(settings.state_folder)
