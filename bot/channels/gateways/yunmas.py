"""China Mobile's 云MAS: free text, or an approved template, to many numbers in one request.

Its manual for the HTTP interface: 发送普通短信 (norsubmit), 发送模板短信 (tmpsubmit), 状态报告, 上行短信.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from hashlib import md5
from typing import Protocol

import httpx

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent, Unreadable
from bot.channels.gateways.asking import no_answer
from bot.channels.gateways.at_once import HOME, Outcome, handed_over
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text
from bot.channels.gateways.pushed import read_text
from bot.channels.gateways.yunmas_answers import brought_by, page_of, taken_as
from bot.channels.wire import transport_to


class Filled(Protocol):
    """An approved template by its code, and its values in the order in which it names them."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, str]: ...


class Templates(Protocol):
    """The approved templates; `fill` raises MessageRefused where none of them can say these words."""

    def fill(self, words: str, topic: str) -> Filled: ...

    def would_refuse(self, words: str, topic: str) -> str: ...

    def as_shown(self, words: str, topic: str, signature: str) -> str: ...


class Yunmas:
    """A `Gateway`. `url` is the address that came with the account; over https one path differs.

    `sign` is the code of the signature (签名编码), which 云MAS puts in front by itself: our own,
    `signature`, is taken off. `extra` is the extension of our number (扩展码). Without `templates` free text
    goes out.
    """

    name = "yunmas"
    most_at_once = 5000
    pulls_every: timedelta | None = timedelta(minutes=5)
    can_be_asked = False
    gives_receipts = True

    def __init__(
        self,
        url: str,
        company: str,
        account: str,
        password: str,
        sign: str,
        extra: str = "",
        signature: str = "",
        templates: Templates | None = None,
        *,
        patience: float = 30.0,
    ) -> None:
        self._url = re.sub(r"/sms/\w+$", "", url)
        self._free_text = "/sms/submit" if url.startswith("https:") else "/sms/norsubmit"
        # In this order they are signed.
        self._login = {"ecName": company, "apId": account, "secretKey": password}
        self._ending = {"sign": sign, "addSerial": extra}
        self._signature, self._templates = signature, templates
        self._http = httpx.AsyncClient(transport=transport_to(url), timeout=patience)

    async def send(self, text: Text) -> Sent:
        (outcome,) = await self.send_batch([text])
        if isinstance(outcome, SendingFailed):
            raise outcome
        return outcome

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        return await handed_over(texts, lambda text: text.number.startswith(HOME), self._hand_over)

    def would_refuse(self, words: str, topic: str) -> str:
        return self._templates.would_refuse(words, topic) if self._templates else ""

    def as_shown(self, words: str, topic: str) -> str:
        """云MAS puts the signature there by its code: it is the one of ours that was taken off."""
        if self._templates is None:
            return words
        return self._templates.as_shown(words, topic, self._signature)

    def is_theirs(self, push: Push) -> bool:
        return push.method == "POST"

    def read_push(self, push: Push) -> Brought:
        try:
            return brought_by(push.kind, json.loads(push.body))
        except (ValueError, RecursionError):
            raise Unreadable(push.kind) from None

    def answer_to(self, push: Push) -> Answer:
        return Answer()

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        return read_text(params)

    async def pull(self) -> AsyncIterator[Brought]:
        """Where receipts and texts are pushed, nothing waits here, and the first page is empty."""
        for kind, path in (("receipt", "/sms/report"), ("inbound", "/sms/deliver")):
            last = Brought()
            # The same page again would go on for ever.
            while (brought := await self._page(kind, path)) not in (last, Brought()):
                yield brought
                last = brought

    async def look_up(self, sought: Sought) -> Receipt | None:
        """There is nothing to ask: 云MAS names what it took by its batch, and tells of it once."""
        return None

    async def close(self) -> None:
        await self._http.aclose()

    async def _hand_over(self, texts: Sequence[Text]) -> list[Outcome]:
        numbers = ",".join(text.number.removeprefix(HOME) for text in texts)
        path, form = self._form(numbers, texts[0])
        try:
            answer = await self._post(path, signed(form))
        except httpx.HTTPError as error:
            raise no_answer(error) from error
        return [taken_as(answer)] * len(texts)

    def _form(self, numbers: str, text: Text) -> tuple[str, dict[str, str]]:
        if self._templates is None:
            words = text.words.removeprefix(self._signature)
            return self._free_text, self._login | {"mobiles": numbers, "content": words} | self._ending
        filled = self._templates.fill(text.words, text.topic)
        params = json.dumps(list(filled.values.values()) or [""], ensure_ascii=False)
        middle = {"templateId": filled.code, "mobiles": numbers, "params": params}
        return "/sms/tmpsubmit", self._login | middle | self._ending

    async def _post(self, path: str, form: Mapping[str, str]) -> httpx.Response:
        body = b64encode(json.dumps(form, ensure_ascii=False).encode())
        headers = {"Content-Type": "application/json"}
        return await self._http.post(self._url + path, content=body, headers=headers)

    async def _page(self, kind: str, path: str) -> Brought:
        try:
            answer = await self._post(path, self._login)
        except httpx.HTTPError as error:
            raise no_answer(error) from error
        return page_of(kind, answer)


def signed(form: Mapping[str, str]) -> dict[str, str]:
    """With `mac`: its values one behind the other, in their order, as MD5 in small letters."""
    joined = "".join(form.values())
    return {**form, "mac": md5(joined.encode(), usedforsecurity=False).hexdigest()}
