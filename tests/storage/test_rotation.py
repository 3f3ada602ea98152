"""The key changes under whoever reads and writes: nothing fails to open, nothing keeps the old key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from storage import contacts, files, members, people, resealing, rotation, units
from storage.database import Database
from storage.key_ring import KeyRing
from storage.resealing import keys_in_use, sealed_columns
from storage.rotation import rotate
from storage.turnstile import SomebodyElseAtIt, alone_at
from storage.vault import DAMAGED, new_vault, read_vault, write_vault
from storage.viewer import the_programme
from tests.storage import canaries
from tests.storage.test_vault import SEALED
from tests.storage.town import NOW


@dataclass
class Place:
    """A database whose keys come from a file, as the program has it."""

    url: str
    path: Path
    database: Database

    def another_process(self) -> Database:
        return Database(self.url, KeyRing(self.path))

    async def used(self) -> set[int]:
        async with self.database.reading() as tx:
            return await keys_in_use(tx)


@pytest.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    path = tmp_path / "key"
    write_vault(new_vault(), path)
    database = Database(database_url, KeyRing(path))
    try:
        yield Place(database_url, path, database)
    finally:
        await database.close()


async def test_every_sealed_column_is_sealed_anew_and_opens(place: Place) -> None:
    async with place.database.writing() as tx:
        await canaries.live(tx)
    rotated = await rotate(place.database, place.path, keep=False)
    assert (rotated.damaged, rotated.kept, rotated.resumed) == (0, frozenset(), False)
    assert await place.used() == {2}
    assert set(read_vault(place.path).keys) == {2}
    seen = set()
    async with place.database.reading() as tx:
        for table, columns in sealed_columns().items():
            for row in (await tx.conn.execute(table.select())).mappings():
                key = row[next(iter(table.primary_key)).name]
                for column in columns:
                    if row[column.name] is not None:
                        tx.vault.open(row[column.name], key, f"{table.name}.{column.name}")
                        seen.add(f"{table.name}.{column.name}")
    assert sorted(seen) == SEALED


async def test_another_process_reads_and_writes_throughout(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 5)
    other = place.another_process()
    try:
        ids = await _a_branch(place.database, 60)
        rotating = asyncio.create_task(rotate(place.database, place.path, keep=False))
        rounds = 0
        while not rotating.done() or not rounds:
            rounds += 1
            async with other.writing() as tx:
                member = await members.find(tx, the_programme(), ids[rounds % len(ids)])
                assert member is not None
                await members.note_texts(tx, member, job=f"第{rounds}份工")
                await contacts.heard(tx, NOW, member, "word", "sms", member.id, f"第{rounds}句")
            async with other.reading() as tx:
                assert DAMAGED not in repr(await members.everyone(tx, the_programme()))
        assert (await rotating).damaged == 0
        assert rounds > 3
        assert await place.used() == {2}
    finally:
        await other.close()


async def test_who_began_to_write_with_the_old_key_is_waited_for(place: Place) -> None:
    """Else their row would be sealed with a key that is gone."""
    other = place.another_process()
    try:
        async with other.writing() as tx:
            rotating = asyncio.create_task(rotate(place.database, place.path, keep=False))
            await asyncio.sleep(1)
            late = await people.add(tx, NOW, "周远")
            assert not rotating.done()
        await rotating
        assert await place.used() == {2}
        async with other.reading() as tx:
            assert await people.name_of(tx, late) == "周远"
    finally:
        await other.close()


async def test_a_reader_from_before_opens_what_was_sealed_since(place: Place) -> None:
    """Their transaction has the old keys; PostgreSQL shows it rows of the new one."""
    other = place.another_process()
    try:
        [person] = await _a_branch(place.database, 1)
        async with other.reading() as tx:
            await rotate(place.database, place.path, keep=False)
            assert await people.name_of(tx, person) == "石0"
    finally:
        await other.close()


async def test_a_run_that_was_cut_off_is_taken_up_where_it_stands(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 5)
    await _a_branch(place.database, 40)
    cut_off = asyncio.create_task(rotate(place.database, place.path, keep=False))
    while await place.used() != {1, 2}:  # noqa: ASYNC110
        await asyncio.sleep(0)
    cut_off.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cut_off
    assert set(read_vault(place.path).keys) == {1, 2}
    rotated = await rotate(place.database, place.path, keep=False)
    assert (rotated.resumed, await place.used(), set(read_vault(place.path).keys)) == (True, {2}, {2})
    assert not (await rotate(place.database, place.path, keep=False)).resumed
    assert await place.used() == {3}


async def test_a_kept_key_stays_and_is_no_half_done_change(place: Place) -> None:
    await rotate(place.database, place.path, keep=True)
    kept = await rotate(place.database, place.path, keep=False)
    assert (kept.resumed, kept.kept) == (False, frozenset({1}))
    assert (set(read_vault(place.path).keys), read_vault(place.path).retired) == ({1, 3}, frozenset({1}))


async def test_the_key_of_what_does_not_open_is_never_thrown_away(place: Place) -> None:
    await _a_branch(place.database, 2)
    async with place.database.writing() as tx:
        broken = bytes([1]) + bytes(40)
        await tx.conn.execute(update(files.members).values(job=broken))
    rotated = await rotate(place.database, place.path, keep=False)
    assert (rotated.damaged, rotated.kept) == (2, frozenset({1}))


async def test_two_do_not_change_the_key_at_once(place: Place) -> None:
    """Both would find the file as it was, and the first one's new key would be lost."""
    before = place.path.read_text()
    other = place.another_process()
    async with alone_at(place.database, "keys"):
        with pytest.raises(SomebodyElseAtIt):
            await rotate(other, place.path, keep=False)
    await other.close()
    assert place.path.read_text() == before


async def test_the_key_file_stays_its_owner_s_alone(place: Place) -> None:
    await rotate(place.database, place.path, keep=False)
    assert place.path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in place.path.parent.glob("*key*.new")] == []


async def test_a_key_file_that_is_gone_for_a_moment_costs_nothing(place: Place) -> None:
    [person] = await _a_branch(place.database, 1)
    content = place.path.read_bytes()
    for spoilt in (None, b"", b"{"):
        if spoilt is None:
            place.path.unlink()
        else:
            place.path.write_bytes(spoilt)
        async with place.database.reading() as tx:
            assert await people.name_of(tx, person) == "石0"
    place.path.write_bytes(content)


def test_the_waiting_ends_for_good_when_somebody_never_does() -> None:
    assert timedelta(minutes=5).total_seconds() >= rotation._TRIES * rotation._PAUSE


async def _a_branch(database: Database, size: int) -> list[str]:
    async with database.writing() as tx:
        unit = await units.found(tx, NOW, "湖熟支部")
        made = []
        for n in range(size):
            person = await people.add(tx, NOW, f"石{n}")
            await members.enrol(tx, NOW, person, unit)
            made.append(person)
        return made
