"""Text messages, through an SMS centre that behaves like Kannel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.sandbox.kannel_url import fill
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World

from .program import Program, program_up

INBOUND = "/mo?from=%p&to=%P&text=%a&charset=%C&coding=%c&ts=%T&smsc=%i&id=%I&udh=%u&binary=%b"
LOGIN = {"username": "liandong", "password": "sandbox", "from": "106900012371"}
IN_CHINESE = {**LOGIN, "charset": "UTF-8", "coding": "2"}


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    async with program_up(Program()) as program:
        yield program


@pytest.fixture
async def centre(world: World, program: Program) -> AsyncIterator[httpx.AsyncClient]:
    account = SmsAccount(inbound_url=program.url + INBOUND)
    async with (
        serving(sandbox_app(world, account)) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        yield client


def with_receipt(program: Program, mask: int, **said: str) -> dict[str, str]:
    receipt = f"{program.url}/dlr?ref=77&status=%d&from=%p&to=%P&at=%T&answer=%A&id=%I"
    return {**IN_CHINESE, **said, "dlr-mask": str(mask), "dlr-url": receipt}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_message_arrives_by_either_method(
    world: World, centre: httpx.AsyncClient, grandfather: Phone, method: str
) -> None:
    said = {**IN_CHINESE, "to": grandfather.number, "text": "清明前后来看您"}
    where = {"params": said} if method == "GET" else {"data": said}
    answer = await centre.request(method, "/cgi-bin/sendsms", **where)  # type: ignore[arg-type]
    assert (answer.status_code, answer.text) == (202, "0: Accepted for delivery")
    message = world.sms(grandfather.id)[-1]
    assert (message.body, message.parts) == ("清明前后来看您", ["清明前后来看您"])
    assert (message.from_program, message.status, message.encoding) == (True, "delivered", "UCS-2")


@pytest.mark.parametrize("length", [70, 71, 134, 135])
async def test_long_chinese_messages_come_in_parts_of_67(
    world: World, centre: httpx.AsyncClient, grandfather: Phone, length: int
) -> None:
    text = "党" * length
    await centre.post("/cgi-bin/sendsms", data={**IN_CHINESE, "to": grandfather.number, "text": text})
    parts = [len(part) for part in world.sms(grandfather.id)[-1].parts]
    assert parts == {70: [70], 71: [67, 4], 134: [67, 67], 135: [67, 67, 1]}[length]


async def test_latin_letters_take_160_to_a_part(
    world: World, centre: httpx.AsyncClient, grandfather: Phone
) -> None:
    await centre.get("/cgi-bin/sendsms", params={**LOGIN, "to": grandfather.number, "text": "a" * 161})
    message = world.sms(grandfather.id)[-1]
    assert ([len(part) for part in message.parts], message.encoding) == ([153, 8], "GSM-7")


async def test_chinese_without_coding_2_arrives_as_question_marks(
    world: World, centre: httpx.AsyncClient, grandfather: Phone
) -> None:
    await centre.get("/cgi-bin/sendsms", params={**LOGIN, "to": grandfather.number, "text": "回复1 ok"})
    assert world.sms(grandfather.id)[-1].body == "??1 ok"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "guess"}, 403),
        ({"username": ""}, 403),
        ({"to": ""}, 400),
        ({"to": "葛"}, 400),
        ({"from": ""}, 400),
        ({"text": ""}, 400),
        ({"dlr-mask": "x"}, 400),
        ({"charset": "no-such"}, 400),
    ],
)
async def test_what_is_wrong_is_turned_away(
    world: World, centre: httpx.AsyncClient, grandfather: Phone, change: dict[str, str], code: int
) -> None:
    said = {**IN_CHINESE, "to": grandfather.number, "text": "您好", **change}
    assert (await centre.get("/cgi-bin/sendsms", params=said)).status_code == code
    assert world.sms(grandfather.id) == []


@pytest.mark.parametrize("written", ["+8613900139003", "8613900139003", "008613900139003", "13900139003"])
async def test_a_number_may_be_written_as_gateways_write_it(
    world: World, centre: httpx.AsyncClient, grandfather: Phone, written: str
) -> None:
    await centre.get("/cgi-bin/sendsms", params={**IN_CHINESE, "to": written, "text": "您好"})
    assert world.sms(grandfather.id)[-1].body == "您好"


async def test_the_receipt_tells_that_it_arrived(
    world: World, centre: httpx.AsyncClient, program: Program, grandfather: Phone
) -> None:
    said = with_receipt(program, 3, to=grandfather.number, text="您好")
    await centre.get("/cgi-bin/sendsms", params=said)
    await world.settled()
    [receipt] = program.heard
    assert (receipt["ref"], receipt["status"], receipt["answer"]) == ("77", "1", "stat:DELIVRD err:000")
    assert (receipt["from"], receipt["to"]) == ("106900012371", grandfather.number)
    assert receipt["at"] == str(int(world.clock.now().timestamp()))
    assert receipt["id"] == world.sms(grandfather.id)[-1].id


async def test_with_mask_11_the_network_speaks_first(
    world: World, centre: httpx.AsyncClient, program: Program, grandfather: Phone
) -> None:
    said = with_receipt(program, 11, to=grandfather.number, text="您好")
    await centre.get("/cgi-bin/sendsms", params=said)
    await world.settled()
    assert [receipt["status"] for receipt in program.heard] == ["8", "1"]


async def test_a_receipt_is_brought_again_until_it_is_taken(
    world: World, centre: httpx.AsyncClient, program: Program, grandfather: Phone
) -> None:
    program.busy_for = 2
    await centre.get("/cgi-bin/sendsms", params=with_receipt(program, 1, to=grandfather.number, text="您好"))
    await world.settled()
    assert len(program.heard) == 1


async def test_nobody_s_number_and_a_phone_switched_off_fail(
    world: World, centre: httpx.AsyncClient, program: Program, grandfather: Phone
) -> None:
    world.switch_off(grandfather.id)
    for to in (grandfather.number, "+8613900139999"):
        answer = await centre.get("/cgi-bin/sendsms", params=with_receipt(program, 3, to=to, text="您好"))
        assert answer.status_code == 202
    await world.settled()
    assert [receipt["status"] for receipt in program.heard] == ["2", "2"]
    assert world.sms(grandfather.id)[-1].status == "failed"
    world.switch_on(grandfather.id)
    await centre.get("/cgi-bin/sendsms", params={**IN_CHINESE, "to": grandfather.number, "text": "您好"})
    assert world.sms(grandfather.id)[-1].status == "delivered"


async def test_a_text_from_a_phone_reaches_the_program(
    world: World, centre: httpx.AsyncClient, program: Program, grandfather: Phone
) -> None:
    world.text(grandfather.id, "我到家了 & 都好 100%+\n明天 再说")
    await world.settled()
    [heard] = program.heard
    assert heard["text"] == "我到家了 & 都好 100%+ 明天 再说"
    assert heard["binary"] == "我到家了 & 都好 100%+\n明天 再说"
    assert (heard["from"], heard["to"]) == (grandfather.number, world.service_number)
    assert (heard["charset"], heard["coding"], heard["smsc"]) == ("UTF-8", "0", "SANDBOX")
    sent = world.sms(grandfather.id)[-1]
    assert (heard["id"], sent.status) == (sent.id, "delivered")


async def test_texts_wait_for_a_program_that_is_down(world: World, grandfather: Phone) -> None:
    async with program_up(Program()) as gone:
        address = gone.url
    async with serving(sandbox_app(world, SmsAccount(inbound_url=address + INBOUND))):
        for word in ("一", "二", "三"):
            world.text(grandfather.id, word)
        await asyncio.sleep(0.1)
        async with program_up(Program(), int(address.rpartition(":")[2])) as back:
            await asyncio.wait_for(world.settled(), 10)
    assert [heard["text"] for heard in back.heard] == ["一", "二", "三"]


async def test_texts_sent_before_the_centre_opened_are_not_lost(
    world: World, program: Program, grandfather: Phone
) -> None:
    world.text(grandfather.id, "早")
    async with serving(sandbox_app(world, SmsAccount(inbound_url=program.url + INBOUND))):
        await world.settled()
    assert [heard["text"] for heard in program.heard] == ["早"]


def test_codes_are_percent_encoded_and_others_stay() -> None:
    assert fill("/mo?a=%a&x=%E5%85%9A", {"a": "党 +&"}) == "/mo?a=%E5%85%9A+%2B%26&x=%E5%85%9A"
