"""What is done on the page happens in the world."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bot.sandbox.page.doing import LARGEST_FILE

from .stand_in import TWO_CHOICES, Town


async def do(web: httpx.AsyncClient, phone: int, deed: str, said: Any = None) -> int:
    return (await web.post(f"/phones/{phone}/{deed}", json=said or {})).status_code


async def test_who_types_is_heard_and_answered(web: httpx.AsyncClient, town: Town) -> None:
    assert await do(web, town.son.id, "type", {"text": " 签到 "}) == 200
    await town.heard()
    assert [message.text for message in town.world.chat(town.son.id)] == ["签到", "收到：签到"]


async def test_a_pressed_button_reaches_the_bot(web: httpx.AsyncClient, town: Town) -> None:
    asked = town.say(town.son, "都好吗？", buttons=TWO_CHOICES)
    assert await do(web, town.son.id, "press", {"message": asked.id, "row": 1, "column": 0}) == 200
    await town.heard()
    assert (asked.pressed, asked.text) == ((1, 0), "好，记下了。")


@pytest.mark.parametrize("place", [(9, 0, 0), (1, 2, 0), (1, 0, 2), (1, -1, 0), (1, 0, -1)])
async def test_a_button_that_is_not_there_cannot_be_pressed(
    web: httpx.AsyncClient, town: Town, place: tuple[int, int, int]
) -> None:
    asked = town.say(town.son, "都好吗？", buttons=TWO_CHOICES)
    said = dict(zip(("message", "row", "column"), place, strict=True))
    assert await do(web, town.son.id, "press", said) == 404
    assert asked.pressed is None


async def test_one_shares_ones_own_number(web: httpx.AsyncClient, town: Town) -> None:
    assert await do(web, town.aunt.id, "contact") == 200
    card = town.world.chat(town.aunt.id)[0].contact
    assert card is not None
    assert card.user_id == town.aunt.id


async def test_an_invitation_opens_on_the_phone_where_it_was_clicked(
    web: httpx.AsyncClient, town: Town
) -> None:
    address = "https://t.me/liandong_sandbox_bot?start=inv_8fk2"
    assert await do(web, town.aunt.id, "link", {"address": address}) == 200
    assert town.world.chat(town.aunt.id)[0].text == "/start inv_8fk2"


@pytest.mark.parametrize(
    "address",
    [
        "https://t.me/another_bot?start=x",
        "https://evil.example/?start=x",
        "t.me/liandong_sandbox_bot",
        7,
        None,
    ],
)
async def test_a_link_that_leads_elsewhere_opens_nothing(
    web: httpx.AsyncClient, town: Town, address: object
) -> None:
    assert await do(web, town.aunt.id, "link", {"address": address}) == 400
    assert town.world.chat(town.aunt.id) == []


async def test_an_old_phone_texts_but_has_no_chat(web: httpx.AsyncClient, town: Town) -> None:
    assert await do(web, town.uncle.id, "text", {"text": "平安"}) == 200
    assert [message.body for message in town.world.sms(town.uncle.id)] == ["平安", "收到：平安"]
    assert await do(web, town.uncle.id, "type", {"text": "平安"}) == 409


async def test_the_bot_is_blocked_and_let_in_again(web: httpx.AsyncClient, town: Town) -> None:
    await do(web, town.son.id, "block", {"blocked": True})
    assert town.world.has_blocked(town.son.id)
    await do(web, town.son.id, "block", {"blocked": False})
    assert not town.world.has_blocked(town.son.id)


async def test_an_old_phone_is_switched_off_and_on(web: httpx.AsyncClient, town: Town) -> None:
    await do(web, town.uncle.id, "power", {"on": False})
    assert town.world.is_off(town.uncle.id)
    await do(web, town.uncle.id, "power", {"on": True})
    assert not town.world.is_off(town.uncle.id)


async def test_in_a_group_only_its_members_speak(web: httpx.AsyncClient, town: Town) -> None:
    group = town.world.add_group("在苏州的乡亲", [town.son.id, town.aunt.id])
    assert await do(web, town.son.id, "type", {"text": "大家好", "group": group.id}) == 200
    assert await do(web, town.liaison.id, "type", {"text": "大家好", "group": group.id}) == 404
    assert [message.sender for message in town.world.group_chat(group.id)][:1] == [town.son.id]


async def test_a_document_arrives_with_its_name_and_bytes(web: httpx.AsyncClient, town: Town) -> None:
    answer = await web.post(
        f"/phones/{town.secretary.id}/document", params={"name": "名册 三月.csv"}, content=b"a,b"
    )
    assert answer.status_code == 200
    document = town.world.chat(town.secretary.id)[0].document
    assert document is not None
    assert (document.name, document.content) == ("名册 三月.csv", b"a,b")


async def test_a_file_past_the_limit_is_refused(web: httpx.AsyncClient, town: Town) -> None:
    answer = await web.post(
        f"/phones/{town.secretary.id}/document", params={"name": "big"}, content=b"x" * (LARGEST_FILE + 1)
    )
    assert answer.status_code == 413
    assert town.world.chat(town.secretary.id) == []


async def test_a_sent_web_page_is_downloaded_and_never_shown(web: httpx.AsyncClient, town: Town) -> None:
    file = town.world.telegram.keep("坏.html", b"<script>alert(1)</script>")
    answer = await web.get(f"/files/{file.id}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": 5}', b'{"text": "  "}', b"\xff"])
async def test_what_says_nothing_does_nothing(web: httpx.AsyncClient, town: Town, body: bytes) -> None:
    answer = await web.post(f"/phones/{town.son.id}/type", content=body)
    assert answer.status_code == 400
    assert town.world.chat(town.son.id) == []


async def test_nobody_types_on_a_phone_that_is_not_there(web: httpx.AsyncClient) -> None:
    assert await do(web, 1, "type", {"text": "喂"}) == 404


async def test_the_clock_is_wound_and_says_what_happened(web: httpx.AsyncClient, town: Town) -> None:
    before = town.now()
    answer = await web.post("/wind/week")
    assert answer.json() == {"happened": town.lines}
    assert (town.now() - before).days == 7
    assert (await web.post("/wind/year")).status_code == 404


async def test_what_is_said_before_the_programme_listens_waits_for_it(
    web: httpx.AsyncClient, town: Town
) -> None:
    town.listens.clear()
    saying = asyncio.create_task(web.post(f"/phones/{town.son.id}/type", json={"text": "签到"}))
    await asyncio.sleep(0.1)
    assert town.world.chat(town.son.id) == []
    town.listens.set()
    assert (await saying).is_success
    assert [said.text for said in town.world.chat(town.son.id)][:1] == ["签到"]
