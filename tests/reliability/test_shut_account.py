"""The SMS gateway refuses our login: those in charge hear it, and nothing that was to go out is lost."""

from __future__ import annotations

from pathlib import Path

from storage import deliveries
from tests.reliability.program import PASSWORD
from tests.reliability.troubles import MEMBERS, a_town


async def test_it_is_told_once_and_what_waits_goes_out_when_it_is_mended(tmp_path: Path) -> None:
    async with a_town(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'liandong.db'}") as town:
        town.program.settings["LIANDONG_KANNEL_PASSWORD"] = "not-the-one"
        await town.program.start()
        await town.program.until_it_answers()
        town.everybody_checks_in()
        await town.until_told("短信网关不认我们的账号")
        # It is counted once the phone's door has answered, which is after the phone has it.
        await town.until_health_says("gateway_login", told=1)
        status, health = await town.asked("/health")
        assert (status, health["wrong"]) == (503, ["sms"])

        assert await town.program.command("doctor") == 1
        shown = town.program.log.read_text()
        assert shown.count("✗ 短信网关不认我们的账号，短信都发不出去。聊天照常。") == 1
        assert "✓ 数据库写得进去。" in shown and "✓ 程序自己出了故障会告诉 1 位" in shown
        async with town.program.database() as database, database.reading() as tx:
            assert (await deliveries.tally(tx))["pending"] == MEMBERS
        assert len(town.admin_heard()) == 1

        await town.program.stop()
        town.program.settings["LIANDONG_KANNEL_PASSWORD"] = PASSWORD
        await town.program.start()
        await town.until_settled()
        assert town.heard() == town.said
