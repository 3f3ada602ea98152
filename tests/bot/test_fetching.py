"""What waits with the company is fetched page by page, and a page counts once it is safe with us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.gateways.contract import Brought
from bot.channels.sms import Sms
from bot.doors import Doors
from bot.fetching import Fetching
from bot.settings import read_settings
from storage.database import Database
from tests.bot.company import Company, brought
from tests.bot.house import QUESTION, Parts, a_house

SOON = timedelta(milliseconds=10)


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


def page(house: Parts, *ids: str, receipts: tuple[tuple[str, bool], ...] = ()) -> Brought:
    texts = [{"from": house.old.phone.number, "text": "签到", "id": one} for one in ids]
    return brought(texts, [{"ref": ref, "ok": "yes" if ok else ""} for ref, ok in receipts])


@asynccontextmanager
async def at_work(house: Parts, company: Company) -> AsyncIterator[None]:
    fetching = asyncio.create_task(Fetching(company, house.bringing).run(SOON))
    yield
    fetching.cancel()
    with suppress(asyncio.CancelledError):
        await fetching


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - a company rings no bell
            await asyncio.sleep(0.01)


async def test_each_page_is_kept_and_what_was_pushed_as_well_counts_once(house: Parts) -> None:
    await house.promise(house.old, QUESTION)
    await house.send()
    [letter] = await house.letters()
    await house.bringing.keep(page(house, "1"))
    company = Company()
    company.pages = [page(house, "1", "2"), page(house, "3", receipts=((letter.id, True),))]
    async with at_work(house, company):
        await until(lambda: not company.pages)
    assert [kept.external_id for kept in await house.messages()] == ["1", "2", "3"]
    assert (await house.letter()).state == "delivered"


async def test_a_company_that_is_away_is_asked_again(
    house: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    company = Company()
    company.away, company.pages = 3, [page(house, "1")]
    async with at_work(house, company):
        await until(lambda: not company.pages)
    assert len(await house.messages()) == 1
    written = capsys.readouterr().out
    assert (written.count("not_fetched"), written.count("fetching_again")) == (1, 1)


async def test_a_page_that_could_not_be_kept_is_still_there(house: Parts) -> None:
    company = Company()
    company.pages = [page(house, "1"), page(house, "2")]
    async with house.database.writing() as tx:
        await tx.conn.exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
    async with at_work(house, company):
        await until(lambda: company.asked > 2)
        assert len(company.pages) == 2, "nobody asked for the next page, so the company forgot none"
        async with house.database.writing() as tx:
            await tx.conn.exec_driver_sql("ALTER TABLE elsewhere RENAME TO inbox")
        await until(lambda: not company.pages)
    assert [kept.external_id for kept in await house.messages()] == ["1", "2"]


async def test_the_program_fetches_by_itself_where_something_waits(house: Parts, tmp_path: Path) -> None:
    company = Company()
    company.pages = [page(house, "1")]
    doors = Doors(None, company, {"sms": Sms(company, "【联动】")})
    app = App(read_settings({}, tmp_path), house.clock, house.database, doors)
    async with app.at_work():
        await until(lambda: not company.pages)
    assert [(kept.external_id, kept.channel) for kept in await house.messages()] == [("1", "sms")]
