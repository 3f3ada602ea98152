"""A roster is taken whole or not at all, one at a time, and what is said meanwhile is not written over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, select

from content.words.catalogue import tongue
from handlers.roster.branches import UnitUnknown
from handlers.roster.report import as_text, closing
from storage import addresses, changes, files, members, people, units
from storage.changes import Change
from storage.database import Database, Transaction
from storage.files import Member
from storage.key_ring import KeyRing, replace_vault
from storage.turnstile import SomebodyElseAtIt, alone_at
from storage.units import UnitTaken
from storage.vault import Vault, write_vault
from storage.viewer import the_programme
from tests.handlers.test_roster_import import (
    CHUNLAN,
    STONE,
    WILLOW,
    XIAOHE,
    bring,
    changed,
    counts,
    every_row,
    everybody,
    numbers_of,
    roster,
)

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
MOVED = ("田小禾", "13900139001", WILLOW, "上海市松江区", "2026年3月", "田大山", "13900139002")

Says = Callable[[Transaction], Awaitable[None]]


class Overtaken(Database):
    """A database in which somebody says something each time a plan has just been made."""

    def __init__(self, url: str, keys: Vault | KeyRing, says: Says, times: int = 1) -> None:
        super().__init__(url, keys)
        self._says = says
        self.times = times

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        if self.times:
            self.times -= 1
            async with super().writing() as tx:
                await self._says(tx)
        async with super().writing() as tx:
            yield tx


@asynccontextmanager
async def overtaken(url: str, keys: Vault | KeyRing, says: Says, times: int = 1) -> AsyncIterator[Overtaken]:
    database = Overtaken(url, keys, says, times)
    try:
        yield database
    finally:
        await database.close()


def moves_to_kunshan(file: Member) -> Says:
    async def says(tx: Transaction) -> None:
        told = Change("address", file.address, "昆山", file.place_code, "320583", NOW, "sms", file.id)
        await changes.record(tx, file, told)
        await members.note_facts(tx, file, place_code="320583")
        await members.note_texts(tx, file, address="昆山")

    return says


@pytest.mark.parametrize("times", [1, 5])
async def test_what_a_member_says_while_the_plan_is_made_stands(
    database: Database, database_url: str, vault: Vault, times: int
) -> None:
    await bring(database, roster(XIAOHE))
    says = moves_to_kunshan((await everybody(database))["田小禾"])
    async with overtaken(database_url, vault, says, times) as busy:
        plan = await bring(busy, roster(MOVED))
    assert (counts(plan), changed(plan)) == ((0, 0, 1, 0, 0), [])
    assert (await everybody(database))["田小禾"].address == "昆山"


async def test_a_number_that_its_owner_verifies_meanwhile_goes_to_nobody_else(
    database: Database, database_url: str, vault: Vault
) -> None:
    await bring(database, roster(("王福", "", STONE)))
    owner = (await everybody(database))["王福"].id

    async def says(tx: Transaction) -> None:
        await addresses.add(tx, NOW, owner, "sms", "+8613900139001", verified=True)

    async with overtaken(database_url, vault, says) as busy:
        await bring(busy, roster(XIAOHE))
    assert await numbers_of(database, owner) == ["+8613900139001"]
    assert await numbers_of(database, (await everybody(database))["田小禾"].id) == []


async def test_no_row_is_sealed_with_a_key_that_was_changed_meanwhile(
    database: Database, database_url: str, vault: Vault, tmp_path: Path
) -> None:
    write_vault(vault, tmp_path / "ring")
    keys = KeyRing(tmp_path / "ring")
    newer = replace(vault, keys={**vault.keys, 2: bytes(32)}, current=2)

    async def says(_tx: Transaction) -> None:
        replace_vault(newer, tmp_path / "ring")

    async with overtaken(database_url, keys, says) as busy:
        await bring(busy, roster(XIAOHE))
    async with database.reading() as tx:
        sealed = [
            *await tx.conn.scalars(select(people.people.c.name)),
            *await tx.conn.scalars(select(addresses.addresses.c.value)),
            *await tx.conn.scalars(select(files.members.c.address)),
        ]
    assert {one[0] for one in sealed} == {2}


async def test_the_second_of_two_imports_is_told_and_changes_nothing(database: Database) -> None:
    before = await every_row(database)
    async with alone_at(database, "import"):
        with pytest.raises(SomebodyElseAtIt):
            await bring(database, roster(XIAOHE))
    assert await every_row(database) == before
    assert counts(await bring(database, roster(XIAOHE))) == (1, 0, 0, 0, 0)


async def test_a_member_is_heard_while_an_import_is_under_way(database: Database) -> None:
    await bring(database, roster(XIAOHE))
    async with alone_at(database, "import"), database.writing() as tx:
        file = (await members.everyone(tx, the_programme()))[0]
        await members.note_texts(tx, file, address="昆山")


async def test_a_hundred_rows_cost_the_writer_a_handful_of_statements(database: Database) -> None:
    """A statement a row held SQLite's one writer for more than a minute with a county's roster."""
    said: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    rows = [(f"党员{chr(0x4E00 + n)}", f"139001390{n:02}", WILLOW, "", "", "田大山") for n in range(10, 99)]
    engine = database._writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await bring(database, roster(*rows))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([statement for statement in said if statement.startswith("INSERT")]) < 10


async def test_a_slip_in_the_committee_s_name_founds_no_second_one(database: Database) -> None:
    await bring(database, roster(XIAOHE), under="柳湾镇党委")
    before = await every_row(database)
    with pytest.raises(UnitUnknown) as told:
        await bring(database, roster(CHUNLAN), under="柳弯镇党委")
    assert told.value.known == ["柳湾镇党委"]
    assert await every_row(database) == before


async def test_the_report_names_who_and_what_is_new_and_what_was_left_out(database: Database) -> None:
    header = ("序号", "姓名", "手机号", "所在支部", "联系人", "政治面貌", "备注")
    plan = await bring(
        database,
        roster(
            (1, "田小禾", "13900139001", WILLOW, "田大山", "党员", "好"),
            (2, "", "139", WILLOW),
            header=header,
        ),
        under="柳湾镇党委",
    )
    text = as_text(plan)
    assert text.startswith("有1行不收：")
    assert "认出的栏：姓名、手机号、所在支部、联系人\n没用上的栏：政治面貌、备注" in text
    assert f"新建上级组织：柳湾镇党委\n在“柳湾镇党委”下面新建支部：{WILLOW}" in text
    assert f"新登记的联系人：田大山（{WILLOW}）" in text
    done, next_step = closing(plan, dry_run=False, said_in=tongue("zh")).splitlines()
    assert done == "已导入：新增 1、改动 0、没变 0。"
    assert "invite --all" in next_step


async def test_the_report_in_english_is_english(database: Database) -> None:
    header = ("姓名", "手机号", "所在支部", "流入地", "联系人", "联系人电话", "政治面貌")
    rows = (("Stone", "1390013900", "Willow", "Nowhere", "Hill", "010-62345678", "x"), ("", "139", "Willow"))
    plan = await bring(database, roster(*rows, header=header), under="Town")
    english = tongue("en")
    said = as_text(plan, english) + closing(plan, False, english) + closing(plan, True, english)
    for written in sorted((*header, "花名册"), key=len, reverse=True):
        said = said.replace(written, "")
    assert [letter for letter in said if "\u3000" <= letter <= "\uffef"] == []


async def test_no_two_units_of_one_name_stand_under_one_parent(database: Database) -> None:
    async with database.writing() as tx:
        town = await units.found(tx, NOW, "柳湾镇党委", "committee")
        await units.found(tx, NOW, WILLOW, "branch", town)
        other = await units.found(tx, NOW, "石桥镇党委", "committee")
        await units.found(tx, NOW, WILLOW, "branch", other)
        for name, parent in (("柳湾镇党委", None), (WILLOW, town)):
            with pytest.raises(UnitTaken):
                await units.found(tx, NOW, name, "branch", parent)
