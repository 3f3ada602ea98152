"""The ways in which Telegram says no, in its own words."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The call is answered with `code` and `description`; `parameters` may say how long to wait."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def as_json(self) -> dict[str, Any]:
        said = {"ok": False, "error_code": self.code, "description": self.description}
        return said | {"parameters": self.parameters} if self.parameters else said


def bad_request(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


def blocked() -> Refused:
    return Refused(403, "Forbidden: bot was blocked by the user")


def wrong_token(token: str) -> Refused:
    """What has not even the form of a token is told so."""
    number, colon, _ = token.partition(":")
    has_form = bool(colon) and number.isdecimal() and not number.startswith("0") and len(token) <= 80
    return Refused(401, "Unauthorized" if has_form else "Unauthorized: invalid token specified")


def nothing_there() -> Refused:
    return Refused(404, "Not Found")


def no_such_method() -> Refused:
    return Refused(404, "Not Found: method not found")


def not_offered(method: str) -> Refused:
    """Telegram knows the method, and this sandbox does not play it."""
    return Refused(404, f"Not Found: method {method} is not offered by this sandbox")


def too_large() -> Refused:
    return Refused(413, "Request Entity Too Large")


def too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(to: int) -> Refused:
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, upgraded, {"migrate_to_chat_id": to})


def webhook_took_over() -> Refused:
    return Refused(409, "Conflict: terminated by setWebhook request")


def another_poller() -> Refused:
    return Refused(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def webhook_is_set() -> Refused:
    return Refused(
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
