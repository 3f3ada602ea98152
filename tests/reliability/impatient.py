"""`python -m bot`, but what it waits for is over in a second: a lock, a moment's trouble, a minute's calm."""

from __future__ import annotations

from datetime import timedelta

from bot import alarm
from bot.commands import liandong
from bot.incidents import Patience
from storage import database

if __name__ == "__main__":
    setattr(database, "_BUSY_MS", 400)  # noqa: B010
    alarm.EVERY = 0.2
    a_moment = timedelta(seconds=0.5)
    alarm.PATIENCE = Patience(database=a_moment, out_of_reach=a_moment, calm=timedelta(seconds=1))
    liandong()
