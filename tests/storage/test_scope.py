"""Everybody sees only what is below them: a member their own file, a county all of its own. (S29)"""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeGuard

from sqlalchemy import update

from content.letter import Letter
from content.rules.audience import Audience
from storage import (
    audience,
    campaigns,
    changes,
    contacts,
    files,
    members,
    offices,
    outbox,
    outcomes,
    overdue,
    people,
    recipients,
    silence,
    viewings,
)
from storage.changes import Change
from storage.database import Database, Transaction
from storage.silence import Sought
from storage.viewer import Viewer, the_programme
from tests.storage import town as the_town
from tests.storage.town import MUCH_LATER, NOW, UNITS, Town

ALL = frozenset(path for path, kind in UNITS.items() if kind != "committee") | {"c/t/b/ 2"}
IN_TOWN = {"c/t/b/", "c/t/b/ 2", "c/t/b/g/", "c/t/b0/", "c/t/b./"}
IN_COUNTY = IN_TOWN | {"c/t1/", "c/t-/", "c/t_/", "c/t%/", "c/T/"}

WHO_SEES_WHOM: dict[str, set[str] | frozenset[str]] = {
    "a member": {"c/t/b/"},
    "a liaison": {"c/t/b/", "c/t/b0/", "c-/"},
    "a liaison who is a member too": {"c/t/b/ 2", "c/t1/"},
    "the secretary of a branch": {"c/t/b/", "c/t/b/ 2", "c/t/b/g/"},
    "the secretary of a group": {"c/t/b/g/"},
    "a secretary who is a liaison elsewhere": {"c/t/b0/", "c0/t/"},
    "a secretary of two branches": {"c/t/b./", "c/t_/"},
    "the committee of a town": IN_TOWN,
    "the committee of the county": IN_COUNTY,
    "the committee of another county": {"c0/t/"},
    "somebody with the office of a member": set(),
    "somebody without an office": set(),
    "the administrator of a branch": {"c/t/b/", "c/t/b/ 2", "c/t/b/g/"},
    "the administrator of the county": IN_COUNTY,
}


async def _everybody_with_an_office(tx: Transaction, town: Town) -> dict[str, Viewer]:
    officers = [
        await the_town.officer(tx, town, "a liaison", "liaison", "c/t/b/"),
        await the_town.officer(tx, town, "the secretary of a branch", "secretary", "c/t/b/"),
        await the_town.officer(tx, town, "the secretary of a group", "secretary", "c/t/b/g/"),
        await the_town.officer(tx, town, "a secretary who is a liaison elsewhere", "secretary", "c/t/b0/"),
        await the_town.officer(tx, town, "a secretary of two branches", "secretary", "c/t/b./"),
        await the_town.officer(tx, town, "the committee of a town", "committee", "c/t/"),
        await the_town.officer(tx, town, "the committee of the county", "committee", "c/"),
        await the_town.officer(tx, town, "the committee of another county", "committee", "c0/"),
        await the_town.officer(tx, town, "somebody with the office of a member", "member", "c/t/b/"),
        await the_town.officer(tx, town, "the administrator of a branch", "admin", "c/t/b/"),
        await the_town.officer(tx, town, "the administrator of the county", "admin", "c/"),
        await people.add(tx, NOW, "somebody without an office"),
    ]
    town.officers["somebody without an office"] = officers[-1]
    town.officers["a member"] = town.members["c/t/b/"]
    town.officers["a liaison who is a member too"] = town.members["c/t/b/ 2"]
    two = town.officers["a secretary of two branches"]
    await offices.grant(tx, NOW, two, "secretary", town.units["c/t_/"])
    await _entrust(tx, town, "a liaison", "c/t/b/", "c/t/b0/", "c-/")
    await _entrust(tx, town, "a liaison who is a member too", "c/t1/")
    await _entrust(tx, town, "a secretary who is a liaison elsewhere", "c0/t/")
    return {name: await offices.viewer_of(tx, who) for name, who in town.officers.items()}


async def _entrust(tx: Transaction, town: Town, liaison: str, *names: str) -> None:
    for name in names:
        await members.entrust(tx, await the_town.file_of(tx, town.members[name]), town.officers[liaison])


