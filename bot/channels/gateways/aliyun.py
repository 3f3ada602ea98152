"""Alibaba Cloud SMS (阿里云短信), Dysmsapi of 2017-05-25: messages by approved templates alone.

Its documentation: SendSms, SendBatchSms, QuerySendDetails, SmsReport and SmsUp by HTTP.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

from bot.channels.contract import Incoming, MessageRefused, Receipt, SendingFailed, Sent
from bot.channels.gateways import aliyun_details, aliyun_pushes, pushed
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.asking import Said
from bot.channels.gateways.at_once import HOME, Outcome, handed_over
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text
from bot.channels.gateways.templates import Rules, Templates
from bot.clock import Clock

# Its rules for templates: a variable of the kind "other", and signs that come out garbled.
RULES = Rules(35, "【】『』「」〖〗•①②③④⑤⑥⑦⑧⑨⑩★☆※→←↑↓²³¥&^")
_NOBODY = f"{HOME}13000000000"


class Aliyun:
    """A `Gateway`. `sign_name` is the approved signature, without 【】.

    SendSms sends again whatever it is asked again: OutId tells messages apart, and keeps none from leaving.
    """

    name = "aliyun"
    most_at_once = 100
    # It pushes, or keeps things in a queue service of its own: by HTTP nothing waits to be fetched.
    pulls_every: timedelta | None = None
    can_be_asked = True
    gives_receipts = True

    def __init__(self, api: AliyunApi, sign_name: str, templates: Templates, clock: Clock) -> None:
        self._api = api
        self._sign_name = sign_name
        self._templates = templates
        self._clock = clock

    async def send(self, text: Text) -> Sent:
        number = _at_home(text.number)
        filled = self._templates.fill(text.words, text.topic)
        query = {
            "OutId": text.reference,
            "PhoneNumbers": number,
            "SignName": self._sign_name,
            "TemplateCode": filled.code,
        }
        if filled.values:
            query["TemplateParam"] = _json(filled.values)
        return _sent(await self._api.ask("SendSms", query))

    async def send_batch(self, texts: Sequence[Text]) -> list[Outcome]:
        return await handed_over(texts, lambda text: text.number.startswith(HOME), self._send_together)

    async def _send_together(self, texts: Sequence[Text]) -> list[Outcome]:
        if len(texts) == 1:
            return [await self.send(texts[0])]
        filled = self._templates.fill(texts[0].words, texts[0].topic)
        query = {
            "OutId": f"{aliyun_details.BATCH}{texts[0].reference}",
            "TemplateCode": filled.code,
        }
        form = {
            "PhoneNumberJson": _json([_at_home(text.number) for text in texts]),
            "SignNameJson": _json([self._sign_name] * len(texts)),
        }
        if filled.values:
            form["TemplateParamJson"] = _json([filled.values] * len(texts))
        sent = _sent(await self._api.ask("SendBatchSms", query, form))
        return [sent] * len(texts)

    def would_refuse(self, words: str, topic: str) -> str:
        return self._templates.would_refuse(words, topic)

    def as_shown(self, words: str, topic: str) -> str:
        return self._templates.as_shown(words, topic, f"【{self._sign_name}】")

    def is_theirs(self, push: Push) -> bool:
        return push.method == "POST"

    def read_push(self, push: Push) -> Brought:
        return pushed.read_push(push, aliyun_pushes.text, aliyun_pushes.receipt)

    def answer_to(self, push: Push) -> Answer:
        return Answer(_json({"code": 0, "msg": "接收成功"}), "application/json")

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        return pushed.read_text(params)

    async def pull(self) -> AsyncIterator[Brought]:
        for nothing in list[Brought]():
            yield nothing

    async def look_up(self, sought: Sought) -> Receipt | None:
        if not sought.number.startswith(HOME):
            return None
        rows = [row for day in aliyun_details.days_of(sought) for row in await self._rows(sought, day)]
        return aliyun_details.found(rows, sought, self._clock.now())

    async def what_is_wrong(self) -> str:
        """Why nothing can be sent now, by its word in the table of receipts; empty where all is well."""
        sought = Sought("", "", _NOBODY, self._clock.now())
        try:
            await self._rows(sought, aliyun_details.days_of(sought)[0])
        except SendingFailed as failure:
            return failure.reason
        return ""

    async def close(self) -> None:
        await self._api.close()

    async def _rows(self, sought: Sought, day: str) -> Sequence[aliyun_details.Row]:
        query = {"BizId": sought.provider_id} if sought.provider_id else {}
        query |= {
            "CurrentPage": "1",
            "PageSize": "50",
            "PhoneNumber": _at_home(sought.number),
            "SendDate": day,
        }
        return aliyun_details.rows_of(await self._api.ask("QuerySendDetails", query))


def _at_home(number: str) -> str:
    """As the company writes it, in mainland China alone: abroad goes by other templates, at another price."""
    if not number.startswith(HOME):
        raise MessageRefused("foreign_number")
    return number.removeprefix(HOME)


def _sent(said: Said) -> Sent:
    return Sent(str(said.get("BizId") or ""))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
