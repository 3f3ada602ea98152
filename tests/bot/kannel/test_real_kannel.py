"""Kannel as it comes with Debian, set up as its page says, between our program and an operator's line."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from bot.channels.gateways.kannel import INBOUND_QUERY
from bot.settings import read_settings
from tests.bot.kannel.boxes import FAKE_LINE, PAGE, block, fakesmsc, running
from tests.bot.kannel.centre import sms_centre
from tests.bot.kannel.modem import modem
from tests.bot.kannel.site import Site, until

SHORT = "清明前后来看您，家里都好吗？"
# With its signature three parts of 67 signs, and each sign another.
LONG = "".join(chr(0x4E00 + n) for n in range(150))
SIGNED = "【联动】"


async def test_what_kannel_s_own_fake_centre_gets_is_whole_and_each_has_one_receipt(site: Site) -> None:
    boxes = site.boxes(FAKE_LINE)
    old = site.members[0]
    async with running(boxes), fakesmsc(boxes) as log, site.program() as program:
        await boxes.says("online")
        await site.write_to(old, SHORT)
        await site.write_to(old, LONG)
        program.sending.wake()
        assert await site.outcomes() == [("delivered", None)] * 2
        assert "DLR: received 2, sent 0" in await boxes.status(), "one for each text, not for each part"
    short, *parts = fetched(log)
    assert short == SIGNED + SHORT
    assert (len(parts), "".join(parts)) == (3, SIGNED + LONG)


async def test_the_doctor_sees_whether_the_operator_s_line_is_up(site: Site) -> None:
    boxes = site.boxes(FAKE_LINE)
    async with running(boxes):
        assert await site.examined() == {"sms": "ok", "sms_clock": "ok", "sms_line": "wrong"}
        async with fakesmsc(boxes):
            await boxes.says("online")
            assert await site.examined() == {"sms": "ok", "sms_clock": "ok", "sms_line": "ok"}


async def test_a_chinese_text_from_kannel_s_own_fake_centre_is_heard(site: Site) -> None:
    boxes = site.boxes(FAKE_LINE)
    words = "".join(f"%{octet:02x}" for octet in "签到".encode("utf-16-be"))
    brings = f"{site.members[0].phone.number} 10690 ucs2 {words}"
    async with running(boxes), site.program(), fakesmsc(boxes, brings) as log:
        await until(site.letters, lambda rows: len(rows) == 1 and rows[0].state == "delivered")
    [answer] = fetched(log)
    assert "平安" in answer


async def test_receipts_settle_letters_in_whatever_order_they_come(site: Site) -> None:
    boxes = site.boxes(block("SMPP"))
    first, second, third, fourth = site.members
    async with sms_centre(boxes.line) as centre, running(boxes), site.program() as program:
        await centre.connected()
        centre.refuses[fourth.phone.number] = 0x0000000B
        for member, words in ((first, SHORT), (second, LONG), (third, SHORT), (fourth, SHORT)):
            await site.write_to(member, words)
            program.sending.wake()
        assert await centre.texts(first.phone.number) == [SIGNED + SHORT]
        assert await centre.texts(second.phone.number) == [SIGNED + LONG]
        assert await centre.texts(third.phone.number) == [SIGNED + SHORT]
        waiting = {part.number: part for part in centre.parts if part.wants_receipt}
        assert len(waiting) == 3, "a text in three parts has one receipt"
        await centre.report(waiting[third.phone.number], "UNDELIV", "027")
        await centre.report(waiting[second.phone.number], "ENROUTE")
        await centre.report(waiting[second.phone.number], "DELIVRD")
        await centre.report(waiting[first.phone.number], "MK:0001")
        assert await site.outcomes() == [
            ("failed", "no_such_number:MK:0001"),
            ("delivered", None),
            ("failed", "phone_off:027"),
            ("failed", "number_malformed:NACK/0x0000000b"),
        ]


async def test_a_receipt_that_comes_at_once_finds_its_letter(site: Site) -> None:
    """The centre has it and says so before our program has written down that Kannel took it."""
    boxes = site.boxes(block("SMPP"))
    async with sms_centre(boxes.line) as centre, running(boxes), site.program() as program:
        await centre.connected()
        centre.reports = "DELIVRD"
        for member in site.members:
            await site.write_to(member, SHORT)
        program.sending.wake()
        assert await site.outcomes() == [("delivered", None)] * len(site.members)


async def test_what_comes_while_the_program_is_down_is_heard_when_it_is_up_again(site: Site) -> None:
    boxes = site.boxes(block("SMPP"))
    old, *_ = site.members
    async with sms_centre(boxes.line) as centre, running(boxes):
        await centre.connected()
        await centre.text_from(old.phone.number, "签到")
        await centre.text_from(old.phone.number, LONG)
        await boxes.tried_in_vain(2)
        async with site.program():
            assert "平安" in "".join(await centre.texts(old.phone.number, 2))
        heard = await site.messages()
        assert [row.state for row in heard] == ["done", "done"]


async def test_a_text_in_three_parts_is_heard_as_one(site: Site) -> None:
    boxes = site.boxes(block("SMPP"))
    old, *_ = site.members
    async with sms_centre(boxes.line) as centre, running(boxes), site.program() as program:
        await centre.connected()
        await centre.text_from(old.phone.number, LONG)
        await centre.texts(old.phone.number)
        [received] = await site.messages()
        async with program.database.reading() as tx:
            assert LONG in tx.open(received.payload, received.id, "inbox.payload")


def test_the_page_says_what_we_read() -> None:
    assert f'get-url = "PUBLIC_URL/sms/SMS_PATH_SECRET/inbound?{INBOUND_QUERY}"' in PAGE.read_text()


def test_the_settings_on_the_page_are_good(tmp_path: Path) -> None:
    [written] = re.findall(r'^```text\n(sms_gateway = "kannel"\n.*?)^```', PAGE.read_text(), re.DOTALL | re.M)
    (tmp_path / "liandong.toml").write_text(written)
    settings = read_settings({}, tmp_path)
    assert (settings.sms_gateway, settings.sms_allow) == ("kannel", "127.0.0.1")


def fetched(log: Path) -> list[str]:
    """What the fake centre got, part by part."""
    said = re.findall(r"Got message \d+: <\S+ \S+ (?:udh \S+ )?(?:data|ucs-2) (.*)>$", log.read_text(), re.M)
    return [unquote_to_bytes(each.replace("+", " ")).decode("utf-16-be") for each in said]


async def test_a_modem_on_a_shelf_carries_texts_and_receipts_and_what_its_sim_kept(site: Site) -> None:
    near, lost, away, *_ = site.members
    async with modem() as line:
        line.lost.add(lost.phone.number)
        line.kept_on_sim(away.phone.number, "签到")
        boxes = site.boxes(block("GSM").replace("/dev/ttyUSB0", line.device))
        async with running(boxes), site.program() as program:
            await site.write_to(near, LONG)
            await site.write_to(lost, SHORT)
            program.sending.wake()
            rows = await until(
                site.letters, lambda rows: [bool(row.settled_at) for row in rows] == [True] * 3
            )
            ended = {row.person_id: (row.state, row.reason) for row in rows}
            assert ended == {
                near.id: ("delivered", None),
                lost.id: ("failed", "not_delivered"),
                away.id: ("delivered", None),
            }
            assert line.sim == {}, "heard, and there is room for the next"
            assert {SIGNED + LONG, SIGNED + SHORT} < set(await line.texts(3))
            line.text_from(near.phone.number, "签到 都好")
            assert len(await line.texts(4)) == 4
