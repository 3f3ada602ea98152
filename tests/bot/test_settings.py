"""What whoever installs Liandong writes down, and what they are told where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import SettingsWrong, read_settings

TOKEN = "6100000001:" + "Canary" * 6
KANNEL = {
    "LIANDONG_SMS_GATEWAY": "kannel",
    "LIANDONG_KANNEL_URL": "http://127.0.0.1:13013/cgi-bin/sendsms",
    "LIANDONG_KANNEL_USERNAME": "liandong",
    "LIANDONG_KANNEL_PASSWORD": "canary-kannel",
    "LIANDONG_SMS_PATH_SECRET": "canary-path-secret",
    "LIANDONG_PUBLIC_URL": "http://127.0.0.1:8090/",
}
ALIYUN = {
    "LIANDONG_SMS_GATEWAY": "aliyun",
    "LIANDONG_ALIYUN_KEY_ID": "LTAI-id",
    "LIANDONG_ALIYUN_KEY_SECRET": "canary-aliyun",
    "LIANDONG_SMS_TEMPLATES": "sms-templates.toml",
    "LIANDONG_SMS_PATH_SECRET": "canary-path-secret",
}
TENCENT = {
    "LIANDONG_SMS_GATEWAY": "tencent",
    "LIANDONG_TENCENT_SECRET_ID": "AKID-id",
    "LIANDONG_TENCENT_SECRET_KEY": "canary-tencent",
    "LIANDONG_TENCENT_APP_ID": "1400006666",
    "LIANDONG_SMS_TEMPLATES": "sms-templates.toml",
    "LIANDONG_SMS_PATH_SECRET": "canary-path-secret",
}


def complaint(environ: dict[str, str], folder: Path) -> str:
    with pytest.raises(SettingsWrong) as caught:
        read_settings(environ, folder)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def test_nothing_written_down_is_enough_to_start(tmp_path: Path) -> None:
    settings = read_settings({"PATH": "/bin"}, tmp_path)
    assert settings.database_url == "sqlite+aiosqlite:///liandong.db"
    assert (settings.telegram_token.get_secret_value(), settings.sms_gateway) == ("", "none")
    assert (settings.http_host, settings.http_port, settings.language) == ("127.0.0.1", 8090, "zh")


def test_sms_alone_is_a_complete_way(tmp_path: Path) -> None:
    settings = read_settings(KANNEL, tmp_path)
    assert settings.public_url + settings.sms_path == "http://127.0.0.1:8090/sms/canary-path-secret"


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgresql://u:w@h/d", "postgresql+asyncpg://u:w@h/d"),
        ("postgres://u:w@h/d", "postgresql+asyncpg://u:w@h/d"),
    ],
)
def test_a_database_may_be_named_the_short_way(tmp_path: Path, written: str, used: str) -> None:
    assert read_settings({"LIANDONG_DATABASE_URL": written}, tmp_path).database_url == used


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "liandong.toml").write_text('language = "en"\nhttp_port = 9000\n', "utf-8")
    settings = read_settings({"LIANDONG_HTTP_PORT": "9001", "LIANDONG_LANGUAGE": ""}, tmp_path)
    assert (settings.language, settings.http_port) == ("en", 9001)


def test_the_file_may_stand_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('timezone = "Asia/Urumqi"\n', "utf-8")
    assert read_settings({"LIANDONG_CONFIG": "other.toml"}, tmp_path).timezone == "Asia/Urumqi"
    assert "LIANDONG_CONFIG" in complaint({"LIANDONG_CONFIG": "gone.toml"}, tmp_path)


def test_the_process_environment_is_not_read_behind_our_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PORT", "1")
    monkeypatch.setenv("LIANDONG_HTTP_PORT", "2")
    assert read_settings({}, tmp_path).http_port == 8090


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIANDONG_DATABASE_URL", "mysql://root:canary@h/d"),
        ("LIANDONG_TELEGRAM_TOKEN", "canary"),
        ("LIANDONG_TELEGRAM_API", "canary"),
        ("LIANDONG_TELEGRAM_MODE", "canary"),
        ("LIANDONG_TELEGRAM_SECRET", "canary"),
        ("LIANDONG_TELEGRAM_RATE", "canary"),
        ("LIANDONG_TELEGRAM_RATE", "1001"),
        ("LIANDONG_SMS_GATEWAY", "canary"),
        ("LIANDONG_SMS_SIGNATURE", "canary"),
        ("LIANDONG_SMS_PATH_SECRET", "canary/canary/canary"),
        ("LIANDONG_SMS_ALLOW", "203.0.113.7, canary"),
        ("LIANDONG_TRUSTED_PROXIES", "canary"),
        ("LIANDONG_TWILIO_ACCOUNT", "SKcanary"),
        ("LIANDONG_TWILIO_FROM", "+canary"),
        ("LIANDONG_YUNMAS_URL", "canary"),
        ("LIANDONG_HTTP_PORT", "canary"),
        ("LIANDONG_TIMEZONE", "canary"),
        ("LIANDONG_LOG_LEVEL", "canary"),
    ],
)
def test_a_wrong_setting_is_named_in_two_languages_and_not_shown(
    tmp_path: Path, name: str, value: str
) -> None:
    said = complaint({name: value}, tmp_path)
    chinese, english = said.splitlines()
    assert chinese.startswith(f"{name} 的值不对。请写：")
    assert english.startswith(f"{name} has a wrong value. Write: ")
    assert "canary" not in said


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = complaint({"LIANDONG_HTTP_PORT": "x", "LIANDONG_LANGUAGE": "fr"}, tmp_path)
    assert "LIANDONG_HTTP_PORT" in said
    assert "LIANDONG_LANGUAGE" in said


@pytest.mark.parametrize(
    "gone", ["KANNEL_URL", "KANNEL_USERNAME", "KANNEL_PASSWORD", "SMS_PATH_SECRET", "PUBLIC_URL"]
)
def test_a_gateway_without_what_it_needs_is_told(tmp_path: Path, gone: str) -> None:
    said = complaint({name: value for name, value in KANNEL.items() if not name.endswith(gone)}, tmp_path)
    assert f"LIANDONG_{gone} is missing (LIANDONG_SMS_GATEWAY=kannel needs it)" in said
    assert f"缺少 LIANDONG_{gone}" in said


@pytest.mark.parametrize("company", [ALIYUN, TENCENT], ids=["aliyun", "tencent"])
def test_a_company_of_templates_without_what_it_needs_is_told(
    tmp_path: Path, company: dict[str, str]
) -> None:
    settings = read_settings(company, tmp_path)
    secret = company.get("LIANDONG_ALIYUN_KEY_SECRET") or company["LIANDONG_TENCENT_SECRET_KEY"]
    assert secret in settings.secret_values()
    assert "canary" not in repr(settings)
    name = settings.sms_gateway
    for gone in company.keys() - {"LIANDONG_SMS_GATEWAY"}:
        said = complaint({one: value for one, value in company.items() if one != gone}, tmp_path)
        assert f"{gone} is missing (LIANDONG_SMS_GATEWAY={name} needs it)" in said
    (tmp_path / "liandong.toml").write_text('sms_signature = ""\n')
    assert "LIANDONG_SMS_SIGNATURE is missing" in complaint(company, tmp_path)


def test_an_application_of_tencent_has_a_number(tmp_path: Path) -> None:
    said = complaint(TENCENT | {"LIANDONG_TENCENT_APP_ID": "canary"}, tmp_path)
    assert "LIANDONG_TENCENT_APP_ID" in said
    assert "canary" not in said


def test_a_webhook_needs_its_address_and_its_secret(tmp_path: Path) -> None:
    said = complaint({"LIANDONG_TELEGRAM_TOKEN": TOKEN, "LIANDONG_TELEGRAM_MODE": "webhook"}, tmp_path)
    assert "LIANDONG_TELEGRAM_WEBHOOK_URL is missing" in said
    assert "LIANDONG_TELEGRAM_SECRET is missing" in said


WEBHOOK = {
    "LIANDONG_TELEGRAM_TOKEN": TOKEN,
    "LIANDONG_TELEGRAM_MODE": "webhook",
    "LIANDONG_TELEGRAM_SECRET": "canary-of-the-webhook",
}


@pytest.mark.parametrize(
    "url", ["http://bot.example.cn", "https://bot.example.cn:8090", "bot.example.cn", "https://"]
)
def test_a_webhook_that_telegram_would_refuse_is_named(tmp_path: Path, url: str) -> None:
    said = complaint(WEBHOOK | {"LIANDONG_TELEGRAM_WEBHOOK_URL": url}, tmp_path)
    assert said.startswith("LIANDONG_TELEGRAM_WEBHOOK_URL")


@pytest.mark.parametrize(
    ("url", "asked_for"),
    [
        ("https://bot.example.cn", "https://bot.example.cn/telegram"),
        ("https://bot.example.cn:8443/", "https://bot.example.cn:8443/telegram"),
        ("https://bot.example.cn/liandong/hook", "https://bot.example.cn/liandong/hook"),
    ],
)
def test_telegram_is_sent_to_our_own_path_unless_another_is_written(
    tmp_path: Path, url: str, asked_for: str
) -> None:
    settings = read_settings(WEBHOOK | {"LIANDONG_TELEGRAM_WEBHOOK_URL": url}, tmp_path)
    assert settings.telegram_webhook == asked_for


def test_a_bot_api_of_one_s_own_may_bring_updates_by_http(tmp_path: Path) -> None:
    own = {
        "LIANDONG_TELEGRAM_API": "http://127.0.0.1:8081",
        "LIANDONG_TELEGRAM_WEBHOOK_URL": "http://10.0.0.2:8090",
    }
    assert read_settings(WEBHOOK | own, tmp_path).telegram_webhook == "http://10.0.0.2:8090/telegram"


def test_a_slip_of_the_pen_is_named_with_what_was_meant(tmp_path: Path) -> None:
    said = complaint({"LIANDONG_TELGRAM_TOKEN": TOKEN}, tmp_path)
    assert "LIANDONG_TELGRAM_TOKEN" in said
    assert "LIANDONG_TELEGRAM_TOKEN" in said
    assert TOKEN not in said
    (tmp_path / "liandong.toml").write_text('kannel_pasword = "canary"\n', "utf-8")
    said = complaint({}, tmp_path)
    assert "kannel_password" in said
    assert "canary" not in said


@pytest.mark.parametrize("written", ["LIANDONG_TELEGRAM_TOKN", "telegram_tokn", "token"])
def test_a_name_in_the_file_is_told_as_it_stands_there(tmp_path: Path, written: str) -> None:
    (tmp_path / "liandong.toml").write_text(f'{written} = "canary"\n', "utf-8")
    chinese, english = complaint({}, tmp_path).splitlines()
    assert "是不是 telegram_token？" in chinese
    assert "is it telegram_token?" in english


def test_what_is_to_be_typed_is_shown_in_letters_that_can_be_typed(tmp_path: Path) -> None:
    said = complaint({"LIANDONG_DATABASE_URL": "x", "LIANDONG_TELEGRAM_TOKEN": "x"}, tmp_path)
    assert said.count("postgresql+asyncpg://user:password@host/database") == 2
    assert said.count("123456789:AbCdEf") == 2


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "liandong.toml").write_text("telegram_token = canary\n", "utf-8")
    said = complaint({}, tmp_path)
    assert "liandong.toml" in said
    assert "canary" not in said


def test_a_file_that_may_not_be_read_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root, who may read everything, runs these tests too: so the refusal is the system's own, put there."""

    def refuses(*_: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "liandong.toml").write_text('language = "en"\n', "utf-8")
    monkeypatch.setattr(Path, "open", refuses)
    monkeypatch.setattr("builtins.open", refuses)
    told = complaint({}, tmp_path)
    assert "chmod 640" in told and str(tmp_path / "liandong.toml") in told


def test_nobody_sees_the_secrets_by_printing_the_settings(tmp_path: Path) -> None:
    database = "postgresql://liandong:canary%40db@db/liandong"
    environ = KANNEL | {"LIANDONG_TELEGRAM_TOKEN": TOKEN, "LIANDONG_DATABASE_URL": database}
    settings = read_settings(environ, tmp_path)
    assert not [secret for secret in settings.secret_values() if secret in f"{settings!r} {settings}"]
    assert set(settings.secret_values()) == {TOKEN, "canary-kannel", "canary-path-secret", "canary@db"}
    assert "canary" not in repr(settings).lower()


def test_settings_stay_as_they_were_read(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    with pytest.raises(ValidationError):
        settings.http_port = 1
