"""Our reading of Twilio's signature, beside the official SDK's."""

from __future__ import annotations

from urllib.parse import urlencode, urlparse

import pytest
from twilio.request_validator import RequestValidator, add_port, remove_port

from bot.channels.gateways.contract import Push
from bot.channels.gateways.twilio import Twilio
from tests.bot.channels.twilio_peer import ACCOUNT, NUMBER, TOKEN

FORMS = [
    {"MessageSid": "SM1", "From": "+8613900139003", "Body": "签到 都好 & more=1+1"},
    {"Body": "", "NumMedia": "0", "b": "2", "B": "1"},
    {},
]
QUERIES = ["", "reference=a%2F77+b", "reference=77&x=%E8%81%94"]
OURS = [
    "https://bot.example.cn/sms/secret",
    "https://bot.example.cn:8443/liandong/sms/secret",
    "http://127.0.0.1:8090/sms/secret",
    "https://bot.example.cn:443/sms/secret",
]


def pushed(form: dict[str, str], query: str, signature: str) -> Push:
    headers = {"x-twilio-signature": signature}
    return Push("receipt", "POST", "http://proxied/receipt", query, headers, urlencode(form).encode())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("ours", OURS)
async def test_what_the_sdk_signs_is_theirs_and_what_it_refuses_is_not(
    form: dict[str, str], query: str, ours: str
) -> None:
    official, gateway = RequestValidator(TOKEN), Twilio(ACCOUNT, TOKEN, NUMBER, ours, "http://127.0.0.1:1")
    url = f"{ours}/receipt" + (f"?{query}" if query else "")
    signature = official.compute_signature(url, form)
    assert official.validate(url, form, signature)
    assert gateway.is_theirs(pushed(form, query, signature))
    for other in (add_port(urlparse(url)), remove_port(urlparse(url))):
        signed = official.compute_signature(other, form)
        assert official.validate(url, form, signed) and gateway.is_theirs(pushed(form, query, signed))
    strange = RequestValidator("another token").compute_signature(url, form)
    for wrong in (strange, signature[:-2], "", signature.lower()):
        assert official.validate(url, form, wrong) == gateway.is_theirs(pushed(form, query, wrong)) is False
    await gateway.close()
