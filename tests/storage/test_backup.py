"""What was backed up beside a running program comes back whole, or not at all, and says nothing twice."""

from __future__ import annotations

import asyncio
import gzip
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from content.letter import Letter
from storage import (
    backup_file,
    campaign_life,
    campaigns,
    claiming,
    deliveries,
    migrations,
    occurrences,
    outbox,
    people,
    tally_rebuild,
    units,
)
from storage.backup import back_up
from storage.backup_file import BackupDamaged, BackupTooNew, read_backup
from storage.database import Database
from storage.occurrences import Slot
from storage.outbox import RESTORED, Destination
from storage.restore import DatabaseHasContent, ProgramRunning
from storage.restore_into import restore_into
from storage.schema import metadata
from storage.vault import KeyFileWrong, Vault, new_vault
from tests.postgres_server import Postgres
from tests.storage import canaries
from tests.storage.town import NOW

LATER = NOW + timedelta(days=2)


async def _of_a_whole_town(database: Database, path: Path) -> None:
    """A backup of rows in every table."""
    async with database.writing() as tx:
        await canaries.live(tx)
    await back_up(database, path, NOW)


async def _of_those_of_before(database: Database, path: Path) -> None:
    """A backup from when there was one person alone."""
    async with database.writing() as tx:
        await people.add(tx, NOW, "从前的人")
    await back_up(database, path, NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Somewhere else to restore to: a migrated database without any row, of either engine."""
    if request.param == "sqlite":
        path = tmp_path / "other" / "liandong.db"
        path.parent.mkdir()
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.fresh("migrated") as url:
            yield url


async def test_all_comes_back_on_either_engine(
    database: Database, vault: Vault, tmp_path: Path, other_url: str
) -> None:
    async with database.writing() as tx:
        await canaries.live(tx)
    before = await _rows(database)
    await back_up(database, tmp_path / "b", NOW)
    backup = read_backup(tmp_path / "b")
    backup.check_key(vault)
    await restore_into(other_url, backup, LATER, replace=False)
    other = Database(other_url, vault)
    try:
        after = await _rows(other)
        async with other.reading() as tx:
            assert await tally_rebuild.wrong(tx) == 0, "counted anew by the triggers"
    finally:
        await other.close()
    assert {name: len(rows) for name, rows in after.items()} == dict(backup.rows)
    for name in set(before) - {"outbox", "campaigns", "occurrences"}:
        assert after[name] == before[name], name
    assert await migrations.differences(other_url) == []


async def test_nothing_personal_is_in_the_file_and_it_is_its_owner_s_alone(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    await _of_a_whole_town(database, tmp_path / "b")
    content = gzip.decompress((tmp_path / "b").read_bytes())
    assert canaries.found_in(content) == set()
    assert all(key not in content for key in (*vault.keys.values(), vault.index_key))
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


async def test_it_is_of_one_moment_though_the_program_writes_on(database: Database, tmp_path: Path) -> None:
    """A branch and its people are written together; no backup may have the one without the others."""
    over = asyncio.Event()

    async def write() -> None:
        n = 0
        while not over.is_set():
            n += 1
            async with database.writing() as tx:
                await people.add(tx, NOW, f"石{n}")
                await units.found(tx, NOW, f"第{n}支部")

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    for n in range(5):
        counted = await back_up(database, tmp_path / f"b{n}", NOW)
        assert counted["people"] == counted["units"] > 0
        assert read_backup(tmp_path / f"b{n}").rows == counted
    over.set()
    await writing


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_stick_that_knows_no_links_takes_it_too(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuses)
    counted = await back_up(database, tmp_path / "b", NOW)
    assert read_backup(tmp_path / "b").rows == counted
    (tmp_path / "c").write_text("kept")
    with pytest.raises(FileExistsError):
        backup_file._name_it(tmp_path / "b", tmp_path / "c")
    assert (tmp_path / "c").read_text() == "kept"


async def test_a_file_that_is_there_is_never_written_over(database: Database, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("kept")
    with pytest.raises(FileExistsError):
        await back_up(database, tmp_path / "b", NOW)
    assert (tmp_path / "b").read_text() == "kept"


async def test_a_backup_that_was_cut_off_leaves_no_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(backup_file.Writer, "end", full)
    (tmp_path / "to").mkdir()
    with pytest.raises(OSError, match="no space"):
        await back_up(database, tmp_path / "to" / "b", NOW)
    assert list((tmp_path / "to").glob("*")) == []


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_damaged_file_is_refused_wherever_it_is_damaged(database: Database, tmp_path: Path) -> None:
    await _of_a_whole_town(database, tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    spoilt = [b"", b"no gzip", whole[: len(whole) // 2], whole[:-9], whole + b"more"]
    spoilt += [gzip.compress(b"".join(lines[:n])) for n in (0, 1, 5, len(lines) - 1)]
    spoilt += [gzip.compress(b"".join(lines[:5] + lines[6:])), gzip.compress(b"".join(lines * 2))]
    spoilt += [gzip.compress(b"".join(lines).replace(b"zh", b"en", 1)), gzip.compress(b"null\n[]\n")]
    for content in spoilt:
        (tmp_path / "spoilt").write_bytes(content)
        with pytest.raises(BackupDamaged):
            read_backup(tmp_path / "spoilt")


async def test_what_is_in_the_way_stays_unless_it_is_to_be_replaced(
    database: Database, vault: Vault, tmp_path: Path, other_url: str
) -> None:
    await _of_those_of_before(database, tmp_path / "b")
    other = Database(other_url, vault)
    async with other.writing() as tx:
        await people.add(tx, NOW, "现在的人")
    await other.close()
    backup = read_backup(tmp_path / "b")
    with pytest.raises(DatabaseHasContent):
        await restore_into(other_url, backup, LATER, replace=False)
    assert await _names(other_url, vault) == ["现在的人"]
    await restore_into(other_url, backup, LATER, replace=True)
    assert await _names(other_url, vault) == ["从前的人"]


async def test_it_is_refused_while_the_program_runs_and_then_nothing_is_changed(
    database: Database, database_url: str, vault: Vault, tmp_path: Path
) -> None:
    """The program rests between two messages, and holds no transaction."""
    await _of_those_of_before(database, tmp_path / "b")
    async with database.writing() as tx:
        await people.add(tx, NOW, "后来的人")
    backup = read_backup(tmp_path / "b")
    with pytest.raises(ProgramRunning):
        await restore_into(database_url, backup, LATER, replace=True)
    await database.close()
    assert len(await _names(database_url, vault)) == 2
    await restore_into(database_url, backup, LATER, replace=True)
    assert await _names(database_url, vault) == ["从前的人"]


async def test_one_that_fails_half_way_leaves_the_old_database(
    database: Database, database_url: str, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _of_a_whole_town(database, tmp_path / "b")
    async with database.writing() as tx:
        await people.add(tx, NOW, "后来的人")
    await database.close()
    before = await _names(database_url, vault)
    whole = read_backup(tmp_path / "b")
    missing = dict(whole.rows) | {"people": whole.rows["people"] + 1}
    broken = backup_file.Backup(whole.path, NOW, whole.revision, missing, whole.seals, whole.index)
    with pytest.raises(BackupDamaged):
        await restore_into(database_url, broken, LATER, replace=True)
    assert await _names(database_url, vault) == before
    assert list(tmp_path.glob(".*restoring*")) == []  # noqa: ASYNC240


async def test_another_key_or_a_newer_program_is_told_before_anything_is_touched(
    database: Database, database_url: str, vault: Vault, tmp_path: Path
) -> None:
    await _of_those_of_before(database, tmp_path / "b")
    await database.close()
    backup = read_backup(tmp_path / "b")
    with pytest.raises(KeyFileWrong):
        backup.check_key(new_vault())
    with pytest.raises(KeyFileWrong):
        backup.check_key(Vault(vault.keys, vault.current, new_vault().index_key))
    newer = backup_file.Backup(backup.path, NOW, "9999", backup.rows, backup.seals, backup.index)
    with pytest.raises(BackupTooNew):
        await restore_into(database_url, newer, LATER, replace=True)
    assert await _names(database_url, vault) == ["从前的人"]


async def test_letters_that_may_have_gone_out_since_do_not_go_out_again(
    database: Database, database_url: str, vault: Vault, tmp_path: Path
) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "孟联")
        for key, when in (("due", NOW), ("sending", NOW), ("ahead", LATER + timedelta(days=5))):
            to = Destination("sms", "+8613900000003")
            await outbox.promise(tx, when, to, Letter("您好"), "notice", key)
        await claiming.claim(tx, NOW, timedelta(minutes=1), limit=1)
        await campaigns.plan(tx, NOW, sender, "stop-fraud", NOW + timedelta(days=1))
        await campaigns.plan(tx, NOW, sender, "stop-fraud", LATER + timedelta(days=1))
        await occurrences.take(tx, NOW, "remind members", Slot("2026-11-02T09:00:00", NOW))
    await back_up(database, tmp_path / "b", NOW)
    await database.close()
    restored = await restore_into(database_url, read_backup(tmp_path / "b"), LATER, replace=True)
    assert (restored.unknown, restored.called_off) == (2, 1)
    again = Database(database_url, vault)
    try:
        async with again.writing() as tx:
            assert await deliveries.tally(tx) == {"unknown": 2, "pending": 1}
            reasons = await tx.conn.execute(select(outbox.outbox.c.reason).order_by(outbox.outbox.c.id))
            assert list(reasons.scalars()) == [RESTORED, RESTORED, None]
            assert await claiming.claim(tx, LATER, timedelta(minutes=1)) == []
            assert await campaign_life.due(tx, LATER) == []
            assert await occurrences.last_slot(tx, "remind members", LATER) == occurrences.mark(LATER)
    finally:
        await again.close()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_file_that_is_no_database_any_more_is_replaced_and_kept_aside(
    database: Database, database_url: str, vault: Vault, tmp_path: Path
) -> None:
    await _of_those_of_before(database, tmp_path / "b")
    await database.close()
    path = Path(str(database.url.database))
    path.write_bytes(os.urandom(20_000))  # noqa: ASYNC240
    with pytest.raises(DatabaseHasContent):
        await restore_into(database_url, read_backup(tmp_path / "b"), LATER, replace=False)
    await restore_into(database_url, read_backup(tmp_path / "b"), LATER, replace=True)
    assert await _names(database_url, vault) == ["从前的人"]
    assert path.stat().st_mode & 0o777 == 0o600  # noqa: ASYNC240
    assert path.with_name(f"{path.name}.damaged").stat().st_size == 20_000


async def _rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.reading() as tx:
        found = {}
        for table in metadata.sorted_tables:
            if table.info.get("derived"):
                continue
            rows = await tx.conn.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
        return found


async def _names(url: str, vault: Vault) -> list[str]:
    database = Database(url, vault)
    try:
        async with database.reading() as tx:
            rows = await tx.conn.execute(text("SELECT id FROM people ORDER BY id"))
            return [await people.name_of(tx, one) for one in rows.scalars()]
    finally:
        await database.close()
