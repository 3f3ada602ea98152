"""TC3-HMAC-SHA256, by which Tencent Cloud knows who asks.

Its documentation: "Signature Method v3".
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

from bot.channels.gateways.asking import Key

_METHOD = "TC3-HMAC-SHA256"
# The company's own tools sign these two alone.
_SIGNED = "content-type;host"


def authorization(key: Key, service: str, host: str, content_type: str, body: bytes, at: datetime) -> str:
    """The header of that name for a POST of `body` at the time that `X-TC-Timestamp` tells."""
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    canonical = canonical_request(host, content_type, body)
    to_sign = "\n".join((_METHOD, str(int(at.timestamp())), scope, _sha256(canonical.encode())))
    signature = _hmac(_signing_key(key, day, service), to_sign).hex()
    return f"{_METHOD} Credential={key.id}/{scope}, SignedHeaders={_SIGNED}, Signature={signature}"


def canonical_request(host: str, content_type: str, body: bytes) -> str:
    headers = f"content-type:{content_type}\nhost:{host}\n"
    return "\n".join(("POST", "/", "", headers, _SIGNED, _sha256(body)))


def _signing_key(key: Key, day: str, service: str) -> bytes:
    """Good for a day and for one service: what signs a message is never the secret itself."""
    of_the_day = _hmac(f"TC3{key.secret}".encode(), day)
    return _hmac(_hmac(of_the_day, service), "tc3_request")


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
