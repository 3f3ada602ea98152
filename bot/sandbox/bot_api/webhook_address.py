"""Where a webhook may be: public, by https, at four ports; and on this machine anywhere, for a sandbox."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.sandbox.bot_api.refusals import Refused, bad_request

PORTS = frozenset((443, 80, 88, 8443))


def checked_host(url: str) -> str:
    """The IP address in the URL, empty where a name stands there. Raises Refused in Telegram's words."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host or " " in url:
        raise bad_request("invalid webhook URL specified")
    address = _address(host)
    if host == "localhost" or (address and ip_address(address).is_loopback):
        return address or "127.0.0.1"
    if parts.scheme != "https":
        raise _bad("An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise _bad("Webhook can be set up only on ports 80, 88, 443 or 8443")
    if address and not ip_address(address).is_global:
        raise _bad(f"IP address {address} is reserved")
    return address


def _address(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


def _bad(why: str) -> Refused:
    return bad_request(f"bad webhook: {why}")
