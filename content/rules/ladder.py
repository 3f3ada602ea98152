"""How long a letter may take by each door before the next one is tried: chat, then SMS, then a voice. (S6)"""

from __future__ import annotations

from datetime import time, timedelta

# Where Telegram is out of reach a letter waits in the outbox. A text goes out the same morning.
CHAT_PATIENCE = timedelta(hours=2)
# A centre keeps trying a phone that is off for a day or two; a liaison should not have to wait for that.
SMS_PATIENCE = timedelta(hours=24)
# Whoever has the chat alone is not called because Telegram was away for an afternoon.
ONLY_CHAT_PATIENCE = timedelta(hours=24)
# Of a letter that may have arrived a receipt, or the company when asked, may still tell.
UNKNOWN_PATIENCE = timedelta(days=1)
# What is in the air at this moment, or held with its campaign, is looked at again after so long.
A_WHILE = timedelta(minutes=15)
# So long what fails is gathered: a liaison with twelve people to call hears of them once.
TOGETHER = timedelta(minutes=30)
# Then a task goes to the next one above.
A_TASK_MAY_TAKE = timedelta(days=3)
# A number that failed for good is tried once more after a rest: exchanges and tables are wrong at times.
A_NUMBER_RESTS = timedelta(days=3)
# Two letters that failed in one wave of sending may have met the same fault.
INDEPENDENT = timedelta(hours=12)
# A call that nobody answered is tried again the next morning, and then goes one up.
TRIED_AGAIN_AT = time(8, 30)
TRIES = 2
# So long a task that was closed by a slip can be opened again.
TAKEN_BACK_WITHIN = timedelta(days=1)
