"""What a call says, whether it came as a form, as multipart or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.sandbox.bot_api.refusals import bad_request, too_large

# Source: Bot API, "Sending files"; a little room for what stands around the file.
LARGEST_CALL = 50 * 1024 * 1024 + 64 * 1024
_DIGITS = re.compile(r"-?\d+")


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
        """The digits it begins with, as Telegram reads numbers: 0 where there are none."""
        said = self.text(name).strip()
        digits = _DIGITS.match(said)
        return int(digits[0]) if digits else 0 if said else default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def structure(self, name: str, called: str = "") -> Any:
        """An object or array, which forms carry as JSON in a string; None where it is absent."""
        value = self.said.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {called or name.replace('_', ' ')} JSON object") from None

    def object(self, name: str, called: str = "") -> dict[str, Any]:
        """The same where nothing but an object will do; empty where it is absent."""
        value = self.structure(name, called)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value or {}

    def upload(self, name: str) -> Upload | None:
        """The file sent under that name, or under the name that `attach://` points to."""
        return self.uploads.get(self.text(name).removeprefix("attach://") or name)


async def read_parameters(request: Request) -> Parameters:
    request = _within_limits(request)
    kind = request.headers.get("content-type", "")
    said: dict[str, Any] = dict(request.query_params)
    if kind.startswith("application/json"):
        return Parameters(said | _json_object(await request.body()))
    uploads: dict[str, Upload] = {}
    try:
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    uploads[name] = Upload(value.filename or name, await value.read())
                else:
                    said[name] = value
    except HTTPException as broken:
        raise bad_request(broken.detail) from None
    return Parameters(said, uploads)


def _within_limits(request: Request) -> Request:
    """What is too large is heard to its end, so that its sender hears the answer; nothing of it stays."""
    came = 0

    async def receive() -> Message:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        while came > LARGEST_CALL:
            if not message.get("more_body"):
                raise too_large()
            message = await request.receive()
        return message

    return Request(request.scope, receive)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(said, dict):
        raise bad_request("JSON object expected")
    return said
