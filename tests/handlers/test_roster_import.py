"""A branch's roster becomes files: who is new, who has changed, and whom somebody has to ask about."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter

from content.rules.roles import Role
from content.words.table import width
from handlers.roster.apply import apply_import
from handlers.roster.doubts import (
    BRANCH_NEARLY,
    FAR_AHEAD,
    LANDLINE,
    LIAISON_NAMELESS,
    LIAISON_NAMESAKES,
    LIAISON_SELF,
    NAMESAKES,
    NO_BRANCH,
    NOT_A_BRANCH,
    NOT_ONE_LIAISON,
    NUMBER_DISOWNED,
    NUMBER_KNOWN,
    NUMBER_TWICE,
    NUMBER_VERIFIED,
    OTHER_BRANCH,
    OUT_OF_SIGHT,
    PLACE_SEVERAL,
    PLACE_UNKNOWN,
    ROOT_UNCLEAR,
    SAID_BY_MEMBER,
    SAID_TWICE,
)
from handlers.roster.importing import Roster, do_import
from handlers.roster.plan import Plan, plan_import
from handlers.roster.reading import read_workbook
from handlers.roster.report import as_text
from handlers.roster.report_json import as_json
from storage import addresses, changes, members, offices, people, units
from storage.changes import Change
from storage.columns import metadata
from storage.database import Database, Transaction
from storage.files import Member
from storage.units import Unit
from storage.viewer import Viewer, the_programme

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
HEADER = ("姓名", "手机号", "所在支部", "流入地", "外出时间", "联系人", "联系人电话")
WILLOW = "柳湾村党支部"
STONE = "石桥村党支部"
XIAOHE = ("田小禾", "13900139001", WILLOW, "浙江嘉兴平湖", "2026年3月", "田大山", "13900139002")
CHUNLAN = ("周春兰", "13900139003", WILLOW, "上海市松江区", "2025年8月", "田大山", "13900139002")


def roster(*rows: Sequence[object], header: Sequence[str] = HEADER, title: str = "") -> bytes:
    return book({"花名册": [*([[title]] if title else []), header, *rows]})


def book(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """A real workbook with these sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return file.getvalue()


async def planned(
    tx: Transaction, content: bytes, viewer: Viewer | None = None, under: str = "", new_unit: bool = False
) -> Plan:
    workbook = read_workbook(content)
    return await plan_import(tx, viewer or the_programme(), workbook, NOW, under=under, new_unit=new_unit)


async def bring(
    database: Database,
    content: bytes,
    viewer: Viewer | None = None,
    under: str = "",
    by: str | None = None,
    new_unit: bool = False,
) -> Plan:
    """A real run, as the command line or the bot does it."""
    roster = Roster(read_workbook(content), under, new_unit)
    return await do_import(database, viewer or the_programme(), roster, NOW, by)


async def everybody(database: Database) -> dict[str, Member]:
    async with database.reading() as tx:
        return {member.name: member for member in await members.everyone(tx, the_programme())}


async def numbers_of(database: Database, person_id: str) -> list[str]:
    async with database.reading() as tx:
        return [address.value for address in await addresses.of_person(tx, person_id)]


