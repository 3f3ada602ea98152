"""The page itself and the files on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from bot.sandbox.page.almanac import moment
from bot.sandbox.page.breaking import MOODS, how_it_is
from bot.sandbox.page.screens import groups_of
from bot.sandbox.page.stage import PhoneOnStage, Stage
from bot.sandbox.world import World

HERE = Path(__file__).parent
STATIC = "/static"
# What a browser may show in the page; anything else, a web page above all, is only ever downloaded.
SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


@cache
def words() -> dict[str, list[str]]:
    """The page's own words: key to [Chinese, English]."""
    return dict(json.loads((HERE / "words.json").read_text("utf-8")))


@cache
def _templates() -> Jinja2Templates:
    return Jinja2Templates(HERE / "templates")


def page(world: World, stage: Stage) -> Callable[[Request], Any]:
    async def show(request: Request) -> Response:
        language = "en" if request.cookies.get("language") == "en" else "zh"
        boot = {
            "language": language,
            "words": words(),
            "clock": moment(stage.now().astimezone(stage.timezone)),
            "phones": line_up(world, stage),
            "gateway": how_it_is(world),
        }
        said = {
            "language": language,
            "static": STATIC,
            "boot": boot,
            "moods": MOODS,
            "word": lambda key: words()[key][language == "en"],
        }
        return _templates().TemplateResponse(request, "page.html", said)

    return show


def line_up(world: World, stage: Stage) -> list[dict[str, Any]]:
    """The phones on the stage as the page sets them up, without what is on their screens."""
    return [_standing(world, phone) for phone in stage.phones]


def file(world: World) -> Callable[[Request], Any]:
    async def give(request: Request) -> Response:
        found = world.telegram.files.get(request.path_params["file"])
        if found is None:
            return Response(status_code=404)
        if found.mime in SHOWN_AS_PICTURE:
            return Response(found.content, media_type=found.mime)
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
        return Response(found.content, media_type="application/octet-stream", headers=named)

    return give


def _standing(world: World, standing: PhoneOnStage) -> dict[str, Any]:
    phone = world.phone(standing.phone_id)
    spare = world.spare_cards.get(phone.id)
    return {
        "id": phone.id,
        "owner": phone.owner,
        "number": phone.number,
        "smartphone": phone.smartphone,
        "spare": spare and {"id": spare.id, "number": spare.number},
        "guest": standing.is_guest,
        "groups": [{"id": group.id, "title": group.title} for group in groups_of(world, phone)],
        "role": standing.role._asdict(),
        "caption": standing.caption._asdict(),
        "suggestions": [{"text": each.text, "gloss": each.gloss} for each in standing.suggestions],
    }