async def _something_in_every_file(tx: Transaction, town: Town) -> str:
    """A contact, a change, a look and a lesson for each; the id of the lesson's campaign."""
    looker = await people.add(tx, NOW, "查阅人")
    campaign = await campaigns.plan(tx, NOW, looker, "wages", NOW)
    for number, person_id in enumerate(town.members.values()):
        member = await the_town.file_of(tx, person_id)
        await contacts.heard(tx, NOW, member, "check_in", "telegram", person_id, "平安")
        await changes.record(tx, member, Change("job", "瓦工", "电工", "", "", NOW, "telegram", person_id))
        await viewings.record(tx, NOW, Viewer(looker), member)
        await recipients.add(tx, campaign.id, person_id, "Asia/Shanghai")
        to = outbox.to(await the_town.chat_of(tx, person_id, str(80_000 + number)))
        await outbox.promise(tx, NOW, to, Letter("党课"), "lesson", f"lesson:{person_id}", campaign.id)
    return campaign.id


Question = Callable[[Transaction, Viewer, Town, str], Awaitable[set[str]]]


async def _found_one_by_one(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {name for name, who in town.members.items() if await members.find(tx, viewer, who)}


async def _everyone(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {town.name_of(member.id) for member in await members.everyone(tx, viewer)}


async def _everyone_unit_by_unit(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    seen = [await members.everyone(tx, viewer, path) for path in ("c/", "c0/", "c-/")]
    return {town.name_of(member.id) for below in seen for member in below}


async def _called(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {town.name_of(member.id) for member in await members.called(tx, viewer, "党员")}


async def _silent(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {town.name_of(member.id) for member in await silence.silent(tx, viewer, MUCH_LATER)}


async def _silent_page_by_page(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    seen: list[files.Member] = []
    while page := await silence.silent(
        tx,
        viewer,
        MUCH_LATER,
        after=silence.page_mark(seen[-1], Sought()) if seen else "",
        limit=2,
    ):
        seen += page
    assert len(seen) == len({member.id for member in seen}), "a page shows somebody twice"
    return {town.name_of(member.id) for member in seen}


async def _to_remind(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    await tx.conn.execute(update(files.members).values(reminded_at=None))
    return {town.name_of(member.id) for member in await overdue.to_remind(tx, viewer, MUCH_LATER)}


async def _to_report(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    await tx.conn.execute(update(files.members).values(reminded_at=NOW))
    found = await overdue.to_report(tx, viewer, MUCH_LATER, MUCH_LATER - timedelta(days=1))
    return {town.name_of(member.id) for member in found}


async def _contacts(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {name for name, who in town.members.items() if await contacts.latest(tx, viewer, who)}


async def _changes(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {name for name, who in town.members.items() if await changes.history(tx, viewer, who)}


async def _viewings(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {name for name, who in town.members.items() if await viewings.of_member(tx, viewer, who)}


async def _words_written(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    return {
        name
        for name, who in town.members.items()
        if await contacts.note_words(tx, viewer, who, who, "谈了工作")
    }


async def _overdue(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    overdue = await silence.silent(tx, viewer, MUCH_LATER, Sought(overdue=True))
    return {town.name_of(member.id) for member in overdue}


async def _audience(tx: Transaction, viewer: Viewer, town: Town, _: str) -> set[str]:
    """One by one: what it counts is who they are."""
    found = set()
    for person_id in town.members.values():
        only = Audience(only=(person_id,))
        if (await audience.reach(tx, viewer, only, NOW)).all:
            found.add(town.name_of(person_id))
    return found


async def _outcomes(tx: Transaction, viewer: Viewer, town: Town, campaign: str) -> set[str]:
    return {town.name_of(outcome.member.id) for outcome in await outcomes.of_campaign(tx, viewer, campaign)}


QUESTIONS: dict[str, Question] = {
    "members.find": _found_one_by_one,
    "members.everyone": _everyone,
    "members.everyone below a unit": _everyone_unit_by_unit,
    "members.called": _called,
    "silence.silent": _silent,
    "silence.silent, page by page": _silent_page_by_page,
    "silence.silent, the late too": _overdue,
    "overdue.to_remind": _to_remind,
    "overdue.to_report": _to_report,
    "contacts.latest": _contacts,
    "contacts.note_words": _words_written,
    "changes.history": _changes,
    "viewings.of_member": _viewings,
    "outcomes.of_campaign": _outcomes,
    "audience.reach": _audience,
}


async def test_everybody_sees_those_in_their_care_and_nobody_else(database: Database) -> None:
    async with database.writing() as tx:
        town = await the_town.settle(tx)
        viewers = await _everybody_with_an_office(tx, town)
        campaign = await _something_in_every_file(tx, town)
        seen = {
            (name, question): await ask(tx, viewer, town, campaign)
            for name, viewer in viewers.items()
            for question, ask in QUESTIONS.items()
        }
    wrong = {
        f"{name} by {question}": sorted(found ^ WHO_SEES_WHOM[name])
        for (name, question), found in seen.items()
        if found != WHO_SEES_WHOM[name]
    }
    assert {name for name, _ in seen} == set(WHO_SEES_WHOM)
    assert wrong == {}


async def test_everybody_s_numbers_count_only_those_in_their_care(database: Database) -> None:
    async with database.writing() as tx:
        town = await the_town.settle(tx)
        viewers = await _everybody_with_an_office(tx, town)
        counted = {
            name: (
                await silence.how_many(tx, viewer, MUCH_LATER),
                (await silence.counts(tx, viewer, MUCH_LATER)).silent,
                (await silence.counts(tx, viewer, NOW)).fresh,
            )
            for name, viewer in viewers.items()
        }
    assert counted == {name: (len(sight),) * 3 for name, sight in WHO_SEES_WHOM.items()}


async def test_a_stranger_sees_nobody_and_the_programme_everybody(database: Database) -> None:
    strangers = (Viewer(""), Viewer("", units=("c/",)), Viewer("nobody"), Viewer("nobody", units=("x/",)))
    seen = []
    async with database.writing() as tx:
        town = await the_town.settle(tx)
        campaign = await _something_in_every_file(tx, town)
        for question, ask in QUESTIONS.items():
            assert await ask(tx, the_programme(), town, campaign) == ALL
            seen += [(s, question) for s in strangers if await ask(tx, s, town, campaign)]
    assert seen == []


async def test_a_unit_holds_what_is_below_it_and_not_what_is_spelt_alike(database: Database) -> None:
    inside = {
        "c/": IN_COUNTY,
        "c/t/": IN_TOWN,
        "c/t/b/": {"c/t/b/", "c/t/b/ 2", "c/t/b/g/"},
        "c/t_/": {"c/t_/"},
        "c/t%/": {"c/t%/"},
        "c/T/": {"c/T/"},
        "c0/": {"c0/t/"},
    }
    async with database.writing() as tx:
        town = await the_town.settle(tx)
        held = {path: await members.everyone(tx, the_programme(), path) for path in inside}
    assert {path: {town.name_of(one.id) for one in found} for path, found in held.items()} == inside
    for path, names in inside.items():
        viewer = Viewer("somebody", units=(path,))
        assert {name for name in ALL if viewer.sees_unit(name.removesuffix(" 2"))} == names


async def test_whoever_moves_to_another_liaison_is_out_of_the_first_one_s_sight(database: Database) -> None:
    async with database.writing() as tx:
        town = await the_town.settle(tx)
        first, second = [await people.add(tx, NOW, name) for name in ("甲", "乙")]
        member = await the_town.file_of(tx, town.members["c/t1/"])
        await members.entrust(tx, member, first)
        assert await members.find(tx, Viewer(first), member.id)
        await members.entrust(tx, member, second)
        assert await members.find(tx, Viewer(first), member.id) is None
        assert await members.find(tx, Viewer(second), member.id)


def test_no_handler_borrows_the_eyes_of_the_programme() -> None:
    """A handler answers a person; whoever sees everything there shows everything to anyone."""
    borrowed = [
        f"{path}:{node.lineno}"
        for path in Path(__file__).parents[2].glob("handlers/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if _is_unscoped(node)
    ]
    assert borrowed == []


def _is_unscoped(node: ast.AST) -> TypeGuard[ast.expr | ast.alias | ast.keyword]:
    match node:
        case ast.Name(id="the_programme") | ast.Attribute(attr="the_programme"):
            return True
        case ast.alias(name="the_programme") | ast.keyword(arg="everything"):
            return True
    return False
