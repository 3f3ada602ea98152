"""An empty account or a refused template is nobody's work by voice: it waits until it is mended. (S6)"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import update

from bot.channels.gateways.kannel import Kannel
from storage import deliveries
from storage.campaigns import campaigns
from storage.outbox import outbox
from tests.conversations.test_ladder import letters_to, state_of, tasks_about
from tests.conversations.test_lesson import SMS_LESSON, sends
from tests.conversations.town import Town


@contextmanager
def login_is_wrong(town: Town) -> Iterator[None]:
    """As where the operator mistyped the gateway's password, until it is mended."""
    gateway = town.rehearsal.app.doors.gateway
    assert isinstance(gateway, Kannel)
    right, gateway._login = gateway._login, {**gateway._login, "password": "mistyped"}
    yield
    gateway._login = right


async def test_nobody_is_called_and_it_goes_out_once_it_is_mended(town: Town) -> None:
    with login_is_wrong(town):
        await sends(town.secretary)
        await town.passes(hours=1)
        heard = await town.secretary.reads()
        assert "有一部分发不出去：平台账号不对" in heard and "修好后自己接着发" in heard
        await town.passes(days=3)
        assert await tasks_about(town, town.old) == []
        assert "平台账号不对" not in await town.secretary.reads(), "said once"
    await town.passes(minutes=30)
    assert SMS_LESSON in await town.old.reads("sms")
    assert await tasks_about(town, town.old) == []


async def test_the_administrator_hears_of_it(town: Town) -> None:
    await town.moves_in("admin", "管理员", "+8613900000088", on_roster=False, role="admin")
    town.clock.wind(timedelta(minutes=11))
    with login_is_wrong(town):
        await sends(town.secretary)
        await town.rehearsal.app.alarm.look()
        assert "短信网关不认我们的账号" in await town.admin.reads()


async def test_what_expires_meanwhile_says_why(town: Town) -> None:
    with login_is_wrong(town):
        await sends(town.secretary)
        async with town.writing() as tx:
            soon = town.clock.now() + timedelta(hours=2)
            await tx.conn.execute(update(campaigns).values(expires_at=soon))
        await town.passes(days=2)
    assert await state_of(town, town.old) == ("left_out", "gateway_login")
    assert await tasks_about(town, town.old) == []


async def test_a_message_that_is_refused_on_the_way_is_paused_and_can_go_on(town: Town) -> None:
    """The receipt of an operator: the signature is not registered there."""
    await town.moves_in("admin", "管理员", "+8613900000088", on_roster=False, role="admin")
    await sends(town.secretary)
    [letter] = await letters_to(town, town.old)
    async with town.writing() as tx:
        await tx.conn.execute(update(outbox).values(state="accepted").where(outbox.c.id == letter.id))
        await deliveries.receipt(tx, town.clock.now(), letter.id, False, "signature_wrong:MB:1077")
    await town.old.reads("sms")
    await town.ticks()
    assert "先暂停了：短信平台不收，签名没有报备" in await town.secretary.reads()
    assert "签名没有报备" in await town.admin.reads()
    await town.passes(days=2)
    assert await tasks_about(town, town.old) == [] and await town.old.reads("sms") == ""
    await town.secretary.presses("继续发")
    await town.passes(minutes=15)
    assert SMS_LESSON in await town.old.reads("sms")
