"""What only the key opens stays shut: for another row, for changed bytes, for another key."""

from __future__ import annotations

import base64
import errno
import json
import stat
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import StatementError

from storage import people
from storage.columns import SealedBytes, metadata
from storage.database import Database
from storage.vault import KeyFileWrong, SealBroken, Vault, new_vault, read_vault, write_vault
from tests.storage.town import NOW

PHONE = "+8613900139001"
SEALED = sorted(
    f"{column.table.name}.{column.name}"
    for table in metadata.tables.values()
    for column in table.columns
    if isinstance(column.type, SealedBytes)
)


def test_half_a_key_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be taken for one that was damaged, and no new one made in its place."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_vault(new_vault(), tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


@given(st.text())
@settings(deadline=None, max_examples=50)
def test_whatever_a_person_writes_comes_back_as_they_wrote_it(text: str) -> None:
    vault = new_vault()
    assert vault.open(vault.seal(text, "r", "people.name"), "r", "people.name") == text


@pytest.mark.parametrize(
    ("row", "column"),
    [("row-2", "people.name"), ("row-1", "members.job"), ("name|row-1", "people."), ("", "")],
)
def test_a_value_moved_to_another_row_or_column_does_not_open(vault: Vault, row: str, column: str) -> None:
    sealed = vault.seal("周远", "row-1", "people.name")
    with pytest.raises(SealBroken):
        vault.open(sealed, row, column)


def test_a_value_with_any_byte_changed_or_cut_off_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("周远", "row-1", "people.name")
    changed = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    for broken in (*changed, sealed[:-1], sealed[:14], sealed[:1], b""):
        with pytest.raises(SealBroken):
            vault.open(broken, "row-1", "people.name")


def test_another_key_does_not_open_it_and_a_broken_seal_tells_no_text(vault: Vault) -> None:
    sealed = vault.seal("周远", "row-1", "people.name")
    with pytest.raises(SealBroken, match=r"^people\.name of row row-1 does not open$"):
        new_vault().open(sealed, "row-1", "people.name")


def test_the_same_text_is_never_sealed_to_the_same_bytes(vault: Vault) -> None:
    assert vault.seal("周远", "r", "people.name") != vault.seal("周远", "r", "people.name")


def test_after_a_change_of_keys_old_values_still_open_and_numbers_are_still_found(vault: Vault) -> None:
    sealed = vault.seal("周远", "r", "people.name")
    rotated = replace(vault, keys={**vault.keys, 2: bytes(32)}, current=2)
    assert rotated.open(sealed, "r", "people.name") == "周远"
    assert rotated.seal("周远", "r", "people.name")[0] == 2
    assert rotated.blind("sms", PHONE) == vault.blind("sms", PHONE)


def test_a_blind_index_differs_by_key_by_channel_and_from_a_code_s_hash(vault: Vault) -> None:
    blind = vault.blind("sms", PHONE)
    assert blind == vault.blind("sms", PHONE)
    assert len({blind, vault.blind("telegram", PHONE), vault.code_hash(PHONE)}) == 3
    assert blind != new_vault().blind("sms", PHONE)


def test_the_key_file_is_for_its_owner_alone_and_reads_back_the_same(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "keys.json"
    write_vault(vault, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_vault(path) == vault


def test_a_key_file_is_never_written_over(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "keys.json"
    write_vault(vault, path)
    with pytest.raises(FileExistsError):
        write_vault(new_vault(), path)
    assert read_vault(path) == vault


def test_who_looks_for_a_key_file_that_is_not_there_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyFileWrong, match=r"(?s)migrate.*备份.*backup"):
        read_vault(tmp_path / "keys.json")


def _without_index(kept: dict[str, object]) -> str:
    return json.dumps({name: value for name, value in kept.items() if name != "index_key"})


DAMAGED: dict[str, Callable[[Any], str]] = {
    "empty": lambda kept: "",
    "cut off": lambda kept: json.dumps(kept)[:-20],
    "no JSON": lambda kept: "\x00\x01",
    "another shape": lambda kept: "[]",
    "nothing": lambda kept: "null",
    "keys of another shape": lambda kept: json.dumps({**kept, "keys": []}),
    "no index key": _without_index,
    "a short key": lambda kept: json.dumps({**kept, "keys": {"1": kept["keys"]["1"][:8]}}),
    "a key that is no base64": lambda kept: json.dumps({**kept, "keys": {"1": kept["keys"]["1"][:-3]}}),
    "an index key of no bytes": lambda kept: json.dumps({**kept, "index_key": ""}),
    "a current key that is not there": lambda kept: json.dumps({**kept, "current": 2}),
    "a key number over one byte": lambda kept: json.dumps(
        {**kept, "keys": {"300": kept["keys"]["1"]}, "current": 300}
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_key_file_is_refused_and_nothing_of_the_keys_is_told(
    tmp_path: Path, vault: Vault, damage: str
) -> None:
    path = tmp_path / "keys.json"
    write_vault(vault, path)
    kept = json.loads(path.read_text())
    path.write_text(DAMAGED[damage](kept))
    with pytest.raises(KeyFileWrong, match="备份") as refused:
        read_vault(path)
    told = "".join(traceback.format_exception(refused.value))
    for key in (*vault.keys.values(), vault.index_key):
        assert base64.b64encode(key).decode()[:8] not in told
        assert key.hex()[:8] not in told


def test_a_folder_in_the_key_file_s_place_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(KeyFileWrong, match="cannot be read"):
        read_vault(tmp_path)


def test_a_vault_that_is_printed_shows_no_key(vault: Vault) -> None:
    for key in (*vault.keys.values(), vault.index_key):
        assert repr(key) not in repr(vault)
        assert key.hex() not in repr(vault)


async def test_a_personal_field_refuses_plain_text(database: Database) -> None:
    taken = []
    async with database.writing() as tx:
        for field in SEALED:
            table, column = metadata.tables[field.split(".")[0]], field.split(".")[1]
            row = {key.name: "1" for key in table.primary_key} | {column: "周远"}
            with pytest.raises(StatementError) as refused:
                await tx.conn.execute(insert(table).values(row))
            if "sealed before it is written" not in str(refused.value):
                taken.append(field)
    assert taken == []


async def test_an_error_of_the_database_repeats_nothing_of_the_row(database: Database) -> None:
    async with database.writing() as tx:
        person_id = await people.add(tx, NOW, "周远")
        attempt = await tx.conn.begin_nested()
        with pytest.raises(StatementError) as refused:
            row = {"id": person_id, "name": b"secret-bytes", "language": "zh", "made_at": NOW}
            await tx.conn.execute(insert(people.people).values(row))
        await attempt.rollback()
    assert "secret-bytes" not in str(refused.value)
    assert "hide_parameters" in str(refused.value)
