"""The parts of the program, each built from the settings and the doors they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import get_args

from bot.alarm import Alarm
from bot.bringing import Bringing
from bot.callers import Callers
from bot.channels.contract import Channel
from bot.clock import Clock
from bot.counted import Counted
from bot.delivery import Delivery
from bot.doors import Doors
from bot.health import Health
from bot.hearing import HealthAndHearing, Hearing
from bot.in_charge import InCharge
from bot.inquiry import Inquiry
from bot.metrics import Metrics
from bot.missed_receipts import MissedReceipts
from bot.price import price_by
from bot.pushes import SmsDoor
from bot.settings import Settings
from bot.settling import Settling
from bot.worker import Worker, Workers
from content.words.catalogue import tongue
from handlers.turn import House
from storage.addresses import ChannelName
from storage.database import Database


def house_of(settings: Settings, doors: Doors, metrics: Metrics) -> House:
    """What is the same for whoever speaks."""
    return House(
        doors.bot_name,
        settings.timezone,
        settings.language,
        doors.gateway is not None,
        metrics.meant,
        price_by(settings, doors.gateway),
        settings.approval_above,
        **({"would_refuse": doors.gateway.would_refuse} if doors.gateway else {}),
    )


def alarm_of(settings: Settings, doors: Doors, database: Database, clock: Clock, hearing: Hearing) -> Alarm:
    return Alarm(
        database,
        InCharge(database, doors.channels, clock, settings.alarm_ways),
        clock,
        tongue(settings.language),
        settings.timezone,
        hearing if doors.telegram else None,
        settings.telegram_mode == "polling",
    )


def counted(doors: Doors, metrics: Metrics, clock: Clock, alarm: Alarm) -> Mapping[str, Channel]:
    """The doors, each with somebody beside it."""
    return {
        name: Counted(name, door, metrics, clock, alarm.sending_ended)
        for name, door in doors.channels.items()
    }


def senders_of(delivery: Delivery) -> Workers:
    """One for each channel: where Telegram's packets are dropped on the way, a request to it takes half a
    minute to fail, and no SMS waits for that. What goes to many has workers of its own.
    """
    one_by_one = [
        Worker(f"sending by {channel}", partial(delivery.keep_promises, channel))
        for channel in get_args(ChannelName)
    ]
    to_many = [
        Worker(f"campaigns by {channel}", bulk.keep_promises) for channel, bulk in delivery.bulk.items()
    ]
    return Workers(one_by_one + to_many)


def settling_of(
    settings: Settings, doors: Doors, database: Database, delivery: Delivery, clock: Clock
) -> list[Settling]:
    """By each door; of a text a company can be asked, of a chat nobody."""
    return [
        Settling(
            database,
            name,
            delivery,
            clock,
            doors.gateway if name == "sms" else None,
            settings.sms_signature,
            settings.sms_suffix,
        )
        for name in doors.channels
    ]


def missed_receipts_of(
    settings: Settings, doors: Doors, database: Database, delivery: Delivery, clock: Clock
) -> list[Worker]:
    """None where the company cannot be asked, or brings no receipts that could be missed."""
    gateway = doors.gateway
    if gateway is None or not (gateway.can_be_asked and gateway.gives_receipts):
        return []
    inquiry = Inquiry(gateway, settings.sms_signature, settings.sms_suffix)
    missed = MissedReceipts(database, delivery, clock, inquiry)
    return [Worker("receipts that were missed", missed.look, every=60)]


def sms_door_of(settings: Settings, doors: Doors, bringing: Bringing) -> SmsDoor | None:
    if doors.gateway is None:
        return None
    callers = Callers(settings.sms_allow, settings.trusted_proxies)
    return SmsDoor(doors.gateway, bringing, settings.sms_path, settings.public_url, callers)


def health_of(
    doors: Doors,
    database: Database,
    clock: Clock,
    ticked: Callable[[], datetime | None],
    hearing: Hearing,
    alarm: Alarm,
) -> Health:
    if doors.telegram is None:
        return Health(database, clock, ticked, alarm.told)
    return HealthAndHearing(database, clock, ticked, hearing, alarm.told)
