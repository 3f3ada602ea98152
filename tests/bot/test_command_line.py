"""From an empty folder to a running service, as an operator would: migrate, import, grant, invite, run.

Real processes, with settings in the environment; the Bot API they are pointed at happens to be the sandbox's.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import xlsxwriter

from bot.channels.gateways.kannel import INBOUND_QUERY
from bot.clock import WallClock
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World
from tests.daytime import where_it_is_noon
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
HEADER = ["序号", "党员姓名", "手机", "所在支部", "流入地", "外出时间", "联系人", "联系人电话"]
ROWS = [
    [1, "石远", 13900000003, "柳湾村党支部", "江苏昆山", "2026.3", "孟联", "13900000002"],
    [2, "欧阳山", "139 0000 0004", "柳湾村党支部", "上海市长宁区", "2025年3月5日", "孟联", ""],
    [3, "", "13900000005", "柳湾村党支部", "", "", "", ""],
]


# Root may write everywhere, but for what takes that from it (util-linux).
_WITHOUT_POWERS = ("setpriv", "--bounding-set=-all") if os.geteuid() == 0 else ()


async def liandong(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Exit code and all output of one command."""
    return await _carried_out(folder, sys.executable, "-m", "bot", *words, **settings)


async def without_powers(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """The same, by somebody whom files can be closed to."""
    return await _carried_out(folder, *_WITHOUT_POWERS, sys.executable, "-m", "bot", *words, **settings)


async def _carried_out(folder: Path, *command: str, **settings: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=_environment(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


@asynccontextmanager
async def running(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=_environment(settings)
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    ours = {f"LIANDONG_{name}": value for name, value in settings.items()}
    return {**os.environ, "PYTHONPATH": str(ROOT), **ours}


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write(0, 0, "云溪镇党委外出党员名册")
        for row, cells in enumerate([HEADER, *ROWS], 1):
            sheet.write_row(row, 0, cells)
    return path.name


async def test_an_operator_gets_from_nothing_to_a_check_in(tmp_path: Path, roster: str) -> None:
    world = World(WallClock())
    phone = world.add_phone("石远", "+8613900000003")
    old = world.add_phone("欧阳山", "+8613900000004", smartphone=False)
    port, path_secret = free_port(), "an-unguessable-part-of-the-path-0123456789"
    door = f"http://127.0.0.1:{port}"
    account = SmsAccount(inbound_url=f"{door}/sms/{path_secret}/inbound?{INBOUND_QUERY}")
    async with serving(sandbox_app(world, account)) as url:
        settings = {
            "TELEGRAM_TOKEN": world.telegram.account.token,
            "TELEGRAM_API": url,
            "SMS_GATEWAY": "kannel",
            "KANNEL_URL": url,
            "KANNEL_USERNAME": account.username,
            "KANNEL_PASSWORD": account.password,
            "KANNEL_FROM": world.service_number,
            "SMS_PATH_SECRET": path_secret,
            "PUBLIC_URL": door,
            "HTTP_PORT": str(port),
        }
        assert (await liandong(tmp_path, "migrate", **settings))[0] == 0
        await _import_shows_first_and_then_does(tmp_path, roster, settings)
        await _an_office_is_granted(tmp_path, settings)
        _lie_where_it_is_noon(tmp_path)
        link = await _invited(tmp_path, settings)
        async with running(tmp_path, settings):
            world.open_link(phone.id, link)
            await _until(lambda: bool(world.chat(phone.id)[-1].buttons))
            world.press(phone.id, world.chat(phone.id)[-1].id)
            await _until(lambda: "欢迎" in world.chat(phone.id)[-1].text)
            await liandong(tmp_path, "invite", "--phone", "13900000004", "--sms", **settings)
            await _until(lambda: bool(world.sms(old.id)))
            world.text(old.id, "1")
            await _until(lambda: "欢迎" in world.sms(old.id)[-1].body)
    code, shown = await liandong(tmp_path, "silent", "--json", **settings)
    assert code == 0
    assert json.loads(shown)["counts"] == {"all": 2, "fresh": 2, "due": 0, "late": 0, "silent": 0}


async def _import_shows_first_and_then_does(folder: Path, roster: str, settings: dict[str, str]) -> None:
    code, shown = await liandong(folder, "import", roster, "--dry-run", **settings)
    assert code == 0
    assert "没有姓名" in shown
    assert json.loads((await liandong(folder, "import", roster, "--json", **settings))[1])["added"] == 2
    again = json.loads((await liandong(folder, "import", roster, "--json", **settings))[1])
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)


async def _an_office_is_granted(folder: Path, settings: dict[str, str]) -> None:
    office = ("--role", "secretary", "--unit", "柳湾村党支部")
    code, shown = await liandong(
        folder, "grant", "--name", "祝文书", "--phone", "13900000001", *office, **settings
    )
    assert (code, "祝文书" in shown) == (0, True)


def _lie_where_it_is_noon(folder: Path) -> None:
    """An invitation wakes nobody."""
    with sqlite3.connect(folder / "liandong.db") as db:
        db.execute("UPDATE units SET timezone = ?", (where_it_is_noon(),))
        db.execute("UPDATE members SET zones = ''")
    db.close()


async def _invited(folder: Path, settings: dict[str, str]) -> str:
    code, shown = await liandong(folder, "invite", "--phone", "13900000003", "--qr", "qr.png", **settings)
    assert code == 0
    assert (folder / "qr.png").read_bytes().startswith(b"\x89PNG")
    found = re.search(r"\?start=([\w-]{22,})", shown)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("settings", "words", "told"),
    [
        ({}, ["silent"], "python -m bot migrate"),
        ({}, ["run"], "LIANDONG_TELEGRAM_TOKEN"),
        ({"HTPP_PORT": "1"}, ["run"], "LIANDONG_HTTP_PORT"),
        ({"HTTP_PORT": "many"}, ["run"], "LIANDONG_HTTP_PORT"),
        ({"HTTP_HOST": "999.1.1.1"}, ["run"], "LIANDONG_HTTP_HOST"),
        ({"HTTP_HOST": "not-a-host"}, ["run"], "LIANDONG_HTTP_HOST"),
        ({"SMS_GATEWAY": "kannel"}, ["run"], "LIANDONG_KANNEL_URL"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, ["silent"], "LIANDONG_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/x"}, ["migrate"], "LIANDONG_DATABASE_URL"),
        ({}, ["demo", "--port", "99999"], "--port"),
        ({}, ["grant", "--name", "祝", "--phone", "12", "--role", "admin", "--unit", "某"], "不是手机号"),
        ({}, ["invite", "--phone", "12"], "13900000001"),
        ({}, ["invite", "--phone", "13900000001", "--sms"], "LIANDONG_SMS_GATEWAY"),
        ({}, ["invite", "--phone", "13900000001", "--sms", "--qr", "x.png"], "--qr"),
        ({}, ["invite", "--all"], "LIANDONG_TELEGRAM_TOKEN"),
        ({}, ["invite", "--phone", "13900000001", "--qr", "nodir/q.png"], "nodir"),
        (
            {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_API": "http://127.0.0.1:1"},
            ["invite", "--all"],
            "TELEGRAM_API",
        ),
        ({}, ["revoke", "--role", "liaison", "--unit", "某"], "--phone"),
        ({}, ["silent", "--days", "-1"], "--days"),
        ({"KEY_FILE": "/nowhere/at/all.key"}, ["migrate"], "/nowhere/at/all.key"),
        ({"DATABASE_URL": "sqlite:////proc/all.db"}, ["migrate"], "LIANDONG_DATABASE_URL"),
        ({}, ["demo", "--folder", "/proc/demo"], "/proc/demo"),
    ],
)
async def test_what_is_wrong_is_one_clear_line_and_what_to_do(
    tmp_path: Path, settings: dict[str, str], words: list[str], told: str
) -> None:
    code, shown = await liandong(tmp_path, *words, **settings)
    assert code != 0
    assert told in shown
    assert "Traceback" not in shown


async def test_an_office_is_not_given_to_whoever_happens_to_have_the_number(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    office = ("--phone", "13900000001", "--role", "admin", "--unit", "云溪镇党委", "--found")
    assert (await liandong(tmp_path, "grant", "--name", "祝文书", *office))[0] == 0
    code, shown = await liandong(tmp_path, "grant", "--name", "孟联", *office)
    assert (code != 0, "没有授予" in shown) == (True, True)


async def test_an_office_is_taken_back_and_whoever_is_left_alone_is_counted(
    tmp_path: Path, roster: str
) -> None:
    await liandong(tmp_path, "migrate")
    await liandong(tmp_path, "import", roster)
    office = ("--role", "liaison", "--unit", "柳湾村党支部")
    code, shown = await liandong(tmp_path, "revoke", "--name", "没有这人", *office)
    assert (code != 0, "没有这样一位" in shown) == (True, True)
    code, shown = await liandong(tmp_path, "revoke", "--name", "孟联", *office)
    assert (code, "有 2 位党员现在没有联系人" in shown, "再导入" in shown) == (0, True, True)
    code, shown = await liandong(tmp_path, "import", roster)
    assert ("不再担任联系人" in shown, "改动 0" in shown) == (True, True)
    code, shown = await liandong(tmp_path, "revoke", "--phone", "13900000002", *office)
    assert (code != 0, "什么都没有改" in shown) == (True, True)


async def test_a_second_committee_is_not_founded_by_a_slip(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    office = ("--name", "祝文书", "--phone", "13900000001", "--role", "committee", "--found", "--unit")
    assert (await liandong(tmp_path, "grant", *office, "云溪镇党委"))[0] == 0
    code, shown = await liandong(tmp_path, "grant", *office, "云西镇党委")
    assert (code != 0, "云溪镇党委" in shown, "--under" in shown) == (True, True, True)
    assert (await liandong(tmp_path, "grant", *office, "云西镇党委", "--new-root"))[0] == 0


async def test_everybody_s_qr_codes_go_into_a_folder(tmp_path: Path, roster: str) -> None:
    world = World(WallClock())
    await liandong(tmp_path, "migrate")
    await liandong(tmp_path, "import", roster)
    async with serving(sandbox_app(world)) as url:
        settings = {"TELEGRAM_TOKEN": world.telegram.account.token, "TELEGRAM_API": url}
        code, shown = await liandong(tmp_path, "invite", "--all", "--qr", "codes", **settings)
        assert (code, len(list((tmp_path / "codes").iterdir()))) == (0, 3), shown
        assert "石远" in shown and (tmp_path / "codes" / "石远-0003.png").is_file()
        assert "孟联" in shown and "联系人" in shown
        (tmp_path / "one.png").write_bytes(b"kept")
        code, shown = await liandong(tmp_path, "invite", "--all", "--qr", "one.png", **settings)
    assert (code != 0, "文件夹" in shown, (tmp_path / "one.png").read_bytes()) == (True, True, b"kept")


async def test_a_refused_row_is_no_success_and_the_report_begins_with_it(tmp_path: Path, roster: str) -> None:
    await liandong(tmp_path, "migrate")
    code, shown = await liandong(tmp_path, "import", roster, "--strict")
    assert (code, "什么都没有改" in shown, "已导入" in shown) == (1, True, False)
    code, shown = await liandong(tmp_path, "import", roster)
    assert (code, shown.splitlines()[0][:5]) == (2, "有1行不收")
    assert "已导入：新增 2、改动 0、没变 0。" in shown
    assert shown.rstrip().endswith("python -m bot invite --all")
    code, shown = await liandong(tmp_path, "import", roster, "--under", "云西镇党委", LANGUAGE="en")
    assert (code, "--new-unit" in shown, "There is no unit" in shown) == (1, True, True)


async def test_the_figures_are_told_in_the_language_that_is_set(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    code, shown = await liandong(tmp_path, "silent", LANGUAGE="en")
    assert (code, shown.startswith("Away: 0")) == (0, True)
    code, shown = await liandong(tmp_path, "silent", "--help")
    assert "last_contact" in shown


async def test_a_lost_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    (tmp_path / "liandong.key").unlink()
    code, shown = await liandong(tmp_path, "migrate")
    assert code != 0
    assert "备份" in shown
    assert not (tmp_path / "liandong.key").exists()


async def test_a_busy_port_is_named(tmp_path: Path) -> None:
    async with serving(sandbox_app(World(WallClock()))) as url:
        port = url.rpartition(":")[2]
        code, shown = await liandong(tmp_path, "demo", "--port", port)
    assert code != 0
    assert port in shown
    assert "PORT=" in shown


async def test_a_lesson_is_checked_with_no_settings_and_no_database(tmp_path: Path) -> None:
    shelf = ROOT / "content" / "lessons"
    good = [str(shelf / "legal-aid.md"), str(shelf / "stop-fraud.md")]
    code, shown = await liandong(tmp_path, "lesson", "check", *good, HTTP_PORT="many")
    left = list(tmp_path.iterdir())  # noqa: ASYNC240
    assert (code, len(shown.splitlines()), left) == (0, 2, [])
    assert "《手机防骗四不要》 · 实用技术 · 短信 3 条，英文 6 条，聊天 347 字" in shown


async def test_all_faults_of_all_lessons_are_told_with_file_line_and_what_to_do(tmp_path: Path) -> None:
    text = (ROOT / "content" / "lessons" / "legal-aid.md").read_text(encoding="utf-8")
    faulty = text.replace("line: 政策法规", "line: 小道消息").replace("right: 3", "right: 7")
    (tmp_path / "legal-aid.md").write_text(faulty, encoding="utf-8")
    (tmp_path / "none").mkdir()
    (tmp_path / "empty.md").touch()
    (tmp_path / "gbk.md").write_bytes(text.encode("gbk"))
    good = str(ROOT / "content" / "lessons" / "stop-fraud.md")
    files = ["legal-aid.md", "empty.md", "gbk.md", "nowhere.md", "none", good]
    code, shown = await liandong(tmp_path, "lesson", "check", *files)
    assert code == 1
    for told in [
        "legal-aid.md第3行：line 要写其中一个：形势教育、政策法规、实用技术。",
        "legal-aid.md第19行：right 要写正确选项的序号，1 到 3。",
        "legal-aid.md, line 19: right has to be the number of the right option, 1 to 3.",
        "empty.md第1行：文件是空的",
        "gbk.md：不是 UTF-8",
        "nowhere.md：没有这个文件",
        "none：这个文件夹里没有课文",
        "OK stop-fraud.md",
    ]:
        assert told in shown
    assert "Traceback" not in shown


async def test_a_number_that_is_no_public_one_is_shown_to_be_looked_at_again(tmp_path: Path) -> None:
    text = (ROOT / "content" / "lessons" / "legal-aid.md").read_text(encoding="utf-8")
    (tmp_path / "legal-aid.md").write_text(text.replace("12348", "12384", 1), encoding="utf-8")
    code, shown = await liandong(tmp_path, "lesson", "check", "legal-aid.md")
    assert (code, "请再看一眼" in shown, shown.rstrip().endswith(": 12384.")) == (0, True, True)


async def test_a_folder_of_lessons_is_checked_as_a_whole(tmp_path: Path) -> None:
    """And what explains how to write one is no lesson."""
    shelf = ROOT / "content" / "lessons"
    code, shown = await liandong(tmp_path, "lesson", "check", str(shelf), str(shelf / "README.md"))
    assert (code, len(shown.splitlines())) == (0, len(list(shelf.glob("*.md"))) - 1)


async def test_what_a_message_means_is_told_line_by_line(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "understand",
        cwd=tmp_path,
        env=_environment({}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    asked = json.dumps({"text": "dz 惠州惠阳淡水", "as_of": "2026-11-22"}) + "\n"
    output, _ = await process.communicate(asked.encode())
    assert json.loads(output)["acts"][0]["place"] == "441303"


async def _until(happened: object) -> None:
    assert callable(happened)
    async with asyncio.timeout(20):
        while not happened():  # noqa: ASYNC110 - another process rings no bell here
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("command", ["silent", "migrate", "run"])
@pytest.mark.parametrize("sound", [0, 4096 * 3])
async def test_a_damaged_database_is_one_clear_line(tmp_path: Path, command: str, sound: int) -> None:
    await liandong(tmp_path, "migrate")
    kept = (tmp_path / "liandong.db").read_bytes()
    (tmp_path / "liandong.db").write_bytes(kept[:sound] + os.urandom(len(kept) - sound))
    code, shown = await liandong(tmp_path, command, TELEGRAM_TOKEN="1:a", TELEGRAM_API="http://127.0.0.1:1")
    assert (code != 0, "已损坏" in shown, "Traceback" in shown) == (True, True, False), shown


async def test_who_only_asks_leaves_no_file_and_the_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    code, shown = await liandong(tmp_path, "silent")
    assert (code != 0, "migrate" in shown, (tmp_path / "liandong.db").is_file()) == (True, True, False)
    await liandong(tmp_path, "migrate")
    assert (tmp_path / "liandong.db").stat().st_mode & 0o777 == 0o600


async def test_ready_is_not_said_with_the_key_of_another_place(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    office = ("--phone", "13900000001", "--role", "admin", "--unit", "云溪镇党委", "--found")
    await liandong(tmp_path, "grant", "--name", "祝文书", *office)
    other = tmp_path / "other"
    other.mkdir()
    await liandong(other, "migrate")
    code, shown = await liandong(tmp_path, "migrate", KEY_FILE=str(other / "liandong.key"))
    assert (code != 0, "不是一套" in shown, "已就绪" in shown) == (True, True, False)


async def test_a_folder_that_may_not_be_written_is_said_to_be_that(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    (tmp_path / "liandong.db").unlink()
    tmp_path.chmod(0o555)  # noqa: ASYNC240
    code, shown = await without_powers(tmp_path, "migrate")
    tmp_path.chmod(0o755)  # noqa: ASYNC240
    assert (code != 0, "没有权限" in shown, "连不上" in shown) == (True, True, False)
