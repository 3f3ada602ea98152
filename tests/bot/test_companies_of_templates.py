"""Alibaba and Tencent from the operator's side: settings, doctor, and the file of templates."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.channels.gateways import aliyun, tencent
from bot.channels.gateways.aliyun import Aliyun
from bot.channels.gateways.templates import Rules
from bot.channels.gateways.templates_file import TemplatesWrong, read_templates
from bot.channels.gateways.tencent import Tencent
from bot.clock import WallClock
from bot.commands import liandong
from bot.doctor.doors import gateway
from bot.doctor.finding import Finding, Patient
from bot.doors import doors_of
from bot.price import priced
from bot.settings import Settings, read_settings
from content.lessons.library import all_lessons
from content.words.catalogue import tongue
from tests.bot.channels.companies import KEY_ID, SECRET, Company, aliyun_company, tencent_company
from tests.bot.channels.peers import nobody

ROOT = Path(__file__).resolve().parents[2]
ONE = '[lessons.stop-fraud]\ncode = "SMS_1"\ntext = "四不要：不刷单；不转钱。"\n'


def settings_for(company: str, place: Path, url: str, templates: str = ONE) -> Settings:
    (place / "templates.toml").write_text(templates, "utf-8")
    written = {
        "SMS_GATEWAY": company,
        "SMS_TEMPLATES": str(place / "templates.toml"),
        "SMS_PATH_SECRET": "a-secret-of-sixteen",
        "SMS_SIGNATURE": "【柳湾】",
        "ALIYUN_KEY_ID": KEY_ID,
        "ALIYUN_KEY_SECRET": SECRET,
        "ALIYUN_ENDPOINT": url,
        "TENCENT_SECRET_ID": KEY_ID,
        "TENCENT_SECRET_KEY": SECRET,
        "TENCENT_APP_ID": "1400006666",
        "TENCENT_ENDPOINT": url,
    }
    return read_settings({f"LIANDONG_{name}": value for name, value in written.items()}, place)


async def examined(settings: Settings, language: str = "zh") -> list[Finding]:
    return await gateway(Patient(settings, tongue(language), WallClock().now()))


async def test_the_settings_open_the_door(tmp_path: Path) -> None:
    for name, kind in (("aliyun", Aliyun), ("tencent", Tencent)):
        doors = doors_of(settings_for(name, tmp_path, nobody()))
        assert isinstance(doors.gateway, kind)
        assert doors.gateway.name == name
        assert doors.gateway.would_refuse("【柳湾】随便一句话", "") == "no_template"
        for channel in doors.channels.values():
            await channel.close()


async def test_what_is_counted_is_the_approved_text_with_the_approved_signature(tmp_path: Path) -> None:
    settings = settings_for("aliyun", tmp_path, nobody())
    async with priced(settings) as price:
        assert price.shown("【柳湾】我们自己写的一课", "stop-fraud") == "【柳湾】四不要：不刷单；不转钱。"
        assert price.shown("【柳湾】没有模板", "") == "【柳湾】没有模板"


@pytest.mark.parametrize("name", ["aliyun", "tencent"])
async def test_the_doctor_asks_the_company_who_we_are(tmp_path: Path, name: str) -> None:
    company = _that_knows_us(name)
    async with company.open():
        well = await examined(settings_for(name, tmp_path, company.url))
        company.refusals = [_no(name)]
        wrong, lessons = await examined(settings_for(name, tmp_path, company.url), "en")
    assert [(one.check, one.state) for one in well] == [("sms", "ok"), ("sms_templates", "warn")]
    assert f"{len(all_lessons()) - 1} 课没有短信模板" in well[1].told
    assert (wrong.state, lessons.state) == ("wrong", "warn")
    assert "account lacks the right" in wrong.told
    assert SECRET not in wrong.told


def _that_knows_us(name: str) -> Company:
    if name == "aliyun":
        company = aliyun_company()
        company.answers["QuerySendDetails"] = lambda _: {"Code": "OK", "SmsSendDetailDTOs": {}}
        return company
    company = tencent_company()
    company.answers["SendStatusStatistics"] = lambda _: {"Response": {"SendStatusStatistics": {}}}
    return company


def _no(name: str) -> tuple[int, dict[str, object]]:
    if name == "aliyun":
        return 403, {"Code": "Forbidden.RAM"}
    return 200, {"Response": {"Error": {"Code": "UnauthorizedOperation.RequestPermissionDeny"}}}


async def test_where_the_company_is_out_of_reach_the_doctor_says_so(tmp_path: Path) -> None:
    [sms, _] = await examined(settings_for("aliyun", tmp_path, nobody()))
    assert sms.state == "wrong"
    assert "连不上" in sms.told


async def test_what_is_wrong_in_the_file_of_templates_is_told_by_doctor_and_at_the_start(
    tmp_path: Path,
) -> None:
    settings = settings_for("tencent", tmp_path, nobody(), '[lessons.stop-fruad]\ncode = "1"\ntext = "好"\n')
    [found] = await examined(settings)
    assert (found.check, found.state) == ("sms_templates", "wrong")
    assert "stop-fruad" in found.told
    assert "There is no lesson" not in found.told
    [found] = await examined(settings, "en")
    assert "There is no lesson stop-fruad; is it stop-fraud?" in found.told
    with pytest.raises(TemplatesWrong):
        doors_of(settings)


def test_run_says_what_is_wrong_in_the_file_and_shows_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "templates.toml").write_text("[default\n", "utf-8")
    written = {
        "SMS_GATEWAY": "aliyun",
        "SMS_TEMPLATES": "templates.toml",
        "SMS_PATH_SECRET": "a-secret-of-sixteen",
        "ALIYUN_KEY_ID": KEY_ID,
        "ALIYUN_KEY_SECRET": SECRET,
    }
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    environ |= {f"LIANDONG_{name}": value for name, value in written.items()}

    def bot(command: str) -> subprocess.CompletedProcess[str]:
        asked = [sys.executable, "-m", "bot", command]
        return subprocess.run(asked, cwd=tmp_path, env=environ, check=False, capture_output=True, text=True)

    assert bot("migrate").returncode == 0
    ran = bot("run")
    assert ran.returncode == 1
    assert "templates.toml 不是正确的 TOML" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_texts_to_apply_for_become_a_file_that_both_companies_take(tmp_path: Path) -> None:
    printed = CliRunner().invoke(liandong, ["lesson", "templates"]).output
    written = tomllib.loads(printed)
    assert written["lessons"].keys() == all_lessons().keys()
    assert "\n回A " in written["lessons"]["stop-fraud"]["text"]
    assert printed.count(" 条计费") == len(all_lessons())
    approved = tmp_path / "templates.toml"
    approved.write_text(printed.replace('code = ""', 'code = "SMS_1"'), "utf-8")
    for rules in (aliyun.RULES, tencent.RULES):
        assert not read_templates(approved, rules, all_lessons().keys()).lessons_without(all_lessons())
        for entry in written["lessons"].values():
            assert not set(entry["text"]) & set(rules.forbidden)


@pytest.mark.parametrize(("name", "rules"), [("aliyun", aliyun.RULES), ("tencent", tencent.RULES)])
def test_what_the_page_of_the_company_shows_is_good(tmp_path: Path, name: str, rules: Rules) -> None:
    page = (ROOT / "docs" / "gateways" / f"{name}.md").read_text()
    [settings] = re.findall(r"```text\n(sms_gateway.*?)```", page, re.DOTALL)
    (tmp_path / "liandong.toml").write_text(settings, "utf-8")
    assert read_settings({}, tmp_path).sms_gateway == name
    [templates] = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "templates.toml").write_text(templates, "utf-8")
    read = read_templates(tmp_path / "templates.toml", rules, all_lessons().keys())
    assert read.would_refuse("【联动】" + _as_said(date(2026, 12, 2))) == ""
    assert "/sms/SMS_PATH_SECRET/inbound" in page


def _as_said(day: date) -> str:
    """What a member who checks in by SMS hears."""
    t = tongue("zh")
    return t.say("收到，知道您平安。下次请在{due}前回QD签到。", due=t.day(day))
