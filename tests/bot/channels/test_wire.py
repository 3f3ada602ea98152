"""Which way out is taken."""

from __future__ import annotations

import pytest

from bot.channels.wire import ProxyNotSpoken, transport_to


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("named", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_telegram_is_reached_through_the_proxy_an_operator_needs(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(named, "http://user:word@10.0.0.1:7890")
    proxy = transport_to("https://api.telegram.org").proxy
    assert proxy is not None
    assert (str(proxy.url), proxy.auth) == ("http://10.0.0.1:7890", ("user", "word"))


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "http://localhost:13013/x", "http://[::1]:80"])
def test_ourselves_we_reach_without(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:7890")
    assert transport_to(url).proxy is None


def test_a_host_left_out_is_reached_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.1:7890")
    monkeypatch.setenv("NO_PROXY", "api.example.cn")
    assert transport_to("https://api.example.cn").proxy is None


def test_a_socks_proxy_is_said_to_be_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:7891")
    with pytest.raises(ProxyNotSpoken, match="HTTPS_PROXY"):
        transport_to("https://api.telegram.org")
