"""What a call says, whether it came as a form, as multipart or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.bot_api.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    said: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.said.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.said.get(name, default))
        except (TypeError, ValueError):
            raise bad_request(f'invalid parameter "{name}"') from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def structure(self, name: str) -> Any:
        """An object or array, which forms carry as JSON in a string; None where it is absent."""
        value = self.said.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under that name, or under the name that `attach://` points to."""
        return self.uploads.get(self.text(name).removeprefix("attach://") or name)


async def read_parameters(request: Request) -> Parameters:
    kind = request.headers.get("content-type", "")
    said: dict[str, Any] = dict(request.query_params)
    if kind.startswith("application/json"):
        return Parameters(said | _json_object(await request.body()))
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(value.filename or name, await value.read())
            else:
                said[name] = value
    return Parameters(said, uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(said, dict):
        raise bad_request("JSON object expected")
    return said
