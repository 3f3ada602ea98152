"""The demo's district: the source's figures, people who do not exist, and a believable year behind them."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.district import NUMBERS_ELSEWHERE, Cast, District, Player, found_district
from content.rules import phones
from content.rules.places import distance_class, find_place, place_of
from content.rules.places.divisions import divisions
from schedules.remind_members import remind_members
from schedules.report_silence import report_silence
from storage import addresses, changes, consents, contacts, members, offices, overdue, people, post, silence
from storage.database import Database, Transaction
from storage.files import Member
from storage.silence import Counts
from storage.vault import Vault, new_vault
from storage.viewer import the_programme
from tests.engines import database, database_url, empty_url, engine, postgres, sqlite_template, vault

__all__ = ["database", "database_url", "empty_url", "engine", "postgres", "sqlite_template", "vault"]

NOW = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
CAST = Cast(
    joined=Player("何归舟", "+8613900139001", 7_200_000_001),
    newcomer=Player("石小麦", "+8613900139002", 7_200_000_002),
    old_phone=Player("老葛", "+8613900139003"),
    liaison=Player("田慢慢", "+8613900139004", 7_200_000_004),
    secretary=Player("柳长灯", "+8613900139005", 7_200_000_005),
)
STANDINGS = Counts(fresh=78, due=10, late=8, silent=10)
WELL_KNOWN = {
    "钟南山",
    "袁隆平",
    "屠呦呦",
    "姚明",
    "刘翔",
    "郎平",
    "马云",
    "鲁迅",
    "莫言",
    "杨利伟",
    "张桂梅",
}


@dataclass(frozen=True, slots=True)
class Founded:
    """A district in a file of its own: founded once, looked at by many."""

    path: Path
    vault: Vault
    district: District


@pytest.fixture(scope="module")
def founded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    path = tmp_path_factory.mktemp("district") / "district.db"
    shutil.copyfile(sqlite_template, path)
    vault = new_vault()
    return Founded(path, vault, asyncio.run(_found(path, vault)))


async def _found(path: Path, vault: Vault) -> District:
    opened = Database(f"sqlite+aiosqlite:///{path}", vault)
    async with opened.writing() as tx:
        district = await found_district(tx, NOW, CAST)
    await opened.close()
    return district


@pytest.fixture
def district(founded: Founded) -> District:
    return founded.district


@pytest.fixture
async def tx(founded: Founded, tmp_path: Path) -> AsyncIterator[Transaction]:
    """The founded district, to be looked at and changed."""
    shutil.copyfile(founded.path, tmp_path / "copy.db")
    opened = Database(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}", founded.vault)
    async with opened.writing() as tx:
        yield tx
    await opened.close()


async def _all(tx: Transaction) -> list[Member]:
    return await members.everyone(tx, the_programme())


async def _file(tx: Transaction, person_id: str) -> Member:
    found = await members.find(tx, the_programme(), person_id)
    assert found
    return found


async def _everybody(tx: Transaction, district: District) -> dict[str, str]:
    """Names of all persons by id, members and officers."""
    ids = {*district.members, *district.liaisons, *district.secretaries, *district.committee, district.admin}
    return {who: await people.name_of(tx, who) for who in ids}


async def test_the_figures_are_those_of_the_yearly_report(tx: Transaction) -> None:
    there = [(member.unit_place, member.place_code) for member in await _all(tx)]
    assert all(place_of(home) and place_of(away) for home, away in there)
    classes = Counter(distance_class(home, away) for home, away in there)
    assert classes == {"out_of_province": 32, "other_county": 23, "within_city": 51}


async def test_there_are_three_levels_and_every_member_is_in_a_village(
    tx: Transaction, district: District
) -> None:
    branches = Counter(member.unit_id for member in await _all(tx))
    assert {unit.parent_id for unit in district.townships} == {district.root.id}
    assert {unit.parent_id for unit in district.branches} == {unit.id for unit in district.townships}
    assert (len(district.townships), len(district.branches)) == (4, 12)
    assert set(branches) == {unit.id for unit in district.branches}
    assert len(set(district.members)) == branches.total() == 106


def test_no_unit_bears_the_name_of_a_real_place(district: District) -> None:
    names = [unit.name for unit in (district.root, *district.townships, *district.branches)]
    real = {division.own for division in divisions().values()}
    assert [name for name in names if find_place(name) or any(own in name for own in real)] == []
    assert len(set(names)) == len(names)


async def test_people_are_invented_and_each_name_is_borne_once(tx: Transaction, district: District) -> None:
    names = await _everybody(tx, district)
    assert len(set(names.values())) == len(names)
    assert not WELL_KNOWN & set(names.values())
    assert {player.name for player in CAST.players()} <= set(names.values())


async def test_every_number_can_take_a_text_and_belongs_to_one_person(
    tx: Transaction, district: District
) -> None:
    numbers = {who: await post.number_of(tx, who) for who in await _everybody(tx, district)}
    known = [number.value for number in numbers.values() if number]
    assert all(phones.as_e164(number) == number and phones.takes_sms(number) for number in known)
    assert len(set(known)) == len(known)
    on_the_page = {player.number for player in CAST.players()}
    assert on_the_page <= set(known)
    assert all(number in on_the_page or number.startswith(NUMBERS_ELSEWHERE) for number in known)
    without = [who for who, number in numbers.items() if number is None]
    assert [(await _file(tx, who)).joined for who in without] == [False, False]


async def test_standings_are_as_varied_as_in_life(tx: Transaction, district: District) -> None:
    silent = await silence.silent(tx, the_programme(), NOW)
    latest = {m.id: await contacts.latest(tx, the_programme(), m.id, 50) for m in await _all(tx)}
    assert await silence.counts(tx, the_programme(), NOW) == STANDINGS
    assert sum(NOW - member.last_contact_at > timedelta(days=183) for member in silent) == 2
    assert [member.last_contact_kind for member in silent if not member.joined] == ["enrolled"]
    assert all(contact.at <= NOW for told in latest.values() for contact in told)
    assert sum(len(told) for told in latest.values()) > 9 * len(district.members)
    kinds = {contact.kind for told in latest.values() for contact in told}
    assert kinds == {"check_in", "word", "answer", "change", "call", "visit"}


async def test_the_secretary_sees_a_handful_of_silent_people_and_not_the_neighbours(
    tx: Transaction, district: District
) -> None:
    her = await offices.viewer_of(tx, district.cast.secretary)
    silent = await silence.silent(tx, her, NOW)
    counted = await silence.counts(tx, her, NOW)
    assert (len(silent), counted.silent, counted.all) == (6, 6, 39)
    assert all(member.unit_path.startswith(district.townships[0].path) for member in silent)


async def test_the_liaison_has_the_three_on_the_page_and_five_more(
    tx: Transaction, district: District
) -> None:
    cast = district.cast
    entrusted = await members.everyone(tx, await offices.viewer_of(tx, cast.liaison))
    assert {cast.joined, cast.newcomer, cast.old_phone} <= {member.id for member in entrusted}
    assert len(entrusted) == 8
    assert {member.standing(NOW) for member in entrusted} == {"fresh", "due", "late", "silent"}


async def test_nobody_is_without_a_liaison(tx: Transaction, district: District) -> None:
    assert {member.liaison_id for member in await _all(tx)} == set(district.liaisons)
    assert len(district.liaisons) == 14


async def test_those_on_the_page_are_reached_by_the_phones_they_hold(
    tx: Transaction, district: District
) -> None:
    cast = district.cast
    doors = {who: await post.best_door(tx, who) for who in (cast.joined, cast.old_phone, cast.secretary)}
    agreed = [await consents.given_by(tx, who) for who in (cast.joined, cast.old_phone)]
    assert {who: door and (door.channel, door.value) for who, door in doors.items()} == {
        cast.joined: ("telegram", "7200000001"),
        cast.old_phone: ("sms", "+8613900139003"),
        cast.secretary: ("telegram", "7200000005"),
    }
    assert agreed == [{"keeping", "overseas_chat"}, {"keeping"}]


async def test_the_newcomer_is_on_the_roster_and_nothing_is_sent_before_she_agrees(
    tx: Transaction, district: District
) -> None:
    her = district.cast.newcomer
    number = await post.number_of(tx, her)
    assert number is not None
    assert (number.value, number.verified) == (CAST.newcomer.number, False)
    assert await post.best_door(tx, her) is None
    assert await addresses.behind(tx, "telegram", str(CAST.newcomer.chat_id)) is None
    assert await consents.given_by(tx, her) == set()
    assert not (await _file(tx, her)).joined


async def test_one_is_due_tomorrow_and_the_old_phone_in_two_days(tx: Transaction, district: District) -> None:
    joined, old_phone = [await _file(tx, who) for who in (district.cast.joined, district.cast.old_phone)]
    assert joined.standing(NOW) == "fresh"
    assert joined.standing(NOW + timedelta(days=1)) == "due"
    assert old_phone.standing(NOW) == old_phone.standing(NOW + timedelta(days=2)) == "due"
    assert old_phone.standing(NOW + timedelta(days=3)) == "late"


async def test_the_first_morning_reminds_the_old_phone_alone_and_reports_nobody(
    tx: Transaction, district: District
) -> None:
    due = [member.id for member in await overdue.to_remind(tx, the_programme(), NOW)]
    marks = [mark for m in await _all(tx) for mark in (m.reminded_at, m.reported_at) if mark]
    assert due == [district.cast.old_phone]
    assert (await remind_members(tx, NOW), await report_silence(tx, NOW)) == (1, 0)
    assert len(marks) == STANDINGS.due - 1 + STANDINGS.late + 2 * STANDINGS.silent
    assert all(mark <= NOW for mark in marks)


async def test_two_said_that_they_would_be_out_of_reach_and_count_as_fresh(tx: Transaction) -> None:
    quiet = [member for member in await _all(tx) if member.quiet_until]
    assert len(quiet) == 2
    assert all(member.standing(NOW) == "fresh" and member.quiet_reason for member in quiet)
    assert max(NOW - member.last_contact_at for member in quiet) > timedelta(days=37)


async def test_a_change_leads_to_what_stands_in_the_file(tx: Transaction, district: District) -> None:
    files = {member.id: member for member in await _all(tx)}
    history = {who: await changes.history(tx, the_programme(), who) for who in files}
    assert {change.field for change in history[district.cast.joined]} == {"address", "job"}
    assert sum(map(bool, history.values())) > 15
    for who, change in [(who, change) for who, told in history.items() for change in told]:
        member = files[who]
        in_file = {"address": member.address, "job": f"{member.employer} {member.job}"}
        assert change.new == in_file[change.field]
        assert change.new_place == (member.place_code if change.field == "address" else "")
        assert change.old_place != member.place_code


async def test_the_same_people_are_there_every_time(database: Database) -> None:
    portraits = []
    for now in (NOW, NOW, NOW + timedelta(days=100)):
        async with database.writing() as tx:
            await found_district(tx, now, CAST)
            portraits.append(
                [(m.name, m.unit, m.place_code, m.employer, m.standing(now)) for m in await _all(tx)]
            )
            await tx.conn.rollback()
    assert portraits[0] == portraits[1] == portraits[2]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_whoever_plays_on_the_page_is_nobody_else_in_the_district(
    database: Database, tx: Transaction, district: District
) -> None:
    somebody = (await _file(tx, district.members[-1])).name
    cast = replace(CAST, joined=replace(CAST.joined, name=somebody, number=f"{NUMBERS_ELSEWHERE}1001"))
    async with database.writing() as other:
        names = await _everybody(other, await found_district(other, NOW, cast))
    assert Counter(names.values())[somebody] == 1


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    "now",
    [datetime(2026, 2, 16, 16, 0, tzinfo=UTC), datetime(2027, 3, 1, 15, 59, tzinfo=UTC)],
    ids=["at midnight before the festival", "a minute before midnight"],
)
async def test_the_hour_and_the_season_change_no_standing(database: Database, now: datetime) -> None:
    async with database.writing() as tx:
        await found_district(tx, now, CAST)
        assert await silence.counts(tx, the_programme(), now) == STANDINGS
        assert max(member.last_contact_at for member in await _all(tx)) <= now
