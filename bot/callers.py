"""Who calls at our HTTP door: the addresses that may bring something, and the proxies that are believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_BETWEEN = re.compile(r"[\s,;，；、]+")


class Callers:
    """`allowed` and `proxies` as in the settings: addresses and networks; none allowed means everybody."""

    def __init__(self, allowed: str = "", proxies: str = "") -> None:
        self._allowed = networks_of(allowed)
        self._proxies = networks_of(proxies)

    def who(self, peer: str, forwarded: Sequence[str]) -> str:
        """Whose request it is: `peer` holds its line, `forwarded` are its X-Forwarded-For headers.

        Read from the end, since anybody may write what they like before what our own proxy adds.
        """
        passed = [step.strip() for header in forwarded for step in header.split(",")]
        caller = peer
        while passed and _is_in(self._proxies, caller):
            caller = passed.pop()
        return caller

    def may(self, caller: str) -> bool:
        return not self._allowed or _is_in(self._allowed, caller)


def networks_of(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks in a line such as `203.0.113.7, 198.51.100.0/24`; ValueError where one is none."""
    return tuple(ip_network(part, strict=False) for part in _BETWEEN.split(written) if part)


def _is_in(networks: Sequence[IPv4Network | IPv6Network], written: str) -> bool:
    try:
        address = _plain(ip_address(written))
    except ValueError:
        return False
    return any(address in network for network in networks)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """A socket that listens on IPv6 shows an IPv4 caller as ::ffff:203.0.113.7."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
