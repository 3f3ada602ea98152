"""We speak as fast as Telegram allows and no faster, and nobody's silence is another's."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest

from bot.channels.telegram import pacing
from bot.channels.telegram.pacing import Pacer, Slot, TooLong
from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.bot_api.refusals import Refused
from tests.bot.channels.hours import Hours


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def pacer(hours: Hours) -> Pacer:
    return Pacer(30, hours.now, hours.sleep)


@pytest.fixture
def flood(hours: Hours) -> Flood:
    return Flood(hours.now)


async def all_of(hours: Hours, sends: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    together = asyncio.gather(*sends, return_exceptions=True)
    await hours.pass_until(together)
    return await together


async def send(pacer: Pacer, flood: Flood, chat: str, can_wait: bool = False) -> None:
    await pacer.slot(chat, can_wait)
    flood("sendmessage", {"chat_id": chat})


async def test_many_at_once_go_at_the_full_pace_and_none_is_refused(
    hours: Hours, pacer: Pacer, flood: Flood
) -> None:
    began = hours.at
    await all_of(hours, [send(pacer, flood, str(n)) for n in range(500)])
    assert (flood.let_through, flood.refused) == (500, [])
    assert 500 / (hours.at - began) > 0.98 * 30


async def test_the_highest_rate_is_reached_too(hours: Hours) -> None:
    pacer, began = Pacer(1000, hours.now, hours.sleep), hours.at
    await all_of(hours, [pacer.slot(str(n)) for n in range(5000)])
    assert 980 < 5000 / (hours.at - began) < 1000


async def test_what_a_busy_moment_held_up_is_made_up_for_and_no_second_has_too_many(
    hours: Hours, pacer: Pacer, flood: Flood
) -> None:
    """Every other second the machine does something else for a sixth of one."""

    async def is_busy() -> None:
        for _ in range(7):
            await hours.sleep(2)
            hours.at += 0.16

    began = hours.at
    await all_of(hours, [*(send(pacer, flood, str(n)) for n in range(500)), is_busy()])
    assert (flood.let_through, flood.refused) == (500, [])
    assert 500 / (hours.at - began) > 0.94 * 30


async def test_those_who_left_late_and_together_count_when_they_left(
    hours: Hours, pacer: Pacer, flood: Flood
) -> None:
    """The first ones stand in line for a connection, for as long as it takes to make one."""

    async def slow_to_leave(chat: str) -> None:
        slot = await pacer.slot(chat)
        await hours.sleep(0.4)
        slot.leaves()
        flood("sendmessage", {"chat_id": chat})

    slow = [slow_to_leave(f"slow {n}") for n in range(12)]
    await all_of(hours, [*slow, *(send(pacer, flood, str(n)) for n in range(100))])
    assert (flood.let_through, flood.refused) == (112, [])


@pytest.mark.parametrize(("chat", "messages", "least"), [("7", 40, 30), ("-100200", 60, 150)])
async def test_one_chat_and_one_group_are_not_flooded(
    hours: Hours, pacer: Pacer, flood: Flood, chat: str, messages: int, least: float
) -> None:
    began = hours.at
    for _ in range(messages):
        await all_of(hours, [send(pacer, flood, chat)])
    assert (flood.let_through, flood.refused) == (messages, [])
    assert least < hours.at - began < 1.4 * least


async def test_a_short_burst_to_one_chat_waits_for_nothing(hours: Hours, pacer: Pacer) -> None:
    began = hours.at
    for _ in range(3):
        await all_of(hours, [pacer.slot("7")])
    assert hours.at - began < 0.2


async def test_an_answer_goes_before_the_lesson_of_many(hours: Hours, pacer: Pacer) -> None:
    gone: list[str] = []

    async def speak(chat: str, can_wait: bool) -> None:
        await pacer.slot(chat, can_wait)
        gone.append(chat)

    lessons = [speak(f"lesson {n}", True) for n in range(100)]
    await all_of(hours, [*lessons, speak("answer", False)])
    assert gone.index("answer") <= 1


async def test_a_refusal_keeps_that_chat_waiting_and_nobody_else(hours: Hours, pacer: Pacer) -> None:
    pacer.refused("7", 20)
    began, gone = hours.at, {}

    async def speak(chat: str) -> None:
        await pacer.slot(chat)
        gone[chat] = hours.at - began

    await all_of(hours, [speak("7"), speak("8"), speak("9")])
    assert gone["8"] < 1 and gone["9"] < 1
    assert gone["7"] >= 20


async def test_when_one_after_the_other_is_refused_all_rest(hours: Hours, pacer: Pacer) -> None:
    pacer.refused("7", 20)
    pacer.refused("8", 20)
    began = hours.at
    await all_of(hours, [pacer.slot("9")])
    assert hours.at - began >= 20


async def test_two_chats_refused_long_apart_keep_nobody_waiting(hours: Hours, pacer: Pacer) -> None:
    pacer.refused("7", 20)
    pacer.went_through()
    pacer.refused("8", 20)
    began = hours.at
    await all_of(hours, [pacer.slot("9")])
    assert hours.at - began < 1


async def test_nobody_waits_until_their_lease_runs_out(hours: Hours, pacer: Pacer) -> None:
    began = hours.at
    ended = await all_of(hours, [pacer.slot(str(n), True) for n in range(2000)])
    assert hours.at - began <= pacing.LONGEST_WAIT + 1
    assert 880 < sum(isinstance(one, Slot) for one in ended) < 910
    pacer.refused("7", 300)
    [shut, open_one] = await all_of(hours, [pacer.slot("7"), pacer.slot("8")])
    assert isinstance(shut, TooLong) and shut.seconds > 290
    assert isinstance(open_one, Slot)


async def test_whoever_stands_in_line_when_all_must_rest_is_sent_away(hours: Hours, pacer: Pacer) -> None:
    async def hear_it() -> None:
        await hours.sleep(0.1)
        pacer.refused("x", 300)
        pacer.refused("y", 300)

    ended = await all_of(hours, [*(pacer.slot(str(n)) for n in range(100)), hear_it()])
    assert 90 < sum(isinstance(one, TooLong) for one in ended) < 100


async def test_those_who_went_away_take_up_no_slot(hours: Hours, pacer: Pacer) -> None:
    began = hours.at
    gone = [asyncio.create_task(pacer.slot(str(n))) for n in range(200)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await all_of(hours, [pacer.slot("me")])
    assert hours.at - began < 0.2


async def test_whoever_is_not_written_to_is_forgotten(hours: Hours, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "_MOST_REMEMBERED", 50)
    pacer = Pacer(1000, hours.now, hours.sleep)
    for n in range(1000):
        hours.at += 0.1
        await pacer.slot(str(n))
    assert len(pacer._chats) <= 50


def test_without_a_pace_the_flood_refuses_in_the_original_s_words(flood: Flood) -> None:
    for n in range(30):
        flood("sendmessage", {"chat_id": n})
    with pytest.raises(Refused) as refused:
        flood("editmessagetext", {"chat_id": 99})
    assert refused.value.as_json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    flood("answercallbackquery", {"callback_query_id": "1"})
    flood("sendmessage", {"chat_id": 99, "allow_paid_broadcast": "true"})


@pytest.mark.parametrize(("chat", "burst", "wait"), [(7, 5, 1), (-100200, 20, 60)])
def test_one_chat_takes_a_burst_and_a_group_twenty_a_minute(
    hours: Hours, flood: Flood, chat: int, burst: int, wait: int
) -> None:
    apart = 0 if chat > 0 else 1
    for _ in range(burst):
        flood("sendmessage", {"chat_id": chat})
        hours.at += apart
    with pytest.raises(Refused) as refused:
        flood("sendmessage", {"chat_id": chat})
    assert refused.value.parameters == {"retry_after": wait - burst * apart}
