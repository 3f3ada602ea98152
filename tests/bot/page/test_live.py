"""A browser that listens hears all of it at first, and then each change once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx

from .stand_in import LESSON, Town


async def news(web: httpx.AsyncClient) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    async with web.stream("GET", "/live") as answer:
        event = ""
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            if line.startswith("data: "):
                yield event, json.loads(line.removeprefix("data: "))


async def test_who_connects_is_told_the_time_and_every_phone(web: httpx.AsyncClient, town: Town) -> None:
    town.say(town.son, "您好")
    line = news(web)
    first = [await anext(line) for _ in range(7)]
    await line.aclose()  # type: ignore[attr-defined]
    assert first[0][0] == "clock"
    assert first[1][0] == "stage"
    assert [phone["id"] for _, phone in first[2:]] == [standing.phone_id for standing in town.phones]
    assert first[2][1]["chat"]["messages"][0]["text"] == "您好"


async def test_a_change_on_one_phone_is_told_of_that_phone_alone(web: httpx.AsyncClient, town: Town) -> None:
    line = news(web)
    for _ in range(7):
        await anext(line)
    town.sms(town.uncle, LESSON)
    event, phone = await anext(line)
    town.clock.wind(timedelta(days=1))
    next_event, clock = await anext(line)
    await line.aclose()  # type: ignore[attr-defined]
    assert (event, phone["id"]) == ("phone", town.uncle.id)
    assert [len(part) for part in phone["sms"][0]["parts"]] == [67, len(LESSON) - 67]
    assert (next_event, clock["zh"]["lunar"]) == ("clock", "农历二月十七")


async def test_a_text_that_never_arrived_is_on_no_screen(web: httpx.AsyncClient, town: Town) -> None:
    town.sms(town.uncle, "到了")
    town.world.network.put(town.uncle, True, "没到").status = "failed"
    line = news(web)
    screens = {phone.get("id"): phone for _, phone in [await anext(line) for _ in range(7)]}
    await line.aclose()  # type: ignore[attr-defined]
    assert [message["text"] for message in screens[town.uncle.id]["sms"]] == ["到了"]


async def test_times_are_those_of_the_branch(web: httpx.AsyncClient, town: Town) -> None:
    town.clock.wind(timedelta(hours=16))  # 01:00 of the next day in Shanghai
    town.say(town.son, "夜里好")
    line = news(web)
    shown = [await anext(line) for _ in range(3)][2][1]["chat"]["messages"][0]
    await line.aclose()  # type: ignore[attr-defined]
    assert (shown["day"], shown["time"]) == ("2026-04-04", "01:00")
