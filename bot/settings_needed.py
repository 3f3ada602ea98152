"""Which settings a choice cannot do without: a company for SMS, Telegram by webhook."""

from __future__ import annotations

from collections.abc import Sequence

# Those companies that have templates send under the registered name alone.
_NEEDED_BY = {
    "kannel": ("kannel_url", "kannel_username", "kannel_password", "sms_path_secret", "public_url"),
    "aliyun": ("aliyun_key_id", "aliyun_key_secret", "sms_templates", "sms_signature", "sms_path_secret"),
    "tencent": (
        "tencent_secret_id", "tencent_secret_key", "tencent_app_id", "sms_templates", "sms_signature",
        "sms_path_secret",
    ),
    "yunmas": (
        "yunmas_url", "yunmas_company", "yunmas_account", "yunmas_password", "yunmas_sign",
        "sms_path_secret",
    ),
    "twilio": ("twilio_account", "twilio_auth_token", "twilio_from", "sms_path_secret", "public_url"),
    "plain_http": ("plain_http_file", "sms_path_secret"),
}  # fmt: skip
_BY_WEBHOOK = ("telegram_webhook_url", "telegram_secret")


def needed_by(sms_gateway: str, by_webhook: bool) -> dict[str, Sequence[str]]:
    """The fields that must be there, by what was written down that wants them."""
    needed: dict[str, Sequence[str]] = {}
    if by_webhook:
        needed["LIANDONG_TELEGRAM_MODE=webhook"] = _BY_WEBHOOK
    if company := _NEEDED_BY.get(sms_gateway):
        needed[f"LIANDONG_SMS_GATEWAY={sms_gateway}"] = company
    return needed
