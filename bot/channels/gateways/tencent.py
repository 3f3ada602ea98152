"""Tencent Cloud SMS (腾讯云短信), 2021-01-11: messages by approved templates alone.

Its documentation: SendSms, PullSmsSendStatus, PullSmsReplyStatus, PullSmsSendStatusByPhoneNumber, and its
notices of what became of a message and of an answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta, timezone

from bot.channels.contract import Incoming, MessageRefused, Receipt, SendingFailed, Sent
from bot.channels.gateways import pushed, tencent_reports
from bot.channels.gateways.at_once import HOME, Outcome, handed_over
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text
from bot.channels.gateways.pushed import Item
from bot.channels.gateways.templates import Filled, Rules, Templates
from bot.channels.gateways.tencent_api import TencentApi
from bot.clock import Clock

# Its rules for templates: six signs are what an account of today gets without asking.
RULES = Rules(6, "【】¥★☆☞✓※&^")
_A_PAGE = 100
# It tells of seven days; a receipt may be so much earlier than our own clock has it.
_KEPT, _EARLIER = timedelta(days=7), timedelta(minutes=2)
_BEIJING = timezone(timedelta(hours=8))


class Tencent:
    """A `Gateway`. `app_id` is the SmsSdkAppId, `sign_name` the approved signature without 【】."""

    name = "tencent"
    most_at_once = 200
    pulls_every: timedelta | None = timedelta(minutes=1)
    can_be_asked = True
    gives_receipts = True

    def __init__(
        self, api: TencentApi, app_id: str, sign_name: str, templates: Templates, clock: Clock
    ) -> None:
        self._api = api
        self._app_id = app_id
        self._sign_name = sign_name
        self._templates = templates
        self._clock = clock

    async def send(self, text: Text) -> Sent:
        if not text.number.startswith(HOME):
            raise MessageRefused("foreign_number")
        filled = self._templates.fill(text.words, text.topic)
        asked = self._asked([text], filled) | {"SessionContext": text.reference}
        [outcome] = tencent_reports.outcomes(await self._api.ask("SendSms", asked), [text])
        if isinstance(outcome, SendingFailed):
            raise outcome
        return outcome

    async def send_batch(self, texts: Sequence[Text]) -> list[Outcome]:
        return await handed_over(texts, lambda text: text.number.startswith(HOME), self._send_together)

    async def _send_together(self, texts: Sequence[Text]) -> list[Outcome]:
        """Without our id: the company keeps one for the whole request, and its own for each number."""
        if len(texts) == 1:
            return [await self.send(texts[0])]
        filled = self._templates.fill(texts[0].words, texts[0].topic)
        return tencent_reports.outcomes(await self._api.ask("SendSms", self._asked(texts, filled)), texts)

    def would_refuse(self, words: str, topic: str) -> str:
        return self._templates.would_refuse(words, topic)

    def as_shown(self, words: str, topic: str) -> str:
        return self._templates.as_shown(words, topic, f"【{self._sign_name}】")

    def is_theirs(self, push: Push) -> bool:
        return push.method == "POST"

    def read_push(self, push: Push) -> Brought:
        return pushed.read_push(push, tencent_reports.pushed_text, tencent_reports.pushed_receipt)

    def answer_to(self, push: Push) -> Answer:
        return Answer('{"result": 0, "errmsg": "OK"}', "application/json")

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        return pushed.read_text(params)

    async def pull(self) -> AsyncIterator[Brought]:
        """What it handed out it has forgotten. Each way is opened by the company on request: where one is
        shut the other is gone through all the same, and the failure is raised behind it.
        """
        failure: SendingFailed | None = None
        for action, name in (
            ("PullSmsSendStatus", "PullSmsSendStatusSet"),
            ("PullSmsReplyStatus", "PullSmsReplyStatusSet"),
        ):
            try:
                async for items in self._pages(action, name):
                    yield _brought(action, items)
            except SendingFailed as shut:
                failure = shut
        if failure:
            raise failure

    async def look_up(self, sought: Sought) -> Receipt | None:
        now = self._clock.now()
        if now - sought.sent_at >= _KEPT - _EARLIER:
            return None
        items = await self._statuses_of(sought.number, int((sought.sent_at - _EARLIER).timestamp()))
        return tencent_reports.found(filter(None, map(tencent_reports.fetched_receipt, items)), sought)

    async def what_is_wrong(self) -> str:
        """Why nothing can be sent now, by its word in the table of receipts; empty where all is well."""
        hour = self._clock.now().astimezone(_BEIJING).strftime("%Y%m%d%H")
        asked = {"BeginTime": hour, "EndTime": hour, "SmsSdkAppId": self._app_id, "Limit": 0, "Offset": 0}
        try:
            # How many went out this hour: what each account may ask, unlike what became of a message.
            await self._api.ask("SendStatusStatistics", asked)
        except SendingFailed as failure:
            return failure.reason
        return ""

    async def close(self) -> None:
        await self._api.close()

    def _asked(self, texts: Sequence[Text], filled: Filled) -> dict[str, object]:
        asked: dict[str, object] = {
            "PhoneNumberSet": [text.number for text in texts],
            "SmsSdkAppId": self._app_id,
            "TemplateId": filled.code,
            "SignName": self._sign_name,
        }
        # By number, from 1 on; the order in which they stand in the text may be another.
        values = [filled.values[name] for name in sorted(filled.values, key=_place)]
        return asked | ({"TemplateParamSet": values} if values else {})

    async def _pages(self, action: str, name: str) -> AsyncIterator[Sequence[Item]]:
        more = True
        while more:
            said = await self._api.ask(action, {"Limit": _A_PAGE, "SmsSdkAppId": self._app_id})
            items = tencent_reports.items_of(said, name)
            if items:
                yield items
            more = len(items) >= _A_PAGE

    async def _statuses_of(self, number: str, since: int) -> Sequence[Item]:
        asked = {
            "BeginTime": since,
            "Offset": 0,
            "Limit": _A_PAGE,
            "PhoneNumber": number,
            "SmsSdkAppId": self._app_id,
        }
        said = await self._api.ask("PullSmsSendStatusByPhoneNumber", asked)
        return tencent_reports.items_of(said, "PullSmsSendStatusSet")


def _brought(action: str, items: Sequence[Item]) -> Brought:
    if action == "PullSmsReplyStatus":
        return Brought(inbound=tuple(map(tencent_reports.fetched_text, items)))
    return Brought(receipts=tuple(filter(None, map(tencent_reports.fetched_receipt, items))))


def _place(name: str) -> int:
    return int(name) if name.isdecimal() else 0
