"""Who calls: the peer of the line, or whoever our own proxy says it is, and nobody else's word for it."""

from __future__ import annotations

import pytest

from bot.callers import Callers, networks_of

COMPANY, STRANGER, PROXY = "203.0.113.7", "192.0.2.66", "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        (COMPANY, [], COMPANY),
        (PROXY, [], PROXY),
        (PROXY, [COMPANY], COMPANY),
        (STRANGER, [COMPANY], STRANGER),
        (PROXY, [f"{COMPANY}, {STRANGER}"], STRANGER),
        (PROXY, [COMPANY, STRANGER], STRANGER),
        (PROXY, [f"{STRANGER}, {COMPANY}, 10.0.0.9"], COMPANY),
        ("10.0.0.5", [COMPANY], COMPANY),
        (PROXY, ["unknown"], "unknown"),
        (PROXY, [""], ""),
    ],
)
def test_our_own_proxies_alone_are_believed(peer: str, forwarded: list[str], caller: str) -> None:
    assert Callers(proxies="127.0.0.1 10.0.0.0/8").who(peer, forwarded) == caller


def test_without_a_proxy_nobody_s_word_counts() -> None:
    assert Callers().who(PROXY, [COMPANY]) == PROXY


@pytest.mark.parametrize(
    ("caller", "may"),
    [
        (COMPANY, True),
        ("198.51.100.200", True),
        ("::ffff:203.0.113.7", True),
        ("2001:db8::1", True),
        (STRANGER, False),
        ("2001:db9::1", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_only_who_is_allowed_may(caller: str, may: bool) -> None:
    assert Callers("203.0.113.7，198.51.100.0/24; 2001:db8::/32").may(caller) is may


@pytest.mark.parametrize("caller", [COMPANY, STRANGER, "unknown"])
def test_where_nobody_is_named_everybody_may(caller: str) -> None:
    assert Callers().may(caller)


@pytest.mark.parametrize("written", ["company.cn", "203.0.113", "203.0.113.7/33", "1.2.3.4:80", "*"])
def test_what_is_no_address_is_refused_when_the_settings_are_read(written: str) -> None:
    with pytest.raises(ValueError):
        networks_of(written)
