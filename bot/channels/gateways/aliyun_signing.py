"""ACS3-HMAC-SHA256, by which Alibaba Cloud knows who asks.

Its documentation: "Request syntax and signature method V3".
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

from bot.channels.gateways.asking import Key

_METHOD = "ACS3-HMAC-SHA256"


def authorization(
    key: Key, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], payload_hash: str
) -> str:
    """The header of that name. All of `headers`, in small letters, are signed; the body by its hash."""
    canonical = canonical_request(method, path, query, headers, payload_hash)
    to_sign = f"{_METHOD}\n{sha256(canonical.encode())}"
    signature = hmac.new(key.secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{_METHOD} Credential={key.id},SignedHeaders={';'.join(sorted(headers))},Signature={signature}"


def canonical_request(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], payload_hash: str
) -> str:
    asked = "&".join(f"{_quoted(name)}={_quoted(query[name])}" for name in sorted(query))
    signed = sorted(headers)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed)
    return "\n".join((method, path, asked, lines, ";".join(signed), payload_hash))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _quoted(text: str) -> str:
    return quote(text, safe="~")