async def every_row(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept, byte by byte."""
    async with database.reading() as tx:
        return {
            table.name: sorted(map(tuple, await tx.conn.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


async def unit_named(tx: Transaction, name: str) -> Unit:
    (unit,) = await units.named(tx, name)
    return unit


async def officer(database: Database, name: str, role: Role, unit: str) -> Viewer:
    async with database.writing() as tx:
        made = await people.add(tx, NOW, name)
        await offices.grant(tx, NOW, made, role, await unit_named(tx, unit))
        return await offices.viewer_of(tx, made)


def counts(plan: Plan) -> tuple[int, int, int, int, int]:
    """added, changed, unchanged, merged, refused."""
    told = json.loads(as_json(plan))
    named: list[int] = [told[outcome] for outcome in ("added", "changed", "unchanged", "merged")]
    return named[0], named[1], named[2], named[3], len(told["refused"])


def doubts(plan: Plan) -> list[tuple[int, str, str]]:
    return [(cell.row, cell.field, cell.reason) for cell in plan.unclear]


def refusals(plan: Plan) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in plan.refused]


def changed(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.field, one.old, one.new) for row in plan.rows for one in row.differences]


class TestTheFirstRoster:
    async def test_an_empty_database_takes_branches_members_and_a_liaison_who_is_no_member(
        self, database: Database
    ) -> None:
        plan = await bring(database, roster(XIAOHE, CHUNLAN))
        assert counts(plan) == (2, 0, 0, 0, 0)
        assert not plan.unclear
        files = await everybody(database)
        xiaohe, chunlan = files["田小禾"], files["周春兰"]
        assert set(files) == {"田小禾", "周春兰"}
        assert (xiaohe.unit, xiaohe.place_code, xiaohe.address) == (WILLOW, "330482", "浙江嘉兴平湖")
        assert (xiaohe.out_since, xiaohe.whereabouts) == (date(2026, 3, 1), "out")
        assert await numbers_of(database, xiaohe.id) == ["+8613900139001"]
        assert xiaohe.liaison_id == chunlan.liaison_id is not None
        async with database.reading() as tx:
            name = await people.name_of(tx, chunlan.liaison_id)
            (office,) = await offices.offices_of(tx, chunlan.liaison_id)
            (number,) = await addresses.of_person(tx, chunlan.liaison_id)
        assert (name, office.role, office.unit) == ("田大山", "liaison", WILLOW)
        assert (number.value, number.verified) == ("+8613900139002", False)

    async def test_every_column_reaches_the_file(self, database: Database) -> None:
        columns = {
            "姓名": "田小禾",
            "所在支部": WILLOW,
            "入党时间": "2011年7月",
            "外出原因": "务工",
            "工作单位": "新埭箱包厂",
            "从事行业": "制造",
            "党费交至": "2026.9",
            "家属联系方式": "13900139003",
        }
        await bring(database, roster(list(columns.values()), header=list(columns)))
        file = (await everybody(database))["田小禾"]
        assert (file.reason, file.employer, file.job) == ("务工", "新埭箱包厂", "制造")
        assert (file.joined_party_on, file.dues_until) == (date(2011, 7, 1), date(2026, 9, 1))
        assert file.family_phone == "+8613900139003"

    async def test_whoever_has_come_back_is_not_waited_for(self, database: Database) -> None:
        header = ("姓名", "所在支部", "外出时间", "返回时间")
        gone, back = ("田小禾", WILLOW, "2026.2", ""), ("田小禾", WILLOW, "2026.2", "2026年10月8日")
        await bring(database, roster(gone, header=header))
        assert (await everybody(database))["田小禾"].whereabouts == "out"
        assert changed(await bring(database, roster(back, header=header))) == [("whereabouts", "out", "home")]
        assert (await everybody(database))["田小禾"].whereabouts == "home"
        assert counts(await bring(database, roster(gone, header=header))) == (0, 0, 1, 0, 0)
        away_again = ("田小禾", WILLOW, "2026年10月20日", "")
        await bring(database, roster(away_again, header=header))
        assert (await everybody(database))["田小禾"].whereabouts == "out"

    async def test_the_same_file_twice_changes_nothing(self, database: Database) -> None:
        file = roster(
            XIAOHE,
            CHUNLAN,
            ("周春兰", "13900139003", WILLOW, "", "", "", ""),
            ("王福", "", STONE, "朝阳区", "", "王福", ""),
            ("李全", "13900139004", STONE, "外地", "", "", "13900139005"),
            ("孙平", "13900139004", STONE, "", "", "周春兰", ""),
            ("田大山", "", WILLOW, "", "", "", ""),
        )
        first = await bring(database, file)
        kept = await every_row(database)
        second = await bring(database, file)
        assert counts(first) == (6, 0, 0, 1, 0)
        assert counts(second) == (0, 0, 6, 1, 0)
        assert (second.deeds, second.founds) == ((), ())
        assert second.unclear == first.unclear
        assert await every_row(database) == kept

    async def test_a_run_that_breaks_off_leaves_nothing_behind(self, database: Database) -> None:
        before = await every_row(database)
        with pytest.raises(asyncio.CancelledError):
            async with database.writing() as tx:
                await apply_import(tx, await planned(tx, roster(XIAOHE)), NOW)
                raise asyncio.CancelledError
        assert await every_row(database) == before

    async def test_a_dry_run_leaves_nothing_behind(self, database: Database) -> None:
        before = await every_row(database)
        async with database.reading() as tx:
            assert counts(await planned(tx, roster(XIAOHE))) == (1, 0, 0, 0, 0)
        assert await every_row(database) == before

    async def test_two_clerks_at_the_same_moment_bring_one_person(self, database: Database) -> None:
        imports = [bring(database, roster(XIAOHE)) for _ in range(2)]
        ended = await asyncio.gather(*imports, return_exceptions=True)
        assert sorted(type(one).__name__ for one in ended) == ["Plan", "SomebodyElseAtIt"]
        assert len(await everybody(database)) == 1


class TestBranches:
    async def names(self, database: Database) -> dict[str, str]:
        async with database.reading() as tx:
            every = {unit.id: unit for unit in await units.everyone(tx)}
        return {u.name: every[u.parent_id].name if u.parent_id else "" for u in every.values()}

    async def test_without_any_hint_the_root_is_a_plain_committee(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        assert await self.names(database) == {"党委": "", WILLOW: "党委"}

    @pytest.mark.parametrize(
        ("title", "root"),
        [
            ("柳湾镇党委2026年流动党员花名册", "柳湾镇党委"),
            ("2026年度中共柳湾镇委员会流动党员登记表", "中共柳湾镇委员会"),
            ("流动党员花名册", "党委"),
            ("填报单位：柳湾街道党工委", "柳湾街道党工委"),
        ],
    )
    async def test_a_title_that_names_the_committee_names_the_root(
        self, database: Database, title: str, root: str
    ) -> None:
        await bring(database, roster(XIAOHE, title=title))
        assert await self.names(database) == {root: "", WILLOW: root}

    async def test_the_root_s_name_tells_where_home_is(self, database: Database) -> None:
        await bring(database, roster(XIAOHE), under="昆山市玉山镇党委")
        assert (await everybody(database))["田小禾"].unit_place == "320583"

    async def test_a_clerk_may_say_below_which_committee(self, database: Database) -> None:
        await bring(database, roster(XIAOHE), under="柳湾镇党委")
        await bring(database, roster(("王福", "", STONE)), under="柳湾镇党委")
        await bring(database, roster(("李全", "", WILLOW)), under="石桥镇党委", new_unit=True)
        async with database.reading() as tx:
            assert len(await units.named(tx, WILLOW)) == 2
        assert (await self.names(database))[STONE] == "柳湾镇党委"

    async def test_two_roots_and_a_new_branch_need_the_clerk_s_word(self, database: Database) -> None:
        await bring(database, roster(XIAOHE), under="柳湾镇党委")
        await bring(database, roster(("王福", "", STONE)), under="石桥镇党委", new_unit=True)
        plan = await bring(database, roster(("李全", "", "河口村党支部"), ("孙平", "", STONE)))
        assert counts(plan) == (1, 0, 0, 0, 1)
        assert refusals(plan) == [(2, ROOT_UNCLEAR)]

    @pytest.mark.parametrize("written", ["柳湾村", "柳湾村支部", "中共柳湾村支部委员会", "柳湾村 党支部"])
    async def test_a_branch_is_known_under_its_usual_names(self, database: Database, written: str) -> None:
        await bring(database, roster(XIAOHE, ("王福", "", written)))
        assert set(await self.names(database)) == {"党委", WILLOW}

    @pytest.mark.parametrize("written", ["柳湾村党支步", "柳弯村党支部", "柳湾支部", "柳湾村村支部"])
    async def test_a_slip_of_one_sign_founds_no_second_branch(self, database: Database, written: str) -> None:
        await bring(database, roster(XIAOHE))
        rows = roster(("王福", "", written))
        plan = await bring(database, rows)
        assert refusals(plan) == [(2, BRANCH_NEARLY)]
        assert f"是不是已有的“{WILLOW}”" in as_text(plan)
        await bring(database, rows, under="党委", new_unit=True)
        assert len(await self.names(database)) == 3

    @pytest.mark.parametrize(("one", "other"), [("上塘村", "下塘村"), ("第一支部", "第二支部")])
    async def test_neighbours_are_no_slip(self, database: Database, one: str, other: str) -> None:
        await bring(database, roster(("王福", "", one)))
        assert refusals(await bring(database, roster(("李全", "", other)))) == []

    @pytest.mark.parametrize("written", ["", "无", "不详", "——"])
    async def test_a_row_whose_branch_nobody_knows_is_refused(self, database: Database, written: str) -> None:
        plan = await bring(database, roster(XIAOHE, ("王福", "", written)))
        assert (counts(plan), refusals(plan)) == ((1, 0, 0, 0, 1), [(3, NO_BRANCH)])

    async def test_a_committee_is_no_branch(self, database: Database) -> None:
        plan = await bring(database, roster(XIAOHE, ("王福", "", "柳湾镇党委")), under="柳湾镇党委")
        assert refusals(plan) == [(3, NOT_A_BRANCH)]

    async def test_a_sheet_or_a_title_says_which_branch_where_no_column_does(
        self, database: Database
    ) -> None:
        header = ("姓名", "手机号")
        await bring(
            database,
            book(
                {
                    STONE: [header, ("王福", "13900139004")],
                    "Sheet2": [[f"柳湾镇党委{WILLOW}流动党员花名册"], header, ("田小禾", "13900139001")],
                }
            ),
        )
        files = await everybody(database)
        assert {name: file.unit for name, file in files.items()} == {"王福": STONE, "田小禾": WILLOW}
        assert (await self.names(database))[STONE] == "柳湾镇党委"


class TestScope:
    async def test_a_secretary_brings_her_own_branch_and_founds_none(self, database: Database) -> None:
        await bring(database, roster(XIAOHE, ("王福", "", STONE)))
        secretary = await officer(database, "柳书记", "secretary", WILLOW)
        rows = (("赵新", "", WILLOW), ("钱远", "", STONE), ("孙平", "", "河口村党支部"), ("李全", "", ""))
        plan = await bring(database, roster(*rows), secretary, by=secretary.person_id)
        assert counts(plan) == (2, 0, 0, 0, 2)
        assert refusals(plan) == [(3, OUT_OF_SIGHT), (4, OUT_OF_SIGHT)]
        files = await everybody(database)
        assert files["赵新"].unit == files["李全"].unit == WILLOW

    async def test_a_number_from_another_branch_tells_her_nothing_about_its_owner(
        self, database: Database
    ) -> None:
        await bring(database, roster(("王福", "13900139004", STONE), XIAOHE))
        secretary = await officer(database, "柳书记", "secretary", WILLOW)
        plan = await bring(database, roster(("王福", "13900139004", WILLOW)), secretary)
        assert counts(plan) == (1, 0, 0, 0, 0)
        assert doubts(plan) == [(2, "phone", NUMBER_KNOWN)]
        assert STONE not in as_text(plan) + as_json(plan)

    async def test_somebody_without_an_office_brings_nobody(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        member = (await everybody(database))["田小禾"]
        plan = await bring(database, roster(("王福", "", WILLOW)), Viewer(member.id))
        assert refusals(plan) == [(2, OUT_OF_SIGHT)]

    async def test_a_leader_above_the_branch_may_be_its_liaison(self, database: Database) -> None:
        await bring(database, roster(XIAOHE, CHUNLAN), under="柳湾镇党委")
        leader = await officer(database, "柳镇长", "committee", "柳湾镇党委")
        secretary = await officer(database, "柳书记", "secretary", WILLOW)
        await bring(database, roster(("赵新", "", WILLOW, "", "", "柳镇长")), secretary)
        assert (await everybody(database))["赵新"].liaison_id == leader.person_id


class TestTheSamePerson:
    async def test_the_same_name_and_number_twice_is_one(self, database: Database) -> None:
        again = ("田小禾", 13900139001, WILLOW, "浙江嘉兴平湖", "2026年4月", "", "")
        plan = await bring(database, roster(XIAOHE, again))
        assert counts(plan) == (1, 0, 0, 1, 0)
        assert doubts(plan) == [(3, "out_since", SAID_TWICE)]
        assert plan.rows[1].first_row == ("花名册", 2)
        assert (await everybody(database))["田小禾"].out_since == date(2026, 3, 1)

    async def test_what_the_second_row_adds_is_kept(self, database: Database) -> None:
        rows = (("田小禾", "", WILLOW), ("田小禾", "13900139001", WILLOW, "上海市松江区"))
        assert counts(await bring(database, roster(*rows))) == (1, 0, 0, 1, 0)
        file = (await everybody(database))["田小禾"]
        assert file.place_code == "310117"
        assert await numbers_of(database, file.id) == ["+8613900139001"]

    async def test_two_of_one_name_with_two_numbers_are_two(self, database: Database) -> None:
        rows = (("王福", "13900139004", STONE), ("王福", "13900139005", STONE))
        assert counts(await bring(database, roster(*rows))) == (2, 0, 0, 0, 0)
        assert counts(await bring(database, roster(*rows))) == (0, 0, 2, 0, 0)
        plan = await bring(database, roster(("王福", "", STONE, "上海市松江区")))
        assert (counts(plan), doubts(plan)) == ((0, 0, 1, 0, 0), [(2, "name", NAMESAKES)])
        both = (("王福", "", STONE), ("李全", "", STONE, "", "", "王福"))
        plan = await bring(database, roster(*both))
        assert counts(plan) == (1, 0, 1, 0, 0)
        assert doubts(plan) == [(2, "name", NAMESAKES), (3, "liaison", LIAISON_NAMESAKES)]

    async def test_a_number_under_two_names_is_nobody_s_and_costs_nobody(self, database: Database) -> None:
        rows = (("王福", "13900139004", STONE), ("李全", "13900139004", STONE))
        plan = await bring(database, roster(*rows))
        assert counts(plan) == (2, 0, 0, 0, 0)
        assert doubts(plan) == [(2, "phone", NUMBER_TWICE), (3, "phone", NUMBER_TWICE)]
        for file in (await everybody(database)).values():
            assert await numbers_of(database, file.id) == []

    async def test_a_number_stays_with_the_one_who_has_it_already(self, database: Database) -> None:
        await bring(database, roster(("王福", "13900139004", STONE)))
        rows = (("王福", "13900139004", STONE), ("李全", "13900139004", STONE))
        plan = await bring(database, roster(*rows))
        assert (counts(plan), doubts(plan)) == ((1, 0, 1, 0, 0), [(3, "phone", NUMBER_TWICE)])
        alone = await bring(database, roster(("赵新", "13900139004", STONE)))
        assert (counts(alone), doubts(alone)) == ((1, 0, 0, 0, 0), [(2, "phone", NUMBER_KNOWN)])

    async def test_a_number_that_its_owner_leaves_in_this_file_is_free(self, database: Database) -> None:
        await bring(database, roster(("王福", "13900139004", STONE), ("李全", "", STONE)))
        file = roster(("李全", "13900139004", STONE), ("王福", "13900139005", STONE))
        plan = await bring(database, file)
        assert (counts(plan), doubts(plan)) == ((0, 2, 0, 0, 0), [])
        files = await everybody(database)
        assert await numbers_of(database, files["李全"].id) == ["+8613900139004"]
        assert await numbers_of(database, files["王福"].id) == ["+8613900139005"]
        assert counts(await bring(database, file)) == (0, 0, 2, 0, 0)

    async def test_two_who_would_swap_numbers_are_asked_about(self, database: Database) -> None:
        await bring(database, roster(("王福", "13900139004", STONE), ("李全", "13900139005", STONE)))
        plan = await bring(database, roster(("李全", "13900139004", STONE), ("王福", "13900139005", STONE)))
        assert counts(plan) == (0, 0, 2, 0, 0)
        assert {reason for _, _, reason in doubts(plan)} == {NUMBER_KNOWN}

    async def test_a_roster_moves_nobody_to_another_branch(self, database: Database) -> None:
        await bring(database, roster(XIAOHE, ("王福", "", STONE)))
        plan = await bring(database, roster(("田小禾", "13900139001", STONE)))
        assert (counts(plan), doubts(plan)) == ((0, 0, 1, 0, 0), [(2, "branch", OTHER_BRANCH)])
        assert (await everybody(database))["田小禾"].unit == WILLOW
        assert WILLOW in as_text(plan)

    async def test_a_liaison_who_turns_out_to_be_a_member_is_not_made_twice(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        liaison = (await everybody(database))["田小禾"].liaison_id
        plan = await bring(database, roster(("田大山", "", WILLOW)))
        assert counts(plan) == (1, 0, 0, 0, 0)
        assert (await everybody(database))["田大山"].id == liaison


class TestChanges:
    async def test_what_the_file_leaves_empty_stays(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        before = (await everybody(database))["田小禾"]
        assert counts(await bring(database, roster(("田小禾", "", WILLOW)))) == (0, 0, 1, 0, 0)
        assert (await everybody(database))["田小禾"] == before

    async def test_each_change_is_told_from_what_to_what(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        moved = ("田小禾", "13900139001", WILLOW, "上海市松江区", "2026年5月", "周春兰", "")
        plan = await bring(database, roster(moved))
        assert counts(plan) == (0, 1, 0, 0, 0)
        assert changed(plan) == [
            ("address", "浙江嘉兴平湖", "上海市松江区"),
            ("out_since", "2026-03-01", "2026-05-01"),
            ("liaison", "田大山", "周春兰"),
        ]
        file = (await everybody(database))["田小禾"]
        assert (file.place_code, file.out_since) == ("310117", date(2026, 5, 1))

    async def test_a_changed_number_replaces_one_that_nobody_verified(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        plan = await bring(database, roster(("田小禾", "13900139009", WILLOW)))
        assert changed(plan) == [("phone", "+8613900139001", "+8613900139009")]
        file = (await everybody(database))["田小禾"]
        assert await numbers_of(database, file.id) == ["+8613900139009"]

    async def test_a_number_the_member_verified_is_not_replaced(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        file = (await everybody(database))["田小禾"]
        async with database.writing() as tx:
            (number,) = await addresses.of_person(tx, file.id)
            await addresses.verify(tx, NOW, number)
        plan = await bring(database, roster(("田小禾", "13900139009", WILLOW)))
        assert (counts(plan), doubts(plan)) == ((0, 0, 1, 0, 0), [(2, "phone", NUMBER_VERIFIED)])
        assert await numbers_of(database, file.id) == ["+8613900139001"]

    async def test_a_number_that_was_disowned_is_not_brought_back(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        file = (await everybody(database))["田小禾"]
        async with database.writing() as tx:
            (number,) = await addresses.of_person(tx, file.id)
            await addresses.end(tx, NOW, number.id, "disowned")
        plan = await bring(database, roster(XIAOHE))
        assert doubts(plan) == [(2, "phone", NUMBER_DISOWNED)]
        assert await numbers_of(database, file.id) == []

    async def test_the_old_address_and_number_stay_in_the_history(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        secretary = await officer(database, "柳书记", "secretary", WILLOW)
        moved = ("田小禾", "13900139009", WILLOW, "上海市松江区")
        await bring(database, roster(moved), secretary, by=secretary.person_id)
        file = (await everybody(database))["田小禾"]
        async with database.reading() as tx:
            kept = {c.field: c for c in await changes.history(tx, secretary, file.id)}
        assert (kept["address"].old, kept["address"].old_place) == ("浙江嘉兴平湖", "330482")
        assert (kept["phone"].old, kept["phone"].by_id) == ("+8613900139001", secretary.person_id)

    async def test_an_operators_import_keeps_the_history_too(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        await bring(database, roster(("田小禾", "13900139001", WILLOW, "上海市松江区")))
        file = (await everybody(database))["田小禾"]
        async with database.reading() as tx:
            (kept,) = await changes.history(tx, the_programme(), file.id)
        assert (kept.old_place, kept.new_place, kept.by_id) == ("330482", "310117", None)

    async def test_a_roster_does_not_write_over_what_the_member_said_since(self, database: Database) -> None:
        await bring(database, roster(XIAOHE))
        file = (await everybody(database))["田小禾"]
        async with database.writing() as tx:
            told = Change("address", file.address, "昆山", file.place_code, "320583", NOW, "sms", file.id)
            await changes.record(tx, file, told)
            await members.note_facts(tx, file, place_code="320583")
            await members.note_texts(tx, file, address="昆山")
        plan = await bring(database, roster(XIAOHE))
        assert (counts(plan), doubts(plan)) == ((0, 0, 1, 0, 0), [(2, "place", SAID_BY_MEMBER)])
        assert (await everybody(database))["田小禾"].place_code == "320583"


class TestUnclearCells:
    @pytest.mark.parametrize(("place", "reason"), [("朝阳区", PLACE_SEVERAL), ("外地", PLACE_UNKNOWN)])
    async def test_a_place_that_is_not_one_place_is_left_open_and_asked_about(
        self, database: Database, place: str, reason: str
    ) -> None:
        plan = await bring(database, roster(("王福", "", STONE, place)))
        assert (counts(plan), doubts(plan)) == ((1, 0, 0, 0, 0), [(2, "place", reason)])
        file = (await everybody(database))["王福"]
        assert (file.address, file.place_code) == ("", "")

    async def test_a_place_that_is_known_is_not_given_up_for_words_that_are_not(
        self, database: Database
    ) -> None:
        await bring(database, roster(XIAOHE))
        plan = await bring(database, roster(("田小禾", "13900139001", WILLOW, "外地")))
        assert (counts(plan), doubts(plan)) == ((0, 0, 1, 0, 0), [(2, "place", PLACE_UNKNOWN)])
        assert (await everybody(database))["田小禾"].address == "浙江嘉兴平湖"

    @pytest.mark.parametrize(
        ("liaison", "number", "doubt"),
        [
            ("王福", "", ("liaison", LIAISON_SELF)),
            ("赵新、钱远", "", ("liaison", NOT_ONE_LIAISON)),
            ("", "13900139007", ("liaison_phone", LIAISON_NAMELESS)),
            ("赵新", "010-62345678", ("liaison_phone", LANDLINE)),
            ("赵新", "13900139004", ("liaison_phone", NUMBER_TWICE)),
        ],
    )
    async def test_a_liaison_cell_that_cannot_be_taken_costs_nobody(
        self, database: Database, liaison: str, number: str, doubt: tuple[str, str]
    ) -> None:
        plan = await bring(database, roster(("王福", "13900139004", STONE, "", "", liaison, number)))
        assert (counts(plan), doubts(plan)) == ((1, 0, 0, 0, 0), [(2, *doubt)])
        file = (await everybody(database))["王福"]
        assert await numbers_of(database, file.id) == ["+8613900139004"]
        assert (file.liaison_id is not None) == (liaison == "赵新")

    async def test_a_landline_is_not_written_to(self, database: Database) -> None:
        plan = await bring(database, roster(("王福", "010-62345678", STONE)))
        assert (counts(plan), doubts(plan)) == ((1, 0, 0, 0, 0), [(2, "phone", LANDLINE)])

    async def test_two_members_of_the_liaison_s_name_are_told_apart_by_number(
        self, database: Database
    ) -> None:
        rows = [("王福", "13900139004", STONE), ("王福", "13900139005", STONE)]
        asked = roster(*rows, ("李全", "", STONE, "", "", "王福", ""))
        assert doubts(await bring(database, asked)) == [(4, "liaison", LIAISON_NAMESAKES)]
        assert doubts(await bring(database, asked)) == [(4, "liaison", LIAISON_NAMESAKES)]
        await bring(database, roster(*rows, ("李全", "", STONE, "", "", "王福", "13900139005")))
        liaison = (await everybody(database))["李全"].liaison_id or ""
        assert await numbers_of(database, liaison) == ["+8613900139005"]

    async def test_a_new_number_of_a_known_liaison_is_told_at_the_row_that_gives_it(
        self, database: Database
    ) -> None:
        await bring(database, roster(XIAOHE, CHUNLAN))
        rows = (XIAOHE[:6], (*CHUNLAN[:6], "13900139008"))
        plan = await bring(database, roster(*rows))
        assert counts(plan) == (0, 1, 1, 0, 0)
        assert changed(plan) == [("liaison_phone", "+8613900139002", "+8613900139008")]


class TestTheReport:
    async def plan(self, database: Database) -> Plan:
        await bring(database, roster(XIAOHE, CHUNLAN))
        rows = (
            ("田小禾", "13900139009", WILLOW, "上海市松江区"),
            CHUNLAN,
            ("王福", "1390013900", STONE, "朝阳区"),
            ("王福", "", STONE),
            ("", "13900139004", STONE),
        )
        return await bring(database, roster(*rows))

    async def test_as_json_it_has_exactly_the_form_that_other_programs_read(self, database: Database) -> None:
        told = json.loads(as_json(await self.plan(database)))
        assert {name: told[name] for name in ("added", "changed", "unchanged", "merged")} == {
            "added": 1,
            "changed": 1,
            "unchanged": 1,
            "merged": 1,
        }
        assert told["refused"] == [{"sheet": "花名册", "row": 6, "reason": "这一行没有姓名。"}]
        assert [(cell["row"], cell["field"]) for cell in told["unclear"]] == [(4, "phone"), (4, "place")]
        assert all(set(cell) == {"sheet", "row", "field", "value", "reason"} for cell in told["unclear"])
        assert set(told) == {"added", "changed", "unchanged", "merged", "refused", "unclear"}

    async def test_as_text_it_counts_first_and_then_goes_row_by_row(self, database: Database) -> None:
        text = as_text(await self.plan(database))
        counted, _columns, founded, *_, rows = text.split("\n\n")
        assert counted.splitlines()[1] == "新增1人，更改1人，不变1人，合并1行，不收1行，2格要核对。"
        assert founded == f"在“党委”下面新建支部：{STONE}"
        assert [line.split()[1] for line in rows.splitlines()] == ["行", "2", "4", "4", "4", "5", "6"]
        assert "上海市松江区" in rows
        assert "北京朝阳" in rows

    async def test_no_whole_number_is_printed(self, database: Database) -> None:
        plan = await self.plan(database)
        assert "139****9009" in as_text(plan)
        assert not any(number in as_text(plan) for number in ("13900139001", "13900139009", "1390013900"))

    async def test_a_program_gets_the_cell_to_the_letter_so_that_it_finds_it(
        self, database: Database
    ) -> None:
        header = ("姓名", "手机号", "所在支部", "省", "流入地", "外出时间", "联系人及电话")
        rows = (
            ("田小禾", " 139 0013\n", WILLOW, "", "朝阳 区", 2026.1, "田大山 05551234567"),
            ("王福", 13900139, WILLOW, "", "\u3000某地", " 去年 ", ""),
            ("李全", "", WILLOW, "", "同上", "", ""),
        )
        told = json.loads(as_json(await bring(database, roster(*rows, header=header))))
        assert {(cell["row"], cell["field"], cell["value"]) for cell in told["unclear"]} == {
            (2, "phone", " 139 0013\n"),
            (2, "place", "朝阳 区"),
            (2, "out_since", "2026.1"),
            (2, "liaison_phone", "田大山 05551234567"),
            (3, "phone", "13900139"),
            (3, "place", "\u3000某地"),
            (3, "out_since", " 去年 "),
            (4, "place", "同上"),
        }

    async def test_its_columns_stand_under_one_another_on_the_screen(self, database: Database) -> None:
        rows = as_text(await self.plan(database)).split("\n\n")[-1].splitlines()
        last_column = {width(line[: len(line) - len(line.split(maxsplit=3)[-1])]) for line in rows[:-1]}
        assert len(last_column) == 1

    async def test_a_whole_page_without_a_header_is_told_as_such(self, database: Database) -> None:
        content = book({"花名册": [HEADER, XIAOHE], "续表": [["石榴红", "13900139004"]]})
        plan = await bring(database, content)
        assert counts(plan) == (1, 0, 0, 0, 1)
        assert "整页" in as_text(plan)


async def test_a_disputed_number_still_tells_that_two_rows_are_one_person(database: Database) -> None:
    rows = (("王福", "13900139004", WILLOW), ("赵新", "13900139004", WILLOW), ("王福", "13900139004", STONE))
    plan = await bring(database, roster(*rows))
    assert counts(plan) == (2, 0, 0, 1, 0)
    assert doubts(plan) == [(row, "phone", NUMBER_TWICE) for row in (2, 3, 4)]


async def test_a_year_far_ahead_is_a_slip(database: Database) -> None:
    plan = await bring(database, roster(("王福", "", WILLOW, "", "2062年3月", "", "")))
    assert doubts(plan) == [(2, "out_since", FAR_AHEAD)]
    assert (await everybody(database))["王福"].out_since is None


async def test_a_number_without_a_liaison_s_name_costs_the_liaison_nothing(database: Database) -> None:
    rows = (XIAOHE, ("王福", "", WILLOW, "", "", "", "13900139002"))
    plan = await bring(database, roster(*rows))
    assert doubts(plan) == [(3, "liaison_phone", LIAISON_NAMELESS)]


async def test_a_month_says_nothing_against_a_day_in_it(database: Database) -> None:
    rows = [("王福", "13900139004", WILLOW, "", when, "", "") for when in ("2026-03-05", "2026.3", "2026.4")]
    assert doubts(await bring(database, roster(*rows))) == [(4, "out_since", SAID_TWICE)]
    assert (await everybody(database))["王福"].out_since == date(2026, 3, 5)


async def test_sheets_with_the_same_columns_are_told_together(database: Database) -> None:
    plan = await bring(database, book({WILLOW: [HEADER, XIAOHE], STONE: [HEADER, CHUNLAN]}))
    assert f"工作表“{WILLOW}、{STONE}”" in as_text(plan)
    assert as_text(plan).count("认出的栏") == 1


@pytest.mark.parametrize("written", ["本人", "妻子", "妻子周兰", "李书记", "老王", "田大山或周兰"])
async def test_a_liaison_who_is_nobody_in_particular_is_asked_about(database: Database, written: str) -> None:
    plan = await bring(database, roster(("田小禾", "", WILLOW, "", "", written, "")))
    assert [(cell.field, cell.reason) for cell in plan.unclear] == [("liaison", NOT_ONE_LIAISON)]
    assert plan.new_liaisons == ()


async def test_the_town_before_a_branch_s_name_makes_no_second_branch(database: Database) -> None:
    await bring(database, roster(XIAOHE, title="云溪镇党委流动党员名册"))
    plan = await bring(
        database, roster((*CHUNLAN[:2], "中共云溪镇柳湾村支部委员会"), header=HEADER[:3], title="云溪镇党委")
    )
    assert (plan.founds, plan.rows[0].branch) == ((), WILLOW)


async def test_a_place_abroad_is_understood(database: Database) -> None:
    plan = await bring(database, roster(("田小禾", "", WILLOW, "美国纽约")))
    file = (await everybody(database))["田小禾"]
    assert (plan.unclear, file.address, file.place_code) == ((), "美国纽约", "abroad")
    assert counts(await bring(database, roster(("田小禾", "", WILLOW, "美国纽约"))))[2] == 1


async def test_every_row_has_exactly_one_outcome(database: Database) -> None:
    rows = [(f"党员{chr(0x4E00 + n)}", "", WILLOW if n % 3 else "", "外地") for n in range(30)]
    content = roster(*rows, *rows[:5])
    plan = await bring(database, content)
    assert sum(counts(plan)) == len(rows) + 5


@pytest.mark.parametrize(
    ("written", "code"), [("沪", "310000"), ("粤", "440000"), ("和县", "340523"), ("台北", "710000")]
)
async def test_a_place_s_column_takes_the_shortest_names(database: Database, written: str, code: str) -> None:
    plan = await bring(database, roster(("王福", "", WILLOW, written)))
    assert (doubts(plan), (await everybody(database))["王福"].place_code) == ([], code)
