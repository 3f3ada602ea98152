"""`doctor`: each thing that can be wrong with a set-up is found, and comes with what to do about it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.looking import Seen
from bot.clock import WallClock
from bot.doctor import rows
from bot.doctor.clocks import clocks
from bot.doctor.doors import gateway
from bot.doctor.finding import Finding, Patient
from bot.sandbox.server import sandbox_app
from bot.sandbox.world import World
from bot.serving import serving
from bot.settings import read_settings
from content.rules import holidays as rule
from content.words.catalogue import tongue
from storage import inbox, occurrences, soundness
from storage import running as running_times
from storage.database import Database
from storage.database_file import DatabaseOutOfReach
from storage.inbox import Raw
from storage.occurrences import Slot
from storage.vault import read_vault
from tests.bot.test_command_line import liandong, running
from tests.bot.test_holidays_command import WHOLE
from tests.engines import postgres
from tests.ports import free_port
from tests.postgres_server import Postgres

__all__ = ["postgres"]

States = dict[str, str]


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)  # noqa: ASYNC240
    await liandong(tmp_path, "migrate")
    return tmp_path


@pytest.fixture
async def settings() -> AsyncIterator[dict[str, str]]:
    """A Bot API that knows our token, and a port of our own."""
    world = World(WallClock())
    async with serving(sandbox_app(world)) as url:
        token = world.telegram.account.token
        yield {
            "TELEGRAM_TOKEN": token,
            "TELEGRAM_API": url,
            "HTTP_PORT": str(free_port()),
            "ALARM_TO": "13900000009",
        }


async def _examined(folder: Path, **settings: str) -> tuple[int, States, str]:
    code, shown = await liandong(folder, "doctor", "--json", **settings)
    told = json.loads(shown)
    for one in told["checks"]:
        assert one["state"] == "ok" or one["todo"], one
    assert (code == 0) == told["ok"]
    return code, {one["check"]: one["state"] for one in told["checks"]}, shown


async def test_a_sound_place_is_said_to_be_one(place: Path, settings: dict[str, str]) -> None:
    code, states, shown = await _examined(place, **settings)
    assert code == 0, shown
    may_warn = {"engine", "holidays", "disk"}
    assert {check for check, state in states.items() if state != "ok"} <= may_warn, shown
    assert {
        "settings",
        "database",
        "sound",
        "written",
        "key",
        "key_fits",
        "alarm",
        "telegram",
        "webhook",
        "port",
        "clock",
    } <= set(states)
    assert settings["TELEGRAM_TOKEN"] not in shown
    code, shown = await liandong(place, "doctor", LANGUAGE="en", **settings)
    assert (code, "✓ The database" in shown) == (0, True), shown
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in shown), shown


async def test_the_running_program_holds_its_port_and_a_stranger_s_is_told(
    place: Path, settings: dict[str, str]
) -> None:
    async with running(place, settings):
        async with asyncio.timeout(20):
            while "正在运行" not in (await liandong(place, "doctor", **settings))[1]:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        code, states, _ = await _examined(place, **settings | {"HTTP_PORT": str(port)})
    assert (code, states["port"]) == (1, "wrong")


async def test_nothing_set_up_is_no_crash_and_everything_is_looked_at(tmp_path: Path) -> None:
    dead = {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_API": "http://127.0.0.1:1"}
    code, states, shown = await _examined(tmp_path, **dead)
    assert (code, states["database"], states["key"], states["telegram"]) == (1, "wrong", "wrong", "wrong")
    assert {"holidays", "disk", "languages", "time_zone", "port"} <= set(states)
    assert not (tmp_path / "liandong.db").exists()
    url = "postgresql://somebody:a-password@127.0.0.1:1/x"
    code, states, shown = await _examined(tmp_path, DATABASE_URL=url, **dead)
    assert (code, states["database"], "a-password" in shown) == (1, "wrong", False)
    code, shown = await liandong(tmp_path, "doctor", HTPP_PORT="1")
    assert (code, "LIANDONG_HTTP_PORT" in shown, "Traceback" in shown) == (1, True, False)


async def test_a_key_that_others_can_read_that_does_not_fit_or_lies_beside_a_backup(
    place: Path, settings: dict[str, str]
) -> None:
    office = ("--phone", "13900000001", "--role", "admin", "--unit", "云溪镇党委", "--found")
    await liandong(place, "grant", "--name", "祝文书", *office)
    await liandong(place, "keys", "new", "other.key")
    _, states, _ = await _examined(place, **settings, KEY_FILE="other.key")
    assert (states["key"], states["key_fits"]) == ("ok", "wrong")
    (place / "liandong.key").chmod(0o644)
    await liandong(place, "backup", "b")
    place.chmod(0o755)  # noqa: ASYNC240
    _, states, shown = await _examined(place, **settings)
    assert (states["key"], "chmod 600" in shown, states["key_place"]) == ("wrong", True, "warn")
    (place / "b").unlink()
    _, states, shown = await _examined(place, **settings)
    assert (states["key_place"], "chmod 700" in shown) == ("warn", True)


async def test_a_damaged_file_is_found_out(place: Path, settings: dict[str, str]) -> None:
    path = place / "liandong.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * 10] + os.urandom(4096 * 5) + whole[4096 * 15 :])
    code, states, shown = await _examined(place, **settings)
    assert (code, states["sound"], "restore" in shown) == (1, "wrong", True)


async def test_a_lock_a_closed_folder_and_a_newer_program_are_no_damage(
    place: Path, settings: dict[str, str]
) -> None:
    """Whoever restored a backup because of one of these would lose what came after it."""
    path = place / "liandong.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        _, states, shown = await _examined(place, **settings)
        assert (states["database"], states["sound"], "升级程序" in shown) == ("wrong", "ok", True)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        _, states, shown = await _examined(place, **settings)
    assert (states["database"], states["file_is_sound"], "独占" in shown) == ("wrong", "warn", True)
    path.unlink()
    _, states, shown = await _examined(place, **settings)
    assert (states["database"], "还没有数据库文件" in shown) == ("wrong", True)
    with pytest.raises(DatabaseOutOfReach):
        soundness.quick_check(str(place / "nowhere" / "liandong.db"), 4)


async def test_counts_that_are_not_what_the_files_say_are_told_and_put_right(
    place: Path, settings: dict[str, str]
) -> None:
    [*_, found] = await _told(rows.counts, place)
    assert found.state == "ok"
    with closing(sqlite3.connect(place / "liandong.db")) as connection:
        connection.execute("INSERT INTO tallies VALUES ('', 0, 0, 0, 0, 0, 3)")
        connection.commit()
    code, states, shown = await _examined(place, **settings)
    assert (code, states["counts"], "bot migrate" in shown) == (1, "wrong", True)
    code, shown = await liandong(place, "migrate")
    assert (code, "重新数过" in shown) == (0, True)
    assert (await _examined(place, **settings))[1]["counts"] == "ok"


async def test_messages_that_wait_and_a_clock_that_went_back_are_told(
    place: Path, settings: dict[str, str]
) -> None:
    async def brings(at: datetime, number: str) -> None:
        database = Database(
            f"sqlite+aiosqlite:///{place / 'liandong.db'}", read_vault(place / "liandong.key")
        )
        async with database.writing() as tx:
            await inbox.keep(tx, at, [Raw("sms", number, {})])
        await database.close()

    await brings(datetime.now(UTC) - timedelta(minutes=30), "1")
    code, states, shown = await _examined(place, **settings)
    assert (code, states["inbox"], states["clock"], "30 分钟" in shown) == (1, "wrong", "ok", True)
    await brings(datetime.now(UTC) + timedelta(hours=2), "2")
    _, states, shown = await _examined(place, **settings)
    assert (states["clock"], "timedatectl" in shown) == ("wrong", True)


# As Kannel 1.4.5 says it.
BEARERBOX = """<?xml version="1.0"?>
<gateway>
<version>Kannel bearerbox version `1.4.5'.
</version>
<status>running, uptime 0d 0h 0m 1s</status>
<boxes><box><type>smsbox</type><id></id><status>on-line 0d 0h 0m 1s</status></box></boxes>
<smscs><count>2</count>
	<smsc><name>SMPP:1</name><admin-id>A</admin-id><id>OPERATOR</id><status>online 3s</status></smsc>
	<smsc><name>AT:1</name><admin-id>M</admin-id><id>MODEM</id><status>online 3s</status></smsc>
</smscs>
</gateway>
"""


class Elsewhere:
    """Another Bot API: what it answers is set by the test."""

    def __init__(self) -> None:
        self.webhook: dict[str, Any] = {"url": ""}
        self.date = datetime.now(UTC)
        self.status = 200
        self.gateway = 400, "Missing receiver number, rejected"
        self.status_page = BEARERBOX

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/bot1:a/{method}", self.answer),
                Route("/cgi-bin/sendsms", self.kannel),
                Route("/status.xml", self.bearerbox),
            ]
        )

    async def bearerbox(self, _request: Request) -> Response:
        return Response(self.status_page, media_type="text/plain")

    async def kannel(self, request: Request) -> Response:
        assert request.query_params["password"] and "to" not in request.query_params
        status, said = self.gateway
        return Response(said, status)

    async def answer(self, request: Request) -> Response:
        result = self.webhook if request.path_params.get("method") == "getWebhookInfo" else {"username": "b"}
        return JSONResponse({"ok": self.status == 200, "result": result}, status_code=self.status)


@pytest.mark.parametrize(
    ("sendsms", "status_page", "states", "said"),
    [
        ((400, "Missing receiver number, rejected"), BEARERBOX, ("ok", "ok"), "OPERATOR、MODEM"),
        ((200, "<html>It works!</html>"), BEARERBOX, ("wrong", None), "不是 Kannel"),
        ((502, "Bad Gateway"), BEARERBOX, ("wrong", None), "13013"),
        ((400, "Missing receiver"), "<html>It works!</html>", ("ok", "wrong"), "status.xml"),
        ((400, "Missing receiver"), "Denied.", ("ok", "wrong"), "status-password"),
        ((400, "Missing receiver"), BEARERBOX.replace("running", "suspended"), ("ok", "wrong"), "suspended"),
        (
            (400, "Missing receiver"),
            BEARERBOX.replace("online 3s", "re-connecting"),
            ("ok", "wrong"),
            "运营商",
        ),
        (
            (400, "Missing receiver"),
            BEARERBOX.replace("online 3s", "dead", 1),
            ("ok", "warn"),
            "OPERATOR dead",
        ),
        ((400, "Missing receiver"), re.sub("<smsc>.*</smsc>", "", BEARERBOX), ("ok", "wrong"), "kannel.conf"),
    ],
)
async def test_of_kannel_it_believes_what_kannel_says_alone(
    tmp_path: Path, sendsms: tuple[int, str], status_page: str, states: tuple[str, str | None], said: str
) -> None:
    elsewhere = Elsewhere()
    elsewhere.gateway, elsewhere.status_page = sendsms, status_page
    async with serving(elsewhere.app()) as url:
        written = {"SMS_GATEWAY": "kannel", "KANNEL_USERNAME": "u", "KANNEL_PASSWORD": "a-pass-word"}
        written |= {"SMS_PATH_SECRET": "a-secret-of-sixteen", "PUBLIC_URL": "http://127.0.0.1:8090"}
        written |= {"KANNEL_URL": url, "KANNEL_STATUS_URL": f"{url}/status.xml"}
        settings = read_settings({f"LIANDONG_{name}": value for name, value in written.items()}, tmp_path)
        found = await gateway(Patient(settings, tongue("zh"), datetime.now(UTC)))
    seen = {one.check: one.state for one in found}
    assert (seen["sms"], seen.get("sms_line")) == states
    assert said in " ".join(one.told + one.todo for one in found)


async def test_the_doors_are_looked_at_from_their_other_side(place: Path) -> None:
    elsewhere = Elsewhere()
    async with serving(elsewhere.app()) as url:
        mine = {
            "TELEGRAM_TOKEN": "1:a",
            "TELEGRAM_API": url,
            "HTTP_PORT": str(free_port()),
            "ALARM_TO": "13900000009",
        }
        hook = {"TELEGRAM_MODE": "webhook", "TELEGRAM_SECRET": "a-secret-of-sixteen"}
        hook |= {"TELEGRAM_WEBHOOK_URL": "https://liandong.example/telegram"}
        sms = {"SMS_GATEWAY": "kannel", "KANNEL_USERNAME": "u", "KANNEL_PASSWORD": "a-pass-word"}
        sms |= {"SMS_PATH_SECRET": "a-secret-of-sixteen", "PUBLIC_URL": "http://127.0.0.1:8090"}
        there = sms | {"KANNEL_URL": f"{url}/cgi-bin/sendsms"}
        _, states, shown = await _examined(place, **mine, **there)
        assert (states["webhook"], states["sms"], "a-pass-word" in shown) == ("ok", "ok", False)
        _, states, _ = await _examined(place, **mine, **sms, KANNEL_URL="http://127.0.0.1:1")
        assert states["sms"] == "wrong"
        elsewhere.gateway = 403, "Authorization failed for sendsms"
        _, states, shown = await _examined(place, **mine, **there)
        assert (states["sms"], "KANNEL_PASSWORD" in shown, "a-pass-word" in shown) == ("wrong", True, False)
        elsewhere.gateway = 400, "Missing receiver number, rejected"
        assert (await _examined(place, **mine, **sms, KANNEL_URL=url))[1]["sms"] == "ok", "its usual path"
        assert (await _examined(place, **mine, **sms, KANNEL_URL=f"{url}/x"))[1]["sms"] == "wrong"
        elsewhere.webhook = {"url": "https://somebody.example/"}
        assert (await _examined(place, **mine))[1]["webhook"] == "warn"
        assert (await _examined(place, **mine, **hook))[1]["webhook"] == "warn"
        elsewhere.webhook = {"url": hook["TELEGRAM_WEBHOOK_URL"], "pending_update_count": 0}
        assert (await _examined(place, **mine, **hook))[1]["webhook"] == "ok"
        by_name_alone = hook | {"TELEGRAM_WEBHOOK_URL": "https://liandong.example"}
        assert (await _examined(place, **mine, **by_name_alone))[1]["webhook"] == "ok", "with our path"
        elsewhere.webhook |= {
            "last_error_date": int(datetime.now(UTC).timestamp()),
            "last_error_message": "Wrong response from the webhook: 502",
        }
        _, states, shown = await _examined(place, **mine, **hook)
        assert (states["webhook"], "502" in shown) == ("wrong", True)
        elsewhere.status = 401
        _, states, shown = await _examined(place, **mine)
        assert (states["telegram"], "BotFather" in shown) == ("wrong", True)


async def _told(check: Any, folder: Path, now: datetime | None = None, **settings: str) -> list[Finding]:
    named = {f"LIANDONG_{name}": value for name, value in settings.items()}
    named |= {"LIANDONG_DATABASE_URL": f"sqlite:///{folder / 'liandong.db'}"}
    named |= {"LIANDONG_KEY_FILE": str(folder / "liandong.key")}
    found: list[Finding] = await check(
        Patient(read_settings(named, folder), tongue("zh"), now or datetime.now(UTC))
    )
    return found


async def test_on_postgresql_the_server_is_named(tmp_path: Path, postgres: Postgres) -> None:
    with postgres.fresh("migrated") as url:
        dead = {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_API": "http://127.0.0.1:1"}
        await liandong(tmp_path, "keys", "new", "liandong.key")
        _, states, shown = await _examined(tmp_path, DATABASE_URL=url, **dead)
    assert (states["database"], states["engine"], states["key_fits"]) == ("ok", "ok", "ok")
    assert "PostgreSQL 17" in shown and "sound" not in states


async def test_an_old_sqlite_is_a_warning_and_a_mended_one_is_none(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.doctor import database

    for version, state in (((3, 40, 1), "warn"), ((3, 51, 2), "warn"), ((3, 51, 3), "ok"), ((4, 0, 0), "ok")):
        monkeypatch.setattr(soundness, "sqlite_version", lambda version=version: version)
        [found] = await _told(database.engine, place)
        assert found.state == state


async def test_a_disk_that_fills_up_is_told_in_time(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.doctor import files

    for megabytes, state in ((50, "wrong"), (500, "warn"), (5000, "ok")):
        free = type("Usage", (), {"free": megabytes * 2**20})
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: free)
        [found] = await _told(files.disk, place)
        assert found.state == state


async def test_next_year_s_holidays_are_looked_out_for_from_november(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.doctor import calendar

    monkeypatch.setattr(rule, "built_in", lambda year: rule.by_law(year) if year == 2026 else ())
    for month, year, state in ((5, 2026, "ok"), (10, 2026, "ok"), (11, 2026, "warn"), (1, 2027, "warn")):
        [found] = await _told(calendar.holiday_table, place, datetime(year, month, 5, tzinfo=UTC))
        assert (found.state, "holidays import" in found.todo) == (state, state == "warn")
    (place / "2027.txt").write_text(WHOLE)
    assert (await liandong(place, "holidays", "import", "2027.txt"))[0] == 0
    [found] = await _told(calendar.holiday_table, place, datetime(2026, 11, 5, tzinfo=UTC))
    assert (found.state, found.todo) == ("ok", "")


async def test_what_was_let_go_is_told_with_its_time(place: Path) -> None:
    now = datetime(2026, 11, 5, 3, tzinfo=UTC)
    database = Database(f"sqlite+aiosqlite:///{place / 'liandong.db'}", read_vault(place / "liandong.key"))
    slots = [Slot(f"2026-11-0{day}T09:00:00", datetime(2026, 11, day, 1, tzinfo=UTC)) for day in (3, 4)]
    async with database.writing() as tx:
        await occurrences.pass_over(tx, now, "remind_members", slots, "let go")
    await database.close()
    [told] = [one for one in await _told(rows.queues, place, now) if one.check == "let_go"]
    assert told.state == "warn"
    assert "“提醒报平安”错过了 2 次" in told.told
    assert "11月4日 09:00" in told.told


async def test_when_it_last_stood_still_is_told_and_what_was_made_up(place: Path) -> None:
    began, ended = datetime(2026, 11, 2, 2, tzinfo=UTC), datetime(2026, 11, 5, 2, tzinfo=UTC)
    database = Database(f"sqlite+aiosqlite:///{place / 'liandong.db'}", read_vault(place / "liandong.key"))
    slots = [Slot(f"2026-11-0{day}T09:00:00", datetime(2026, 11, day, 1, tzinfo=UTC)) for day in (3, 4)]
    async with database.writing() as tx:
        assert await running_times.seen(tx, began, timedelta(minutes=30)) is None
        assert await running_times.seen(tx, ended, timedelta(minutes=30)) == (began, ended)
        await occurrences.pass_over(tx, ended, "remind_members", slots, "made up")
        await occurrences.pass_over(tx, ended, "weekly_round", slots[:1], "let go")
    await database.close()
    [told] = [one for one in await _told(rows.queues, place, ended) if one.check == "stood_still"]
    assert told.state == "warn"
    assert "11月2日 10:00" in told.told and "11月5日 10:00" in told.told
    assert "补做 0 次，合并成一次做的 2 次，没有补做 1 次" in told.told
    later = ended + timedelta(days=9)
    assert not [one for one in await _told(rows.queues, place, later) if one.check == "stood_still"]


async def test_a_clock_that_disagrees_with_the_other_side_is_told() -> None:
    settings = read_settings({}, Path("/nowhere"))
    patient = Patient(settings, tongue("zh"), datetime.now(UTC))
    for seconds, state in ((5, "ok"), (-90, "warn"), (3600, "wrong")):
        seen = Seen(200, datetime.now(UTC) + timedelta(seconds=seconds))
        [found] = clocks(patient, "telegram_clock", seen)
        assert found.state == state


def test_a_file_too_large_to_look_through_is_told_as_such(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "large.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", ((f"{n}" * 50,) for n in range(60_000)))
        connection.commit()
    assert soundness.quick_check(str(tmp_path / "large.db"), 60) == ""
    with pytest.raises(soundness.TooLarge):
        soundness.quick_check(str(tmp_path / "large.db"), -1)
