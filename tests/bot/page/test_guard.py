"""Only the page itself, on this machine, is listened to."""

from __future__ import annotations

import httpx
import pytest

from .stand_in import Town


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
@pytest.mark.parametrize("path", ["/", "/live", "/static/main.js"])
async def test_a_name_pointed_at_this_machine_from_outside_reads_nothing(
    web: httpx.AsyncClient, host: str, path: str
) -> None:
    answer = await web.get(path, headers={"Host": host})
    assert answer.status_code in {400, 403}
    assert "联动" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:9", "[::1]:8080"])
async def test_each_name_of_this_machine_is_answered(web: httpx.AsyncClient, host: str) -> None:
    answer = await web.get("/", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
async def test_a_page_from_elsewhere_cannot_type_on_a_phone(
    web: httpx.AsyncClient, town: Town, origin: str
) -> None:
    answer = await web.post(f"/phones/{town.son.id}/type", json={"text": "签到"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert town.world.chat(town.son.id) == []


async def test_who_names_no_origin_cannot_wind_the_clock(url: str, town: Town) -> None:
    before = town.now()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as nobody:
        answer = await nobody.post("/wind/week")
    assert answer.status_code == 403
    assert town.now() == before


async def test_the_page_allows_no_script_but_its_own_files(web: httpx.AsyncClient) -> None:
    answer = await web.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_name_made_of_markup_stays_a_name(web: httpx.AsyncClient, town: Town) -> None:
    town.world.phones[town.son.id] = type(town.son)(town.son.id, "</script><b>坏", town.son.number)
    answer = await web.get("/")
    assert "</script><b>" not in answer.text
